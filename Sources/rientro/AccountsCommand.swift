import RientroClient
import Terminal

/// `rientro accounts`: the accounts of this office, and what they come to.
enum AccountsCommand {
    private static let buckets = [
        "not due", "1-30", "31-60", "61-90", "91-120", "121-180", "181-360", "361+",
    ]
    /// The orders, as they are asked for and as SQL says them.
    private static let orders: [(name: String, sql: String)] = [
        ("overdue", "days_overdue DESC, balance DESC"), ("balance", "balance DESC"),
        ("debtor", "debtor"), ("case", "case_ref"),
        ("priority", "priority DESC, days_overdue DESC"),
        ("next", "next_action_on IS NULL, next_action_on"),
    ]
    /// Columns of the view that are shown, and that the JSON has.
    private static let columns = [
        "id", "case_ref", "customer_ref", "debtor_id", "debtor", "portfolio_id", "creditor_id",
        "creditor", "status", "currency", "balance", "other_balances", "announced", "open_since",
        "days_overdue", "bucket", "open_tasks", "priority", "next_action_on", "assignee",
    ]
    /// The longest delay that may be asked for, in days: a century.
    private static let daysMax = 36_500

    static let declaration = Command(
        "accounts", "Lists accounts with balance and days overdue",
        discussion: """
            SEARCH looks in names, case references, customer numbers, tax codes, and phone numbers \
            and addresses of contact points; of several words each must be found, and capitals, \
            accents and apostrophes make no difference. The last line sums up all that was found, \
            not only what is shown. --sort priority begins with 9.

            The column "stop" says why nobody calls: STOP he asked for it, LAW a lawyer, DEC dead, \
            INS insolvent, DISP a dispute, COMPL a complaint. `show 3`, `note 3` and `pay 3` take \
            the number of a row of the list that was shown last.

              rientro accounts rossi --overdue 60 --sort balance
            """,
        arguments: [Session.replica, .variadic("SEARCH", "Words to look for")],
        options: [
            .value("portfolio", "ID", "Only accounts of this portfolio"),
            .value("creditor", "ID", "Only accounts of this creditor"),
            .value("status", "CODE", "Only accounts in this status"),
            .value("overdue", "DAYS", "Only accounts at least so many days overdue"),
            .value("bucket", "BUCKET", "Only accounts of this age", choices: buckets),
            .value(
                "sort", "ORDER", "What comes first, overdue unless told",
                choices: orders.map(\.name)),
            ListLimit.option,
            .flag("ids", "Show the ids"),
        ])

