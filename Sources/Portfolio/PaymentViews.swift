package import RientroProtocol

/// Money owed and money that came, with corrections counted in.
extension DebtorPortfolio {
    /// Every payment, with what counts of it.
    ///
    /// `net` is what the payment takes off the balance, in minor units of its currency: its amount
    /// less its reversals, nothing while it is only `reported`, and nothing for a reversal itself,
    /// which counts in the row that it reverses. So `sum(net)` is right over any rows. `announced`
    /// is the same of a payment that is only reported. Two offices that reverse the same payment
    /// apart take it back once: what is left stays between 0 and `amount`. `value_on` is the day by
    /// which promises are judged.
    ///
    /// A reversal counts only with a payment of its own account and currency that is no reversal,
    /// and with the other sign. One that names anything else counts as nothing, and is listed in
    /// `dangling_references`.
    package static let payments = Schema.View(
        name: "payments",
        select: """
            SELECT id, account_id, amount, currency, method, reference, received_on, value_on,
              state, reverses_id, reversed,
              CASE WHEN state = 'reported' THEN 0 ELSE remains END AS net,
              CASE WHEN state = 'reported' THEN remains ELSE 0 END AS announced,
              received_by, payer_name, receipt_number, note, operator, recorded_at
            FROM (
              SELECT p.id, p.account_id, p.amount, p.currency, p.method, p.reference,
                p.received_on, coalesce(p.value_on, p.received_on) AS value_on, p.state,
                p.reverses_id,
                EXISTS (SELECT 1 FROM payment AS r WHERE \(reverses("r", "p"))) AS reversed,
                CASE WHEN p.reverses_id IS NOT NULL THEN 0
                  ELSE max(min(p.amount, 0), min(max(p.amount, 0), p.amount + (
                    SELECT \(sum("r.amount")) FROM payment AS r WHERE \(reverses("r", "p")))))
                END AS remains,
                p.received_by, p.payer_name, p.receipt_number, p.note, p.operator, p.recorded_at
              FROM payment AS p)
            """)

    /// Whether the row that SQL calls `r` reverses the payment `p`.
    private static func reverses(_ r: String, _ p: String) -> String {
        "\(r).reverses_id = \(p).id AND \(p).reverses_id IS NULL"
            + " AND \(r).account_id = \(p).account_id AND \(r).currency = \(p).currency"
            + " AND \(opposed(r, p, by: "amount"))"
    }

    /// The sum of a column of the payments that a condition finds, each worked out once.
    static func paymentSum(_ column: String, where condition: String) -> String {
        """
        (SELECT \(sum("amount")) FROM (
            SELECT p.\(column) AS amount FROM payments AS p WHERE \(condition) LIMIT -1))
        """
    }

    /// Every open item as it now stands: as handed over, with the adjustments of later hand-overs.
    ///
    /// `open_amount` does not know of payments, which belong to the account and not to an item.
    /// Items of a lot that is still coming in are left out. (`+` keeps SQLite from searching all
    /// NULLs by the index.)
    package static let debtItems = Schema.View(
        name: "debt_items",
        select: """
            SELECT i.id, i.account_id, i.item_ref, i.kind, i.doc_number, i.doc_date,
              coalesce((SELECT j.due_on FROM debt_item AS j WHERE \(adjusts("j", "i"))
                ORDER BY j.id DESC LIMIT 1), i.due_on) AS due_on,
              i.currency, i.original_amount,
              i.open_amount + (SELECT \(sum("j.open_amount")) FROM debt_item AS j
                WHERE \(adjusts("j", "i")) AND j.currency = i.currency) AS open_amount,
              i.fees, i.interest_from, i.supply_point, i.contract_ref, i.note, i.recorded_at
            FROM debt_item AS i
            WHERE +i.adjusts_id IS NULL AND \(lotIsComplete("i"))
            """)

    /// Whether the row that SQL calls `j` adjusts the item `i`, and has come in whole.
    private static func adjusts(_ j: String, _ i: String) -> String {
        "\(j).adjusts_id = \(i).id AND \(j).account_id = \(i).account_id AND \(lotIsComplete(j))"
    }
}
