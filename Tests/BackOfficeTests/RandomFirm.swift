import RientroProtocol

/// Numbers that are the same for the same seed (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
    mutating func pick<T>(_ choices: [T]) -> T { choices[number(0...choices.count - 1)] }
    mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }
}

/// A small firm in which everything that figures tell apart happens, by a seed.
struct RandomFirm {
    let firm: TestFirm
    /// The day that is closed, and the one before it.
    let date: String
    private(set) var previous: (date: String, commit: Int64)
    /// Facts that came after the close before: of which account and day.
    private(set) var arrived: [(account: String, day: String)] = []

    private let calendar = ModelCalendar()
    private let today: Int
    private var numbers: SeededNumbers
    private var accounts: [(id: String, currency: String)] = []

    init(seed: UInt64) throws {
        numbers = SeededNumbers(state: seed)
        // Around a month's end, a 29 February and the night in which clocks go forward.
        date = numbers.pick(["2028-02-29", "2028-03-01", "2028-03-26", "2028-03-31"])
        today = calendar.number(date)
        // All of it is written some days before, until an account is closed.
        firm = try TestFirm(now: Int64(today - 40) * 86_400_000)
        for key in ["ACME", "BETA"] { try firm.creditor(key, key) }
        for key in ["MT", "BA", "LE"] { try firm.branch(key, key) }
        previous = ("", 0)
        for _ in 0..<10 { try addAccount() }
        for (key, creditor) in [("LA", "ACME"), ("LB", "BETA"), ("LC", "ACME")] {
            let age = key == "LC" ? -1 : numbers.number(0...90)
            try firm.lot(key, of: creditor, on: day(-age))
        }
        for _ in 0..<40 { _ = try addFact(latest: -1) }
        try closeSome()
        previous = (day(-1), try firm.commit())
        for _ in 0..<15 { arrived.append(try addFact(latest: 2)) }
    }

    private func day(_ offset: Int) -> String { calendar.day(today + offset) }

    private mutating func addAccount() throws {
        let currency = numbers.pick(["EUR", "EUR", "CHF"])
        let creditor = numbers.pick(["ACME", "BETA"])
        let lot = numbers.pick([nil, nil, creditor == "ACME" ? "LA" : "LB", "LC"])
        let items = (0..<numbers.number(0...3)).map { _ in
            (due: day(-numbers.number(-20...400)), cents: Int64(numbers.number(-20...100)))
        }
        let account = try firm.account(
            "A\(accounts.count)", branch: numbers.pick(["MT", "BA", "LE"]), creditor: creditor,
            lot: lot, placed: day(-numbers.number(-1...100)), items: items,
            ["currency": .text(currency)])
        accounts.append((account, currency))
        if numbers.chance(30) {
            let item = try firm.insert(
                "debt_item",
                [
                    "account_id": .text(account), "due_on": .text(day(-50)),
                    "open_amount": .integer(70), "currency": .text("EUR"),
                ])
            try firm.insert(
                "debt_item",
                [
                    "account_id": .text(account), "due_on": .text(day(numbers.number(-95...5))),
                    "open_amount": .integer(Int64(numbers.pick([-70, -30, 40]))),
                    "currency": .text("EUR"), "adjusts_id": .text(item),
                ])
        }
    }

    /// A payment, promise or contact, with what corrects it. The day of the fact itself.
    private mutating func addFact(latest: Int) throws -> (account: String, day: String) {
        let account = numbers.pick(accounts)
        let offset = numbers.number(-75...latest)
        let by: [String: Value] = numbers.pick([
            [:], ["operator": .text("anna")], ["operator": .text("bruno")],
        ])
        switch numbers.number(1...3) {
        case 1: try addPayment(account, offset, by, canReverse: latest < 0)
        case 2: try addPromise(account, offset, by, canEnd: latest < 0)
        default: try addContact(account.id, offset, by, canCorrect: latest < 0)
        }
        return (account.id, day(offset))
    }

    private mutating func addPayment(
        _ account: (id: String, currency: String), _ offset: Int, _ by: [String: Value],
        canReverse: Bool
    ) throws {
        let amount = Int64(numbers.number(1...60))
        let money: [String: Value] = ["currency": .text(numbers.pick([account.currency, "EUR"]))]
        var values = by.merging(money) { $1 }
        if numbers.chance(30) { values["value_on"] = .text(day(offset - numbers.number(0...9))) }
        if numbers.chance(10) { values["state"] = .text("reported") }
        let payment = try firm.pay(account.id, amount, on: day(offset), values)
        if canReverse, numbers.chance(25) {
            try firm.pay(
                account.id, -amount + Int64(numbers.number(-5...5)),
                on: day(offset + numbers.number(0...60)),
                money.merging(["reverses_id": .text(payment)]) { $1 })
        }
    }

    private mutating func addPromise(
        _ account: (id: String, currency: String), _ offset: Int, _ by: [String: Value],
        canEnd: Bool
    ) throws {
        let money: [String: Value] = ["currency": .text(account.currency)]
        let promise = try firm.promise(
            account.id, Int64(numbers.number(1...50)), made: day(offset),
            due: day(offset + numbers.number(0...30)),
            by.merging(money) { $1 }.merging(
                ["tolerance_days": .integer(Int64(numbers.number(0...3)))]) { $1 })
        guard canEnd else { return }
        let later = offset + numbers.number(0...5)
        if numbers.chance(15) {
            try firm.promise(
                account.id, 0, made: day(later), due: day(later),
                ["cancels_id": .text(promise)])
        } else if numbers.chance(15) {
            try firm.promise(
                account.id, 20, made: day(later), due: day(later + 9),
                money.merging(["replaces_id": .text(promise)]) { $1 })
        }
    }

    private mutating func addContact(
        _ account: String, _ offset: Int, _ by: [String: Value], canCorrect: Bool
    ) throws {
        var values = by
        if numbers.chance(40) {
            values["reason"] = .text(numbers.pick(["illness", "billing_error", "unknown"]))
        }
        if numbers.chance(30) {
            values["spoke_with"] = .text(numbers.pick(["debtor", "relative", "nobody"]))
        }
        if numbers.chance(20) { values["direction"] = .text("in") }
        values["channel"] = .text(numbers.pick(["phone", "sms"]))
        // From noon UTC on Rome is on the same day until 22:00 at least.
        let hour = canCorrect ? numbers.number(0...23) : numbers.number(10...21)
        let at = "\(day(offset))T\(hour < 10 ? "0" : "")\(hour):30:00.000Z"
        let outcomes = ["RPC", "NA", "PTP", "CB", "VM"]
        let contact = try firm.contact(account, numbers.pick(outcomes), at: at, values)
        if canCorrect, numbers.chance(15) {
            try firm.contact(
                account, numbers.pick(outcomes), at: at,
                values.merging(["corrects_id": .text(contact)]) { $1 })
        }
    }

    /// Before the month, in it, on the day and after it.
    private mutating func closeSome() throws {
        for offset in [-35, -20, 0, 1] {
            firm.now = max(firm.now, Int64(today + offset) * 86_400_000 + 43_200_000)
            let status = numbers.pick(["closed_paid", "closed_settled", "closed_recalled"])
            try firm.set("account", numbers.pick(accounts).id, ["status": .text(status)])
        }
    }
}
