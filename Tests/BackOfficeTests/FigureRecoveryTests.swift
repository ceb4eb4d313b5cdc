import RientroProtocol
import Testing

@testable import BackOffice

/// Recovery curves beside sums made by hand.
@Suite("recovery by lot and month")
struct FigureRecoveryTests {
    let firm: TestFirm

    init() throws {
        firm = try TestFirm()
        for (key, name) in [("ACME", "Acme S.p.A."), ("BETA", "Beta S.r.l.")] {
            try firm.creditor(key, name)
        }
        for (key, name) in [("MT", "Matera"), ("BA", "Bari")] { try firm.branch(key, name) }
    }

    private func account(
        _ name: String, _ cents: Int64, lot: String?, branch: String = "MT",
        creditor: String = "ACME", placed: String = "2026-01-31", currency: String = "EUR"
    ) throws -> String {
        try firm.account(
            name, branch: branch, creditor: creditor, lot: lot, placed: placed,
            items: [("2025-10-01", cents)], ["currency": .text(currency)])
    }

    private func text(_ curve: RecoveryCurve) -> String {
        "\(curve.creditor) \(curve.lot) \(curve.currency) \(curve.placedOn) \(curve.accounts) "
            + "\(curve.placed) \(curve.collected)"
    }

    @Test(
        "months run out on the day of the same number, or on the last of a short month",
        arguments: [
            ("2026-01-31", "2026-01-31", 0), ("2026-01-31", "2026-02-27", 0),
            ("2026-01-31", "2026-02-28", 1), ("2026-01-31", "2026-03-30", 1),
            ("2026-01-31", "2026-03-31", 2), ("2028-01-31", "2028-02-28", 0),
            ("2028-01-31", "2028-02-29", 1), ("2028-02-29", "2028-03-28", 0),
            ("2028-02-29", "2028-03-29", 1), ("2028-02-29", "2029-02-27", 11),
            ("2028-02-29", "2029-02-28", 12), ("2028-02-29", "2032-02-28", 47),
            ("2028-02-29", "2032-02-29", 48), ("2026-11-20", "2027-01-19", 1),
            ("2026-11-20", "2027-01-20", 2), ("2026-11-20", "2026-11-19", 0),
            ("2026-11-20", "2020-11-19", 0),
        ])
    func months(start: String, end: String, months: Int) throws {
        let start = try #require(CalendarDate(start))
        #expect(start.wholeMonths(to: try #require(CalendarDate(end))) == months)
    }

    @Test(
        "what is no date is none",
        arguments: [
            "", "2026-11", "2026-11-31", "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10",
            "2026-1-010", "+026-11-20", "2026-11-2x", "2026-11-00",
        ])
    func noDate(text: String) { #expect(CalendarDate(text) == nil) }

    @Test("2000 and 2028 have a 29 February, and months are counted over the year's end")
    func dates() throws {
        #expect(CalendarDate("2000-02-29") != nil && CalendarDate("2028-02-29") != nil)
        let day = try #require(CalendarDate("2026-11-20"))
        #expect(
            [-10, 0, 1, 2].map { day.month(plus: $0) } == [
                "2026-01", "2026-11", "2026-12", "2027-01",
            ])
    }

