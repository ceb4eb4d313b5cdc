internal import RientroProtocol
internal import RientroSQLite

/// Rows whose dates cannot be right: those of a day that has not come, of no day at all, or written
/// before there was anything to write about.
extension ReviewSearch {
    /// A ledger table of the offices, and the local day that a row of it is of.
    private struct Dated {
        let table: String
        let day: String
    }

    private static let dated = [
        Dated(table: "payment", day: "received_on"), Dated(table: "promise", day: "made_on"),
        Dated(table: "contact_attempt", day: "date(started_at, 'localtime')"),
    ]

    /// Rows that no close has counted and none will soon: they are of a day after the latest that
    /// the centre has seen, or of none. Money among them has left the balance that an office sees.
    /// A day of grace, since at midnight offices are not all of one mind.
    func rowsOfNoDay() throws -> [ReviewEntry] {
        let seen = try db.text(
            """
            SELECT date(max(time) / 1000, 'unixepoch', 'localtime') FROM main.commit_log
            """)
        let last = max(seen ?? day.date, day.date)
        return try rows(
            .noDay,
            """
            coalesce(f.day <> date(f.day, '+0 days'), TRUE)
              OR f.day > date(\(SQL.text(last)), '+1 day')
            """)
    }

    /// Rows that say they were written more than a day before their account came to the centre, and
    /// those that say they were written after the latest that the centre has seen: the clock of
    /// that machine was wrong, and so is the day that they are of.
    func rowsOfWrongClocks() throws -> [ReviewEntry] {
        let seen = try db.integer("SELECT max(time) FROM main.commit_log") ?? 0
        return try rows(
            .wrongClock,
            """
            f.written < (a.born_stamp >> 20) / 1000 - \(Self.graceSeconds)
              OR f.written > \(seen / 1000) + \(Self.graceSeconds)
            """)
    }

    /// A row may be written at the far end of the world, or imported with the day's first minute.
    private static let graceSeconds: Int64 = 86_400

    /// One finding for each account and table, so that a machine that wrote a thousand notes under
    /// a wrong clock is not a thousand findings.
    private func rows(_ kind: ReviewKind, _ condition: String) throws -> [ReviewEntry] {
        try Self.dated.flatMap { dated in
            let isMoney = dated.table != "contact_attempt"
            return try db.rows(
                """
                SELECT a.id, a.case_ref, a.portfolio_id, a.creditor_id, count(*),
                  min(f.id), max(f.id), coalesce(min(f.day), ''), coalesce(max(f.day), ''),
                  coalesce(substr(group_concat(DISTINCT f.operator), 1, 200), ''),
                  coalesce(min(f.recorded_at), ''), CAST(total(f.amount) AS INTEGER),
                  max(f.currency), count(DISTINCT f.currency),
                  min(?1, max(coalesce(date(min(f.written), 'unixepoch', 'localtime'), ''),
                    date((a.born_stamp >> 20) / 1000, 'unixepoch', 'localtime')))
                FROM (
                  SELECT id, account_id, \(dated.day) AS day, operator, recorded_at,
                    CAST(strftime('%s', recorded_at) AS INTEGER) AS written,
                    \(isMoney ? "amount, currency" : "0 AS amount, '' AS currency")
                  FROM main.\(dated.table)) AS f
                JOIN main.account AS a ON a.id = f.account_id
                WHERE \(condition)
                GROUP BY a.id ORDER BY a.id
                """, .text(day.date)
            ) { row in
                let count = row.integer(4)
                var facts = [
                    ReviewFact("table", dated.table), ReviewFact("rows", "\(count)"),
                    ReviewFact("first_row", row.text(5)), ReviewFact("last_row", row.text(6)),
                ]
                facts.note("first_day", row.text(7))
                facts.note("last_day", row.text(8))
                facts.note("operators", row.text(9))
                facts.note("recorded_at", row.text(10))
                let isOne = isMoney && row.integer(13) == 1
                return ReviewEntry(
                    kind: kind,
                    key: ReviewEntry.key(
                        kind,
                        [
                            .text(dated.table), .text(row.text(0)), .integer(count),
                            .text(row.text(5)), .text(row.text(6)),
                        ]),
                    places: [Self.place(row, 0)], since: row.text(14),
                    amount: isOne ? row.integer(11) : nil,
                    currency: isOne ? row.text(12) : nil, facts: facts, subjects: [row.text(0)])
            }
        }
    }

    /// Accounts that were set aside: they stand in no total and no figure of the day.
    func accountsSetAside() throws -> [ReviewEntry] {
        try db.rows(
            """
            SELECT a.id, a.case_ref, a.portfolio_id, a.creditor_id, s.row_count, s.amounts
            FROM day_aside AS s JOIN main.account AS a ON a.id = s.id ORDER BY a.id
            """
        ) { row in
            ReviewEntry(
                kind: .setAside,
                key: ReviewEntry.key(
                    .setAside,
                    [.text(row.text(0)), .integer(row.integer(4)), .integer(row.integer(5))]),
                places: [Self.place(row, 0)], since: day.date,
                facts: [
                    ReviewFact("rows", "\(row.integer(4))"),
                    ReviewFact("amounts", "\(row.integer(5))"),
                ], subjects: [row.text(0)])
        }
    }

    /// Rows that take back, withdraw, replace, correct or adjust what is not there: they count as
    /// nothing, in every figure, and nobody would see it.
    func rowsThatNameNothing() throws -> [ReviewEntry] {
        guard
            try db.integer(
                "SELECT 1 FROM main.sqlite_master WHERE name = 'dangling_references'") == 1
        else { return [] }
        return try db.rows(
            """
            SELECT a.id, coalesce(a.case_ref, ''), coalesce(a.portfolio_id, ''),
              coalesce(a.creditor_id, ''), d.id, d.kind, d.reference, d.names, d.why, d.amount,
              d.currency, d.operator, date(d.recorded_at, 'localtime')
            FROM main.dangling_references AS d LEFT JOIN main.account AS a ON a.id = d.account_id
            ORDER BY d.id, d.reference
            """
        ) { row in
            var facts = [ReviewFact("row", row.text(4)), ReviewFact("table", row.text(5))]
            facts.note("reference", row.optionalText(6))
            facts.note("names", row.optionalText(7))
            facts.note("why", row.optionalText(8))
            facts.note("operator", row.optionalText(11))
            return ReviewEntry(
                kind: .namesNothing,
                key: ReviewEntry.key(
                    .namesNothing, [.text(row.text(4)), .text(row.optionalText(6) ?? "")]),
                places: row.isNull(0) ? [] : [Self.place(row, 0)],
                since: row.optionalText(12) ?? day.date, amount: row.optionalInteger(9),
                currency: row.optionalText(10), facts: facts, subjects: [row.text(4)])
        }
    }
}
