import RientroProtocol
import Testing

@testable import BackOffice

/// What became of promises, beside cases worked by hand.
@Suite("figures of promises")
struct FigurePromiseTests {
    let firm: TestFirm

    init() throws {
        firm = try TestFirm()
        try firm.creditor("ACME", "Acme S.p.A.")
        try firm.branch("MT", "Matera")
    }

    /// One account for each promise, so that payments are of one promise alone.
    @discardableResult
    private func promise(
        _ name: String, _ cents: Int64, made: String, due: String,
        paid: [(Int64, String)] = [], currency: String = "EUR", _ more: [String: Value] = [:]
    ) throws -> (account: String, promise: String) {
        let money: [String: Value] = ["currency": .text(currency)]
        let account = try firm.account(
            name, branch: "MT", creditor: "ACME", placed: "2026-09-01",
            items: [("2026-10-01", 100_000)], money)
        let promise = try firm.promise(
            account, cents, made: made, due: due, money.merging(more) { $1 })
        for (amount, day) in paid { try firm.pay(account, amount, on: day, money) }
        return (account, promise)
    }

    @Test("a promise counts in the period that has the day after its deadline, once")
    func due() throws {
        // Deadline 31 October: judged on 1 November.
        try promise(
            "A1", 1_000, made: "2026-10-01", due: "2026-10-31", paid: [(1_000, "2026-10-31")])
        // Deadline 30 October: of the month before.
        try promise("A2", 1_000, made: "2026-10-01", due: "2026-10-30")
        // Kept early, deadline 19 November: judged on the 20th.
        try promise(
            "A3", 2_000, made: "2026-11-01", due: "2026-11-19", paid: [(2_000, "2026-11-03")])
        // In part, and the rest a day late: deadline 15 + 4 days.
        try promise(
            "A4", 4_000, made: "2026-11-01", due: "2026-11-15",
            paid: [(1_500, "2026-11-10"), (2_500, "2026-11-20")],
            currency: "EUR", ["tolerance_days": .integer(4)])
        // Nothing came.
        try promise("A5", 8_000, made: "2026-11-01", due: "2026-11-18")
        // Due on the day: one paid already, one not. Neither is judged yet.
        try promise(
            "A6", 16_000, made: "2026-11-01", due: "2026-11-20", paid: [(16_000, "2026-11-02")])
        try promise("A7", 32_000, made: "2026-11-01", due: "2026-11-20")
        let page = try firm.page("2026-11-20")
        // The day judges A3 and A4; the month besides A1 and A5.
        #expect(page.figure(.keptByNumber, .day) == "1/2")
        #expect(page.figure(.keptByNumber, .month) == "2/4")
        #expect(page.figure(.brokenRate, .day) == "0/2")
        #expect(page.figure(.brokenRate, .month) == "1/4")
        #expect(page.figure(.keptByAmount, .day, "EUR") == "2000/6000")
        #expect(page.figure(.keptByAmount, .month, "EUR") == "3000/15000")
        // The next day judges both that were due on this one.
        let next = try firm.page("2026-11-21")
        #expect(next.figure(.keptByNumber, .day) == "1/2")
        #expect(next.figure(.keptByAmount, .day, "EUR") == "16000/48000")
        #expect(next.figure(.brokenRate, .day) == "1/2")
    }

    @Test("what was withdrawn or replaced is never due, and money that was taken back kept nothing")
    func ended() throws {
        let cancelled = try promise("A1", 1_000, made: "2026-11-01", due: "2026-11-10")
        try firm.promise(
            cancelled.account, 0, made: "2026-11-05", due: "2026-11-05",
            ["cancels_id": .text(cancelled.promise)])
        let replaced = try promise("A2", 2_000, made: "2026-11-01", due: "2026-11-10")
        try firm.promise(
            replaced.account, 1_500, made: "2026-11-05", due: "2026-11-12",
            ["replaces_id": .text(replaced.promise)])
        let reversed = try promise("A3", 4_000, made: "2026-11-01", due: "2026-11-10")
        let payment = try firm.pay(reversed.account, 4_000, on: "2026-11-08")
        #expect(try firm.page("2026-11-13").figure(.keptByAmount, .month, "EUR") == "4000/5500")
        try firm.pay(
            reversed.account, -4_000, on: "2026-11-13", ["reverses_id": .text(payment)])
        let page = try firm.page("2026-11-13")
        // A2's second and A3: neither was kept.
        #expect(page.figure(.keptByNumber, .month) == "0/2")
        #expect(page.figure(.brokenRate, .month) == "2/2")
        #expect(page.figure(.keptByAmount, .month, "EUR") == "0/5500")
        // A withdrawal is no promise; one that was withdrawn or replaced was made all the same.
        let made = page.measures.first { $0.name == .promiseRate && $0.period == .month }
        #expect(made?.numerator == 4)
    }