    @Test("a curve adds up what came in since the lot was handed over, to the month of the day")
    func curve() throws {
        let a1 = try account("A1", 10_000, lot: "L1")
        let a2 = try account("A2", 20_000, lot: "L1", branch: "BA")
        try firm.lot("L1", of: "ACME", on: "2026-01-31")
        // Before it was placed, and on the day itself: the first month.
        try firm.pay(a1, 100, on: "2025-12-24")
        try firm.pay(a1, 200, on: "2026-01-31")
        // The first month ends with 27 February, the second with 30 March.
        try firm.pay(a1, 400, on: "2026-02-27")
        try firm.pay(a1, 800, on: "2026-02-28")
        try firm.pay(a2, 1_600, on: "2026-03-30")
        let bounced = try firm.pay(a2, 3_200, on: "2026-03-31")
        try firm.pay(a2, -1_200, on: "2026-05-20", ["reverses_id": .text(bounced)])
        // 100 + 200 + 400; + 800 + 1,600; + 3,200 − 1,200 in the month of the payment; nothing.
        #expect(
            try firm.page("2026-05-20").recovery.map(text) == [
                "ACME L1 EUR 2026-01-31 2 30000 [700, 3100, 5100, 5100]"
            ])
        // The fourth month has run out on 31 May.
        #expect(try firm.page("2026-05-31").recovery.first?.collected.count == 5)
        // As of 30 March nothing had been taken back, and the 3,200 had not come.
        #expect(try firm.page("2026-03-30").recovery.map(\.collected) == [[700, 3_100]])
        #expect(
            try firm.page("2026-05-20", .branch, "BA").recovery.map(text) == [
                "ACME L1 EUR 2026-01-31 1 20000 [0, 1600, 3600, 3600]"
            ])
        #expect(
            try firm.page("2026-05-20", .branch, "MT").recovery.map(\.collected) == [
                [700, 1_500, 1_500, 1_500]
            ])
    }

    @Test("lots stand the youngest first, by creditor and currency, and a creditor sees its own")
    func lots() throws {
        _ = try account("A1", 100, lot: "L1")
        _ = try account("A2", 200, lot: "L1", currency: "CHF")
        _ = try account("B1", 400, lot: "L2", creditor: "BETA")
        _ = try account("B2", 800, lot: "L3", creditor: "BETA")
        try firm.lot("L1", of: "ACME", on: "2026-03-01")
        try firm.lot("L2", of: "BETA", on: "2026-03-01")
        try firm.insert(
            "lot", id: "L3",
            [
                "creditor_id": .text("BETA"), "received_on": .text("2026-03-15"),
                "reference": .text("CESS-3"),
            ])
        // Handed over after the day: in no figure of it.
        _ = try account("B3", 1_600, lot: "L4", creditor: "BETA")
        try firm.lot("L4", of: "BETA", on: "2026-03-21")
        let firm = try firm.page("2026-03-20")
        #expect(
            firm.recovery.map(text) == [
                "BETA L3 EUR 2026-03-15 1 800 [0]", "ACME L1 CHF 2026-03-01 1 200 [0]",
                "ACME L1 EUR 2026-03-01 1 100 [0]", "BETA L2 EUR 2026-03-01 1 400 [0]",
            ])
        #expect(firm.recovery.first?.reference == "CESS-3")
        #expect(
            firm.recovery.map(\.creditorName) == [
                "Beta S.r.l.", "Acme S.p.A.", "Acme S.p.A.", "Beta S.r.l.",
            ])
        let beta = try self.firm.page("2026-03-20", .creditor, "BETA")
        #expect(beta.recovery.map(\.lot) == ["L3", "L2"])
        #expect(beta.figure(.accounts, .total) == "2/1")
    }

    @Test("accounts of no lot count from the day on which each was placed, by creditor")
    func noLot() throws {
        let old = try account("A1", 1_000, lot: nil, placed: "2026-01-10")
        let young = try account("A2", 2_000, lot: nil, branch: "BA", placed: "2026-03-05")
        _ = try account("B1", 4_000, lot: nil, creditor: "BETA", placed: "2026-02-01")
        // The first month of each, and the second of the older.
        try firm.pay(old, 10, on: "2026-01-20")
        try firm.pay(young, 20, on: "2026-03-20")
        try firm.pay(old, 40, on: "2026-02-10")
        #expect(
            try firm.page("2026-03-20").recovery.map(text) == [
                "BETA  EUR 2026-02-01 1 4000 [0, 0]", "ACME  EUR 2026-01-10 2 3000 [30, 70, 70]",
            ])
        #expect(
            try firm.page("2026-03-20", .branch, "BA").recovery.map(text) == [
                "ACME  EUR 2026-03-05 1 2000 [20]"
            ])
    }

    @Test("a curve ends after ten years, and what came later is in its last month")
    func tenYears() throws {
        let account = try account("A1", 1_000, lot: "L1")
        try firm.lot("L1", of: "ACME", on: "2010-01-01")
        try firm.pay(account, 10, on: "2019-12-31")
        try firm.pay(account, 20, on: "2026-01-01")
        let curve = try #require(try firm.page("2026-03-20").recovery.first)
        #expect(curve.collected.count == 121)
        #expect(curve.collected[118] == 0 && curve.collected[119] == 10)
        #expect(curve.collected[120] == 30)
    }
}
