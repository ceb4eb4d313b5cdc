import RientroProtocol
import RientroSQLite
import RientroServer
import Testing

@testable import BackOffice

/// Contact figures beside counts made by hand.
@Suite("figures of contacts")
struct FigureContactTests {
    let firm: TestFirm

    init() throws {
        firm = try TestFirm()
        try firm.creditor("ACME", "Acme S.p.A.")
        try firm.branch("MT", "Matera")
    }

    private func account(_ name: String, _ more: [String: Value] = [:]) throws -> String {
        try firm.account(
            name, branch: "MT", creditor: "ACME", placed: "2026-09-01",
            items: [("2026-10-01", 10_000)], more)
    }

    @Test("where nothing happened every share is 0 of 0, or of the accounts") func nothing() throws
    {
        _ = try account("A1")
        let page = try firm.page("2026-11-20")
        #expect(page.figure(.contactRate, .day) == "0/1")
        #expect(page.figure(.attempts, .month) == "0/1")
        #expect(page.figure(.rightPartyRate, .day) == "0/0")
        #expect(page.figure(.rightPartyReach, .month) == "0/1")
        #expect(page.figure(.promiseRate, .month) == "0/0")
        #expect(page.figure(.keptByNumber, .month) == "0/0")
        #expect(page.figure(.keptByAmount, .month, "EUR") == "0/0")
        #expect(page.figure(.brokenRate, .day) == "0/0")
        #expect(page.figure(.reasonRecorded, .total) == "0/0")
        #expect(page.figure(.daysToFirstReason, .total) == "0/0")
        #expect(page.figure(.lateFacts, .day) == "0/0")
        #expect(page.contacts == [] && page.operators == [] && page.promises == [])
        let empty = try firm.page("2026-08-31")
        #expect(empty.figure(.accounts, .total) == "0/1")
        #expect(empty.figure(.contactRate, .day) == "0/0")
        #expect(empty.figure(.open, .total, "EUR") == "0/1")
        #expect(empty.figure(.recoveryRate, .total, "EUR") == "0/0")
        #expect(empty.ageing == [] && empty.recovery == [] && empty.reasons == [])
    }

    /// A1: 31 October, out of the month. 1 November 00:30, in it (23:30 of the day before in UTC).
    /// 20 November: no answer, then the debtor; and the debtor calls back himself.
    /// A2: 20 November a wrong number that was corrected: it was the debtor's voicemail.
    /// A3: on 19 November the debtor called. Nobody was sent for. A4: nothing.
    private func month() throws {
        let a1 = try account("A1")
        let a2 = try account("A2")
        let a3 = try account("A3")
        _ = try account("A4")
        try firm.contact(a1, "RPC", at: "2026-10-31T22:59:00.000Z")
        try firm.contact(a1, "RPC", at: "2026-10-31T23:30:00.000Z")
        try firm.contact(a1, "NA", at: "2026-11-20T08:00:00.000Z")
        try firm.contact(a1, "PTP", at: "2026-11-20T09:00:00.000Z")
        try firm.contact(
            a1, "CB", at: "2026-11-20T10:00:00.000Z",
            [
                "direction": .text("in"), "spoke_with": .text("debtor"),
            ])
        let wrong = try firm.contact(a2, "RPC", at: "2026-11-20T08:30:00.000Z")
        try firm.contact(a2, "VM", at: "2026-11-20T08:30:00.000Z", ["corrects_id": .text(wrong)])
        try firm.contact(
            a3, "RPC", at: "2026-11-19T08:30:00.000Z", ["direction": .text("in")])
        try firm.promise(a1, 5_000, made: "2026-11-20", due: "2026-12-01")
        try firm.promise(a3, 5_000, made: "2026-11-19", due: "2026-12-01")
        try firm.promise(a3, 5_000, made: "2026-10-31", due: "2026-12-01")
        // After the day: in no figure of it.
        try firm.contact(a3, "RPC", at: "2026-11-20T23:30:00.000Z")
    }

