internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// What came since the close before, from the log: which facts, from whom, and of which day.
extension DayTables {
    /// The ledger tables that a close tells of, and the day that a row of each is of.
    private static let facts: [(table: String, day: String)] = [
        ("payment", "received_on"), ("promise", "made_on"),
        ("contact_attempt", "date(started_at, 'localtime')"),
        ("debt_item", "date(recorded_at, 'localtime')"),
    ]

    /// Makes `day_fact(tab, id, replica, account_id, day, amount, currency, is_late)`.
    ///
    /// The log knows when a row came; the row knows which day it is of. At the first close nothing
    /// is late, since no day was closed. `replica` is NULL where it came before the last close.
    func makeFacts() throws {
        try db.execute(
            "CREATE TEMP TABLE day_arrival(tab TEXT, id TEXT, replica INTEGER, "
                + "PRIMARY KEY (tab, id)) WITHOUT ROWID")
        if let sinceCommit { try readLog(after: sinceCommit) }
        try db.execute(
            "CREATE TEMP TABLE day_fact(tab TEXT, id TEXT, replica INTEGER, account_id TEXT, "
                + "day TEXT, amount INTEGER, currency TEXT, is_late INTEGER)")
        for (table, day) in Self.facts { try addFacts(of: table, day: day) }
        try db.execute("CREATE INDEX temp.day_fact_id ON day_fact(tab, id)")
    }

    private func addFacts(of table: String, day: String) throws {
        let hasAmount = table == "payment" || table == "promise"
        try db.run(
            """
            INSERT INTO day_fact
            SELECT tab, id, replica, account_id, day, amount, currency, day <= ?1
            FROM (
              SELECT n.tab, f.id, n.replica, f.account_id, \(day) AS day,
                \(hasAmount ? "f.amount, f.currency" : "0 AS amount, '' AS currency")
              FROM day_arrival AS n CROSS JOIN main.\(table) AS f ON f.id = n.id
              WHERE n.tab = ?2)
            WHERE day <= ?3 ORDER BY id
            """, .text(since), .text(table), .text(date))
        // What came before the last close and is dated after its day is of this one. A creditor's
        // items are no facts of anybody's day.
        guard table != "debt_item" else { return }
        try db.run(
            """
            INSERT INTO day_fact
            SELECT ?2, id, NULL, account_id, day, amount, currency, 0
            FROM (
              SELECT f.id, f.account_id, \(day) AS day,
                \(hasAmount ? "f.amount, f.currency" : "0 AS amount, '' AS currency")
              FROM main.\(table) AS f)
            WHERE day > ?1 AND day <= ?3
              AND id NOT IN (SELECT n.id FROM day_arrival AS n WHERE n.tab = ?2)
            ORDER BY id
            """, .text(since), .text(table), .text(date))
    }

    /// Reads every commit after one, part by part. What was granted with an account that moved
    /// was there before, and is no arrival.
    private func readLog(after commit: Int64) throws {
        let schema = try Schema(
            json: Array(
                (try db.text("SELECT value FROM main.setting WHERE name = 'schema'") ?? "").utf8))
        var names: [Int: String] = [:]
        for (table, _) in Self.facts {
            if let number = schema.tables.first(where: { $0.name == table })?.number {
                names[number] = table
            }
        }
        let insert = try db.statement(
            "INSERT INTO day_arrival(tab, id, replica) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        try db.forEach(
            """
            SELECT l.replica, p.content FROM main.commit_part AS p
            JOIN main.commit_log AS l ON l.number = p.number
            WHERE p.number > ? ORDER BY p.number, p.portfolio
            """, [.integer(commit)]
        ) { row in
            let replica = row.integer(0)
            for unit in try UnitChanges.decode(row.blob(1)) where unit.kind == .changes {
                for change in unit.rows {
                    guard let name = names[change.table] else { continue }
                    try insert.bind([.text(name), .text(change.id), .integer(replica)])
                    try insert.run()
                }
            }
        }
    }
}
