import BackOffice
import RientroSQLite
import RientroServer
import Terminal

/// `conflicts`: what two people wrote without seeing each other.
enum ConflictsCommand {
    static let declaration = Command(
        "conflicts", "List the values that two people changed without seeing each other",
        discussion: """
            Each has a value that stands now and one that lost; both are kept until a person of an \
            office chooses with `rientro resolve`. First come the groups, by table and register, \
            then \(ReviewLimits.pageEntries) values a page. Exit code 3 if there are any.

              rientro-server conflicts centre --page 2
            """,
        arguments: [CentreProgram.folder],
        options: [.value("page", "N", "which page of the values, from 1")])

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

    private struct Group {
        let what: String
        let count: Int64
        let latest: String
    }

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let page = try ListPage(parsed)
        let db = try parsed.readingEngine().db
        let groups = try groups(db)
        let total = groups.reduce(0) { $0 + $1.count }
        let rows = try rows(db, page)
        output.json([
            "count": .integer(total),
            "groups": .array(
                groups.map { ["what": .string($0.what), "count": .integer($0.count)] }),
            "page": .count(page.number), "conflicts": .array(rows.map(json)),
            "left_out": .integer(total - Int64(rows.count)),
        ])
        guard total > 0 else {
            output.say("No conflicts.")
            return .done
        }
        if Int64(rows.count) < total {
            var table = TextTable([.number("conflicts"), .text("what"), .text("latest")])
            for group in groups {
                table.add([
                    Money.grouped(group.count, language: output.language), group.what, group.latest,
                ])
            }
            output.say(table)
            output.say("")
        }
        if !rows.isEmpty { output.say(table(rows)) }
        if let sentence = page.sentence(of: total) { output.say(sentence) }
        return .partly
    }

    private static func groups(_ db: Connection) throws -> [Group] {
        try db.rows(
            """
            SELECT row_table || '.' || register AS what, count(*),
              coalesce(strftime('%Y-%m-%d %H:%M', max(noticed_at), 'localtime'), max(noticed_at))
            FROM conflicts GROUP BY 1 ORDER BY 1
            """
        ) { Group(what: $0.text(0), count: $0.integer(1), latest: $0.text(2)) }
    }

    private static func rows(_ db: Connection, _ page: ListPage) throws -> [Row] {
        try db.rows(
            """
            SELECT id, row_table, row_id, register, won, lost, noticed_at,
              coalesce(strftime('%Y-%m-%d %H:%M', noticed_at, 'localtime'), noticed_at)
            FROM conflicts ORDER BY noticed_at, id LIMIT ? OFFSET ?
            """, .integer(Int64(ReviewLimits.pageEntries)),
            .integer(Int64(page.skipped))
        ) {
            Row(
                id: $0.text(0), table: $0.text(1), row: $0.text(2), register: $0.text(3),
                won: StoredValues($0.text(4)), lost: StoredValues($0.text(5)),
                noticedAt: $0.text(6), noticed: $0.text(7))
        }
    }

    private static func table(_ rows: [Row]) -> TextTable {
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
        return table
    }

    private static func json(_ row: Row) -> JSONValue {
        [
            "id": .string(row.id), "table": .string(row.table), "row": .string(row.row),
            "register": .string(row.register), "won": .array(row.won.all),
            "lost": .array(row.lost.all), "noticed_at": .string(row.noticedAt),
        ]
    }
}
