import RientroSQLite
import RientroServer
import Terminal

/// `replica revoke`: shuts the door for an office.
enum ReplicaRevokeCommand {
    static let declaration = Command(
        "revoke", "Take an office's token away, at once and for good",
        discussion: """
            What the office has sent stays. What it has not sent stays in its file, and cannot \
            be sent with this token any more.
            """,
        arguments: [CentreProgram.folder, ReplicaCommand.number])

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let number = try ReplicaCommand.number(parsed)
        let engine = try parsed.writingEngine()
        try engine.db.transaction {
            try engine.revoke(replica: number, now: SystemClock.now())
        }
        output.json(["replica": .integer(number), "state": "revoked"])
        output.say("Replica \(number) is revoked.")
        return .done
    }
}
