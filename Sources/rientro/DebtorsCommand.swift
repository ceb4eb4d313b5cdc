import RientroClient
import Terminal

/// `rientro debtors`: the people and firms behind the accounts.
enum DebtorsCommand {
    private static let orders: [(name: String, sql: String)] = [
        ("name", "name"), ("balance", "balance DESC"), ("city", "city, name"),
        ("accounts", "accounts DESC, name"),
    ]
    private static let columns = [
        "id", "kind", "name", "codice_fiscale", "partita_iva", "codice_fiscale_flag",
        "partita_iva_flag", "street", "postcode", "city", "province", "country", "language",
        "phone", "accounts", "currency", "balance",
    ]

    static let declaration = Command(
        "debtors", "Lists debtors with what they owe on all their accounts",
        discussion: """
            SEARCH looks in names, tax codes, places, and phone numbers and addresses of contact \
            points; of several words each must be found, and capitals, accents and apostrophes \
            make no difference.
            """,
        arguments: [Session.replica, .variadic("SEARCH", "Words to look for")],
        options: [
            .value(
                "sort", "ORDER", "What comes first, name unless told",
                choices: orders.map(\.name)),
            ListLimit.option,
            .flag("ids", "Show the ids"),
        ])

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let limit = try ListLimit.rows(session)
        let office = try await session.openTrade()
        let words = AccountSearch(session.parsed.arguments("SEARCH"))
        let order = orders.first { $0.name == session.parsed.value("sort") } ?? orders[0]
        let (rows, count) = try await office.read { db throws(OfficeError) in
            var search = SearchTerms()
            if !words.isEmpty { search.add(ids: try words.debtors(in: db)) }
            let rows = try db.all(
                """
                SELECT \(columns.joined(separator: ", ")) FROM debtors \(search.clause)
                ORDER BY \(order.sql), id LIMIT \(limit)
                """, search.values)
            let counted = try db.one(
                "SELECT count(*) AS n FROM (SELECT id FROM debtors \(search.clause))",
                search.values)
            return (rows, counted?["n"].integer ?? 0)
        }
        session.output.beginPage()
        say(rows, count: count, session)
        session.output.json(["debtors": .rows(rows), "count": .integer(count)])
        return .done
    }

    private static func say(_ rows: [Row], count: Int64, _ session: Session) {
        var columns: [TextTable.Column] = [
            .text("debtor"), .key("tax code").leftOut(rank: 2), .text("city").leftOut(rank: 1),
            .key("phone"), .number("accounts").leftOut(rank: 3), .number("balance"),
        ]
        if session.parsed.flag("ids") { columns.append(.id("id")) }
        var table = TextTable(columns)
        for row in rows {
            let balance =
                row["balance"].integer.map { Amount.text($0, row["currency"].shown, session) }
                ?? "in several currencies"
            table.add([
                row["name"].shown, row["codice_fiscale"].text ?? row["partita_iva"].shown,
                row["city"].shown, row["phone"].shown, row["accounts"].shown,
                row["balance"].isNull && row["currency"].isNull && row["accounts"] == 0
                    ? "" : balance,
                row["id"].shown,
            ])
        }
        if table.rowCount > 0 { session.output.say(table) }
        let number = Money.grouped(count, language: session.language)
        let shown = Int64(rows.count) < count ? ", \(rows.count) shown (--limit 0 shows all)" : ""
        session.output.say(
            count == 0
                ? "No debtor found." : "\(number) debtor\(count == 1 ? "" : "s")\(shown)")
    }
}
