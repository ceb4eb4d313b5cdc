import Portfolio
import RientroProtocol
import RientroServer

/// Loads accounts into one act of the centre after the other, and counts.
///
/// What is known is compared, not written: the same rows again write nothing.
struct AccountLoad {
    let known: KnownRows
    let debtors: DebtorLoad
    let options: ImportOptions
    /// How the file is called, for the payments that it shows.
    let fileName: String
    /// What was done so far.
    var report = ImportReport()
    /// What the centre's rows say against rows of the file, by line.
    var problems: [Int: FieldProblem] = [:]
    /// The key of the lot to come for each creditor and name; and whether a row names it.
    var lots = ImportLots()
    /// Known items with other amounts on accounts that money came in for, while nobody said what
    /// the file means.
    var changedAfterPayment: ChangedAfterPayment?

    init(engine: CentreEngine, options: ImportOptions, fileHash: Hash, fileName: String) {
        known = KnownRows(db: engine.db)
        debtors = DebtorLoad(engine: engine)
        self.options = options
        self.fileName = fileName
        report.meaning = options.meaning ?? .placement
        report.fileHash = fileHash
        lots.fileHash = fileHash
    }

    /// Loads the good rows of one account. Throws what the act throws, and
    /// `ImportError.unknownCreditor`.
    ///
    /// - Parameter weight: about how many bytes it has.
    mutating func load(
        _ account: AccountRows, weight: Int, into act: inout CentreAct
    ) throws {
        let creditor = account.creditor
        guard let first = account.rows.first else { return }
        guard weight <= ImportLimits.accountBytesMax else {
            for row in account.rows { refuse(row, .caseRef, .accountTooLarge) }
            return
        }
        if lots.isNew(creditor: creditor), try !known.hasRow("creditor", creditor) {
            throw ImportError.unknownCreditor(creditor, line: first.line)
        }
        let present = try known.account(creditor: creditor, caseRef: account.caseRef)
        if let present, present.portfolio != options.portfolio {
            for row in account.rows {
                refuse(
                    row, .caseRef,
                    .accountElsewhere(portfolio: present.portfolio, wanted: options.portfolio))
            }
            return
        }
        let lot = lots.key(creditor: creditor, reference: first.lotRef)
        let items = try judged(account.rows, creditor: creditor, account: present)
        guard !items.isEmpty else { return }
        guard let present else {
            report.accounts += 1
            let id = try insert(account, creditor: creditor, lot: lot, into: &act)
            lots.use(lot)
            for item in items {
                try load(item, 0, account: id, lot: lot, into: &act)
                try report.after.add(item.row.item.openAmount, item.row.item.currency)
            }
            return
        }
        guard let before = try balance(of: present, refusing: items) else { return }
        if asks(about: items, paid: before.paid, in: account) { return }
        report.accounts += 1
        report.accountsKnown += 1
        try report.before.add(before.left())
        try update(present, account.rows, into: &act)
        let changes =
            options.meaning == .status
            ? try compare(items, with: before, account: present.id, into: &act)
            : items.map { $0.difference }
        for (item, change) in zip(items, changes) {
            try load(item, change, account: present.id, lot: lot, into: &act)
        }
        let all = try known.itemCount(account: present.id)
        report.itemsGone += max(0, all - items.count)
        try report.after.add(known.balance(account: present.id).left())
    }

