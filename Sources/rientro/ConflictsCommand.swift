import RientroClient
import Terminal

/// `rientro conflicts`: what two people wrote without seeing each other.
enum ConflictsCommand {
    static let declaration = Command(
        "conflicts", "Lists what two people changed without seeing each other",
        discussion: """
            The later value stands until somebody chooses with `rientro resolve`; both stay listed \
            here. It ends with 3 while there is something to choose.
            """,
        arguments: [Session.replica])

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let office = try await session.open()
        let conflicts = try await all(office)
        let isTrade = try await office.hasTrade()
        let replica = try await office.status().replica
        let titles = try await office.read { db throws(OfficeError) in
            var titles: [ConflictTitle] = []
            for conflict in conflicts {
                titles.append(try ConflictTitle.of(conflict, isTrade: isTrade, in: db))
            }
            return titles
        }
        let listed = Array(zip(conflicts, titles))
        session.output.json([
            "conflicts": .array(listed.map { json($0, title: $1) })
        ])
        if conflicts.isEmpty { session.output.say("No conflicts.") }
        for (index, (conflict, title)) in listed.enumerated() {
            if index > 0 { session.output.say("") }
            say(conflict, title: title, replica: replica, session)
        }
        return conflicts.isEmpty ? .done : .partly
    }

    /// All conflicts that wait.
    static func all(_ office: Office) async throws(OfficeError) -> [Conflict] {
        do { return try await office.replica.conflicts() } catch { throw .replica(error) }
    }

    private static func say(
        _ conflict: Conflict, title: ConflictTitle, replica: Int64, _ session: Session
    ) {
        let cases = title.caseRefs.isEmpty ? "" : " (\(title.caseRefs.joined(separator: ", ")))"
        session.output.say("\(title.text)\(cases)")
        var table = TextTable([.text(""), .text(""), .text("")])
        for (name, side) in [("  won", conflict.won), ("  lost", conflict.lost)] {
            table.add([
                name, ConflictTitle.values(side), ConflictTitle.author(side, replica: replica),
            ])
        }
        session.output.say(table)
        let other =
            conflict.won.values.count == 1
            ? "VALUE" : conflict.won.values.map { "\($0.column)=VALUE" }.joined(separator: " ")
        session.output.say("  choose: rientro resolve \(conflict.id) won | lost | \(other)")
    }

    private static func json(_ conflict: Conflict, title: ConflictTitle) -> JSONValue {
        [
            "id": .string(conflict.id), "table": .string(conflict.table),
            "row": .string(conflict.row), "register": .string(conflict.register),
            "title": .string(title.text),
            "case_refs": .array(title.caseRefs.map { .string($0) }),
            "won": json(conflict.won), "lost": json(conflict.lost),
            "noticed_at": .string(conflict.noticedAt),
        ]
    }

    private static func json(_ side: Conflict.Side) -> JSONValue {
        [
            "values": .columns(side.values), "at": .string(Moments.utc(side.date)),
            "replica": .integer(side.replica),
        ]
    }
}
