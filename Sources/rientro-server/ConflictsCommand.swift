import RientroSQLite
import RientroServer
import Terminal

/// `conflicts`: what two people wrote without seeing each other.
enum ConflictsCommand {
    static let declaration = Command(
        "conflicts", "List the values that two people changed without seeing each other",
        discussion: """
            Each has a value that stands now and one that lost; both are kept until a person of an \
            office chooses with `rientro resolve`. Exit code 3 if there are any.
            """,
        arguments: [CentreProgram.folder])

    private struct Row {
        let id: String
        let table: String
        let row: String
        let register: String
        let won: StoredValues
        let lost: StoredValues
        let noticedAt: String
        /// The same in local time, for people.
        let noticed: String
    }

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let engine = try parsed.readingEngine()
        let rows = try engine.db.rows(
            """
            SELECT id, row_table, row_id, register, won, lost, noticed_at,
              coalesce(strftime('%Y-%m-%d %H:%M', noticed_at, 'localtime'), noticed_at)
            FROM conflicts ORDER BY noticed_at, id
            """
        ) {
            Row(
                id: $0.text(0), table: $0.text(1), row: $0.text(2), register: $0.text(3),
                won: StoredValues($0.text(4)), lost: StoredValues($0.text(5)),
                noticedAt: $0.text(6), noticed: $0.text(7))
        }
        output.json(["conflicts": .array(rows.map(json))])
        guard !rows.isEmpty else {
            output.say("No conflicts.")
            return .done
        }
        var table = TextTable([
            .text("conflict"), .text("what"), .text("row"), .text("stands"), .text("lost"),
            .text("noticed"),
        ])
        for row in rows {
            table.add([
                row.id, "\(row.table).\(row.register)", row.row, row.won.shown, row.lost.shown,
                row.noticed,
            ])
        }
        output.say(table)
        return .partly
    }

    private static func json(_ row: Row) -> JSONValue {
        [
            "id": .string(row.id), "table": .string(row.table), "row": .string(row.row),
            "register": .string(row.register), "won": .array(row.won.all),
            "lost": .array(row.lost.all), "noticed_at": .string(row.noticedAt),
        ]
    }
}
