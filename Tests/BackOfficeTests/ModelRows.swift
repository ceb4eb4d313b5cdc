import Foundation
import RientroSQLite

/// The rows of a firm as they stand in the file, up to a day.
struct ModelRows {
    struct Account {
        let id, branch, creditor, lot, placed, status, closedOn: String
        var isOpen: Bool { closedOn.isEmpty }
    }
    struct Item { let id, account, currency, due, adjusts, lot: String; let amount: Int64 }
    struct Payment {
        let id, account, currency, received, value, state, reverses: String
        let amount: Int64
    }
    struct Promise {
        let id, account, currency, due, made, replaces, cancels, by: String
        let amount, tolerance: Int64
    }
    struct Contact {
        let id, account, channel, outcome, reason, direction, spokeWith, by, day: String
        let hour: Int
        let instant: Date
    }

    let calendar = ModelCalendar()
    let date: String
    let lots: [String: String]
    let accounts: [Account]
    let items: [Item]
    let payments: [Payment]
    let promises: [Promise]
    let contacts: [Contact]

    init(_ db: Connection, date: String) throws {
        self.date = date
        let calendar = self.calendar
        let lots = Dictionary(
            uniqueKeysWithValues: try db.rows("SELECT id, received_on FROM lot") {
                ($0.text(0), $0.text(1))
            }
        ).filter { $0.value <= date }
        self.lots = lots
        accounts = try db.rows(
            """
            SELECT id, portfolio_id, creditor_id, lot_id, placed_on, status, status_stamp,
              born_stamp FROM account
            """
        ) { row in
            let stamp = row.optionalInteger(6) ?? row.integer(7)
            let set = calendar.local(Date(timeIntervalSince1970: Double(stamp >> 20) / 1000)).day
            return Account(
                id: row.text(0), branch: row.text(1), creditor: row.text(2), lot: row.text(3),
                placed: row.text(4), status: row.text(5),
                closedOn: row.text(5).hasPrefix("closed_") && set <= date ? set : "")
        }.filter { $0.placed <= date && ($0.lot.isEmpty || lots[$0.lot] != nil) }
        items = try db.rows(
            """
            SELECT id, account_id, currency, due_on, adjusts_id, lot_id, open_amount
            FROM debt_item
            """
        ) {
            Item(
                id: $0.text(0), account: $0.text(1), currency: $0.text(2), due: $0.text(3),
                adjusts: $0.text(4), lot: $0.text(5), amount: $0.integer(6))
        }.filter { $0.lot.isEmpty || lots[$0.lot] != nil }
        payments = try db.rows(
            """
            SELECT id, account_id, currency, received_on, value_on, state, reverses_id, amount
            FROM payment
            """
        ) {
            Payment(
                id: $0.text(0), account: $0.text(1), currency: $0.text(2), received: $0.text(3),
                value: $0.optionalText(4) ?? $0.text(3), state: $0.text(5), reverses: $0.text(6),
                amount: $0.integer(7))
        }.filter { $0.received <= date }
        promises = try db.rows(
            """
            SELECT id, account_id, currency, due_on, made_on, replaces_id, cancels_id, operator,
              amount, tolerance_days FROM promise
            """
        ) {
            Promise(
                id: $0.text(0), account: $0.text(1), currency: $0.text(2), due: $0.text(3),
                made: $0.text(4), replaces: $0.text(5), cancels: $0.text(6), by: $0.text(7),
                amount: $0.integer(8), tolerance: $0.integer(9))
        }.filter { $0.made <= date }
        contacts = try Self.contacts(db, calendar).filter { $0.day <= date }
    }

    /// All but those that another one up to the day corrects.
    private static func contacts(_ db: Connection, _ calendar: ModelCalendar) throws -> [Contact] {
        let format = ISO8601DateFormatter()
        format.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
        let all = try db.rows(
            """
            SELECT id, account_id, channel, outcome, reason, direction, spoke_with, operator,
              started_at, corrects_id FROM contact_attempt
            """
        ) { row in
            let instant = format.date(from: row.text(8)) ?? Date.distantPast
            let local = calendar.local(instant)
            return (
                Contact(
                    id: row.text(0), account: row.text(1), channel: row.text(2),
                    outcome: row.text(3), reason: row.text(4), direction: row.text(5),
                    spokeWith: row.text(6), by: row.text(7), day: local.day, hour: local.hour,
                    instant: instant), row.text(9)
            )
        }
        return all.filter { contact in !all.contains { $0.1 == contact.0.id } }.map(\.0)
    }
}