    @Test("a payment that comes late in the books turns a broken promise into a kept one")
    func late() throws {
        let case1 = try promise("A1", 1_000, made: "2026-11-01", due: "2026-11-10")
        try firm.pay(case1.account, 1_000, on: "2026-11-14", ["value_on": .text("2026-11-10")])
        #expect(try firm.page("2026-11-13").figure(.keptByNumber, .month) == "0/1")
        #expect(try firm.page("2026-11-14").figure(.keptByNumber, .month) == "1/1")
    }

    @Test("amounts are told by currency, those of the page first") func currencies() throws {
        try promise("A1", 700, made: "2026-11-01", due: "2026-11-10", paid: [(700, "2026-11-09")])
        try promise("A2", 300, made: "2026-11-01", due: "2026-11-10", currency: "CHF")
        let page = try firm.page("2026-11-20")
        #expect(page.figure(.keptByAmount, .month, "EUR") == "700/700")
        #expect(page.figure(.keptByAmount, .month, "CHF") == "0/300")
        #expect(page.figure(.keptByNumber, .month) == "1/2")
        // CHF 1000.00 is open, of EUR 7.00 less.
        #expect(page.currency == "CHF" && page.otherCurrencies == ["EUR"])
        #expect(
            page.promises.map { "\($0.month) \($0.currency)" } == ["2026-11 CHF", "2026-11 EUR"])
    }

    @Test("months follow one another, and each has the promises that fall due in it, as the shares")
    func months() throws {
        // The first falls due on the last of the year before, the last a month too late.
        try promise("A1", 1, made: "2025-12-01", due: "2025-12-30")
        try promise("A2", 2, made: "2025-12-01", due: "2025-12-31")
        try promise("A3", 4, made: "2026-01-01", due: "2026-02-27", paid: [(3, "2026-02-27")])
        try promise("A4", 8, made: "2026-01-01", due: "2026-02-28", paid: [(8, "2026-02-28")])
        try promise("A5", 16, made: "2026-11-01", due: "2026-11-20")
        // Kept before it is due: the month's share does not count it yet, nor does the month.
        try promise("A6", 32, made: "2026-11-01", due: "2026-11-20", paid: [(32, "2026-11-10")])
        try promise("A7", 64, made: "2026-11-01", due: "2026-12-30")
        try promise("A8", 128, made: "2026-11-01", due: "2026-12-31")
        try promise("A9", 256, made: "2026-11-01", due: "2026-11-19", paid: [(256, "2026-11-10")])
        let page = try firm.page("2026-11-20")
        let months = page.promises
        #expect(months.map(\.month) == (1...12).map { $0 < 10 ? "2026-0\($0)" : "2026-\($0)" })
        #expect(months.allSatisfy { $0.currency == "EUR" })
        func amounts(_ index: Int) -> [Int64] {
            let month = months[index]
            return [
                month.kept, month.keptAmount, month.partlyKept, month.partlyKeptAmount,
                month.broken, month.brokenAmount, month.open, month.openAmount,
            ]
        }
        #expect(amounts(0) == [0, 0, 0, 0, 1, 2, 0, 0])
        #expect(amounts(1) == [0, 0, 1, 4, 0, 0, 0, 0])
        #expect(amounts(2) == [1, 8, 0, 0, 0, 0, 0, 0])
        #expect(amounts(3) == [0, 0, 0, 0, 0, 0, 0, 0])
        #expect(amounts(10) == [1, 256, 0, 0, 0, 0, 2, 48])
        #expect(amounts(11) == [0, 0, 0, 0, 0, 0, 1, 64])
        #expect(page.figure(.keptByNumber, .month) == "1/1")
    }
}
