import RientroProtocol
import RientroSQLite
import RientroServer
import Testing

@testable import BackOffice

/// Money figures beside sums made by hand.
@Suite("figures of money")
struct FigureMoneyTests {
    let firm: TestFirm

    init() throws {
        firm = try TestFirm()
        try firm.creditor("ACME", "Acme S.p.A.")
        try firm.branch("MT", "Matera")
    }

    private func account(
        _ name: String, _ items: [(due: String, cents: Int64)], placed: String = "2026-09-01",
        currency: String = "EUR"
    ) throws -> String {
        try firm.account(
            name, branch: "MT", creditor: "ACME", placed: placed, items: items,
            ["currency": .text(currency)])
    }

    @Test("what came in is told by the day of receipt, net of what was taken back")
    func collected() throws {
        let a1 = try account("A1", [("2026-10-01", 10_000)])
        let a2 = try account("A2", [("2026-10-01", 30_000)])
        try firm.pay(a1, 1_000, on: "2026-10-31")
        try firm.pay(a1, 2_000, on: "2026-11-01")
        try firm.pay(a1, 4_000, on: "2026-11-20", ["value_on": .text("2026-10-20")])
        // Before it was placed: that counts, though in no period but all of them.
        try firm.pay(a2, 500, on: "2026-08-15")
        let bounced = try firm.pay(a2, 8_000, on: "2026-11-10")
        try firm.pay(a2, -3_000, on: "2026-11-20", ["reverses_id": .text(bounced)])
        // Only said to have been paid.
        try firm.pay(a2, 900, on: "2026-11-20", ["state": .text("reported")])
        let page = try firm.page("2026-11-20")
        #expect(page.figure(.collected, .day, "EUR") == "4000/1")
        // 2,000 + 4,000 + 8,000 − 3,000.
        #expect(page.figure(.collected, .month, "EUR") == "11000/1")
        #expect(page.figure(.recoveryRate, .day, "EUR") == "4000/40000")
        #expect(page.figure(.recoveryRate, .month, "EUR") == "11000/40000")
        #expect(page.figure(.recoveryRate, .total, "EUR") == "12500/40000")
        #expect(page.figure(.open, .total, "EUR") == "27500/1")
        // The day before, nothing of the 8,000 had been taken back.
        #expect(try firm.page("2026-11-19").figure(.collected, .month, "EUR") == "10000/1")
    }

    @Test("an adjustment of the creditor changes what was placed and what is open")
    func adjusted() throws {
        let a1 = try account("A1", [("2026-10-01", 10_000)])
        let item = try #require(try firm.engine.db.text("SELECT id FROM debt_item"))
        try firm.insert(
            "debt_item",
            [
                "account_id": .text(a1), "adjusts_id": .text(item), "due_on": .text("2026-10-15"),
                "open_amount": .integer(-2_500),
            ])
        try firm.pay(a1, 1_500, on: "2026-11-20")
        let page = try firm.page("2026-11-20")
        #expect(page.figure(.recoveryRate, .total, "EUR") == "1500/7500")
        #expect(page.figure(.open, .total, "EUR") == "6000/1")
        #expect(page.recovery.map(\.placed) == [7_500])
    }

