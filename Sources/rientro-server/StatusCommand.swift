import RientroProtocol
import RientroServer
import Terminal

/// `status`: how the centre stands.
enum StatusCommand {
    static let declaration = Command(
        "status", "Show how the centre stands: offices, commits, what waits for a person",
        discussion: ReplicaListCommand.columns,
        arguments: [CentreProgram.folder])

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let status = try CentreStatus(try parsed.centre())
        output.json(json(status))
        var facts = TextTable([.text(""), .text("")])
        facts.add(["server", status.isServing ? "running" : "not running"])
        facts.add(["commits", "\(status.cursor.commit)"])
        facts.add(["last commit", ShownTime.text(status.lastCommitAt)])
        facts.add(["clock", clock(status.clock)])
        facts.add(["change-sets of offices", "\(status.changeSets)"])
        facts.add(["conflicts to decide", "\(status.conflictsOpen)"])
        facts.add(["rows in quarantine", "\(status.quarantineOpen)"])
        facts.add(["database", size(status.databaseBytes, output.language)])
        output.say(facts)
        if !status.offices.isEmpty {
            var table = TextTable([
                .number("replica"), .text("office"), .text("state"), .text("origin"),
                .text("last seen"),
                .number("unconfirmed"), .number("unsent"), .number("proven"),
            ])
            for office in status.offices {
                table.add([
                    "\(office.record.number)", office.record.name,
                    ReplicaListCommand.state(office.record),
                    ReplicaListCommand.origin(office.record),
                    ShownTime.text(office.record.lastSeen), office.lag.map { "\($0)" } ?? "",
                    ReplicaListCommand.unsent(office.record),
                    office.record.provenCommit.map { "\($0)" } ?? "",
                ])
            }
            output.say("")
            output.say(table)
        }
        return .done
    }

    /// How this machine's clock stands against the log.
    static func clock(_ clock: CentreClock) -> String {
        guard clock.isLogAhead else { return "as the log" }
        let length = Sentences.length(clock.ahead)
        let text = "the last commit is \(length) ahead of this machine's clock"
        return clock.isWrong
            ? text + "; it was wrong then, or is now (see `serve --help`)"
            : text + ", which was wrong then; offices are told the right time"
    }

    private static func size(_ bytes: Int64, _ language: Language) -> String {
        Money.grouped((bytes + 1023) / 1024, language: language) + " KiB"
    }

    private static func json(_ status: CentreStatus) -> JSONValue {
        [
            "serving": .bool(status.isServing), "commit": .integer(status.cursor.commit),
            "last_commit": ShownTime.json(status.lastCommitAt),
            "clock_ahead_ms": .integer(status.clock.ahead),
            "clock_is_wrong": .bool(status.clock.isWrong),
            "change_sets": .integer(status.changeSets),
            "conflicts": .integer(status.conflictsOpen),
            "quarantine": .integer(status.quarantineOpen),
            "database_bytes": .integer(status.databaseBytes),
            "replicas": .array(
                status.offices.map { office in
                    [
                        "replica": .integer(office.record.number),
                        "name": .string(office.record.name),
                        "state": .string(ReplicaListCommand.state(office.record)),
                        "succeeds": .optional(office.record.succeeds),
                        "last_seen": ShownTime.json(office.record.lastSeen),
                        "unconfirmed": .optional(office.lag),
                        "unsent": .integer(office.record.unsent),
                        "proven_commit": .optional(office.record.provenCommit),
                    ]
                }),
        ]
    }
}
