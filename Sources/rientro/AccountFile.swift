import RientroClient

/// All that the office knows of one account, read on one unchanging state.
struct AccountFile: Sendable {
    /// The account's row of the view `accounts`.
    let account: Row
    /// What its status means, in the reader's language.
    let statusLabel: String
    /// Why nobody is to call.
    let stops: [Stop]
    /// Notes of contacts that something else takes back or corrects, by their ids.
    let corrected: Set<String>
    /// The debtor's row of the view `debtors`.
    let debtor: Row?
    /// How to reach the debtor.
    let contacts: [Row]
    /// What was handed over and is owed.
    let items: [Row]
    /// Money that came.
    let payments: [Row]
    /// What was promised.
    let promises: [Row]
    /// What is to be done; open tasks first.
    let tasks: [Row]
    /// All that happened, the latest first.
    let timeline: [Row]
    /// How much happened in all.
    let timelineCount: Int64

    /// Reads the file of an account.
    ///
    /// - Parameter limit: how much of the timeline; -1 for all.
    static func read(
        _ account: Account, timeline limit: Int, isItalian: Bool, in db: Database
    ) throws(OfficeError) -> AccountFile {
        let id: [SQLValue] = [.text(account.id)]
        let debtor: [SQLValue] = [.text(account.debtorID)]
        guard let row = try db.one("SELECT \(accountColumns) FROM accounts WHERE id = ?", id)
        else { throw .noAccount(account.caseRef) }
        let counted = try db.one(
            "SELECT count(*) AS n FROM timeline WHERE account_id = ?", id)
        return AccountFile(
            account: row,
            statusLabel: try CodeList.label(
                of: account.status, in: "account_status", isItalian: isItalian, in: db),
            stops: try Stop.all(of: account.id, isItalian: isItalian, in: db),
            corrected: Set(
                try db.all(
                    """
                    SELECT corrects_id FROM contact_attempt
                    WHERE account_id = ? AND corrects_id IS NOT NULL
                    """, id
                ).map { $0["corrects_id"].shown }),
            debtor: try db.one("SELECT \(debtorColumns) FROM debtors WHERE id = ?", debtor),
            contacts: try db.all(
                """
                SELECT id, kind, value, quality, verified_on, preferred_time, remark, source
                FROM contact_point WHERE debtor_id = ? ORDER BY quality = 'good' DESC, kind, id
                """, debtor),
            items: try db.all(
                """
                SELECT id, item_ref, kind, doc_number, doc_date, due_on, currency,
                  original_amount, open_amount, supply_point, contract_ref
                FROM debt_items WHERE account_id = ? ORDER BY due_on, id
                """, id),
            payments: try db.all(
                """
                SELECT id, received_on, value_on, amount, currency, net, method, reference, state,
                  reverses_id, reversed, note, operator
                FROM payments WHERE account_id = ? ORDER BY received_on, id
                """, id),
            promises: try db.all(
                """
                SELECT id, amount, currency, due_on, deadline, made_on, paid, state, method,
                  made_by, note, operator
                FROM promises WHERE account_id = ? ORDER BY due_on, id
                """, id),
            tasks: try db.all(
                """
                SELECT \(TaskCommand.columns) FROM task WHERE account_id = ?
                ORDER BY status <> 'open', due_on, id
                """, id),
            timeline: try db.all(
                """
                SELECT at, kind, text, amount, currency, operator, id FROM timeline
                WHERE account_id = ? ORDER BY at DESC, id DESC LIMIT ?
                """, id + [SQLValue(limit)]),
            timelineCount: counted?["n"].integer ?? 0)
    }

    private static let accountColumns = """
        id, case_ref, customer_ref, debtor_id, debtor, portfolio_id, creditor_id, creditor, status,
        status_reason, currency, balance, other_balances, announced, open_since, days_overdue,
        bucket, open_tasks, priority, next_action_on, assignee, placed_on, recall_on, note
        """

    private static let debtorColumns = """
        id, kind, name, surname, given_name, company_name, codice_fiscale, partita_iva,
        codice_fiscale_flag, partita_iva_flag, birth_date, birth_place, street, postcode, city,
        province, country, iban, iban_flag, language, form_of_address, note, accounts
        """
}
