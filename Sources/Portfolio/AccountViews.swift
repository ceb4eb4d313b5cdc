import RientroProtocol

/// What an office looks at first: its accounts, and the people behind them.
extension DebtorPortfolio {
    /// A debtor's name as people say it, from the row that SQL calls `d`.
    static let debtorName = """
        coalesce(nullif(d.company_name, ''),
            trim(coalesce(d.surname, '') || ' ' || coalesce(d.given_name, '')))
        """

    /// The date since which something of account `a` is open, or NULL.
    ///
    /// Payments and credit notes are taken to settle the item due first, within their currency:
    /// the oldest open item is the first with which the running sum of what was owed exceeds what
    /// was covered. Who pays may choose otherwise (c.c. 1193); recorded allocations come later.
    /// The due date of an item is that of its last adjustment: SQLite takes bare columns from the
    /// row that `max()` found.
    private static let openSince = """
        SELECT min(due_on) FROM (
          SELECT due_on, owed,
            \(sum("owed", over: "PARTITION BY currency ORDER BY due_on")) AS upto,
            \(sum("covered", over: "PARTITION BY currency")) AS covered
          FROM (
            SELECT currency, due_on, max(amount, 0) AS owed, max(-amount, 0) AS covered
            FROM (
              SELECT i.currency, i.due_on, \(sum("i.open_amount")) AS amount, max(i.id)
              FROM debt_item AS i WHERE i.account_id = a.id AND \(lotIsComplete("i"))
              GROUP BY i.currency, coalesce(i.adjusts_id, i.id))
            UNION ALL
            SELECT p.currency, '', 0, p.net FROM payments AS p WHERE p.account_id = a.id))
        WHERE owed > 0 AND upto > covered
        """

    /// Whether the lot of the row that SQL calls `row` has come in whole.
    static func lotIsComplete(_ row: String) -> String {
        "(\(row).lot_id IS NULL OR \(row).lot_id IN (SELECT lot.id FROM lot))"
    }

    /// Every complete account with the two dates that everything about its age follows from.
    ///
    /// The GROUP BY, of columns that the id decides anyway, keeps SQLite from copying this query
    /// into each of its uses: with 50,000 accounts that halves the time of `SELECT * FROM
    /// accounts`. A condition on a grouped column still reaches the indexes of `account`.
    private static let dated = """
        SELECT a.id, a.debtor_id, a.case_ref, a.customer_ref, a.portfolio_id, a.creditor_id,
          a.status, a.status_reason, a.currency, a.priority, a.next_action_on, a.assignee,
          a.placed_on, a.recall_on, a.note, (\(openSince)) AS open_since
        FROM account AS a
        WHERE \(lotIsComplete("a"))
        GROUP BY a.id, a.debtor_id, a.case_ref, a.customer_ref
        """

    /// Every account that is complete, with what is computed from its rows.
    ///
    /// `balance` is in minor units of `currency`; what is owed in others stands in
    /// `other_balances` as text (`USD 1200, CHF 50`), since sums across currencies mean nothing.
    /// `announced` is money that was reported and not received. `bucket` is the ageing bucket of
    /// the oldest open item. Instants are UTC, dates are local.
    static let accounts = Schema.View(name: "accounts", select: accounts(on: machineDate))

    /// The machine's local date, in SQL.
    static let machineDate = "date('now', 'localtime')"