    @Test("attempts, right-party contacts and promises are those of the day and the month")
    func rates() throws {
        try month()
        let page = try firm.page("2026-11-20")
        // Tried on the day: A1, A2. In the month: the same.
        #expect(page.figure(.contactRate, .day) == "2/4")
        #expect(page.figure(.contactRate, .month) == "2/4")
        // On the day: A1 twice, A2 once. In the month besides: A1 at half past midnight.
        #expect(page.figure(.attempts, .day) == "3/4")
        #expect(page.figure(.attempts, .month) == "4/4")
        // Of those attempts, A1's promise, and in the month A1's first.
        #expect(page.figure(.rightPartyRate, .day) == "1/3")
        #expect(page.figure(.rightPartyRate, .month) == "2/4")
        // Spoken to: A1 on the day; A3, who called, in the month.
        #expect(page.figure(.rightPartyReach, .day) == "1/4")
        #expect(page.figure(.rightPartyReach, .month) == "2/4")
        // Promises of one contact out and one in; in the month of four contacts: A1 three, A3 one.
        #expect(page.figure(.promiseRate, .day) == "1/2")
        #expect(page.figure(.promiseRate, .month) == "2/4")
    }

    @Test("an account that was closed in the period was worked, one closed before was not")
    func closed() throws {
        // 31 October, 5 November and 20 November, at 12:00 UTC.
        for (name, closed) in [
            ("A3", 1_793_448_000_000), ("A1", 1_793_880_000_000), ("A2", 1_795_176_000_000),
        ] as [(String, Int64)] {
            let account = try account(name)
            try firm.contact(account, "RPC", at: "2026-11-01T09:00:00.000Z")
            firm.now = closed
            try firm.set("account", account, ["status": .text("closed_uncollectable")])
        }
        _ = try account("A4")
        let page = try firm.page("2026-11-20")
        #expect(page.figure(.accounts, .total) == "1/1")
        // Closed in the month: A1 and A2; on the day: A2. A4 is open.
        #expect(page.figure(.contactRate, .month) == "2/3")
        #expect(page.figure(.contactRate, .day) == "0/2")
        // The dialler dialled three times, whoever was worked.
        #expect(page.figure(.attempts, .month) == "2/3")
        #expect(page.figure(.rightPartyRate, .month) == "3/3")
        // On the day before, A2 was open still.
        let before = try firm.page("2026-11-19")
        #expect(before.figure(.accounts, .total) == "2/1")
        #expect(before.figure(.contactRate, .day) == "0/2")
    }

    @Test("SQLite's local time is Rome's in the tests, in winter and in summer") func zone() throws
    {
        let db = firm.engine.db
        let hours = "SELECT strftime('%H', ?, 'localtime')"
        #expect(try db.text(hours, .text("2026-01-15T12:00:00Z")) == "13")
        #expect(try db.text(hours, .text("2026-07-15T12:00:00Z")) == "14")
    }

