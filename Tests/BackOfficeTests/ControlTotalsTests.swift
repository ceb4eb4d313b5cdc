import RientroProtocol
import RientroSQLite
import RientroServer
import Testing

@testable import BackOffice

/// Control totals, beside sums made by hand.
@Suite("control totals")
struct ControlTotalsTests {
    let firm: TestFirm

    init() throws {
        firm = try TestFirm()
        for id in ["ACME", "BETA"] { try firm.creditor(id, id) }
        for id in ["MT", "PZ"] { try firm.branch(id, id) }
        try firm.insert(
            "lot", id: "L1",
            [
                "creditor_id": .text("ACME"), "received_on": .text("2026-09-01"),
                "reference": .text("SEPT"),
            ])
    }

    private func totals() throws -> ControlTotals { try ControlTotals(firm.tables("2026-11-20")) }

    private func words(_ line: ControlLine) -> String {
        "\(line.creditor) \(line.lot) \(line.currency): \(line.placed) = \(line.open) "
            + "+ \(line.paid) + \(line.adjusted)"
    }

    @Test("placed is open, paid and adjusted, for each creditor, lot and currency") func sums()
        throws
    {
        let one = try firm.account(
            "A1", branch: "MT", creditor: "ACME", lot: "L1", placed: "2026-09-01",
            items: [("2026-08-01", 10_000), ("2026-08-15", -500)])
        let two = try firm.account(
            "A2", branch: "PZ", creditor: "ACME", lot: "L1", placed: "2026-09-01",
            items: [("2026-08-01", 7_001)])
        let dollars = try firm.account(
            "B1", branch: "PZ", creditor: "BETA", placed: "2026-09-01",
            items: [("2026-08-01", 900)], ["currency": .text("USD")])
        // 3,000 with 1,000 taken back; a payment that was typed wrong and reversed by two offices;
        // one that is only reported; an overpayment; euros on a dollar account.
        let payment = try firm.pay(one, 3_000, on: "2026-10-01")
        try firm.pay(one, -1_000, on: "2026-10-02", ["reverses_id": .text(payment)])
        let wrong = try firm.pay(one, 400, on: "2026-10-03")
        for _ in 1...2 { try firm.pay(one, -400, on: "2026-10-04", ["reverses_id": .text(wrong)]) }
        try firm.pay(one, 8_000, on: "2026-10-05", ["state": .text("reported")])
        try firm.pay(two, 8_000, on: "2026-10-06")
        try firm.pay(dollars, 250, on: "2026-10-07")
        // The creditor takes 100 back.
        let item = try firm.engine.db.text(
            "SELECT id FROM debt_item WHERE account_id = ? AND open_amount = 10000", .text(one))
        try firm.insert(
            "debt_item",
            [
                "account_id": .text(one), "due_on": .text("2026-08-01"),
                "open_amount": .integer(-100), "adjusts_id": .text(try #require(item)),
            ])
        let all = try totals()
        // 10,000 − 500 + 7,001 placed; 2,000 and 8,000 paid; 9,500 − 2,000 − 100 and −999 open.
        #expect(
            try all.lines(for: PageScope(.firm)).map(words) == [
                "ACME L1 EUR: 16501 = 6401 + 10000 + 100",
                "BETA  EUR: 0 = -250 + 250 + 0", "BETA  USD: 900 = 900 + 0 + 0",
            ])
        #expect(try all.lines(for: PageScope(.firm)).map(\.reference) == ["SEPT", nil, nil])
        #expect(
            try all.lines(for: PageScope(.branch, key: "PZ")).map(words) == [
                "ACME L1 EUR: 7001 = -999 + 8000 + 0", "BETA  EUR: 0 = -250 + 250 + 0",
                "BETA  USD: 900 = 900 + 0 + 0",
            ])
        #expect(try all.lines(for: PageScope(.creditor, key: "BETA")).count == 2)
        #expect(try all.differences().isEmpty)
    }

    @Test(
        "an adjustment in another currency than its item is a difference, and its account is shown")
    func difference() throws {
        let account = try firm.account(
            "A1", branch: "MT", creditor: "ACME", lot: "L1", placed: "2026-09-01",
            items: [("2026-08-01", 10_000)])
        let item = try firm.engine.db.text("SELECT id FROM debt_item")
        try firm.insert(
            "debt_item",
            [
                "account_id": .text(account), "due_on": .text("2026-08-01"),
                "open_amount": .integer(-100), "currency": .text("CHF"),
                "adjusts_id": .text(try #require(item)),
            ])
        let found = try totals().differences()
        #expect(found.map(\.caseRef) == ["A1"])
        #expect(found.map { words($0.line) } == ["ACME L1 CHF: 0 = 0 + 0 + 100"])
        #expect(found.map(\.line.difference) == [-100])
        #expect(found.map(\.line.reference) == ["SEPT"])
    }
}