    /// The same as of another day, for a day's close: `today` is an SQL expression for a date. It
    /// only decides `days_overdue` and `bucket`; what counts is what the tables have.
    package static func accounts(on today: String) -> String {
        let days = days(on: today)
        let own = "p.account_id = s.id AND p.currency = s.currency"
        return """
            SELECT s.id, s.case_ref, s.customer_ref, s.debtor_id,
              \(debtorName) AS debtor,
              s.portfolio_id, s.creditor_id, c.name AS creditor, s.status, s.status_reason,
              s.currency,
              (SELECT \(sum("i.open_amount")) FROM debt_item AS i
                WHERE i.account_id = s.id AND i.currency = s.currency
                AND \(lotIsComplete("i")))
              - \(paymentSum("net", where: own)) AS balance,
              (SELECT group_concat(currency || ' ' || balance, ', ') FROM (
                SELECT currency, \(sum("amount")) AS balance FROM (
                  SELECT i.currency, i.open_amount AS amount FROM debt_item AS i
                  WHERE i.account_id = s.id AND i.currency <> s.currency
                  AND \(lotIsComplete("i"))
                  UNION ALL
                  SELECT p.currency, -p.net FROM payments AS p
                  WHERE p.account_id = s.id AND p.currency <> s.currency)
                GROUP BY currency ORDER BY currency)
                WHERE balance <> 0) AS other_balances,
              \(paymentSum("announced", where: own)) AS announced,
              s.open_since,
              max(0, coalesce(\(days), 0)) AS days_overdue,
              CASE WHEN \(days) <= 0 THEN 'not due' WHEN \(days) <= 30 THEN '1-30'
                WHEN \(days) <= 60 THEN '31-60' WHEN \(days) <= 90 THEN '61-90'
                WHEN \(days) <= 120 THEN '91-120' WHEN \(days) <= 180 THEN '121-180'
                WHEN \(days) <= 360 THEN '181-360' WHEN \(days) > 360 THEN '361+' END AS bucket,
              (SELECT max(t.started_at) FROM contact_attempt AS t WHERE t.account_id = s.id
                AND t.outcome <> '\(voidOutcome)' AND t.id NOT IN (
                  SELECT c.corrects_id FROM contact_attempt AS c
                  WHERE c.account_id = s.id AND c.corrects_id <> c.id))
                AS last_contact_at,
              (SELECT min(q.due_on) FROM promises AS q
                WHERE q.account_id = s.id AND q.state = 'open') AS next_promise_on,
              (SELECT count(*) FROM task AS k
                WHERE k.account_id = s.id AND k.status = 'open') AS open_tasks,
              s.priority, s.next_action_on, s.assignee, s.placed_on, s.recall_on, s.note
            FROM (\(dated)) AS s
            LEFT JOIN debtor AS d ON d.id = s.debtor_id
            LEFT JOIN creditor AS c ON c.id = s.creditor_id
            """
    }

    /// Whole days from `open_since` to `today`: negative before the due
    /// date, NULL where nothing is open. Today stands in a SELECT so that SQLite does not push a
    /// condition on days or bucket into `dated`, where each mention would be worked out anew.
    private static func days(on today: String) -> String {
        "CAST(julianday((SELECT \(today))) - julianday(s.open_since) AS INTEGER)"
    }

    /// Every debtor, with what all the accounts that this file knows of come to.
    ///
    /// `balance` is in minor units of `currency`; both are NULL where the accounts are in more than
    /// one currency. `phone` is one number that nobody found to be wrong.
    static let debtors = Schema.View(
        name: "debtors",
        select: """
            SELECT d.id, d.kind, \(debtorName) AS name, d.surname, d.given_name, d.company_name,
              d.codice_fiscale, d.partita_iva, d.codice_fiscale_flag, d.partita_iva_flag,
              d.birth_date, d.birth_place, d.street, d.postcode, d.city, d.province, d.country,
              d.iban, d.iban_flag, d.language, d.form_of_address, d.note,
              (SELECT p.value FROM contact_point AS p WHERE p.debtor_id = d.id
                AND p.kind IN ('mobile', 'phone', 'landline')
                AND p.quality NOT IN ('wrong_number', 'unreachable', 'third_party')
                ORDER BY p.quality = 'good' DESC, p.id LIMIT 1) AS phone,
              (SELECT count(*) FROM account AS a WHERE a.debtor_id = d.id
                AND \(lotIsComplete("a"))) AS accounts,
              (SELECT CASE WHEN min(m.currency) = max(m.currency) THEN min(m.currency) END
                FROM (\(owed)) AS m) AS currency,
              (SELECT CASE WHEN min(m.currency) = max(m.currency) THEN \(sum("m.amount")) END
                FROM (\(owed)) AS m) AS balance
            FROM debtor AS d
            WHERE EXISTS (SELECT 1 FROM account AS a WHERE a.debtor_id = d.id
              AND \(lotIsComplete("a")))
            """)

    /// What the accounts of debtor `d` owe and paid, row by row. CROSS JOIN, since SQLite would
    /// otherwise start from all the items there are.
    private static let owed = """
        SELECT i.currency, i.open_amount AS amount
        FROM account AS a CROSS JOIN debt_item AS i ON i.account_id = a.id
        WHERE a.debtor_id = d.id AND \(lotIsComplete("i"))
        UNION ALL
        SELECT p.currency, -p.net
        FROM account AS a CROSS JOIN payments AS p ON p.account_id = a.id
        WHERE a.debtor_id = d.id AND p.net <> 0
        """
}
