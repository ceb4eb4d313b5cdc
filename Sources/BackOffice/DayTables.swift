internal import Portfolio
internal import RientroProtocol
package import RientroSQLite

/// What a close computes with: tables of the connection's own, made once from a frozen centre, in
/// which everything is as of the day that is closed.
///
/// Facts of later days are left out; they belong to the next close. The names `account`, `lot`,
/// `payment`, `payments`, `promise` and `promises` hide the file's own for this connection: so the
/// definitions of the portfolio's views hold here too, and no rule is written twice. Beside them
/// stand:
///
/// - `day_account`: a complete account, its keys, `status`, `is_closed`, `closed_on`, `balance`,
///   `open_since`;
/// - `day_owed`: an item as it was handed over, later adjustments counted in: `amount`, 0 where all
///   was taken back, negative for a credit note;
/// - `day_item`: an item with something `open` after payments, the oldest first: `due_on`, `days`,
///   `bucket`, `owed`;
/// - `day_payment`: a payment that is no reversal: `net`, `received_on`, `value_on`;
/// - `day_promise`: a promise: `state`, `paid`, `deadline`;
/// - `day_contact`: a contact that was not corrected: local `day` and `hour`, `is_right_party`;
/// - `day_fact`: a fact that came since the close before: `tab`, `id`, `replica`, `day`, `is_late`;
/// - `day_aside`: an account that cannot be reckoned with, which is in none of the others.
///
/// All but the last two have the account's keys `account_id` (in `day_account` it is `id`),
/// `portfolio_id`, `creditor_id` and `lot_id`, which is empty where there is none.
package struct DayTables {
    /// The frozen centre with the tables.
    package let db: Connection
    /// The day that is closed, local.
    package let date: String
    /// The day that was closed before, or the day before `date` at the first close.
    package let since: String
    /// The last commit of the close before; nil at the first.
    package let sinceCommit: Int64?

    /// Makes the tables. Throws `SQLiteError`.
    ///
    /// - Parameters:
    ///   - db: a connection to a frozen centre, for this alone.
    ///   - date: the day that is closed.
    ///   - previous: the day and the last commit of the close before.
    package init(
        _ db: Connection, date: String, previous: (date: String, commit: Int64)?
    ) throws {
        self.db = db
        self.date = date
        sinceCommit = previous?.commit
        since =
            if let previous { previous.date } else {
                try db.text("SELECT date(?, '-1 day')", .text(date)) ?? date
            }
        try setAside()
        try makeSources()
        try makeAccounts()
        try makeItems()
        try makeMoney()
        try makeContacts()
        try makeFacts()
        // Without figures SQLite plans joins of the account tables from the wrong end.
        try db.execute("ANALYZE temp")
    }

    /// The day as an SQL expression.
    var today: String { SQL.text(date) }

    /// What the file has up to the day, under the file's own names.
    private func makeSources() throws {
        try db.execute(
            """
            CREATE TEMP TABLE lot AS SELECT * FROM main.lot WHERE received_on <= \(today);
            CREATE UNIQUE INDEX temp.lot_id ON lot(id);
            CREATE TEMP TABLE account AS SELECT * FROM main.account
              WHERE placed_on <= \(today) AND \(Self.isKept("id"));
            CREATE UNIQUE INDEX temp.account_key ON account(id);
            CREATE TEMP TABLE payment AS
              SELECT * FROM main.payment
              WHERE received_on <= \(today) AND \(Self.isKept("account_id"));
            CREATE INDEX temp.payment_of ON payment(reverses_id);
            CREATE TEMP TABLE payments AS \(DebtorPortfolio.payments.select);
            CREATE INDEX temp.payments_account ON payments(account_id);
            CREATE TEMP TABLE promise AS SELECT * FROM main.promise
              WHERE made_on <= \(today) AND \(Self.isKept("account_id"));
            CREATE INDEX temp.promise_account ON promise(account_id);
            """)
        try db.execute("ANALYZE temp")
        try db.execute(
            "CREATE TEMP TABLE promises AS \(DebtorPortfolio.promises(on: today))")
    }

    /// Whether the account that a column names was not set aside.
    private static func isKept(_ column: String) -> String {
        "\(column) NOT IN (SELECT id FROM day_aside)"
    }

    private func makeAccounts() throws {
        try db.execute(
            """
            CREATE TEMP TABLE day_account AS
            SELECT s.id, s.debtor_id, s.case_ref, s.portfolio_id, s.creditor_id,
              coalesce(a.lot_id, '') AS lot_id, s.currency, s.status,
              s.status LIKE 'closed\\_%' ESCAPE '\\' AS is_closed,
              CASE WHEN s.status LIKE 'closed\\_%' ESCAPE '\\' THEN date(
                (coalesce(a.status_stamp, a.born_stamp) >> 20) / 1000, 'unixepoch', 'localtime')
              END AS closed_on,
              s.placed_on, s.assignee, s.next_action_on, s.balance, s.open_since
            FROM (\(DebtorPortfolio.accounts(on: today))) AS s
            JOIN account AS a ON a.id = s.id
            ORDER BY s.id;
            CREATE UNIQUE INDEX temp.day_account_id ON day_account(id);
            """)
    }

    /// Payments and credit notes settle what is due first, as in the view `accounts`.
    private func makeItems() throws {
        try db.execute(
            """
            CREATE TEMP TABLE day_owed AS
            SELECT i.id, i.account_id, a.portfolio_id, a.creditor_id, a.lot_id, i.currency,
              i.due_on, i.open_amount AS amount
            FROM (\(DebtorPortfolio.debtItems.select)) AS i
            JOIN day_account AS a ON a.id = i.account_id;
            CREATE TEMP TABLE day_covered AS
            SELECT account_id, currency, sum(amount) AS amount FROM (
              SELECT account_id, currency, -amount AS amount FROM day_owed WHERE amount < 0
              UNION ALL
              SELECT account_id, currency, net FROM payments)
            GROUP BY account_id, currency;
            CREATE UNIQUE INDEX temp.day_covered_key ON day_covered(account_id, currency);
            CREATE TEMP TABLE day_item AS
            SELECT id, account_id, portfolio_id, creditor_id, lot_id, currency, due_on, days,
              CASE WHEN days <= 0 THEN 'not due' WHEN days <= 30 THEN '1-30'
                WHEN days <= 60 THEN '31-60' WHEN days <= 90 THEN '61-90'
                WHEN days <= 120 THEN '91-120' WHEN days <= 180 THEN '121-180'
                WHEN days <= 360 THEN '181-360' ELSE '361+' END AS bucket,
              owed, min(owed, upto - covered) AS open
            FROM (
              SELECT o.id, o.account_id, o.portfolio_id, o.creditor_id, o.lot_id, o.currency,
                o.due_on, o.amount AS owed,
                CAST(julianday(\(today)) - julianday(o.due_on) AS INTEGER) AS days,
                sum(o.amount) OVER (PARTITION BY o.account_id, o.currency
                  ORDER BY o.due_on, o.id ROWS UNBOUNDED PRECEDING) AS upto,
                coalesce(c.amount, 0) AS covered
              FROM day_owed AS o
              LEFT JOIN day_covered AS c
                ON c.account_id = o.account_id AND c.currency = o.currency
              WHERE o.amount > 0)
            WHERE upto > covered
            ORDER BY id;
            CREATE INDEX temp.day_item_account ON day_item(account_id);
            """)
    }

    private func makeMoney() throws {
        try db.execute(
            """
            CREATE TEMP TABLE day_payment AS
            SELECT p.id, p.account_id, a.portfolio_id, a.creditor_id, a.lot_id, p.amount, p.net,
              p.currency, p.received_on, p.value_on, p.state, p.reversed, p.method, p.reference,
              p.receipt_number, r.bank_ref, p.payer_name, r.payer_iban, p.operator,
              p.recorded_at
            FROM payments AS p
            JOIN day_account AS a ON a.id = p.account_id
            JOIN main.payment AS r ON r.id = p.id
            WHERE p.reverses_id IS NULL
            ORDER BY p.id;
            CREATE INDEX temp.day_payment_account ON day_payment(account_id);
            CREATE TEMP TABLE day_promise AS
            SELECT q.id, q.account_id, a.portfolio_id, a.creditor_id, a.lot_id, q.amount,
              q.currency, q.due_on, q.deadline, q.made_on, q.paid, q.state, q.operator
            FROM promises AS q JOIN day_account AS a ON a.id = q.account_id
            ORDER BY q.id;
            CREATE UNIQUE INDEX temp.day_promise_id ON day_promise(id);
            CREATE INDEX temp.day_promise_account ON day_promise(account_id);
            """)
    }

    /// Who was spoken to decides; where that was not recorded, the outcome does.
    private func makeContacts() throws {
        try db.execute(
            """
            CREATE TEMP TABLE day_contact AS
            SELECT t.id, t.account_id, a.portfolio_id, a.creditor_id, a.lot_id, t.channel,
              t.outcome, t.reason, t.direction, t.operator, t.started_at,
              date(t.started_at, 'localtime') AS day,
              CAST(strftime('%H', t.started_at, 'localtime') AS INTEGER) AS hour,
              CASE WHEN t.spoke_with IS NOT NULL THEN t.spoke_with IN ('debtor', 'co_debtor')
                ELSE t.outcome IN (\(Self.rightPartyOutcomes)) END AS is_right_party
            FROM main.contact_attempt AS t JOIN day_account AS a ON a.id = t.account_id
            WHERE date(t.started_at, 'localtime') <= \(today)
              AND t.outcome <> '\(DebtorPortfolio.voidOutcome)'
              AND (t.id, t.account_id) NOT IN (
                SELECT corrects_id, account_id FROM main.contact_attempt
                WHERE corrects_id IS NOT NULL AND date(started_at, 'localtime') <= \(today))
            ORDER BY t.id;
            CREATE INDEX temp.day_contact_account ON day_contact(account_id);
            """)
    }

    /// Outcomes that only the debtor himself can bring about.
    static let rightPartyOutcomes = DebtorPortfolio.quoted(DebtorPortfolio.rightPartyOutcomes)
}