    /// What was found: the rows to show with what stops each, and the sums by currency over all
    /// that was found.
    private struct Found: Sendable {
        let rows: [Row]
        let totals: [Row]
        let stops: [String: [String]]
        var count: Int64 { totals.reduce(0) { $0 + ($1["id"].integer ?? 0) } }
    }

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let limit = try ListLimit.rows(session)
        let overdue = try session.integer("overdue", in: 0...daysMax)
        let office = try await session.openTrade()
        let found = try await office.read { db throws(OfficeError) in
            try find(session, overdue: overdue, limit: limit, in: db)
        }
        session.output.beginPage()
        say(found, session)
        try await session.remarkStaleness(office)
        if session.output.style == .text {
            try await session.remember(found.rows.map { $0["id"].shown }, office)
        }
        session.output.json([
            "accounts": .array(found.rows.map { json($0, found) }), "count": .integer(found.count),
            "totals": .array(
                found.totals.map {
                    [
                        "currency": JSONValue($0["currency"]), "count": JSONValue($0["id"]),
                        "balance": JSONValue($0["balance"]),
                        "announced": JSONValue($0["announced"]),
                    ]
                }),
        ])
        return .done
    }

    private static func json(_ row: Row, _ found: Found) -> JSONValue {
        let stops = found.stops[row["id"].shown] ?? []
        return JSONValue(row, and: [.init("stops", .array(stops.map { .string($0) }))])
    }

    private static func find(
        _ session: Session, overdue: Int?, limit: Int, in db: Database
    ) throws(OfficeError) -> Found {
        var terms = SearchTerms()
        for (option, condition) in [
            ("portfolio", "portfolio_id = ?"), ("creditor", "creditor_id = ?"),
            ("bucket", "bucket = ?"),
        ] {
            if let value = session.parsed.value(option) { terms.add(condition, .text(value)) }
        }
        if let typed = session.parsed.value("status") {
            let codes = try CodeList.read(
                "account_status", isItalian: session.isItalian, in: db)
            terms.add("status = ?", .text(try codes.required(typed, name: "--status")))
        }
        if let overdue { terms.add("days_overdue >= ?", SQLValue(overdue)) }
        // The view works out what is open of every account before it compares a name. So the
        // accounts are found first, and then asked for by their ids.
        let search = AccountSearch(session.parsed.arguments("SEARCH"))
        if !search.isEmpty { terms.add(ids: try search.accounts(in: db)) }
        let order = orders.first { $0.name == session.parsed.value("sort") } ?? orders[0]
        let rows = try db.all(sql(terms, order: order.sql, limit: limit), terms.values)
        let isTotal = { (row: Row) in row["is_total"].integer == 1 }
        let shown = rows.filter { !isTotal($0) }
        return Found(
            rows: shown, totals: rows.filter(isTotal),
            stops: try Stop.marks(of: shown.map { $0["id"].shown }, in: db))
    }

    /// Rows and sums in one statement, since the view's sums are dear and are computed once so.
    private static func sql(_ terms: SearchTerms, order: String, limit: Int) -> String {
        let names = columns.joined(separator: ", ")
        let sums = columns.map { column in
            switch column {
            case "id": "count(*)"
            case "currency": "currency"
            case "balance", "announced": "sum(\(column))"
            default: "NULL"
            }
        }
        return """
            WITH found AS MATERIALIZED (SELECT \(names) FROM accounts \(terms.clause))
            SELECT * FROM (
              SELECT \(names), 0 AS is_total FROM found ORDER BY \(order), id LIMIT \(limit))
            UNION ALL
            SELECT \(sums.joined(separator: ", ")), 1 FROM found GROUP BY currency
            """
    }

    private static func say(_ found: Found, _ session: Session) {
        let hasIDs = session.parsed.flag("ids")
        let hasStops = !found.stops.isEmpty
        var columns: [TextTable.Column] = [.number("no."), .key("case"), .text("debtor")]
        if hasStops { columns.append(.text("stop")) }
        columns += [
            .text("creditor").leftOut(rank: 3), .text("status").leftOut(rank: 2),
            .number("overdue"), .text("bucket").leftOut(rank: 4), .number("balance"),
        ]
        if hasIDs { columns.append(.id("id")) }
        var table = TextTable(columns)
        for (index, row) in found.rows.enumerated() {
            let balance = Amount.text(
                row["balance"].integer ?? 0, row["currency"].text ?? "", session)
            let others = row["other_balances"].isNull ? "" : " +"
            var cells = [
                index < RememberedList.rowsMax ? "\(index + 1)" : "", row["case_ref"].shown,
                row["debtor"].shown,
            ]
            if hasStops {
                cells.append(found.stops[row["id"].shown]?.joined(separator: " ") ?? "")
            }
            cells += [
                row["creditor"].text ?? row["creditor_id"].shown, row["status"].shown,
                row["days_overdue"].shown, row["bucket"].shown, balance + others, row["id"].shown,
            ]
            table.add(cells)
        }
        if table.rowCount > 0 { session.output.say(table) }
        let count = Int(clamping: found.count)
        let sums = found.totals.map {
            Amount.text($0["balance"].integer ?? 0, $0["currency"].text ?? "", session)
        }
        let number = Money.grouped(found.count, language: session.language)
        let shown =
            found.rows.count < count
            ? ", \(found.rows.count) shown (--limit 0 shows all)" : ""
        session.output.say(
            count == 0
                ? "No account found."
                : "\(number) account\(count == 1 ? "" : "s")\(shown); balance"
                    + " \(sums.joined(separator: ", "))")
    }
}
