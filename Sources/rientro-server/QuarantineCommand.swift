import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Terminal

/// `quarantine`: rows that the centre did not apply, and why.
enum QuarantineCommand {
    static let declaration = Command(
        "quarantine", "List the rows that were refused, and why",
        discussion: """
            What came with them was applied. A row that waits for its parent is tried again by \
            itself when the parent arrives. Exit code 3 if there are any.
            """,
        arguments: [CentreProgram.folder])

    private struct Row {
        let seq: Int64
        let replica: Int64
        let office: String
        let table: Int64
        let id: String
        let register: Int64
        let reason: String
        let detail: String
        let refusedAt: Int64
    }

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let engine = try parsed.readingEngine()
        let names = try tableNames(engine)
        let rows = try engine.db.rows(
            """
            SELECT q.seq, q.replica, coalesce(r.name, ''), q.tab, q.row, q.register, q.reason,
              q.detail, q.refused_at
            FROM quarantine AS q LEFT JOIN replica AS r ON r.number = q.replica
            WHERE q.closed_at IS NULL ORDER BY q.seq
            """
        ) {
            Row(
                seq: $0.integer(0), replica: $0.integer(1), office: $0.text(2),
                table: $0.integer(3), id: $0.text(4), register: $0.integer(5),
                reason: $0.text(6), detail: $0.text(7), refusedAt: $0.integer(8))
        }
        output.json(["quarantine": .array(rows.map { json($0, names) })])
        guard !rows.isEmpty else {
            output.say("Nothing is in quarantine.")
            return .done
        }
        var table = TextTable([
            .number("no"), .text("office"), .text("table"), .text("row"), .text("reason"),
            .text("detail"), .text("refused"),
        ])
        for row in rows {
            table.add([
                "\(row.seq)", "\(row.replica) \(row.office)", names[row.table] ?? "\(row.table)",
                row.id, row.reason, row.detail, ShownTime.text(row.refusedAt),
            ])
        }
        output.say(table)
        return .partly
    }

    private static func json(_ row: Row, _ names: [Int64: String]) -> JSONValue {
        [
            "number": .integer(row.seq), "replica": .integer(row.replica),
            "office": .string(row.office), "table": .optional(names[row.table]),
            "row": .string(row.id), "register": .integer(row.register),
            "reason": .string(row.reason), "detail": .string(row.detail),
            "refused_at": ShownTime.json(row.refusedAt),
        ]
    }

    private static func tableNames(_ engine: CentreEngine) throws -> [Int64: String] {
        let tables = engine.store.schema.allTables
        return Dictionary(
            tables.map { (Int64($0.number), $0.name) }, uniquingKeysWith: { first, _ in first })
    }
}
