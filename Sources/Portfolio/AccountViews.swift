import RientroProtocol

/// What an office looks at first: its accounts, and the people behind them.
extension DebtorPortfolio {
    /// A debtor's name as people say it, from the row that SQL calls `d`.
    static let nameSQL = """
        coalesce(nullif(d.company_name, ''),
            trim(coalesce(d.surname, '') || ' ' || coalesce(d.given_name, '')))
        """

    /// The date since which something of account `a` is open, or NULL.
    ///
    /// Payments and credit notes are taken to settle the item due first, within their currency:
    /// the oldest open item is the first with which the running sum of what was owed exceeds what
    /// was covered. Who pays may choose otherwise (c.c. 1193); recorded allocations come later.
    static let openSinceSQL = """
        SELECT min(due_on) AS since FROM (
          SELECT due_on, owed, sum(owed) OVER (PARTITION BY currency ORDER BY due_on) AS upto,
            sum(covered) OVER (PARTITION BY currency) AS covered
          FROM (
            SELECT i.currency, i.due_on, max(i.open_amount, 0) AS owed,
              max(-i.open_amount, 0) AS covered
            FROM debt_items AS i WHERE i.account_id = a.id
            UNION ALL
            SELECT p.currency, '', 0, p.net FROM payments AS p WHERE p.account_id = a.id))
        WHERE owed > 0 AND upto > covered
        """

    /// Whole days from `open_since` to today by the machine's local date; negative before the due
    /// date, NULL where nothing is open.
    static let daysSQL = """
        SELECT CAST(julianday(date('now', 'localtime')) - julianday(since) AS INTEGER) AS days
        FROM (\(openSinceSQL))
        """

    /// Every account that is complete, with what is computed from its rows.
    ///
    /// `balance` is in minor units of `currency`; what is owed in others stands in
    /// `other_balances` as text (`USD 1200, CHF 50`), since sums across currencies mean nothing.
    /// `announced` is money that was reported and not received. `bucket` is the ageing bucket of
    /// the oldest open item. Instants are UTC, dates are local.
    static let accounts = Schema.View(
        name: "accounts",
        select: """
            SELECT a.id, a.case_ref, a.customer_ref, a.debtor_id,
              \(nameSQL) AS debtor,
              a.portfolio_id, a.creditor_id, c.name AS creditor, a.status, a.status_reason,
              a.currency,
              (SELECT coalesce(sum(i.open_amount), 0) FROM debt_item AS i
                WHERE i.account_id = a.id AND i.currency = a.currency
                AND (i.lot_id IS NULL OR i.lot_id IN (SELECT lot.id FROM lot)))
              - (SELECT coalesce(sum(p.net), 0) FROM payments AS p
                WHERE p.account_id = a.id AND p.currency = a.currency) AS balance,
              (SELECT group_concat(currency || ' ' || balance, ', ') FROM (
                SELECT currency, sum(amount) AS balance FROM (
                  SELECT i.currency, i.open_amount AS amount FROM debt_items AS i
                  WHERE i.account_id = a.id AND i.currency <> a.currency
                  UNION ALL
                  SELECT p.currency, -p.net FROM payments AS p
                  WHERE p.account_id = a.id AND p.currency <> a.currency)
                GROUP BY currency HAVING sum(amount) <> 0)) AS other_balances,
              (SELECT coalesce(sum(p.amount), 0) FROM payment AS p WHERE p.account_id = a.id
                AND p.currency = a.currency AND p.state = 'reported') AS announced,
              (\(openSinceSQL)) AS open_since,
              max(0, coalesce((\(daysSQL)), 0)) AS days_overdue,
              (SELECT CASE WHEN days <= 0 THEN 'not due' WHEN days <= 30 THEN '1-30'
                  WHEN days <= 60 THEN '31-60' WHEN days <= 90 THEN '61-90'
                  WHEN days <= 120 THEN '91-120' WHEN days <= 180 THEN '121-180'
                  WHEN days <= 360 THEN '181-360' WHEN days > 360 THEN '361+' END
                FROM (\(daysSQL))) AS bucket,
              (SELECT max(t.started_at) FROM contact_attempt AS t WHERE t.account_id = a.id)
                AS last_contact_at,
              (SELECT min(q.due_on) FROM promises AS q
                WHERE q.account_id = a.id AND q.state = 'open') AS next_promise_on,
              (SELECT count(*) FROM task AS k
                WHERE k.account_id = a.id AND k.status = 'open') AS open_tasks,
              a.priority, a.next_action_on, a.assignee, a.placed_on, a.recall_on, a.note
            FROM account AS a
            LEFT JOIN debtor AS d ON d.id = a.debtor_id
            LEFT JOIN creditor AS c ON c.id = a.creditor_id
            WHERE a.lot_id IS NULL OR a.lot_id IN (SELECT lot.id FROM lot)
            """)

    /// Every debtor, with what all the accounts that this file knows of come to.
    ///
    /// `balance` is in minor units of `currency`; both are NULL where the accounts are in more than
    /// one currency. `phone` is one number that nobody found to be wrong.
    static let debtors = Schema.View(
        name: "debtors",
        select: """
            SELECT d.id, d.kind, \(nameSQL) AS name, d.surname, d.given_name, d.company_name,
              d.codice_fiscale, d.partita_iva, d.codice_fiscale_flag, d.partita_iva_flag,
              d.birth_date, d.birth_place, d.street, d.postcode, d.city, d.province, d.country,
              d.iban, d.iban_flag, d.language, d.form_of_address, d.note,
              (SELECT p.value FROM contact_point AS p WHERE p.debtor_id = d.id
                AND p.kind IN ('mobile', 'phone', 'landline')
                AND p.quality NOT IN ('wrong_number', 'unreachable', 'third_party')
                ORDER BY p.quality = 'good' DESC, p.id LIMIT 1) AS phone,
              (SELECT count(*) FROM account AS a WHERE a.debtor_id = d.id
                AND (a.lot_id IS NULL OR a.lot_id IN (SELECT lot.id FROM lot))) AS accounts,
              (SELECT CASE WHEN min(m.currency) = max(m.currency) THEN min(m.currency) END
                FROM (\(owedSQL)) AS m) AS currency,
              (SELECT CASE WHEN min(m.currency) = max(m.currency) THEN sum(m.amount) END
                FROM (\(owedSQL)) AS m) AS balance
            FROM debtor AS d
            WHERE EXISTS (SELECT 1 FROM account AS a WHERE a.debtor_id = d.id
              AND (a.lot_id IS NULL OR a.lot_id IN (SELECT lot.id FROM lot)))
            """)

    /// What the accounts of debtor `d` owe and paid, row by row.
    private static let owedSQL = """
        SELECT i.currency, i.open_amount AS amount
        FROM account AS a JOIN debt_items AS i ON i.account_id = a.id
        WHERE a.debtor_id = d.id
        UNION ALL
        SELECT p.currency, -p.net
        FROM account AS a JOIN payments AS p ON p.account_id = a.id
        WHERE a.debtor_id = d.id AND p.net <> 0
        """
}
