import BackOffice
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
            itself when the parent arrives. First come the groups, by office, table and reason, \
            then \(ReviewLimits.pageEntries) rows a page. Exit code 3 if there are any.

              rientro-server quarantine centre --office Matera --page 2
              rientro-server quarantine discard centre --office Matera --reason bad_value --yes
            """,
        arguments: [CentreProgram.folder],
        options: filters + [.value("page", "N", "which page of the rows, from 1")],
        subcommands: [
            Command(
                "discard", "Discard refused rows that nobody wants: one by its number, or many",
                discussion: """
                    They stay in the log, and are not tried again. Many are discarded only with \
                    --yes; without it they are counted.
                    """,
                arguments: [
                    CentreProgram.folder, .optional("NUMBER", "the row's number in the list"),
                ],
                // The filters are the list's, which a command within it has too.
                options: [.flag("yes", "discard all that are meant")])
        ])

    private static let filters: [Option] = [
        .value("office", "NAME", "only rows of this office: its name or number"),
        .value("table", "NAME", "only rows of this table"),
        .value("reason", "WORD", "only rows refused for this reason"),
    ]

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        if parsed.command.dropFirst().first == "discard" { return try discard(parsed, output) }
        let page = try ListPage(parsed)
        let engine = try parsed.readingEngine()
        let list = try RefusedRows(engine, try RefusedRows.Filter(parsed, engine))
        let groups = try list.groups()
        let total = groups.reduce(0) { $0 + $1.count }
        let rows = try list.rows(page)
        output.json([
            "count": .integer(total), "groups": .array(groups.map(\.json)),
            "page": .count(page.number), "quarantine": .array(rows.map(\.json)),
            "left_out": .integer(total - Int64(rows.count)),
        ])
        guard total > 0 else {
            output.say("Nothing is in quarantine.")
            return .done
        }
        if Int64(rows.count) < total {
            var table = TextTable([
                .number("rows"), .text("office"), .text("table"), .text("reason"), .text("latest"),
            ])
            for group in groups {
                table.add([
                    Money.grouped(group.count, language: output.language), group.office,
                    group.table, group.reason, ShownTime.text(group.latest),
                ])
            }
            output.say(table)
            output.say("")
        }
        if !rows.isEmpty { output.say(table(rows)) }
        if let sentence = page.sentence(of: total) { output.say(sentence) }
        return .partly
    }

    private static func table(_ rows: [RefusedRows.Row]) -> TextTable {
        var table = TextTable([
            .number("no"), .text("office"), .text("table"), .text("row"), .text("reason"),
            .text("detail"), .text("refused"),
        ])
        for row in rows {
            table.add([
                "\(row.number)", "\(row.replica) \(row.office)", row.table, row.id, row.reason,
                row.detail, ShownTime.text(row.refusedAt),
            ])
        }
        return table
    }

    private static func discard(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let engine = try parsed.writingEngine()
        let filter = try RefusedRows.Filter(parsed, engine)
        let now = SystemClock.now()
        if let typed = parsed.argument("NUMBER") {
            guard let number = Int64(typed), filter.isAny else {
                throw parsed.usageError(
                    .invalidValue(
                        of: "NUMBER", value: typed,
                        expected: "a number of the list, without --office, --table or --reason"))
            }
            let count = try engine.db.transaction {
                try engine.discardRefusal(number, now: now)
            }
            return tell(count, of: Int64(count), output)
        }
        let count = try RefusedRows(engine, filter).groups().reduce(0) { $0 + $1.count }
        guard parsed.flag("yes") else {
            output.json(["discarded": .integer(0), "found": .integer(count)])
            output.say(
                "\(count) rows would be discarded; nothing was changed. Say --yes to do it.")
            return count == 0 ? .done : .partly
        }
        let today = try engine.db.text("SELECT date('now', 'localtime')") ?? ""
        let done = try engine.db.transaction {
            try filter.replicasOrAny.reduce(0) { count, replica in
                try count
                    + engine.discardRefusals(
                        replica: replica, table: filter.table, reason: filter.reason, upTo: today,
                        now: now)
            }
        }
        return tell(done, of: count, output)
    }

    private static func tell(_ count: Int, of found: Int64, _ output: Output) -> ExitCode {
        output.json(["discarded": .count(count), "found": .integer(found)])
        output.say(count == 1 ? "1 row is discarded." : "\(count) rows are discarded.")
        return .done
    }
}
