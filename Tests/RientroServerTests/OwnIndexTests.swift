import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Testing

/// What a file does not take from the centre waits beside its tables, is counted, and comes when it
/// can.
@Suite("A person's own index")
struct OwnIndexTests {
    private static let phones = (1...2).map { "0190a000-0000-7000-8000-00000000000\($0)" }

    let world: World
    let (a, b): (Office, Office)
    let matter: String

    init() throws {
        let world = try World()
        var matter = ""
        try world.act { act in
            let person = try act.insert("person", ["name": .text("P")])
            matter = try act.insert(
                "matter", ["person_id": .text(person), "portfolio_id": .text("MT")])
        }
        (a, b) = (try world.office("A", ["MT"]), try world.office("B", ["MT"]))
        try world.sync(a)
        for (number, id) in Self.phones.enumerated() {
            try a.sql.run(
                """
                INSERT INTO phone(id, person_id, value, hint)
                SELECT ?, id, ?, 'hint' || ? FROM person
                """, .text(id), .text("+39\(number)"), SQLiteValue(number))
        }
        for office in [a, b] { try world.sync(office) }
        self.world = world
        self.matter = matter
    }

    private func pay(_ text: String, at office: Office) throws {
        try office.sql.run(
            "INSERT INTO paid(matter_id, amount, text) VALUES (?, 50, ?)", .text(matter),
            .text(text))
    }

    private func parked(_ office: Office) throws -> Int { try office.engine.store.parkedRowCount() }

    /// One exchange of the office; what its merge said.
    private func exchange(_ office: Office) throws -> MergeReport {
        let answer = try world.serve(try office.engine.request().encoded())
        return try office.engine.merge(SyncAnswer(decoding: answer), clockOffset: nil)
    }

    @Test(
        "that refuses a row lets it wait, counted, until it is gone; all others come",
        arguments: [
            "CREATE UNIQUE INDEX x ON paid(text)",
            """
            CREATE INDEX x ON paid(
              CASE text WHEN 'R1' THEN abs(-9223372036854775807 - amount / 50) END)
            """,
        ])
    func row(index: String) throws {
        try b.sql.execute(index)
        try pay("1", at: b)
        // To one of them it is the same text; the other cannot compute it.
        try pay(index.contains("UNIQUE") ? "1" : "R1", at: a)
        try pay("2", at: a)
        try world.sync(a)
        let report = try exchange(b)
        #expect(report.parkedFact != nil && !report.isUnfinished)
        #expect(try b.sql.integer("SELECT count(*) FROM paid") == 2)
        for _ in 0..<2 {
            try world.sync(b)
            #expect(try parked(b) == 1)
        }
        #expect(try !world.follow(.proof(repair: true), of: b).report.isProven)
        try b.sql.execute("DROP INDEX x")
        let retried = try exchange(b)
        #expect(retried.rows == [14: 1] && retried.parkedFact == nil)
        #expect(try parked(b) == 0)
        #expect(try b.sql.integer("SELECT count(*) FROM parked") == 0)
        try world.sync(a)
        #expect(try b.sql.integer("SELECT count(*) FROM paid") == 3)
        #expect(try a.digests() == b.digests())
    }

