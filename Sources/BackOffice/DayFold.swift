internal import RientroProtocol
internal import RientroSQLite

/// What has changed of promises and accounts since the close before.
///
/// States are computed anew from the payments every night, never carried on: a payment that comes
/// late turns a broken promise into a kept one.
struct DayFold {
    /// Promises whose state is another than at the close before, or that are new and decided, with
    /// the account's keys.
    private(set) var promises: [Keyed<PromiseChange>] = []
    /// Accounts paid in full since then.
    private(set) var paidInFull: [AccountLine] = []
    /// Accounts of which something became overdue since then.
    private(set) var newlyOverdue: [AccountLine] = []

    /// A line with the keys that say on which pages it stands.
    struct Keyed<Line> {
        let branch: String
        let creditor: String
        let line: Line
    }

    init(_ day: DayTables, _ book: CloseBook) throws {
        try Self.bring(book, to: day)
        promises = try Self.promises(day)
        paidInFull = try Self.paidInFull(day)
        newlyOverdue = try Self.newlyOverdue(day)
    }

    /// Whether a line stands on a page.
    static func isOn(_ scope: PageScope, branch: String, creditor: String) -> Bool {
        switch scope.kind {
        case .firm: true
        case .branch: scope.key == branch
        case .creditor: scope.key == creditor
        }
    }

    /// What the book knew, as tables beside the day's.
    private static func bring(_ book: CloseBook, to day: DayTables) throws {
        try day.db.execute(
            """
            CREATE TEMP TABLE last_promise(id TEXT PRIMARY KEY, state TEXT) WITHOUT ROWID;
            CREATE TEMP TABLE last_paid(id TEXT PRIMARY KEY) WITHOUT ROWID;
            """)
        let promise = try day.db.statement("INSERT INTO last_promise VALUES (?, ?)")
        try book.db.forEach("SELECT promise, state FROM promise_state") { row in
            try promise.bind([row.value(0), row.value(1)])
            try promise.run()
        }
        let paid = try day.db.statement("INSERT INTO last_paid VALUES (?)")
        try book.db.forEach("SELECT account FROM paid_in_full") { row in
            try paid.bind([row.value(0)])
            try paid.run()
        }
    }

    /// At the first close a promise counts as changed if its deadline passed or its payment came
    /// since the day before: what was decided long ago is no news.
    private static func promises(_ day: DayTables) throws -> [Keyed<PromiseChange>] {
        let isNews =
            day.sinceCommit == nil
            ? "(q.deadline >= ?1 AND q.deadline < ?2) OR EXISTS (SELECT 1 FROM day_payment AS p"
                + " WHERE p.account_id = q.account_id AND p.received_on > ?1 AND p.net <> 0"
                + " AND p.value_on BETWEEN q.made_on AND q.deadline)"
            : "?1 < ?2"
        return try day.db.rows(
            """
            SELECT q.id, q.account_id, a.case_ref, q.amount, q.currency, q.due_on, l.state,
              q.state, q.paid, a.portfolio_id, a.creditor_id,
              EXISTS (SELECT 1 FROM day_fact AS f WHERE f.account_id = q.account_id
                AND f.is_late AND f.tab IN ('payment', 'promise'))
            FROM day_promise AS q JOIN day_account AS a ON a.id = q.account_id
            LEFT JOIN last_promise AS l ON l.id = q.id
            WHERE coalesce(l.state, 'open') <> q.state AND (\(isNews))
            ORDER BY q.due_on, a.case_ref, q.id
            """, .text(day.since), .text(day.date)
        ) {
            Keyed(
                branch: $0.text(9), creditor: $0.text(10),
                line: PromiseChange(
                    promise: $0.text(0), account: $0.text(1), caseRef: $0.text(2),
                    amount: $0.integer(3), currency: $0.text(4), dueOn: $0.text(5),
                    was: $0.optionalText(6).flatMap(PromiseState.init),
                    is: PromiseState(rawValue: $0.text(7)) ?? .open, paid: $0.integer(8),
                    isLate: $0.integer(11) == 1))
        }
    }

    /// Nothing is open in any currency, and something was paid. At the first close: on the day.
    private static func paidInFull(_ day: DayTables) throws -> [AccountLine] {
        try day.db.rows(
            """
            SELECT a.id, a.case_ref, a.portfolio_id, a.creditor_id, p.amount, a.currency, p.day
            FROM day_account AS a JOIN (
              SELECT account_id, currency, sum(net) AS amount, max(received_on) AS day
              FROM day_payment WHERE net <> 0 GROUP BY account_id, currency
            ) AS p ON p.account_id = a.id AND p.currency = a.currency
            WHERE a.balance <= 0 AND p.amount > 0
              AND NOT EXISTS (SELECT 1 FROM day_item AS i WHERE i.account_id = a.id)
              AND NOT EXISTS (SELECT 1 FROM last_paid AS l WHERE l.id = a.id)
              AND (?1 OR p.day > ?2)
            ORDER BY a.case_ref, a.id
            """, .integer(day.sinceCommit == nil ? 0 : 1), .text(day.since)
        ) { line($0) }
    }

    /// What was due on the day of the close before or since, and is overdue now.
    private static func newlyOverdue(_ day: DayTables) throws -> [AccountLine] {
        try day.db.rows(
            """
            SELECT a.id, a.case_ref, a.portfolio_id, a.creditor_id, sum(i.open), i.currency,
              min(i.due_on)
            FROM day_item AS i JOIN day_account AS a ON a.id = i.account_id
            WHERE NOT a.is_closed AND i.due_on >= ?1 AND i.due_on < ?2
            GROUP BY a.id, i.currency ORDER BY a.case_ref, a.id, i.currency
            """, .text(day.since), .text(day.date)
        ) { line($0) }
    }

    private static func line(_ row: Statement) -> AccountLine {
        AccountLine(
            account: row.text(0), caseRef: row.text(1), branch: row.text(2),
            creditor: row.text(3), amount: row.integer(4), currency: row.text(5),
            day: row.text(6))
    }
}