/// What follows from the rows of one account, step by step as a clerk would.
extension ModelRows {
    func net(_ payment: Payment) -> Int64 {
        guard payment.reverses.isEmpty, payment.state != "reported" else { return 0 }
        var left = payment.amount
        for other in payments
        where other.reverses == payment.id && other.currency == payment.currency {
            left += other.amount
        }
        return max(0, min(left, payment.amount))
    }

    /// Items with their adjustments: what was handed over.
    func placed(_ account: Account) -> [Item] {
        items.filter { $0.account == account.id && $0.adjusts.isEmpty }.map { item in
            let changes = items.filter { $0.adjusts == item.id }.sorted { $0.id < $1.id }
            return Item(
                id: item.id, account: item.account, currency: item.currency,
                due: changes.last?.due ?? item.due, adjusts: "", lot: item.lot,
                amount: item.amount + changes.reduce(0) { $0 + $1.amount })
        }
    }

    /// What is left of items once payments and credit notes have settled the oldest.
    func open(_ account: Account) -> [Item] {
        let placed = placed(account)
        var purses: [String: Int64] = [:]
        for payment in payments where payment.account == account.id {
            purses[payment.currency, default: 0] += net(payment)
        }
        for note in placed where note.amount < 0 {
            purses[note.currency, default: 0] -= note.amount
        }
        var left: [Item] = []
        for item in placed.sorted(by: { ($0.due, $0.id) < ($1.due, $1.id) })
        where item.amount > 0 {
            let used = min(purses[item.currency] ?? 0, item.amount)
            purses[item.currency, default: 0] -= used
            guard used < item.amount else { continue }
            left.append(
                Item(
                    id: item.id, account: item.account, currency: item.currency, due: item.due,
                    adjusts: "", lot: item.lot, amount: item.amount - used))
        }
        return left
    }

    func deadline(_ promise: Promise) -> Int {
        calendar.number(promise.due) + Int(promise.tolerance)
    }

    private func isEnded(_ promise: Promise) -> String? {
        let others = promises.filter { $0.account == promise.account }
        if others.contains(where: { $0.cancels == promise.id }) { return "cancelled" }
        return others.contains { $0.replaces == promise.id && $0.cancels.isEmpty }
            ? "superseded" : nil
    }

    private func paid(_ promise: Promise, from: Int, to: Int) -> Int64 {
        payments.filter {
            $0.account == promise.account && $0.currency == promise.currency
                && (from...max(from, to)).contains(calendar.number($0.value)) && from <= to
        }.reduce(0) { $0 + net($1) }
    }

    /// Of promises at the same time, the one due first is served first with what it lacked when the
    /// later one was made.
    func state(_ promise: Promise) -> String {
        if let ended = isEnded(promise) { return ended }
        let made = calendar.number(promise.made)
        var paid = paid(promise, from: made, to: deadline(promise))
        for first in promises
        where first.account == promise.account && first.currency == promise.currency
            && first.cancels.isEmpty && isEnded(first) == nil && deadline(first) >= made
            && (deadline(first), first.id) < (deadline(promise), promise.id)
        {
            let firstMade = calendar.number(first.made)
            let lacked = first.amount - self.paid(first, from: firstMade, to: made - 1)
            let came = self.paid(first, from: max(firstMade, made), to: deadline(first))
            paid -= max(0, min(lacked, came))
        }
        if paid >= promise.amount { return "kept" }
        if calendar.number(date) <= deadline(promise) { return "open" }
        return paid > 0 ? "partly_kept" : "broken"
    }

    func isRightParty(_ contact: Contact) -> Bool {
        if !contact.spokeWith.isEmpty {
            return contact.spokeWith == "debtor" || contact.spokeWith == "co_debtor"
        }
        let outcomes = "RPC REF PTP PLAN PAID DISP COMPL HARD STOP VISIT_MET"
        return outcomes.split(separator: " ").contains { $0 == contact.outcome }
    }
}
