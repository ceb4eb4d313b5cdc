internal import RientroSQLite

/// What each account adds to the figures, as a table: a row for each account, made in one pass.
///
/// `figure_account(id, portfolio_id, creditor_id, is_open, is_owing, is_liquidated, reason_days,
/// last_reason, contacts_total)`, and for `day` and `month` `is_worked_…`, `attempts_…`,
/// `reached_…` (attempts that reached the right person) and `contacts_…` (all contacts with that
/// person, those that he sought included).
struct AccountFigures {
    private let day: DayTables
    private let spans: [Span]

    /// Makes the table. Throws `SQLiteError`.
    init(_ day: DayTables) throws {
        self.day = day
        spans = [Span(.day, of: day.date), Span(.month, of: day.date)]
        try makeContacts()
        try makeReasons()
        try makeAccounts()
    }

    /// Adds the figures that are counts of accounts and contacts.
    func add(to sums: inout FigureSums) throws {
        try sums.add(
            spans.flatMap(worked) + total, over: "figure_account", in: day.db)
    }

    private func worked(_ span: Span) -> [Formula] {
        let p = span.suffix
        let period = span.period
        return [
            Formula(
                .contactRate, period, count("is_worked_\(p) AND attempts_\(p) > 0"),
                of: count("is_worked_\(p)")),
            Formula(
                .attempts, period, sum("attempts_\(p)", "is_worked_\(p)"),
                of: count("is_worked_\(p)")),
            Formula(.rightPartyRate, period, sum("reached_\(p)"), of: sum("attempts_\(p)")),
            Formula(
                .rightPartyReach, period, count("is_worked_\(p) AND contacts_\(p) > 0"),
                of: count("is_worked_\(p)")),
            Formula(.promiseRate, period, "0", of: sum("contacts_\(p)")),
        ]
    }

    private var total: [Formula] {
        [
            Formula(.accounts, .total, count("is_open")),
            Formula(.liquidation, .total, count("is_liquidated"), of: "count(*)"),
            Formula(
                .daysToFirstReason, .total, sum("reason_days"), of: "count(reason_days)"),
            Formula(
                .reasonRecorded, .total,
                count("is_open AND contacts_total > 0 AND last_reason IS NOT NULL"),
                of: count("is_open AND contacts_total > 0")),
        ]
    }

    private func makeContacts() throws {
        let columns = spans.map { span in
            let isIn = span.has("day")
            return """
                \(count("direction = 'out' AND \(isIn)")) AS attempts_\(span.suffix),
                \(count("direction = 'out' AND is_right_party AND \(isIn)"))
                  AS reached_\(span.suffix),
                \(count("is_right_party AND \(isIn)")) AS contacts_\(span.suffix),
                """
        }
        try day.db.execute(
            """
            DROP TABLE IF EXISTS temp.figure_contact;
            CREATE TEMP TABLE figure_contact AS
            SELECT account_id, \(columns.joined(separator: "\n"))
              \(count("is_right_party")) AS contacts_total,
              min(day) FILTER (WHERE reason <> '') AS first_reason_on
            FROM day_contact GROUP BY account_id;
            CREATE UNIQUE INDEX temp.figure_contact_of ON figure_contact(account_id);
            """)
    }

    /// The last recorded reason of each account. Instants are compared as such, since a row may
    /// have been written with another offset than its neighbours.
    private func makeReasons() throws {
        try day.db.execute(
            """
            DROP TABLE IF EXISTS temp.figure_reason;
            CREATE TEMP TABLE figure_reason AS
            SELECT account_id, reason FROM (
              SELECT account_id, reason, row_number() OVER (PARTITION BY account_id
                ORDER BY julianday(started_at) DESC, id DESC) AS place
              FROM day_contact WHERE reason <> '')
            WHERE place = 1;
            CREATE UNIQUE INDEX temp.figure_reason_of ON figure_reason(account_id);
            """)
    }

    private func makeAccounts() throws {
        let columns = spans.map { span in
            let p = span.suffix
            return """
                \(span.isWorked) AS is_worked_\(p),
                coalesce(c.attempts_\(p), 0) AS attempts_\(p),
                coalesce(c.reached_\(p), 0) AS reached_\(p),
                coalesce(c.contacts_\(p), 0) AS contacts_\(p),
                """
        }
        try day.db.execute(
            """
            DROP TABLE IF EXISTS temp.figure_account;
            CREATE TEMP TABLE figure_account AS
            SELECT a.id, a.portfolio_id, a.creditor_id, \(columns.joined(separator: "\n"))
              coalesce(c.contacts_total, 0) AS contacts_total,
              max(0, CAST(julianday(c.first_reason_on) - julianday(a.placed_on) AS INTEGER))
                AS reason_days,
              r.reason AS last_reason,
              \(day.isOpen) AS is_open,
              i.account_id IS NOT NULL AS is_owing,
              (a.status IN ('closed_paid', 'closed_settled') AND NOT \(day.isOpen))
                OR (i.account_id IS NULL AND p.account_id IS NOT NULL) AS is_liquidated
            FROM day_account AS a
            LEFT JOIN figure_contact AS c ON c.account_id = a.id
            LEFT JOIN figure_reason AS r ON r.account_id = a.id
            LEFT JOIN (SELECT DISTINCT account_id FROM day_item) AS i ON i.account_id = a.id
            LEFT JOIN (SELECT DISTINCT account_id FROM day_payment WHERE net > 0) AS p
              ON p.account_id = a.id;
            CREATE UNIQUE INDEX temp.figure_account_id ON figure_account(id);
            """)
    }
}
