import RientroSQLite
import RientroServer
import Terminal

/// `replica revoke`: shuts the door for an office.
enum ReplicaRevokeCommand {
    static let declaration = Command(
        "revoke", "Take an office's token away, at once and for good",
        discussion: """
            What the office has sent stays. What it has not sent stays in its file, and cannot \
            be sent with this token any more; `replica code --again` gives the office a new one.

            Every number that came after it, by a copy of its file or by a code given again, is \
            revoked with it: who has its token may have got them. One that it came after is not: \
            its own file may be at work. `replica list` shows which is which, and when each was \
            last heard of.
            """,
        arguments: [CentreProgram.folder, ReplicaCommand.number])

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let number = try ReplicaCommand.number(parsed)
        let engine = try parsed.writingEngine()
        let (revoked, all) = try engine.db.transaction {
            let revoked = try engine.revoke(replica: number, now: SystemClock.now())
            return (revoked, try engine.replicas())
        }
        let before = all.first { $0.number == number }?.succeeds
        let live = all.first { $0.number == before && $0.revokedAt == nil }?.number
        output.json([
            "replica": .integer(number), "state": "revoked",
            "revoked": .array(revoked.map(JSONValue.integer)), "live_before": .optional(live),
        ])
        output.say(sentence(number, revoked))
        if let live {
            output.remark(
                "Replica \(live), whose file it was once, is not revoked. Where it was copied from "
                    + "there, the copy may hold its token too: `replica code --again` ends that.")
        }
        return .done
    }

    private static func sentence(_ number: Int64, _ revoked: [Int64]) -> String {
        let others = revoked.filter { $0 != number }.map(String.init).joined(separator: ", ")
        switch (revoked.contains(number), others.isEmpty) {
        case (true, true): return "Replica \(number) is revoked."
        case (true, false):
            return "Replica \(number) is revoked, and what came after it: \(others)."
        case (false, true): return "Replica \(number) was revoked before."
        case (false, false):
            return "Replica \(number) was revoked before; what came after it is now: \(others)."
        }
    }
}