    @Test("in the nights in which clocks are changed, attempts stand at the hour of the clock")
    func nights() throws {
        let account = try account("A1")
        // Until 01:00 UTC of 25 October it is summer: 00:30 UTC and 01:30 UTC are both half past
        // two, 23:59 of the day before is one minute before two.
        try firm.contact(account, "NA", at: "2026-10-24T23:59:00.000Z")
        try firm.contact(account, "RPC", at: "2026-10-25T00:30:00.000Z")
        try firm.contact(account, "NA", at: "2026-10-25T01:30:00.000Z")
        try firm.contact(
            account, "RPC", at: "2026-10-25T01:40:00.000Z", ["direction": .text("in")])
        try firm.contact(account, "NA", at: "2026-10-25T02:30:00.000Z", ["channel": .text("sms")])
        let autumn = try firm.page("2026-10-25").contacts
        #expect(
            autumn.map { "\($0.hour) \($0.channel) \($0.attempts) \($0.rightParty)" } == [
                "1 phone 1 0", "2 phone 2 1", "3 sms 1 0",
            ])
        #expect(autumn.last?.labelIT == "SMS" && autumn.last?.labelEN == "text message")
        // On 28 March 2027 the clock goes from two to three at 01:00 UTC.
        try firm.contact(account, "NA", at: "2027-03-28T00:59:00.000Z")
        try firm.contact(account, "NA", at: "2027-03-28T01:00:00.000Z")
        let spring = try firm.page("2027-03-28").contacts
        #expect(spring.map { "\($0.hour) \($0.attempts)" } == ["1 1", "3 1"])
        // The day of 25 hours has four attempts, the last of the day before is not of them.
        #expect(try firm.page("2026-10-25").figure(.attempts, .day) == "4/1")
    }

    @Test("operators are told by what they did in the month and what fell due of their promises")
    func operators() throws {
        try firm.operator("zoe", "Anna Zoe")
        try firm.branch("BA", "Bari")
        let a1 = try account("A1")
        let a2 = try firm.account(
            "A2", branch: "BA", creditor: "ACME", placed: "2026-09-01", items: [("2026-10-01", 9)])
        let zoe: [String: Value] = ["operator": .text("zoe")]
        let bo: [String: Value] = ["operator": .text("bo")]
        try firm.contact(
            a1, "RPC", at: "2026-11-02T09:00:00.000Z",
            zoe.merging(
                ["reason": .text("illness")]) { $1 })
        try firm.contact(a1, "NA", at: "2026-11-20T09:00:00.000Z", zoe)
        try firm.contact(a2, "NA", at: "2026-11-20T09:10:00.000Z", zoe)
        try firm.contact(
            a2, "CB", at: "2026-11-20T09:20:00.000Z",
            bo.merging(
                ["direction": .text("in"), "spoke_with": .text("co_debtor")]) { $1 })
        try firm.contact(a2, "NA", at: "2026-11-20T09:30:00.000Z")
        try firm.contact(a2, "RPC", at: "2026-10-20T09:30:00.000Z", ["operator": .text("old")])
        // Due on the 10th: one was paid. Due on the 19th: it was not.
        try firm.promise(a1, 400, made: "2026-11-02", due: "2026-11-10", zoe)
        try firm.promise(a1, 700, made: "2026-11-12", due: "2026-11-19", zoe)
        try firm.pay(a1, 400, on: "2026-11-05")
        func line(_ line: OperatorLine) -> String {
            "\(line.operator) \(line.name): \(line.attempts) \(line.rightParty) \(line.promises) "
                + "\(line.promisesDue) \(line.promisesKept) \(line.reasons)"
        }
        // Attempts, right-party contacts, promises, due, kept, reasons.
        #expect(
            try firm.page("2026-11-20").operators.map(line) == [
                "zoe Anna Zoe: 3 1 2 2 1 1", "bo bo: 0 1 0 0 0 0",
            ])
        #expect(
            try firm.page("2026-11-20", .branch, "MT").operators.map(line) == [
                "zoe Anna Zoe: 2 1 2 2 1 1"
            ])
        #expect(try firm.page("2026-11-20", .creditor, "ACME").operators == [])
        let kept = try Figures(try firm.tables("2026-11-20")).operatorMeasures().map {
            "\($0.kind) \($0.key) \($0.measure.name.rawValue) \($0.measure.period.rawValue) "
                + "\($0.measure.currency) \($0.measure.numerator)/\($0.measure.denominator)"
        }
        #expect(
            kept == [
                "operator bo promise_rate day  0/1", "operator bo promise_rate month  0/1",
                "operator zoe attempts day  2/2", "operator zoe attempts month  3/2",
                "operator zoe right_party_rate day  0/2",
                "operator zoe right_party_rate month  1/3",
                "operator zoe promise_rate month  2/1",
                "operator zoe kept_by_number day  0/1", "operator zoe kept_by_number month  1/2",
                "operator zoe kept_by_amount day EUR 0/700",
                "operator zoe kept_by_amount month EUR 400/1100",
                "operator zoe broken_rate day  1/1", "operator zoe broken_rate month  1/2",
            ])
    }
}
