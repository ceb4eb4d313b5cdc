internal import RientroProtocol
internal import RientroSQLite

/// Money and promises that do not fit the account that they are on.
extension ReviewSearch {
    /// Accounts on which more was paid than was owed, in one currency: who paid what. Any further
    /// payment, reversal or adjustment makes it a new finding.
    func overpaid() throws -> [ReviewEntry] {
        try db.execute(
            """
            CREATE TEMP TABLE review_owed AS SELECT account_id, currency, sum(amount) AS owed
            FROM day_owed GROUP BY account_id, currency;
            CREATE UNIQUE INDEX temp.review_owed_key ON review_owed(account_id, currency);
            CREATE TEMP TABLE review_over AS
            SELECT p.account_id, p.currency, p.paid, coalesce(o.owed, 0) AS owed, p.since,
              p.payments, p.first, p.last
            FROM (
              SELECT account_id, currency, sum(net) AS paid, max(received_on) AS since,
                count(*) AS payments, min(id) AS first, max(id) AS last
              FROM day_payment WHERE net <> 0 GROUP BY account_id, currency) AS p
            LEFT JOIN review_owed AS o
              ON o.account_id = p.account_id AND o.currency = p.currency
            WHERE p.paid > 0 AND p.paid > coalesce(o.owed, 0)
              AND p.paid + coalesce((
                SELECT sum(r.amount) FROM main.payment AS r
                WHERE r.account_id = p.account_id AND r.currency = p.currency
                  AND r.reverses_id IS NOT NULL AND r.received_on > \(day.today)), 0)
                > coalesce(o.owed, 0)
            ORDER BY p.account_id, p.currency;
            """)
        let found = try db.rows(
            """
            SELECT \(Self.placeColumns), v.currency, v.paid, v.owed, v.since, v.payments, v.first,
              v.last
            FROM review_over AS v JOIN day_account AS a ON a.id = v.account_id ORDER BY v.rowid
            """
        ) { row in
            let (place, currency) = (Self.place(row, 0), row.text(4))
            let (paid, owed) = (row.integer(5), row.integer(6))
            let about: [Value] = [
                .text(place.account), .text(currency), .integer(owed), .integer(paid),
                .integer(row.integer(8)), .text(row.text(9)), .text(row.text(10)),
            ]
            var facts = [ReviewFact("paid", amount: paid), ReviewFact("owed", amount: owed)]
            facts.append(ReviewFact("payments", "\(row.integer(8))"))
            facts += try payments(of: place.account, in: currency)
            return ReviewEntry(
                kind: .overpaid, key: ReviewEntry.key(.overpaid, about), places: [place],
                since: row.text(7), amount: paid.clampedSubtracting(owed), currency: currency,
                facts: facts, subjects: [place.account])
        }
        try db.execute("DROP TABLE review_over; DROP TABLE review_owed")
        return found
    }

    /// The last payments of an account in a currency that count.
    private func payments(of account: String, in currency: String) throws -> [ReviewFact] {
        var facts: [ReviewFact] = []
        try db.forEach(
            """
            SELECT id, net, received_on, payer_name, reference, method, operator FROM (
              SELECT * FROM day_payment WHERE account_id = ? AND currency = ? AND net <> 0
              ORDER BY received_on DESC, id DESC LIMIT ?)
            ORDER BY received_on, id
            """,
            [.text(account), .text(currency), .integer(Int64(ReviewLimits.recordsShownMax))]
        ) { row in
            facts.append(ReviewFact("payment_id", row.text(0)))
            facts.append(ReviewFact("payment_amount", amount: row.integer(1)))
            facts.append(ReviewFact("payment_received_on", row.text(2)))
            facts.note("payment_payer_name", row.optionalText(3))
            facts.note("payment_reference", row.optionalText(4))
            facts.note("payment_method", row.optionalText(5))
            facts.note("payment_operator", row.optionalText(6))
        }
        return facts
    }

    /// Payments received after the day on which their account was closed, as far as they were not
    /// reversed since. CROSS JOIN, since few accounts are closed, and SQLite would look for the
    /// reversals of all payments first.
    func paymentsOnClosed() throws -> [ReviewEntry] {
        try db.rows(
            """
            SELECT \(Self.placeColumns), p.id, p.net, p.currency, p.received_on, a.status,
              a.closed_on, p.payer_name, p.reference, p.method, p.operator
            FROM day_account AS a CROSS JOIN day_payment AS p ON p.account_id = a.id
            WHERE a.is_closed AND p.received_on > a.closed_on AND p.net > 0
              AND p.amount + coalesce((
                SELECT sum(r.amount) FROM main.payment AS r
                WHERE r.reverses_id = p.id AND r.account_id = p.account_id
                  AND r.currency = p.currency), 0) > 0
            ORDER BY p.id
            """
        ) { row in
            var facts: [ReviewFact] = []
            facts.note("payment_id", row.text(4))
            facts.note("received_on", row.text(7))
            facts.note("status", row.text(8))
            facts.note("closed_on", row.text(9))
            facts.note("payer_name", row.optionalText(10))
            facts.note("reference", row.optionalText(11))
            facts.note("method", row.optionalText(12))
            facts.note("operator", row.optionalText(13))
            return ReviewEntry(
                kind: .paymentOnClosed,
                key: ReviewEntry.key(.paymentOnClosed, [.text(row.text(4))]),
                places: [Self.place(row, 0)], since: row.text(7), amount: row.integer(5),
                currency: row.text(6), facts: facts, subjects: [row.text(4)])
        }
    }

    /// Promises that were made after their account was closed, or are open on it, unless another
    /// row ended them since.
    func promisesOnClosed() throws -> [ReviewEntry] {
        try db.rows(
            """
            SELECT \(Self.placeColumns), q.id, q.amount, q.currency, q.made_on, q.due_on, q.state,
              a.status, a.closed_on, q.operator, max(q.made_on, a.closed_on)
            FROM day_account AS a CROSS JOIN day_promise AS q ON q.account_id = a.id
            WHERE a.is_closed AND q.state NOT IN ('cancelled', 'superseded')
              AND (q.made_on > a.closed_on OR q.state = 'open')
              AND NOT EXISTS (SELECT 1 FROM main.promise AS e WHERE e.account_id = q.account_id
                AND (e.cancels_id = q.id OR e.replaces_id = q.id))
            ORDER BY q.id
            """
        ) { row in
            var facts: [ReviewFact] = []
            facts.note("promise_id", row.text(4))
            facts.note("made_on", row.text(7))
            facts.note("due_on", row.text(8))
            facts.note("state", row.text(9))
            facts.note("status", row.text(10))
            facts.note("closed_on", row.text(11))
            facts.note("operator", row.optionalText(12))
            return ReviewEntry(
                kind: .promiseOnClosed,
                key: ReviewEntry.key(.promiseOnClosed, [.text(row.text(4))]),
                places: [Self.place(row, 0)], since: row.text(13), amount: row.integer(5),
                currency: row.text(6), facts: facts, subjects: [row.text(4)])
        }
    }
}
