import RientroProtocol
import RientroServer

/// A row that fits what the centre has, with the known item that it is.
struct JudgedRow {
    let row: HandOverRow
    /// Nil where the item is new.
    let known: KnownItem?

    /// How much more is open by the row than by what was handed over; 0 where the item is new.
    var difference: Int64 { known.map { row.item.openAmount - $0.open } ?? 0 }
}

/// What becomes of the items of an account.
extension AccountLoad {
    /// The rows that fit what the centre has.
    mutating func judged(
        _ rows: [HandOverRow], creditor: String, account: KnownAccount?
    ) throws -> [JudgedRow] {
        var judged: [JudgedRow] = []
        for row in rows {
            let item = try known.item(creditor: creditor, itemRef: row.item.itemRef)
            if let item, item.account != account?.id {
                refuse(row, .itemRef, .itemElsewhere(caseRef: item.caseRef))
            } else if let item, item.currency != row.item.currency {
                refuse(row, .currency, .currencyChanged(from: item.currency))
            } else {
                judged.append(JudgedRow(row: row, known: item))
            }
        }
        return judged
    }

    /// What the account owes and what came for it; nil, with its rows refused, where that is more
    /// than can be compared.
    mutating func balance(
        of account: KnownAccount, refusing items: [JudgedRow]
    ) throws -> KnownBalance? {
        let balance: KnownBalance?
        do { balance = try known.balance(account: account.id) } catch HandOverError.totalTooLarge {
            balance = nil
        }
        if let balance, balance.isWithinLimits { return balance }
        for item in items { refuse(item.row, .openAmount, .balanceTooLarge) }
        return nil
    }

    /// Whether a person must say first what the file means: an amount of a known item changed, and
    /// money came in for the account in its currency. Notes the first such item.
    mutating func asks(
        about items: [JudgedRow], paid: BalanceSums, in account: AccountRows
    ) -> Bool {
        guard options.meaning == nil else { return false }
        for item in items {
            let currency = item.row.item.currency
            guard let known = item.known, item.difference != 0, paid[currency] != 0 else {
                continue
            }
            if changedAfterPayment == nil {
                changedAfterPayment = ChangedAfterPayment(
                    line: item.row.line, caseRef: account.caseRef, itemRef: item.row.item.itemRef,
                    currency: currency, known: known.open, stated: item.row.item.openAmount,
                    paid: paid[currency])
            }
            changedAfterPayment?.accounts += 1
            return true
        }
        return false
    }

    /// Compares what a status file says with the balances; writes the payments that it shows, and
    /// gives what is to be added to each item, in their order.
    mutating func compare(
        _ items: [JudgedRow], with balance: KnownBalance, account: String,
        into act: inout CentreAct
    ) throws -> [Int64] {
        var changes = [Int64](repeating: 0, count: items.count)
        var isUnconfirmed = false
        for currency in Set(items.map(\.row.item.currency)).sorted() {
            // The item due first is the one that a payment is taken to have settled.
            let places = items.indices.filter {
                items[$0].known?.currency == currency
            }.sorted { items[$0].dueFirst < items[$1].dueFirst }
            guard let first = places.first else { continue }
            let compared = places.map { place in
                let stated = items[place].row.item.openAmount
                return StatusComparison.Item(
                    known: stated - items[place].difference, stated: stated)
            }
            let named = compared.reduce(0) { $0 + $1.known }
            let comparison = StatusComparison(
                items: compared, unnamed: balance.open[currency] - named,
                paid: balance.paid[currency])
            for (place, raise) in zip(places, comparison.raises) { changes[place] = raise }
            if comparison.unconfirmed > 0 { isUnconfirmed = true }
            try pay(
                comparison.payment, currency, account: account, line: items[first].row.line,
                into: &act)
        }
        if isUnconfirmed {
            report.accountsUnconfirmed += 1
            if report.unconfirmed.count < InterchangeLimits.listedMax {
                report.unconfirmed += items.prefix(1).map(\.row.caseRef)
            }
        }
        return changes
    }

    /// Writes what was paid to the creditor. It has no reference, so that the same payment recorded
    /// by an office that has not synced yet is found as its double by the nightly review.
    private mutating func pay(
        _ amount: Int64, _ currency: String, account: String, line: Int, into act: inout CentreAct
    ) throws {
        guard amount > 0 else { return }
        var values: [String: Value] = [
            "account_id": .text(account), "amount": .integer(amount), "currency": .text(currency),
            "received_by": .text("creditor"),
            "note": .text("By the creditor's list \(fileName), line \(line)"),
        ]
        if let day = options.receivedOn { values["received_on"] = .text(day) }
        try act.insert("payment", values)
        report.paymentsAdded += 1
        try report.paid.add(amount, currency)
    }

    /// Writes a new item, or what changed of a known one.
    ///
    /// - Parameter change: how much more of a known one is open.
    mutating func load(
        _ item: JudgedRow, _ change: Int64, account: String, lot: String, into act: inout CentreAct
    ) throws {
        let row = item.row
        report.rows += 1
        try report.stated.add(row.item.openAmount, row.item.currency)
        guard let known = item.known else {
            try act.insert("debt_item", row.item.row(account: account, lot: lot))
            report.itemsAdded += 1
            return lots.use(lot)
        }
        guard let adjustment = row.item.adjustment(of: known, lot: lot, open: change) else {
            report.itemsUnchanged += 1
            return
        }
        try act.insert("debt_item", adjustment)
        report.itemsAdjusted += 1
        lots.use(lot)
    }
}

extension JudgedRow {
    /// Orders items by the day on which they were due.
    fileprivate var dueFirst: (String, String) {
        (known?.dueOn ?? row.item.dueOn, row.item.itemRef)
    }
}
