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

            Several --server are addresses of the same centre, tried in this order. The file's \
            secret is sent to these and no others; `rientro centre` changes them.

            Cut at any point, the same command again goes on where it stopped. Beside the file \
            stands FILE.token, the office's secret: back it up with the file, show it to nobody.
            """,
        arguments: [
            .file(
                "REPLICA", "The file to make", environment: "RIENTRO_REPLICA", isNew: true)
        ],
        options: [
            .repeated("server", "URL", "The centre's address", isRequired: true),
            .value("code", "CODE", "The one-time code; - reads it unseen"),
            CentreOptions.name, CentreOptions.plain,
        ])

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let path = try session.required("REPLICA")
        let servers = try CentreOptions.servers(session.parsed.values("server"))
        let code = try CentreOptions.code(session, from: servers)
        let steps = SyncSteps(session.output)
        let replica: Replica
        do throws(ReplicaError) {
            replica = try await Replica.create(
                at: path, servers: servers, code: code, label: CentreOptions.label(session),
                allowsPlainHTTP: session.parsed.flag("plain-http"), progress: steps.report)
            if let name = session.parsed.value("name") { try await replica.rename(name) }
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
}
