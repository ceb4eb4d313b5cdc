import RientroProtocol
import RientroSQLite
import RientroServer
import Testing

@testable import BackOffice

/// Accounts with more than can be, and rows whose day cannot be right.
@Suite("what cannot be right is in the review, and in no figure")
struct ReviewOddTests {
    let firm: TestFirm
    let account: String
    let other: String
    let most: Int64 = 10_000_000_000_000

    init() throws {
        firm = try TestFirm()
        try firm.creditor("ACME", "Acme S.p.A.")
        try firm.branch("MT", "Matera")
        account = try firm.account(
            "A1", branch: "MT", creditor: "ACME", placed: "2026-09-01",
            items: [("2026-09-01", 50_000)])
        other = try firm.account(
            "B1", branch: "MT", creditor: "ACME", placed: "2026-09-01",
            items: [("2026-09-01", 700)])
        firm.now = try firm.noon("2026-11-20")
        // The centre has seen this day.
        try firm.creditor("BETA", "Beta S.p.A.")
    }

    /// Rows of one account, written past every door.
    private func flood(_ table: String, _ columns: String, _ values: String, _ count: Int) throws {
        let db = firm.engine.db
        db.setTriggers(areOn: false)
        try db.execute("PRAGMA ignore_check_constraints = ON")
        try db.run(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
            INSERT INTO \(table)(id, account_id, recorded_at, \(columns))
            SELECT printf('0189ffff-0000-7000-8000-%012d', i + (SELECT count(*) FROM \(table))),
              ?2, '2026-11-20T12:00:00.000Z', \(values) FROM n
            """, .integer(Int64(count)), .text(account))
        try db.execute("PRAGMA ignore_check_constraints = OFF")
        db.setTriggers(areOn: true)
    }

    private func pay(_ amount: Int64, _ count: Int) throws {
        try flood("payment", "amount, received_on", "\(amount), '2026-11-20'", count)
    }

    /// The accounts that the day reckons with, and what is open on them.
    private func reckoned() throws -> [String] {
        try firm.tables("2026-11-22").db.rows(
            "SELECT case_ref, balance FROM day_account ORDER BY case_ref"
        ) { "\($0.text(0)) \($0.integer(1))" }
    }

    @Test("payments of the largest amount stay in the figures up to ten times that, and not beyond")
    func amounts() throws {
        try pay(most, 10)
        #expect(try reckoned() == ["A1 \(50_000 - 10 * most)", "B1 700"])
        #expect(try firm.found(.setAside) == [])
        try pay(1, 1)
        #expect(try reckoned() == ["B1 700"])
        let entry = try #require(try firm.found(.setAside).first)
        #expect(entry.caseRef == "A1" && entry.branch == "MT" && entry.subjects == [account])
        #expect(entry.facts["rows"] == "11" && entry.facts["amounts"] == "\(10 * most + 1)")
        #expect(entry.choices == [.accepted])
        #expect(try firm.found(.setAside).map(\.key) == [entry.key])
        try pay(1, 1)
        #expect(try firm.found(.setAside).map(\.key) != [entry.key])
    }

    @Test("a row that takes back what is not there is found with what it names, and settled once")
    func namesNothing() throws {
        #expect(try firm.found(.namesNothing) == [])
        let nothing = "0189ffff-0000-7000-8000-0000000000aa"
        try flood(
            "payment", "amount, received_on, reverses_id", "-500, '2026-11-20', '\(nothing)'", 1)
        let found = try firm.found(.namesNothing)
        let entry = try #require(found.first)
        #expect(found.count == 1 && entry.caseRef == "A1" && entry.branch == "MT")
        #expect(entry.amount == -500 && entry.currency == "EUR" && entry.since == "2026-11-20")
        #expect(entry.facts["table"] == "payment" && entry.facts["row"] == entry.subjects.first)
        #expect(entry.facts["reference"] == "reverses_id" && entry.facts["names"] == nothing)
        #expect(entry.facts["why"] == "nothing" && entry.choices == [.accepted])
    }

    @Test(
        "amounts of either sign, of items and of promises too, set an account aside",
        arguments: [
            ("payment", "amount, received_on", "iif(i % 2, 1, -1) * 10000000000000, '2026-11-20'"),
            ("debt_item", "open_amount, due_on", "10000000000000, '2026-11-20'"),
            ("promise", "amount, made_on, due_on", "10000000000000, '2026-11-01', '2026-11-20'"),
        ])
    func signs(table: String, columns: String, values: String) throws {
        try flood(table, columns, values, 11)
        #expect(try reckoned() == ["B1 700"])
    }

    @Test(
        "so do more rows of a table than anybody could have written",
        arguments: [
            ("promise", "amount, made_on, due_on", "1, '2026-11-01', '2026-11-20'", 500),
            (
                "contact_attempt", "channel, outcome, started_at",
                "'phone', 'NA', '2026-11-20T12:00:00.000Z'", 10_000
            ),
            ("payment", "amount, received_on", "1, '2026-11-20'", 10_000),
        ])
    func rows(table: String, columns: String, values: String, max: Int) throws {
        try flood(table, columns, values, max)
        #expect(try firm.tables("2026-11-22").countAside() == 0)
        try flood(table, columns, values, 1)
        #expect(try reckoned() == ["B1 700"])
        #expect(try firm.found(.setAside).map { $0.facts["rows"] } == ["\(max + 1)"])
    }

    @Test("a hundred thousand payments that no sum can hold end no close, and it says so")
    func close() throws {
        try pay(.max / 4, 100_000)
        // Written past the log as well, so the proof would say so: its steps one by one.
        let day = try firm.tables("2026-11-22")
        #expect(try ControlTotals(day).differences() == [])
        #expect(try ControlTotals(day).lines(for: PageScope(.firm)).map(\.open) == [700])
        var pages = try Pages.empty(day: day, commit: 1, previous: nil)
        try Figures(day).fill(&pages)
        #expect(pages.map { $0.measure(.open)?.numerator } == [700, 700, 700])
        let queue = try firm.queue("2026-11-22")
        #expect(queue.entries.map(\.kind) == [.setAside])
        let lines = queue.lines(for: PageScope(.firm), seen: [:], date: "2026-11-22")
        #expect(lines.map(\.kind) == [.setAside])
        #expect(lines.map(\.count) == [1])
    }

    @Test("a reversal of another account's payment takes nothing off in the control totals")
    func foreignReversal() throws {
        let payment = try firm.pay(account, 7_000, on: "2026-11-20")
        try firm.pay(account, 7_000, on: "2026-11-21")
        let db = firm.engine.db
        db.setTriggers(areOn: false)
        try db.run(
            """
            INSERT INTO payment(id, account_id, amount, received_on, reverses_id, recorded_at)
            VALUES ('0189ffff-0000-7000-8000-00000000000a', ?, -7000, '2026-11-20', ?,
              '2026-11-20T12:00:00.000Z')
            """, .text(other), .text(payment))
        db.setTriggers(areOn: true)
        let day = try firm.tables("2026-11-22")
        #expect(try ControlTotals(day).lines(for: PageScope(.firm)).map(\.paid) == [14_000])
    }

    @Test("a note that another account's row corrects is a note all the same")
    func foreignCorrection() throws {
        let note = try firm.contact(account, "RPC", at: "2026-11-20T09:00:00.000Z")
        func notes() throws -> Int64? {
            try firm.tables("2026-11-22").db.integer(
                "SELECT count(*) FROM day_contact WHERE outcome = 'RPC'")
        }
        try firm.engine.db.execute("PRAGMA ignore_check_constraints = ON")
        firm.engine.db.setTriggers(areOn: false)
        func correct(_ id: String, on account: String) throws {
            try firm.engine.db.run(
                """
                INSERT INTO contact_attempt(id, account_id, channel, outcome, started_at,
                  corrects_id, recorded_at)
                VALUES (?, ?, 'phone', 'NA', '2026-11-20T10:00:00.000Z', ?,
                  '2026-11-20T12:00:00.000Z')
                """, .text(id), .text(account), .text(note))
        }
        try correct("0189ffff-0000-7000-8000-00000000000b", on: other)
        #expect(try notes() == 1)
        try correct("0189ffff-0000-7000-8000-00000000000c", on: account)
        #expect(try notes() == 0)
    }

    @Test("rows dated after the latest day that the centre has seen are listed, by account")
    func noDay() throws {
        // The last commit is of 2026-11-20; the day after may be the midnight of another clock.
        try firm.pay(account, 100, on: "2026-11-21")
        #expect(try firm.found(.noDay, "2026-11-20") == [])
        let ahead = try firm.pay(account, 200, on: "2026-11-22")
        let year = try firm.pay(
            account, 300, on: "2027-11-20", ["operator": .text("MROSSI")])
        let entry = try #require(try firm.found(.noDay, "2026-11-20").first)
        #expect(entry.caseRef == "A1" && entry.choices == [.accepted])
        #expect(entry.amount == 500 && entry.currency == "EUR" && entry.since == "2026-11-20")
        #expect(entry.facts["table"] == "payment" && entry.facts["rows"] == "2")
        #expect(entry.facts["first_row"] == ahead && entry.facts["last_row"] == year)
        #expect(entry.facts["first_day"] == "2026-11-22")
        #expect(entry.facts["last_day"] == "2027-11-20" && entry.facts["operators"] == "MROSSI")
        // A day later one of the two has a day's close.
        let next = try #require(try firm.found(.noDay, "2026-11-21").first)
        #expect(next.facts["rows"] == "1" && next.key != entry.key)
        try firm.promise(other, 100, made: "2027-01-01", due: "2027-02-01")
        try firm.contact(other, "NA", at: "2027-01-01T09:00:00.000Z")
        let tables = try firm.found(.noDay, "2026-11-21").filter { $0.caseRef == "B1" }
        #expect(Set(tables.map { $0.facts["table"] }) == ["promise", "contact_attempt"])
        #expect(tables.first { $0.facts["table"] == "contact_attempt" }?.amount == nil)
    }

    @Test(
        "rows of no day that there is are listed",
        arguments: ["", "30/11/2026", "2026-02-30", "2026-11", "tomorrow"])
    func garbled(day: String) throws {
        try flood("payment", "amount, received_on", "5, '\(day)'", 2)
        let entry = try #require(try firm.found(.noDay).first)
        #expect(entry.facts["rows"] == "2" && entry.amount == 10)
        try flood(
            "contact_attempt", "channel, outcome, started_at", "'phone', 'NA', '\(day)'", 1)
        let kinds = try firm.found(.noDay).map { $0.facts["table"] }
        #expect(kinds.contains("contact_attempt") == (day != "2026-02-30"))
    }

    @Test("rows written before their account was there, or after now, tell of a wrong clock")
    func wrongClock() throws {
        let born = try #require(
            try firm.engine.db.integer(
                "SELECT (born_stamp >> 20) / 1000 FROM account WHERE id = ?", .text(account)))
        func text(_ seconds: Int64) throws -> String {
            try #require(
                try firm.engine.db.text(
                    "SELECT strftime('%Y-%m-%dT%H:%M:%S.000Z', ?, 'unixepoch')",
                    .integer(seconds)))
        }
        let day: Int64 = 86_400
        try firm.pay(
            account, 100, on: "2026-11-20", ["recorded_at": .text(try text(born - day))])
        #expect(try firm.found(.wrongClock) == [])
        try firm.pay(
            account, 100, on: "2016-11-20",
            [
                "recorded_at": .text(try text(born - day - 1)), "operator": .text("MROSSI"),
            ])
        let entry = try #require(try firm.found(.wrongClock).first)
        #expect(entry.caseRef == "A1" && entry.facts["rows"] == "1" && entry.amount == 100)
        #expect(entry.facts["operators"] == "MROSSI" && entry.choices == [.accepted])
        // The last commit is the latest that the centre has seen.
        let seen = firm.now / 1000 + 1
        try firm.contact(
            other, "NA", at: "2026-11-20T09:00:00.000Z",
            ["recorded_at": .text(try text(seen + day))])
        #expect(try firm.found(.wrongClock).count == 1)
        try firm.contact(
            other, "NA", at: "2026-11-20T09:00:00.000Z",
            ["recorded_at": .text(try text(firm.now / 1000 + 1 + day + 1))])
        #expect(
            try firm.found(.wrongClock).map { $0.facts["table"] }
                == ["payment", "contact_attempt"])
    }
}
