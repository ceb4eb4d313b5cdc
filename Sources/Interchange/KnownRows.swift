import RientroSQLite
import RientroServer

/// An account that the centre has.
struct KnownAccount {
    let id: String
    let debtor: String
    let portfolio: String
}

/// An item that the centre has, as it now stands: with its adjustments, without payments.
struct KnownItem: Equatable {
    let id: String
    let account: String
    let caseRef: String
    let currency: String
    let original: Int64?
    let open: Int64
    let fees: Int64?
    let dueOn: String
    let interestFrom: String?
}

/// What an account owes and what came for it, by currency, whether its lot is complete or not.
struct KnownBalance {
    /// What was handed over, with adjustments.
    var open = BalanceSums()
    /// What the payments take off.
    var paid = BalanceSums()

    /// What is left; throws `HandOverError.totalTooLarge`.
    func left() throws(HandOverError) -> BalanceSums {
        var left = open
        for (currency, amount) in paid.amounts { try left.subtract(amount, currency) }
        return left
    }

    /// Whether all of it is within what any debt is, so that it can be added up without a thought.
    var isWithinLimits: Bool {
        [open, paid].allSatisfy { sums in
            sums.amounts.values.allSatisfy { $0.magnitude <= InterchangeLimits.amountMax }
        }
    }
}

/// What the centre knows of the rows of a file. All look-ups go through an index.
struct KnownRows {
    let db: Connection

    /// The account that the creditor calls so.
    func account(creditor: String, caseRef: String) throws -> KnownAccount? {
        try db.first(
            """
            SELECT id, debtor_id, portfolio_id FROM account
            WHERE case_ref = ? AND creditor_id = ? ORDER BY id LIMIT 1
            """, .text(caseRef), .text(creditor)
        ) { KnownAccount(id: $0.text(0), debtor: $0.text(1), portfolio: $0.text(2)) }
    }

    /// The item that the creditor calls so.
    func item(creditor: String, itemRef: String) throws -> KnownItem? {
        try db.first(
            """
            SELECT i.id, i.account_id, a.case_ref, i.currency,
              i.original_amount, i.open_amount, i.fees, i.due_on, i.interest_from
            FROM debt_item AS i JOIN account AS a ON a.id = i.account_id
            WHERE i.item_ref = ? AND i.adjusts_id IS NULL AND a.creditor_id = ?
            ORDER BY i.id LIMIT 1
            """, .text(itemRef), .text(creditor)
        ) { row in
            let id = row.text(0)
            let sums = try adjustments(of: id)
            return KnownItem(
                id: id, account: row.text(1), caseRef: row.text(2), currency: row.text(3),
                original: added(row.optionalInteger(4), sums.original),
                open: row.integer(5) + sums.open, fees: added(row.optionalInteger(6), sums.fees),
                dueOn: sums.dueOn ?? row.text(7),
                interestFrom: sums.interestFrom ?? row.optionalText(8))
        }
    }

    /// How many items of an account the centre has.
    func itemCount(account: String) throws -> Int {
        Int(
            try db.integer(
                "SELECT count(*) FROM debt_item WHERE account_id = ? AND adjusts_id IS NULL",
                .text(account)) ?? 0)
    }

    /// What an account owes and what came for it; throws `HandOverError.totalTooLarge` where that
    /// does not fit. Added here and not in SQL, whose sums end in an error that names no account.
    func balance(account: String) throws -> KnownBalance {
        var balance = KnownBalance()
        for (currency, amount) in try amounts(
            "SELECT currency, open_amount FROM debt_item WHERE account_id = ?", account)
        {
            try balance.open.add(amount, currency)
        }
        for (currency, amount) in try amounts(
            "SELECT currency, net FROM payments WHERE account_id = ? AND net <> 0", account)
        {
            try balance.paid.add(amount, currency)
        }
        return balance
    }

    private func amounts(_ sql: String, _ account: String) throws -> [(String, Int64)] {
        try db.rows(sql, .text(account)) { ($0.text(0), $0.integer(1)) }
    }

    /// A debtor with this codice fiscale, whoever its creditor is.
    func debtor(codiceFiscale: String) throws -> String? {
        try db.text(
            "SELECT id FROM debtor WHERE codice_fiscale = ? ORDER BY id LIMIT 1",
            .text(codiceFiscale))
    }

    /// The debtor of the accounts that the creditor has under this customer number.
    func debtor(creditor: String, customerRef: String) throws -> String? {
        try db.text(
            """
            SELECT debtor_id FROM account
            WHERE customer_ref = ? AND creditor_id = ? ORDER BY id LIMIT 1
            """, .text(customerRef), .text(creditor))
    }

    /// The codice fiscale of a debtor, unless something was found wrong with it.
    func validCodiceFiscale(of debtor: String) throws -> String? {
        try db.text(
            "SELECT codice_fiscale FROM debtor WHERE id = ? AND codice_fiscale_flag IS NULL",
            .text(debtor))
    }

    /// All that a debtor's contact points are known by: value and what was typed.
    func contacts(of debtor: String) throws -> Set<String> {
        var known: Set<String> = []
        try db.forEach(
            "SELECT value, raw FROM contact_point WHERE debtor_id = ?", [.text(debtor)]
        ) { row in
            known.insert(row.text(0).lowercased())
            if let raw = row.optionalText(1) { known.insert(raw.lowercased()) }
        }
        return known
    }

    /// Whether the reference table has a row with this key.
    func hasRow(_ table: String, _ id: String) throws -> Bool {
        try db.integer("SELECT 1 FROM \(SQL.name(table)) WHERE id = ?", .text(id)) == 1
    }

    private typealias Sums = (
        original: Int64?, open: Int64, fees: Int64?, dueOn: String?, interestFrom: String?
    )

    private func adjustments(of item: String) throws -> Sums {
        var sums: Sums = (nil, 0, nil, nil, nil)
        try db.forEach(
            """
            SELECT original_amount, open_amount, fees, due_on, interest_from
            FROM debt_item WHERE adjusts_id = ? ORDER BY id
            """, [.text(item)]
        ) { row in
            sums.original = added(sums.original, row.optionalInteger(0))
            sums.open += row.integer(1)
            sums.fees = added(sums.fees, row.optionalInteger(2))
            sums.dueOn = row.text(3)
            sums.interestFrom = row.optionalText(4) ?? sums.interestFrom
        }
        return sums
    }

    /// The sum of what is there. Amounts have a limit far below overflow
    /// (`ColumnLimits.amountMax`).
    private func added(_ a: Int64?, _ b: Int64?) -> Int64? {
        guard let a else { return b }
        return a + (b ?? 0)
    }
}
