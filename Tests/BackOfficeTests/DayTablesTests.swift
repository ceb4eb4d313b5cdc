import RientroProtocol
import RientroSQLite
import RientroServer
import Testing

@testable import BackOffice

/// The state of a day, beside figures worked out by hand.
@Suite("the state of a day")
struct DayTablesTests {
    let firm: TestFirm

    init() throws {
        firm = try TestFirm()
        try firm.creditor("ACME", "Acme S.p.A.")
        try firm.branch("MT", "Matera")
    }

    private func account(
        _ name: String, _ items: [(due: String, cents: Int64)], placed: String = "2026-09-01"
    ) throws -> String {
        try firm.account(name, branch: "MT", creditor: "ACME", placed: placed, items: items)
    }

    private func items(_ day: DayTables) throws -> [String] {
        try day.db.rows("SELECT due_on, bucket, owed, open FROM day_item ORDER BY due_on") {
            "\($0.text(0)) \($0.text(1)) \($0.integer(2)) \($0.integer(3))"
        }
    }

    @Test("payments settle the oldest item first, and the buckets begin where the trade says")
    func ageing() throws {
        let account = try account(
            "A1",
            [
                ("2026-11-20", 1_000), ("2026-11-19", 2_000), ("2026-10-21", 3_000),
                ("2026-10-20", 4_000), ("2025-11-24", 5_000), ("2025-11-25", 6_000),
            ])
        // 5,000 and 1,000 of the 6,000 that were due next.
        try firm.pay(account, 6_000, on: "2026-11-01")
        let day = try firm.tables("2026-11-20")
        #expect(
            try items(day) == [
                "2025-11-25 181-360 6000 5000", "2026-10-20 31-60 4000 4000",
                "2026-10-21 1-30 3000 3000", "2026-11-19 1-30 2000 2000",
                "2026-11-20 not due 1000 1000",
            ])
        #expect(try day.db.integer("SELECT balance FROM day_account") == 15_000)
        let next = try firm.tables("2026-11-21")
        #expect(
            try items(next).first == "2025-11-25 361+ 6000 5000")
    }

    @Test("what is dated after the day is left to the next close") func later() throws {
        let account = try account("A1", [("2026-10-01", 10_000)])
        _ = try self.account("A2", [("2026-10-01", 7_000)], placed: "2026-11-21")
        try firm.pay(account, 1_000, on: "2026-11-20")
        let payment = try firm.pay(account, 2_000, on: "2026-11-19")
        try firm.pay(
            account, -2_000, on: "2026-11-21", ["reverses_id": .text(payment)])
        try firm.promise(account, 500, made: "2026-11-21", due: "2026-11-30")
        let before = try firm.tables("2026-11-20").db
        #expect(try before.integer("SELECT sum(balance) FROM day_account") == 7_000)
        #expect(try before.integer("SELECT count(*) FROM day_promise") == 0)
        let after = try firm.tables("2026-11-21").db
        #expect(try after.integer("SELECT sum(balance) FROM day_account") == 16_000)
        #expect(try after.integer("SELECT count(*) FROM day_promise") == 1)
    }

    @Test("promises are judged by value date and tolerance, as of the day") func promises() throws {
        let account = try account("A1", [("2026-09-01", 50_000)])
        try firm.promise(
            account, 10_000, made: "2026-11-01", due: "2026-11-10", ["tolerance_days": .integer(2)])
        func state(_ date: String) throws -> String? {
            try firm.tables(date).db.text("SELECT state || ' ' || paid FROM day_promise")
        }
        #expect(try state("2026-11-12") == "open 0")
        #expect(try state("2026-11-13") == "broken 0")
        // It came to the account in time, and was recorded late.
        try firm.pay(account, 4_000, on: "2026-11-14", ["value_on": .text("2026-11-12")])
        #expect(try state("2026-11-13") == "broken 0")
        #expect(try state("2026-11-14") == "partly_kept 4000")
        try firm.pay(account, 6_000, on: "2026-11-15", ["value_on": .text("2026-11-13")])
        #expect(try state("2026-11-15") == "partly_kept 4000")
        try firm.pay(account, 6_000, on: "2026-11-15", ["value_on": .text("2026-11-11")])
        #expect(try state("2026-11-15") == "kept 10000")
    }

    @Test("who was spoken to decides whether it was the right person, then the outcome")
    func contacts() throws {
        let account = try account("A1", [("2026-09-01", 50_000)])
        func at(_ minute: Int) -> String { "2026-11-20T09:\(minute):00.000Z" }
        try firm.contact(account, "PTP", at: at(10))
        try firm.contact(account, "PTP", at: at(11), ["spoke_with": .text("relative")])
        try firm.contact(account, "CB", at: at(12), ["spoke_with": .text("debtor")])
        try firm.contact(account, "CB", at: at(13))
        let wrong = try firm.contact(account, "RPC", at: at(14))
        try firm.contact(account, "NA", at: at(15), ["corrects_id": .text(wrong)])
        let right = try firm.tables("2026-11-20").db.rows(
            "SELECT outcome || is_right_party FROM day_contact ORDER BY id"
        ) { $0.text(0) }
        #expect(right == ["PTP1", "PTP0", "CB1", "CB0", "NA0"])
    }

    @Test("a fact of a closed day that came after its close is late, one of today is not")
    func late() throws {
        let account = try account("A1", [("2026-09-01", 50_000)])
        try firm.pay(account, 100, on: "2026-11-19")
        let closed = (date: "2026-11-19", commit: try firm.commit())
        try firm.pay(account, 200, on: "2026-11-18")
        try firm.pay(account, 300, on: "2026-11-20")
        try firm.pay(account, 400, on: "2026-11-21")
        try firm.contact(account, "NA", at: "2026-11-19T10:00:00.000Z")
        let day = try firm.tables("2026-11-20", previous: closed)
        let facts = try day.db.rows(
            "SELECT tab, day, amount, is_late FROM day_fact ORDER BY tab, day"
        ) { "\($0.text(0)) \($0.text(1)) \($0.integer(2)) \($0.integer(3))" }
        #expect(
            facts == [
                "contact_attempt 2026-11-19 0 1", "payment 2026-11-18 200 1",
                "payment 2026-11-20 300 0",
            ])
    }

    @Test("an account of a lot that has not come in whole is in no close") func incompleteLot()
        throws
    {
        _ = try firm.account(
            "A1", branch: "MT", creditor: "ACME", lot: "L1", placed: "2026-09-01",
            items: [("2026-09-01", 100)])
        #expect(try firm.tables("2026-11-20").db.integer("SELECT count(*) FROM day_account") == 0)
        try firm.lot("L1", of: "ACME", on: "2026-09-01")
        #expect(try firm.tables("2026-11-20").db.integer("SELECT sum(open) FROM day_item") == 100)
    }

    @Test("what was handed over stays in the tables when all of it was taken back")
    func takenBack() throws {
        let account = try account("A1", [("2026-10-01", 5_000), ("2026-10-02", 700)])
        let items = "SELECT id FROM debt_item WHERE open_amount = 5000"
        try firm.insert(
            "debt_item",
            [
                "account_id": .text(account), "due_on": .text("2026-10-01"),
                "adjusts_id": .text(try firm.engine.db.text(items) ?? ""),
                "open_amount": .integer(-5_000),
            ])
        let db = try firm.tables("2026-11-20").db
        let owed = try db.rows("SELECT amount FROM day_owed ORDER BY amount") { $0.integer(0) }
        #expect(owed == [0, 700])
        #expect(try db.integer("SELECT count(*) FROM day_item") == 1)
    }

    @Test("a payment keeps when it was recorded, and what its bank said") func payments() throws {
        let account = try account("A1", [("2026-09-01", 50_000)])
        try firm.pay(
            account, 100, on: "2026-11-18",
            ["recorded_at": .text("2026-11-19T08:00:00.000Z"), "bank_ref": .text("X7")])
        #expect(
            try firm.tables("2026-11-20").db.text(
                "SELECT recorded_at || ' ' || bank_ref FROM day_payment")
                == "2026-11-19T08:00:00.000Z X7")
    }
}
