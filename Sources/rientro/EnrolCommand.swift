import RientroClient
import Terminal

/// `rientro enrol`: a file whose secret was lost or revoked goes on under a new number.
enum EnrolCommand {
    static let declaration = Command(
        "enrol", "Gives a file whose secret is lost or revoked a new one; nothing is lost",
        discussion: """
            For an office's file that is there already, where FILE.token is gone, or the centre \
            does not accept it any more. The centre's people make a code for the same office with \
            `rientro-server replica code DIR --again N`, where N is the number that `rientro \
            status` shows. The file goes on under a new number with all that it has: what waits \
            goes with the next `rientro sync`.

            Without --code, or with --code -, the code is read from the terminal or standard \
            input, where nobody else sees it. --server says where the centre is, if it has moved.
            """,
        arguments: [Session.replica],
        options: [
            .repeated("server", "URL", "The centre's address, if it is another now"),
            .value("code", "CODE", "The one-time code; - reads it unseen"),
            CentreOptions.name, CentreOptions.plain,
        ])

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let given = try CentreOptions.servers(session.parsed.values("server"))
        let office = try await session.open()
        let before = try await office.status()
        let known = before.server.split(separator: " ").map(String.init)
        let code = try CentreOptions.code(
            session, from: given.isEmpty ? CentreOptions.servers(known) : given)
        let steps = SyncSteps(session.output)
        do throws(ReplicaError) {
            try await office.replica.enrol(
                code: code, servers: given, label: CentreOptions.label(session),
                allowsPlainHTTP: session.parsed.flag("plain-http"), progress: steps.report)
            if let name = session.parsed.value("name") { try await office.replica.rename(name) }
            steps.finish()
        } catch {
            steps.finish()
            throw await SyncCommand.failure(error, office)
        }
        let status = try await office.status()
        let waiting =
            status.onTheWay == 0
            ? "Nothing waits to be sent"
            : "\(SyncSummary.count(status.onTheWay, "row")) to send, with all that was sent before"
                + " and is not yet confirmed for good"
        let origin =
            status.replica == before.replica ? ", as before" : ", before that \(before.replica)"
        session.output.say(
            """
            \(status.name) goes on as replica \(status.replica)\(origin), with all its rows.
            \(waiting); `rientro sync` is next.
            """)
        session.output.json([
            "replica": .integer(status.replica), "succeeds": .optional(status.succeeds),
            "name": .string(status.name), "server": .string(status.server),
            "on_the_way": .count(status.onTheWay),
        ])
        return .done
    }
}
