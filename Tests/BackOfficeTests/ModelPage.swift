import Foundation

/// The figures of some accounts, recounted from plain rows one account after the other.
///
/// Everything is told as text, so that what is missing on either side shows.
struct ModelPage {
    typealias Rows = ModelRows

    let rows: Rows
    let accounts: [Rows.Account]
    /// Facts that came since the close before: of which account, and whether they are late.
    let arrived: [(account: String, isLate: Bool)]

    private var ids: Set<String> { Set(accounts.map(\.id)) }
    private var contacts: [Rows.Contact] { rows.contacts.filter { ids.contains($0.account) } }
    private var promises: [Rows.Promise] {
        rows.promises.filter { ids.contains($0.account) && $0.cancels.isEmpty }
    }
    private var payments: [Rows.Payment] { rows.payments.filter { ids.contains($0.account) } }

    private func first(_ period: String) -> String {
        period == "day" ? rows.date : period == "month" ? rows.date.prefix(8) + "01" : "0000-00-00"
    }

    /// By name, period and currency; those of nothing are left out.
    func measures() -> [String: [Int64]] {
        var all: [String: [Int64]] = [:]
        for period in ["day", "month"] { addPeriod(period, to: &all) }
        for period in ["day", "month", "total"] { addMoney(period, to: &all) }
        addTotals(to: &all)
        return all
    }

    private func addPeriod(_ period: String, to all: inout [String: [Int64]]) {
        let from = first(period)
        let worked = accounts.filter { $0.isOpen || $0.closedOn >= from }
        let those = contacts.filter { $0.day >= from }
        let attempts = those.filter { $0.direction == "out" }
        let right = those.filter(rows.isRightParty)
        func count(_ list: [Rows.Contact], _ account: Rows.Account) -> Int {
            list.filter { $0.account == account.id }.count
        }
        all["contact_rate \(period)"] = [
            Int64(worked.filter { count(attempts, $0) > 0 }.count), Int64(worked.count),
        ]
        all["attempts \(period)"] = [
            Int64(worked.reduce(0) { $0 + count(attempts, $1) }), Int64(worked.count),
        ]
        all["right_party_rate \(period)"] = [
            Int64(right.filter { $0.direction == "out" }.count), Int64(attempts.count),
        ]
        all["right_party_reach \(period)"] = [
            Int64(worked.filter { count(right, $0) > 0 }.count), Int64(worked.count),
        ]
        all["promise_rate \(period)"] = [
            Int64(promises.filter { $0.made >= from }.count), Int64(right.count),
        ]
        let due = promises.filter { promise in
            let judged = rows.deadline(promise) + 1
            return judged >= rows.calendar.number(from)
                && judged <= rows.calendar.number(rows.date)
                && ["kept", "partly_kept", "broken"].contains(rows.state(promise))
        }
        let kept = due.filter { rows.state($0) == "kept" }
        let broken = due.filter { rows.state($0) == "broken" }
        all["kept_by_number \(period)"] = [Int64(kept.count), Int64(due.count)]
        all["broken_rate \(period)"] = [Int64(broken.count), Int64(due.count)]
        for currency in Set(due.map(\.currency)) {
            all["kept_by_amount \(period) \(currency)"] = [kept, due].map { list in
                list.filter { $0.currency == currency }.reduce(0) { $0 + $1.amount }
            }
        }
    }

    private func addMoney(_ period: String, to all: inout [String: [Int64]]) {
        let placed = accounts.flatMap(rows.placed)
        let came = payments.filter { $0.received >= first(period) }
        for currency in Set(placed.map(\.currency) + payments.map(\.currency)) {
            let net = came.filter { $0.currency == currency }.reduce(0) { $0 + rows.net($1) }
            let handed = placed.filter { $0.currency == currency }.reduce(0) { $0 + $1.amount }
            all["recovery_rate \(period) \(currency)"] = [net, handed]
            if period != "total" { all["collected \(period) \(currency)"] = [net, 1] }
        }
    }

    private func addTotals(to all: inout [String: [Int64]]) {
        let open = accounts.filter(\.isOpen)
        all["accounts total"] = [Int64(open.count), 1]
        let items = open.flatMap(rows.open)
        for currency in Set(items.map(\.currency)) {
            let sum = items.filter { $0.currency == currency }.reduce(0) { $0 + $1.amount }
            all["open total \(currency)"] = [sum, 1]
        }
        let liquidated = accounts.filter { account in
            if ["closed_paid", "closed_settled"].contains(account.status), !account.isOpen {
                return true
            }
            let isPaid = payments.contains { $0.account == account.id && rows.net($0) > 0 }
            return isPaid && rows.open(account).isEmpty
        }
        all["liquidation total"] = [Int64(liquidated.count), Int64(accounts.count)]
        let days = accounts.compactMap { account in
            contacts.filter { $0.account == account.id && !$0.reason.isEmpty }.map {
                max(0, rows.calendar.number($0.day) - rows.calendar.number(account.placed))
            }.min()
        }
        all["days_to_first_reason total"] = [Int64(days.reduce(0, +)), Int64(days.count)]
        let spoken = open.filter { account in
            contacts.contains { $0.account == account.id && rows.isRightParty($0) }
        }
        let known = spoken.filter { account in
            contacts.contains { $0.account == account.id && !$0.reason.isEmpty }
        }
        all["reason_recorded total"] = [Int64(known.count), Int64(spoken.count)]
        let facts = arrived.filter { ids.contains($0.account) }
        all["late_facts day"] = [Int64(facts.filter(\.isLate).count), Int64(facts.count)]
    }

