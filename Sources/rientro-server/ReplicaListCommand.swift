import RientroProtocol
import RientroServer
import Terminal

/// `replica list`: who may come, and who was here.
enum ReplicaListCommand {
    static let declaration = Command(
        "list", "List the offices, and when each was last heard of",
        discussion: columns,
        arguments: [CentreProgram.folder])

    /// What the columns mean that an office's own words fill, here and in `status`.
    static let columns = """
        "unconfirmed" counts the commits for an office that it has not confirmed yet. What an \
        answer brings it is confirmed by its next request, and written down some seconds later.

        "unsent" counts the change-sets that an office had sealed when it was last heard of, and \
        that have not come. "proven" is the commit at which it last found that it holds the same \
        as the centre (`rientro verify`), as its next request told.

        "origin" says which number it came after: "copy of 3" got its own because its file was \
        found to be a copy of that one's, "again for 3" by `replica code --again`.
        """

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let offices = try CentreStatus(try parsed.centre()).offices
        output.json(["replicas": .array(offices.map(json))])
        guard !offices.isEmpty else {
            output.say("There is no replica yet: rientro-server replica add")
            return .done
        }
        var table = TextTable([
            .number("replica"), .text("name"), .text("portfolios"), .text("state"),
            .text("origin"), .text("last seen"), .number("unconfirmed"), .number("unsent"),
            .number("proven"), .number("change-sets"),
        ])
        for office in offices {
            let replica = office.record
            table.add([
                "\(replica.number)", replica.name, replica.portfolios.joined(separator: ", "),
                state(replica), origin(replica), ShownTime.text(replica.lastSeen),
                office.lag.map { "\($0)" } ?? "", unsent(replica),
                replica.provenCommit.map { "\($0)" } ?? "", "\(replica.headNumber)",
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

    /// Which number it came after, and how; nothing of the first of its line.
    static func origin(_ replica: ReplicaRecord) -> String {
        guard let before = replica.succeeds else { return "" }
        return replica.isCopy ? "copy of \(before)" : "again for \(before)"
    }

    /// How many change-sets have not come; nothing of an office that has none yet.
    static func unsent(_ replica: ReplicaRecord) -> String {
        replica.enrolledAt == nil ? "" : "\(replica.unsent)"
    }

    private static func json(_ office: CentreStatus.Office) -> JSONValue {
        let replica = office.record
        return [
            "replica": .integer(replica.number), "name": .string(replica.name),
            "portfolios": .array(replica.portfolios.map(JSONValue.string)),
            "state": .string(state(replica)),
            "enrolled_at": ShownTime.json(replica.enrolledAt),
            "revoked_at": ShownTime.json(replica.revokedAt),
            "last_seen": ShownTime.json(replica.lastSeen),
            "seen_commit": .integer(replica.seenCommit), "unconfirmed": .optional(office.lag),
            "unsent": .integer(replica.unsent), "proven_commit": .optional(replica.provenCommit),
            "succeeds": .optional(replica.succeeds), "is_copy": .bool(replica.isCopy),
            "schema": .optional(replica.schemaVersion),
            "holds": .array((replica.held ?? []).map(JSONValue.string)),
            "change_sets": .integer(replica.headNumber),
        ]
    }
}