    private mutating func insert(
        _ account: AccountRows, creditor: String, lot: String, into act: inout CentreAct
    ) throws -> String {
        let rows = account.rows
        let debtor = try debtors.find(
            account.debtor, creditor: creditor, customerRef: account.customerRef)
        let id: String
        if let debtor {
            id = debtor
            report.debtorsRecognized += 1
            try debtors.fill(id, from: account.debtor, into: &act, &report)
        } else {
            id = try act.insert("debtor", account.debtor.row)
            report.debtorsAdded += 1
        }
        try addContacts(account.debtor, to: id, isNew: debtor == nil, into: &act)
        report.accountsAdded += 1
        var values: [String: Value] = [
            "debtor_id": .text(id), "portfolio_id": .text(options.portfolio),
            "creditor_id": .text(creditor), "case_ref": .text(account.caseRef),
            "customer_ref": .optional(account.customerRef), "lot_id": .text(lot),
            "currency": .text(rows.first?.item.currency ?? "EUR"),
            "recall_on": .optional(rows.lazy.compactMap(\.recallOn).first),
            "status": .text(rows.contains(where: \.isDisputed) ? "disputed" : "placed"),
        ]
        if let day = options.receivedOn { values["placed_on"] = .text(day) }
        return try act.insert("account", values)
    }

    private mutating func update(
        _ present: KnownAccount, _ rows: [HandOverRow], into act: inout CentreAct
    ) throws {
        let account = AccountRows(rows: rows)
        try debtors.correct(present.debtor, from: account.debtor, into: &act, &report)
        try addContacts(account.debtor, to: present.debtor, isNew: false, into: &act)
        var changes: [String: Value] = [:]
        if let recallOn = rows.lazy.compactMap(\.recallOn).first {
            changes["recall_on"] = .text(recallOn)
        }
        if let customerRef = account.customerRef { changes["customer_ref"] = .text(customerRef) }
        report.valuesChanged += try debtors.differing(changes, "account", id: present.id).count
        if !changes.isEmpty { try act.set("account", id: present.id, changes) }
    }

    private mutating func addContacts(
        _ debtor: HandOverDebtor, to id: String, isNew: Bool, into act: inout CentreAct
    ) throws {
        let contacts = debtor.contacts
        guard !contacts.isEmpty else { return }
        var known = isNew ? [] : try self.known.contacts(of: id)
        for contact in contacts where !contact.isKnown(among: known) {
            try act.insert("contact_point", contact.row(debtor: id))
            known.insert(contact.value.lowercased())
            report.contactsAdded += 1
        }
    }

    mutating func refuse(
        _ row: HandOverRow, _ column: HandOverColumn, _ reason: FieldProblem.Reason
    ) {
        problems[row.line] = FieldProblem(
            line: row.line, column: column.rawValue, reason: reason)
    }
}

extension AccountRows {
    /// The customer number, from the first row that has one.
    var customerRef: String? { rows.lazy.compactMap(\.customerRef).first }

    /// The debtor as the first row says, with every number that any of the rows gives.
    var debtor: HandOverDebtor {
        var debtor = rows[0].debtor
        for row in rows.dropFirst() {
            for phone in row.debtor.phones
            where !debtor.phones.contains(where: { $0.raw == phone.raw }) {
                debtor.phones.append(phone)
            }
            debtor.email = debtor.email ?? row.debtor.email
            debtor.pec = debtor.pec ?? row.debtor.pec
            debtor.iban = debtor.iban ?? row.debtor.iban
        }
        return debtor
    }

    /// About how many bytes the account's rows have, encoded; rather too many.
    var weight: Int {
        rows.reduce(into: 2 * ImportLimits.rowBytes) { sum, row in
            let item = row.item
            let texts = [
                item.itemRef, item.docNumber, item.supplyPoint, item.contractRef, item.note,
            ]
            sum += ImportLimits.rowBytes + texts.reduce(0) { $0 + ($1?.utf8.count ?? 0) }
        } + debtor.weight
    }
}

extension HandOverDebtor {
    /// About how many bytes the debtor's rows have, encoded; rather too many.
    fileprivate var weight: Int {
        let texts = row.values.reduce(into: 0) { sum, value in
            if case .text(let text) = value { sum += text.utf8.count }
        }
        return contacts.reduce(ImportLimits.rowBytes + texts) { sum, contact in
            sum + ImportLimits.rowBytes + contact.value.utf8.count + (contact.raw?.utf8.count ?? 0)
                + (contact.remark?.utf8.count ?? 0)
        }
    }
}
