import RientroClient

/// What a sync brought, kept for a while by the account that it belongs to: so that whoever was
/// away sees what changed on his accounts, and not a number of rows.
///
/// Arrivals stand in a table of this program's own in the office's file. They are kept by when they
/// came and not by when they were written: what an office without a line wrote weeks ago is news
/// when it arrives.
struct Arrival: Equatable, Sendable {
    /// The account.
    let account: String
    /// The table, and the row that is new or has changed.
    let table: String
    let row: String

    /// Arrivals are kept so long, in days: a long holiday.
    static let daysMax: Int64 = 60
    /// So many are kept: what a portfolio gets in months, and no more than a file bears.
    private static let rowsMax = 200_000

    /// Keeps what a sync brought to an office of the trade, and says how many accounts have news.
    static func keep(
        _ rows: [(table: String, id: String)], _ office: Office
    ) async throws(OfficeError) -> Int {
        guard !rows.isEmpty, try await office.hasTrade() else { return 0 }
        return try await office.write { db throws(OfficeError) in
            try keep(rows, in: db)
            var accounts: Set<String> = []
            for (table, id) in rows {
                guard let sql = Self.accounts[table] else { continue }
                for row in try db.all(
                    sql.replacing("?2", with: "?1"), [.text(id)])
                {
                    accounts.insert(row["account"].shown)
                }
            }
            return accounts.count
        }
    }

    /// Keeps what a sync brought. Rows of no account, such as code lists, are left out.
    static func keep(_ rows: [(table: String, id: String)], in db: Database) throws(OfficeError) {
        guard !rows.isEmpty else { return }
        try db.change(
            """
            CREATE TABLE IF NOT EXISTS rientro_arrival (
              account TEXT NOT NULL, tab TEXT NOT NULL, "row" TEXT NOT NULL, at TEXT NOT NULL,
              PRIMARY KEY (account, tab, "row")) STRICT, WITHOUT ROWID
            """)
        for (table, id) in rows {
            guard let accounts = Self.accounts[table] else { continue }
            try db.change(
                """
                INSERT INTO rientro_arrival(account, tab, "row", at)
                SELECT account, ?1, ?2, strftime('%Y-%m-%dT%H:%M:%SZ', 'now') FROM (\(accounts))
                WHERE true ON CONFLICT DO UPDATE SET at = excluded.at
                """, [.text(table), .text(id)])
        }
        try db.change(
            "DELETE FROM rientro_arrival WHERE julianday('now') - julianday(at) > ?",
            [.integer(daysMax)])
        try db.change(
            """
            DELETE FROM rientro_arrival WHERE at < (
              SELECT at FROM rientro_arrival ORDER BY at DESC LIMIT 1 OFFSET ?)
            """, [SQLValue(rowsMax)])
    }

    /// What came on or after a date, in the order of the accounts.
    static func since(_ date: String, in db: Database) throws(OfficeError) -> [Arrival] {
        guard
            try db.one(
                "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'rientro_arrival'")
                != nil
        else { return [] }
        return try db.all(
            """
            SELECT account, tab, "row" FROM rientro_arrival
            WHERE date(at, 'localtime') >= ? ORDER BY account, at, tab, "row"
            """, [.text(date)]
        ).map {
            Arrival(account: $0["account"].shown, table: $0["tab"].shown, row: $0["row"].shown)
        }
    }

    /// Which accounts a row belongs to, as SQL in which ?2 is its id.
    private static let accounts: [String: String] = [
        "account": "SELECT ?2 AS account",
        "task": "SELECT account_id AS account FROM task WHERE id = ?2",
        "debt_item": "SELECT account_id AS account FROM debt_item WHERE id = ?2",
        "contact_attempt": "SELECT account_id AS account FROM contact_attempt WHERE id = ?2",
        "payment": "SELECT account_id AS account FROM payment WHERE id = ?2",
        "promise": "SELECT account_id AS account FROM promise WHERE id = ?2",
        "debtor": "SELECT id AS account FROM account WHERE debtor_id = ?2",
        "contact_point": """
        SELECT a.id AS account FROM account AS a
        JOIN contact_point AS p ON p.debtor_id = a.debtor_id WHERE p.id = ?2
        """,
    ]
}
