internal import RientroSQLite

/// The pages of a day's close.
package enum Pages {
    /// What a page is drawn in where nothing is owed.
    static let defaultCurrency = "EUR"

    /// The firm's page, then those of the branches and those of the creditors that have an account,
    /// each by key; with nothing on them yet but their currencies.
    ///
    /// - Parameters:
    ///   - day: the day's tables.
    ///   - commit: the last commit that is in them.
    ///   - previous: the day that was closed before; nil at the first close.
    /// - Throws: `SQLiteError`, `FigureError`.
    package static func empty(day: DayTables, commit: Int64, previous: String?) throws -> [DayPage]
    {
        let owed = try ByPage<String, Int64>(day.db, amounts(day), values: 3) { $0.text(2) }
        let scopes =
            [PageScope(.firm)]
            + (try scopes(.branch, by: "portfolio_id", from: "portfolio", in: day.db))
            + (try scopes(.creditor, by: "creditor_id", from: "creditor", in: day.db))
        return scopes.map { scope in
            let currencies = owed[scope].sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            let first = currencies.first { $0.value > 0 }?.key ?? defaultCurrency
            var page = DayPage(
                scope: scope, date: day.date, previousDate: previous, commit: commit,
                currency: first)
            page.otherCurrencies = currencies.map(\.key).filter { $0 != first }.sorted()
            return page
        }
    }

    private static func scopes(
        _ kind: PageScope.Kind, by column: String, from table: String, in db: Connection
    ) throws -> [PageScope] {
        try db.rows(
            """
            SELECT a.key, coalesce(nullif(t.name, ''), a.key)
            FROM (SELECT DISTINCT \(column) AS key FROM day_account) AS a
            LEFT JOIN main.\(table) AS t ON t.id = a.key
            ORDER BY a.key
            """
        ) { PageScope(kind, key: $0.text(0), name: $0.text(1)) }
    }

    /// What is open on open accounts; 0 in a currency that is open on closed ones alone, or that
    /// something was paid in.
    private static func amounts(_ day: DayTables) -> String {
        """
        SELECT portfolio_id, creditor_id, currency, sum(amount) FROM (
          SELECT i.portfolio_id, i.creditor_id, i.currency,
            CASE WHEN \(day.isOpen) THEN i.open ELSE 0 END AS amount
          FROM day_item AS i JOIN day_account AS a ON a.id = i.account_id
          UNION ALL
          SELECT portfolio_id, creditor_id, currency, 0 FROM day_payment WHERE net <> 0)
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """
    }
}
