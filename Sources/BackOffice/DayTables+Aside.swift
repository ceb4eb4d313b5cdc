internal import RientroSQLite

/// Accounts that no day can be reckoned with.
///
/// Amounts have limits row by row, and rows come from several offices. An account whose rows add up
/// to more than any debt, or that has more of them than anybody could have written, is set aside:
/// it is in no table of the day, no total and no figure, and it waits in the review. So one office
/// that writes a million payments stops neither the night nor the figures of the others.
extension DayTables {
    /// Makes `day_aside(id, row_count, amounts)`: the account, its rows in the table that has too
    /// many of them or comes to too much, and what those come to, whatever their signs.
    ///
    /// Amounts are added as floating numbers: those that are near the limit are exact, and larger
    /// ones overflow nothing.
    func setAside() throws {
        let tables = [
            ("debt_item", "open_amount", CloseLimits.accountRowsMax),
            ("payment", "amount", CloseLimits.accountRowsMax),
            ("promise", "amount", CloseLimits.accountPromisesMax),
            ("contact_attempt", "0", CloseLimits.accountRowsMax),
        ]
        let counted = tables.map { table, amount, rowsMax in
            """
            SELECT account_id, count(*) AS row_count, total(abs(\(amount) + 0.0)) AS amounts
            FROM main.\(table) GROUP BY account_id
            HAVING row_count > \(rowsMax) OR amounts > \(CloseLimits.accountAmountsMax)
            """
        }.joined(separator: "\nUNION ALL\n")
        try db.execute(
            """
            CREATE TEMP TABLE day_aside AS
            SELECT account_id AS id, max(row_count) AS row_count,
              CAST(max(amounts) AS INTEGER) AS amounts
            FROM (\(counted)) GROUP BY account_id ORDER BY account_id;
            CREATE UNIQUE INDEX temp.day_aside_id ON day_aside(id);
            """)
    }

    /// How many accounts were set aside.
    func countAside() throws -> Int64 { try db.integer("SELECT count(*) FROM day_aside") ?? 0 }
}
