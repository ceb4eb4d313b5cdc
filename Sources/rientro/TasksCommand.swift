import Portfolio
import RientroClient
import Terminal

/// `rientro tasks`: what is to be done, on all accounts.
enum TasksCommand {
    static let declaration = Command(
        "tasks", "Lists what is to be done, on all accounts",
        discussion: """
            Open tasks by the day on which they are due: what people planned, and what the \
            centre's close of the day asks for. `show 3` and `note 3` take a row's number, and \
            `rientro task ACCOUNT done` closes one.

              rientro tasks --due oggi --assignee MROSSI
            """,
        arguments: [Session.replica],
        options: [
            .value("due", "DATE", "Only what is due on this day or before"),
            .value("kind", "CODE", "Only tasks of this kind"),
            .value("assignee", "CODE", "Only this operator's tasks, and those of nobody"),
            ListLimit.option, .flag("ids", "Show the ids"),
        ])

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let limit = try ListLimit.rows(session)
        let office = try await session.openTrade()
        let (rows, accounts, count) = try await office.read { db throws(OfficeError) in
            let terms = try terms(session, in: db)
            let rows = try db.all(
                """
                SELECT \(TaskCommand.columns) FROM task \(terms.clause)
                ORDER BY due_on, due_time IS NULL, due_time, id LIMIT \(limit)
                """, terms.values)
            let counted = try db.one(
                "SELECT count(*) AS n FROM task \(terms.clause)", terms.values)
            let ids = rows.map { $0["account_id"].shown }
            return (rows, try AccountFinder.all(ids, in: db), counted?["n"].integer ?? 0)
        }
        session.output.beginPage()
        say(rows, accounts, count: count, session)
        if session.output.style == .text {
            try await session.remember(rows.map { $0["account_id"].shown }, office)
        }
        session.output.json([
            "tasks": .array(
                rows.map { row in
                    let account = accounts[row["account_id"].shown]
                    return JSONValue(
                        row,
                        and: [
                            .init("case_ref", .optional(account?.caseRef)),
                            .init("debtor", .optional(account?.debtor)),
                        ])
                }), "count": .integer(count),
        ])
        return .done
    }

    private static func terms(
        _ session: Session, in db: Database
    ) throws(OfficeError) -> SearchTerms {
        var terms = SearchTerms()
        terms.add("status = ?", .text("open"))
        if let typed = session.parsed.value("due") {
            guard let date = try OfficeClock.read(in: db).typed(typed, toward: .next) else {
                throw session.wrong("--due", typed, expected: TypedDate.forms)
            }
            terms.add("due_on <= ?", .text(date.text))
        }
        if let typed = session.parsed.value("kind") {
            let codes = try CodeList.read("task_kind", isItalian: session.isItalian, in: db)
            terms.add("kind = ?", .text(try codes.required(typed, name: "--kind")))
        }
        if let typed = session.parsed.value("assignee") {
            let codes = try CodeList.operators(in: db)
            terms.add(
                "(assignee = ? OR assignee IS NULL)",
                .text(try codes.required(typed, name: "--assignee")))
        }
        return terms
    }

    private static func say(
        _ rows: [Row], _ accounts: [String: Account], count: Int64, _ session: Session
    ) {
        var columns: [TextTable.Column] = [
            .number("no."), .key("due"), .text("time"), .key("case"), .text("debtor"),
            .text("kind"), .text("note"), .text("for").leftOut(rank: 1),
        ]
        if session.parsed.flag("ids") { columns.append(.id("id")) }
        var table = TextTable(columns)
        for (index, row) in rows.enumerated() {
            let account = accounts[row["account_id"].shown]
            table.add([
                index < RememberedList.rowsMax ? "\(index + 1)" : "", row["due_on"].shown,
                row["due_time"].shown, account?.caseRef ?? "", account?.debtor ?? "",
                row["kind"].shown, row["note"].shown, row["assignee"].shown, row["id"].shown,
            ])
        }
        if table.rowCount > 0 { session.output.say(table) }
        let number = Money.grouped(count, language: session.language)
        let shown = Int64(rows.count) < count ? ", \(rows.count) shown (--limit 0 shows all)" : ""
        session.output.say(
            count == 0
                ? session.speech("Nothing is to be done.", "Non c'è niente da fare.")
                : "\(number) task\(count == 1 ? "" : "s")\(shown)")
    }
}
