import RientroProtocol
import RientroServer
import Terminal

/// `replica list`: who may come, and who was here.
enum ReplicaListCommand {
    static let declaration = Command(
        "list", "List the offices, and when each was last heard of",
        arguments: [CentreProgram.folder])

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let engine = try parsed.readingEngine()
        let replicas = try engine.replicas()
        let last = try engine.cursor().commit
        output.json(.array(replicas.map(json)))
        guard !replicas.isEmpty else {
            output.say("There is no replica yet: rientro-server replica add")
            return .done
        }
        var table = TextTable([
            .number("replica"), .text("name"), .text("portfolios"), .text("state"),
            .text("last seen"), .number("behind"), .number("change-sets"),
        ])
        for replica in replicas {
            table.add([
                "\(replica.number)", replica.name, replica.portfolios.joined(separator: ", "),
                state(replica), ShownTime.text(replica.lastSeen),
                replica.lastSeen == nil ? "" : "\(max(0, last - replica.seenCommit))",
                "\(replica.headNumber)",
            ])
        }
        output.say(table)
        return .done
    }

    /// What has become of an office, in one word.
    static func state(_ replica: ReplicaRecord) -> String {
        if replica.revokedAt != nil { return "revoked" }
        return replica.enrolledAt == nil ? "waiting" : "enrolled"
    }

    private static func json(_ replica: ReplicaRecord) -> JSONValue {
        [
            "replica": .integer(replica.number), "name": .string(replica.name),
            "portfolios": .array(replica.portfolios.map(JSONValue.string)),
            "state": .string(state(replica)),
            "enrolled_at": ShownTime.json(replica.enrolledAt),
            "revoked_at": ShownTime.json(replica.revokedAt),
            "last_seen": ShownTime.json(replica.lastSeen),
            "seen_commit": .integer(replica.seenCommit),
            "succeeds": .optional(replica.succeeds),
            "change_sets": .integer(replica.headNumber),
        ]
    }
}