    @Test("that refuses a value leaves the register behind, and no repair takes that for a write")
    func value() throws {
        try b.sql.execute("CREATE UNIQUE INDEX x ON phone(hint)")
        try a.sql.execute("UPDATE phone SET hint = 'of the wife', value = '+39 9'")
        for office in [a, b] { try world.sync(office) }
        #expect(try parked(b) == 1)
        #expect(try b.sql.integer("SELECT count(*) FROM phone WHERE hint = 'of the wife'") == 1)
        let commit = try world.centre.cursor().commit
        #expect(try !world.follow(.proof(repair: true), of: b).report.isProven)

        // Not by a sync, which would try it again: the repair itself.
        try b.sql.execute("DROP INDEX x")
        #expect(try world.follow(.proof(repair: true), of: b).report.isProven)
        try world.sync(b)
        #expect(try parked(b) == 0)
        #expect(try world.centre.cursor().commit == commit, "the office has sent something")
        for db in [a.sql, b.sql, world.centre.db] {
            #expect(
                try db.integer(
                    "SELECT count(*) FROM phone WHERE hint = 'of the wife' AND value = '+39 9'")
                    == 2)
        }
        #expect(try world.centre.db.integer("SELECT count(*) FROM conflict") == 0)
    }

    @Test("does not stop a sync that has to put a refused value back")
    func refusedValue() throws {
        try b.sql.execute("CREATE UNIQUE INDEX x ON phone(value)")
        // Too long for the centre, past the CHECK.
        let long = String(repeating: "9", count: 101)
        try b.sql.execute("PRAGMA ignore_check_constraints = ON")
        try b.sql.run("UPDATE phone SET value = ? WHERE id = ?", .text(long), .text(Self.phones[0]))
        try b.sql.run("UPDATE phone SET value = '+390' WHERE id = ?", .text(Self.phones[1]))
        try world.sync(b)
        #expect(try b.engine.refusals().map(\.reason) == [.badValue])
        #expect(try parked(b) == 1)
        #expect(try b.sql.integer("SELECT count(*) FROM phone WHERE value = '+390'") == 1)
        try b.sql.execute("DROP INDEX x")
        for office in [b, a] { try world.sync(office) }
        #expect(try b.sql.integer("SELECT count(*) FROM phone WHERE value = '+390'") == 2)
        #expect(try parked(b) == 0)
        #expect(try a.digests() == b.digests())
    }
}

extension OwnIndexTests {
    @Test(
        "or a tool's older value: a repair brings what the centre has, and sends nothing",
        arguments: [1, 0])
    func older(by milliseconds: Int64) throws {
        try a.sql.execute("UPDATE phone SET hint = 'new'")
        for office in [a, b] { try world.sync(office) }
        let commit = try world.centre.cursor().commit
        // With the very stamp that the centre has it is a write that nobody captured.
        try b.forge(
            "UPDATE phone SET hint = 'old', hint_stamp = hint_stamp - (\(milliseconds) << 20)")
        let report = try world.follow(.proof(repair: true), of: b).report
        #expect(report.isProven && report.rowsRepaired == 2)
        let isSent = milliseconds == 0
        #expect(try world.centre.cursor().commit == commit + (isSent ? 1 : 0))
        let hint = isSent ? "old" : "new"
        for db in [b.sql, world.centre.db] {
            #expect(try db.integer("SELECT count(*) FROM phone WHERE hint = '\(hint)'") == 2)
        }
    }

    @Test("keeps what waits for a row's birth waiting, where the table does not take it then")
    func waitsOn() throws {
        let (id, now) = ("0190a000-0000-7000-8000-000000000009", World.now())
        let person = try b.sql.text("SELECT id FROM person") ?? ""
        let layout = try #require(b.engine.store.layout(named: "phone"))
        func change(_ birth: Birth?, _ writes: [RegisterWrite]) -> RowChange {
            RowChange(
                table: layout.table.number, id: id, content: .record(birth: birth, writes: writes))
        }
        let later = RegisterWrite(
            register: 2, stamp: Stamp(milliseconds: now, replica: 9), base: nil,
            values: [.text("hint0")])
        let birth = Birth(stamp: Stamp(milliseconds: 9, replica: 9), fixed: [.text(person)])
        func merge(_ change: RowChange) throws -> MergeResult {
            let store = b.engine.store
            return try store.db.transaction { try store.quietly { try store.merge(change) } }
        }
        try b.sql.execute("CREATE UNIQUE INDEX x ON phone(hint)")
        #expect(try merge(change(nil, [later])) == .parked)
        #expect(try parked(b) == 0, "it waits for its row, which nobody here refuses")
        #expect(try merge(change(birth, [])) == .inserted)
        #expect(try parked(b) == 1)
        #expect(try b.sql.text("SELECT hint FROM phone WHERE id = '\(id)'") == nil)
        try b.sql.execute("DROP INDEX x")
        try world.sync(b)
        #expect(try b.sql.text("SELECT hint FROM phone WHERE id = '\(id)'") == "hint0")
        #expect(try parked(b) == 0)
    }
}