    @Test("currencies are never added up, and the page is drawn in the one that most is owed in")
    func currencies() throws {
        let a1 = try account("A1", [("2026-10-01", 10_000), ("2026-12-01", 5_000)])
        let a2 = try account("A2", [("2026-10-01", 20_000)], currency: "CHF")
        try firm.pay(a1, 1_000, on: "2026-11-20")
        try firm.pay(a2, 2_000, on: "2026-11-20", ["currency": .text("CHF")])
        // Paid in dollars, of which nothing is owed.
        try firm.pay(a2, 300, on: "2026-11-20", ["currency": .text("USD")])
        let page = try firm.page("2026-11-20")
        // CHF 18,000 of cents, EUR 14,000.
        #expect(page.currency == "CHF" && page.otherCurrencies == ["EUR", "USD"])
        let collected = page.measures.filter { $0.name == .collected && $0.period == .day }
        #expect(
            collected.map { "\($0.currency) \($0.numerator)" } == [
                "CHF 2000", "EUR 1000", "USD 300",
            ])
        #expect(page.figure(.recoveryRate, .total, "USD") == "300/0")
        #expect(page.figure(.open, .total, "USD") == nil)
        #expect(page.figure(.open, .total, "EUR") == "14000/1")
        func line(_ line: AgeingLine) -> String {
            "\(line.currency) \(line.bucket.rawValue) \(line.accounts) \(line.items) \(line.amount)"
        }
        // From 1 October to 20 November there are 50 days.
        #expect(page.ageing.count == 16)
        #expect(
            page.ageing.filter { $0.amount != 0 }.map(line) == [
                "CHF 31-60 1 1 18000", "EUR not due 1 1 5000", "EUR 31-60 1 1 9000",
            ])
        #expect(page.ageing.prefix(8).map(\.bucket) == AgeingBucket.allCases)
        // No dollars are owed and none were placed: there is nothing that could be recovered.
        #expect(page.recovery.map(\.currency) == ["CHF", "EUR"])
        #expect(try firm.pages("2026-08-31").map(\.currency) == ["EUR"])
    }

    @Test("ageing counts accounts once for each bucket, and leaves closed accounts out")
    func ageing() throws {
        _ = try account(
            "A1", [("2026-11-19", 100), ("2026-11-01", 200), ("2026-10-20", 400)])
        _ = try account("A2", [("2026-11-20", 800), ("2026-11-21", 1_600), ("2026-10-21", 3_200)])
        let closed = try account("A3", [("2025-01-01", 6_400)])
        try firm.set("account", closed, ["status": .text("closed_recalled")])
        let page = try firm.page("2026-11-20")
        let lines = page.ageing.filter { $0.items > 0 }.map {
            "\($0.bucket.rawValue) \($0.accounts) \($0.items) \($0.amount)"
        }
        // 19 November: one day. 21 October: 30 days. 20 October: 31.
        #expect(lines == ["not due 1 2 2400", "1-30 2 3 3500", "31-60 1 1 400"])
        #expect(page.figure(.open, .total, "EUR") == "6300/1")
        #expect(page.figure(.accounts, .total) == "2/1")
        // It was placed nevertheless.
        #expect(page.figure(.recoveryRate, .total, "EUR") == "0/12700")
    }

    @Test("an account is liquidated that was closed as paid or settled, or paid in full")
    func liquidation() throws {
        for (index, status) in [
            "closed_paid", "closed_settled", "closed_partial", "closed_error", "promised",
        ].enumerated() {
            let account = try account("A\(index)", [("2026-10-01", 100)])
            try firm.set("account", account, ["status": .text(status)])
        }
        let paid = try account("B1", [("2026-10-01", 100), ("2026-10-02", 50)])
        try firm.pay(paid, 160, on: "2026-11-20")
        let partly = try account("B2", [("2026-10-01", 100)])
        try firm.pay(partly, 99, on: "2026-11-20")
        // Settled by a credit note: nobody paid.
        _ = try account("B3", [("2026-10-01", 100), ("2026-10-02", -100)])
        _ = try account("B4", [])
        #expect(try firm.page("2026-11-20").figure(.liquidation, .total) == "3/9")
        #expect(try firm.page("2026-11-19").figure(.liquidation, .total) == "2/9")
    }

    @Test("facts that came for closed days are told of all that came since the close before")
    func late() throws {
        let a1 = try account("A1", [("2026-10-01", 10_000)])
        let previous = (date: "2026-11-19", commit: try firm.commit())
        try firm.pay(a1, 100, on: "2026-11-19")
        try firm.pay(a1, 100, on: "2026-11-20")
        try firm.pay(a1, 100, on: "2026-11-21")
        try firm.promise(a1, 100, made: "2026-11-18", due: "2026-11-30")
        try firm.contact(a1, "NA", at: "2026-11-20T09:00:00.000Z")
        let page = try firm.page("2026-11-20", previous: previous)
        // Late: a payment and a promise. Of the day: a payment and a contact.
        #expect(page.figure(.lateFacts, .day) == "2/4")
        #expect(page.previousDate == "2026-11-19")
    }
}
