import Foundation
import RientroClient
import Terminal

/// `rientro init`: a new replica for an office.
enum InitCommand {
    static let declaration = Command(
        "init", "Makes the office's file, with all that the centre gives it",
        discussion: """
            The centre's people make the one-time code with `rientro-server replica add`. Without \
            --code, or with --code -, it is read from the terminal or standard input, where nobody \
            else sees it.

            Cut at any point, the same command again goes on where it stopped. Beside the file \
            stands FILE.token, the office's secret: back it up with the file, show it to nobody.
            """,
        arguments: [
            .file(
                "REPLICA", "The file to make", environment: "RIENTRO_REPLICA", isNew: true)
        ],
        options: [
            .value("server", "URL", "The centre's address", isRequired: true),
            .value("code", "CODE", "The one-time code; - reads it unseen"),
        ])

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let path = try session.required("REPLICA")
        let server = try server(try session.needed("server", "URL"))
        let code = try code(session)
        let steps = SyncSteps(session.output)
        let replica: Replica
        do throws(ReplicaError) {
            replica = try await Replica.create(
                at: path, server: server, code: code, progress: steps.report)
            steps.finish()
        } catch {
            steps.finish()
            throw failure(error)
        }
        let status = try await Office(replica: replica).status()
        session.output.say(
            """
            \(path) is ready: replica \(status.replica), \(status.name), \
            with \(portfolios(status.portfolios)).
            From now on the line is needed for `rientro sync` and `rientro verify` alone.
            """)
        session.output.json([
            "replica": .integer(status.replica), "name": .string(status.name),
            "server": .string(status.server),
            "portfolios": .array(status.portfolios.map { .string($0) }), "path": .string(path),
        ])
        return .done
    }

    /// Nothing waits before there is a replica, so the sentence is another than that of a sync.
    private static func failure(_ error: ReplicaError) -> OfficeError {
        guard case .noContact(let fact) = error else { return .replica(error) }
        return .noContact(fact: fact, waiting: .firstContact)
    }

    private static func portfolios(_ names: [String]) -> String {
        switch names.count {
        case 0: "no portfolio yet"
        case 1: "portfolio \(names[0])"
        default: "portfolios \(names.joined(separator: ", "))"
        }
    }

    private static func code(_ session: Session) throws(OfficeError) -> String {
        if let code = session.parsed.value("code"), code != "-" { return code }
        do {
            return try Secret.read(prompt: "One-time code from the centre: ")
        } catch {
            throw .secret(error)
        }
    }

    private static func server(_ text: String) throws(OfficeError) -> URL {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(),
            scheme == "http" || scheme == "https", let host = url.host(), !host.isEmpty
        else { throw .badServer(text) }
        return url
    }
}