    /// Sorted lines of text, for each table of a page.
    func ageing() -> [String] {
        let items = accounts.filter(\.isOpen).flatMap(rows.open)
        let today = rows.calendar.number(rows.date)
        func bucket(_ item: Rows.Item) -> String {
            switch today - rows.calendar.number(item.due) {
            case ...0: "not due"
            case 1...30: "1-30"
            case 31...60: "31-60"
            case 61...90: "61-90"
            case 91...120: "91-120"
            case 121...180: "121-180"
            case 181...360: "181-360"
            default: "361+"
            }
        }
        return Dictionary(grouping: items) { "\($0.currency) \(bucket($0))" }.map { key, items in
            "\(key) \(Set(items.map(\.account)).count) \(items.count) "
                + "\(items.reduce(0) { $0 + $1.amount })"
        }.sorted()
    }

    func recovery() -> [String] {
        let handed = accounts.flatMap { account in
            rows.placed(account).map { (account, $0) }
        }
        let groups = Dictionary(grouping: handed) {
            [$0.0.creditor, $0.0.lot, $0.1.currency]
        }
        return groups.map { key, members in
            let start = rows.lots[key[1]] ?? members.map(\.0.placed).min() ?? ""
            var sums = Array(
                repeating: Int64(0), count: rows.calendar.months(from: start, to: rows.date) + 1)
            for account in accounts where [account.creditor, account.lot] == [key[0], key[1]] {
                for payment in payments
                where payment.account == account.id && payment.currency == key[2] {
                    let month = rows.calendar.months(
                        from: rows.lots[account.lot] ?? account.placed, to: payment.received)
                    for later in sums.indices where later >= min(month, sums.count - 1) {
                        sums[later] += rows.net(payment)
                    }
                }
            }
            return "\(start) \(key) \(Set(members.map(\.0.id)).count) "
                + "\(members.reduce(0) { $0 + $1.1.amount }) \(sums)"
        }.sorted()
    }

    func promiseMonths() -> [String] {
        // The first of a month and 31 days are in the next one: the last that is told of.
        let next = rows.calendar.day(rows.calendar.number(first("month")) + 31).prefix(7)
        let told = promises.filter { rows.calendar.day(rows.deadline($0) + 1).prefix(7) <= next }
        let groups = Dictionary(grouping: told) {
            "\(rows.calendar.day(rows.deadline($0) + 1).prefix(7)) \($0.currency)"
        }
        return groups.compactMap { key, promises -> String? in
            let numbers = ["kept", "partly_kept", "broken", "open"].map { state in
                let those = promises.filter { promise in
                    let found = rows.state(promise)
                    let isDue = rows.deadline(promise) < rows.calendar.number(rows.date)
                    return found == "kept" && !isDue ? state == "open" : found == state
                }
                return "\(those.count) \(those.reduce(0) { $0 + $1.amount })"
            }
            let isEmpty = numbers.allSatisfy { $0 == "0 0" }
            return isEmpty ? nil : key + " " + numbers.joined(separator: " ")
        }.sorted()
    }

    func reasons(currency: String) -> [String] {
        let owing = accounts.filter { $0.isOpen && !rows.open($0).isEmpty }
        let groups = Dictionary(grouping: owing) { account in
            contacts.filter { $0.account == account.id && !$0.reason.isEmpty }
                .max { ($0.instant, $0.id) < ($1.instant, $1.id) }?.reason ?? ""
        }
        return groups.map { reason, accounts in
            let items = accounts.flatMap(rows.open).filter { $0.currency == currency }
            return "\(reason) \(accounts.count) \(items.reduce(0) { $0 + $1.amount })"
        }.sorted()
    }

    func contactHours() -> [String] {
        let attempts = contacts.filter { $0.day >= first("month") && $0.direction == "out" }
        return Dictionary(grouping: attempts) { "\($0.hour) \($0.channel)" }.map { key, contacts in
            "\(key) \(contacts.count) \(contacts.filter(rows.isRightParty).count)"
        }.sorted()
    }

    func operators() -> [String] {
        let from = first("month")
        let names = Set(contacts.map(\.by) + promises.map(\.by)).subtracting([""])
        return names.compactMap { name -> String? in
            let those = contacts.filter { $0.by == name && $0.day >= from }
            let right = those.filter(rows.isRightParty)
            let own = promises.filter { $0.by == name }
            let due = own.filter { promise in
                let judged = rows.deadline(promise) + 1
                return judged >= rows.calendar.number(from)
                    && judged <= rows.calendar.number(rows.date)
                    && ["kept", "partly_kept", "broken"].contains(rows.state(promise))
            }
            let numbers = [
                those.filter { $0.direction == "out" }.count, right.count,
                own.filter { $0.made >= from }.count, due.count,
                due.filter { rows.state($0) == "kept" }.count,
                right.filter { !$0.reason.isEmpty }.count,
            ]
            return numbers.allSatisfy { $0 == 0 } ? nil : "\(name) \(numbers)"
        }.sorted()
    }
}
