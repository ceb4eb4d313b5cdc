package import RientroProtocol

/// Money owed and money that came, with corrections counted in.
extension DebtorPortfolio {
    /// Every payment, with what counts of it.
    ///
    /// `net` is what the payment takes off the balance, in minor units of its currency: its amount
    /// less its reversals, nothing while it is only `reported`, and nothing for a reversal itself,
    /// which counts in the row that it reverses. So `sum(net)` is right over any rows. Two offices
    /// that reverse the same payment apart take it back once: `net` stays between 0 and `amount`.
    /// `value_on` is the day by which promises are judged.
    package static let payments = Schema.View(
        name: "payments",
        select: """
            SELECT p.id, p.account_id, p.amount, p.currency, p.method, p.reference, p.received_on,
              coalesce(p.value_on, p.received_on) AS value_on, p.state, p.reverses_id,
              EXISTS (SELECT 1 FROM payment AS r WHERE r.reverses_id = p.id) AS reversed,
              CASE WHEN p.reverses_id IS NOT NULL OR p.state = 'reported' THEN 0
                ELSE max(min(p.amount, 0), min(max(p.amount, 0), p.amount + coalesce(
                  (SELECT sum(r.amount) FROM payment AS r
                    WHERE r.reverses_id = p.id AND r.currency = p.currency), 0)))
              END AS net,
              p.received_by, p.payer_name, p.receipt_number, p.note, p.operator, p.recorded_at
            FROM payment AS p
            """)

    /// Every open item as it now stands: as handed over, with the adjustments of later hand-overs.
    ///
    /// `open_amount` does not know of payments, which belong to the account and not to an item.
    /// Items of a lot that is still coming in are left out. (`+` keeps SQLite from searching all
    /// NULLs by the index.)
    package static let debtItems = Schema.View(
        name: "debt_items",
        select: """
            SELECT i.id, i.account_id, i.item_ref, i.kind, i.doc_number, i.doc_date,
              coalesce((SELECT j.due_on FROM debt_item AS j WHERE j.adjusts_id = i.id
                AND \(lotIsComplete("j"))
                ORDER BY j.id DESC LIMIT 1), i.due_on) AS due_on,
              i.currency, i.original_amount,
              i.open_amount + coalesce((SELECT sum(j.open_amount) FROM debt_item AS j
                WHERE j.adjusts_id = i.id AND j.currency = i.currency
                AND \(lotIsComplete("j"))), 0)
                AS open_amount,
              i.fees, i.interest_from, i.supply_point, i.contract_ref, i.note, i.recorded_at
            FROM debt_item AS i
            WHERE +i.adjusts_id IS NULL AND \(lotIsComplete("i"))
            """)
}
