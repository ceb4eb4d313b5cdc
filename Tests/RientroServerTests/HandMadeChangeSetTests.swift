import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Testing

/// Change-sets that only a program made for it would send, with a token that is in order.
@Suite("change-sets made by hand")
struct HandMadeChangeSetTests {
    let world: World
    let office: Office
    let own: String
    let other: String

    init() throws {
        world = try World()
        var made: [String] = []
        try world.act { act in
            for portfolio in ["MT", "PZ"] {
                made.append(try act.insert("person", ["name": .text(portfolio)]))
                try act.insert(
                    "matter",
                    ["person_id": .text(made[made.count - 1]), "portfolio_id": .text(portfolio)])
            }
        }
        (own, other) = (made[0], made[1])
        office = try world.office("A", ["MT"])
        try world.sync(office)
    }

    /// Applies one change as the office's next change-set.
    private func push(_ change: RowChange, of unit: Unit) throws -> Outcome {
        try push([UnitChanges(unit: unit, rows: [change])])
    }

    /// Applies a content as the office's next change-set.
    private func push(_ units: [UnitChanges]) throws -> Outcome {
        let replica = try office.engine.replica()
        let head = try world.centre.head(of: replica)
        let content = UnitChanges.encode(units)
        let set = ChangeSet(
            replica: replica, number: head.number + 1, previous: head.hash,
            cursor: try world.centre.cursor(), names: [],
            part: Part(salt: Array(repeating: 1, count: 16), content: content))
        return try world.centre.db.transaction {
            try world.centre.ingest(set, from: replica, now: World.now())
        }
    }

    private func phone(_ id: String, of person: String, born: Int64) throws -> RowChange {
        RowChange(
            table: 13, id: id,
            content: .record(
                birth: Birth(
                    stamp: Stamp(milliseconds: born, replica: try office.engine.replica()),
                    fixed: [.text(person)]),
                writes: [
                    RegisterWrite(register: 1, stamp: nil, base: nil, values: [.text("1")]),
                    RegisterWrite(register: 2, stamp: nil, base: nil, values: [.null]),
                ]))
    }

    @Test("a second, earlier birth cannot carry a row into another portfolio")
    func secondBirth() throws {
        let id = "01890000-0000-7000-8000-000000000001"
        let now = World.now()
        let unit = Unit(table: 11, id: own)
        #expect(try push(phone(id, of: own, born: now), of: unit).items.isEmpty)
        let outcome = try push(phone(id, of: other, born: now - 1_000), of: unit)
        #expect(outcome.items.map(\.reason) == [.ledgerChanged])
        #expect(try world.centre.db.text("SELECT person_id FROM phone") == own)
        // The same birth again is no harm: a file that was put back may send it.
        #expect(try push(phone(id, of: own, born: now), of: unit).items.isEmpty)
    }

    @Test("a write that leaves out columns of its register is refused, not completed by chance")
    func shortRegister() throws {
        let change = RowChange(
            table: 11, id: own,
            content: .record(
                birth: nil,
                writes: [
                    RegisterWrite(
                        register: 2,
                        stamp: Stamp(milliseconds: World.now(), replica: 1), base: nil,
                        values: [.text("Via Roma 1")])
                ]))
        let outcome = try push(change, of: Unit(table: 11, id: own))
        #expect(outcome.items.map(\.reason) == [.badValue])
        #expect(try world.centre.db.text("SELECT street FROM person WHERE id = '\(own)'") == nil)
    }

    @Test("no office takes a unit from the others, or grants one, with rows that are in order")
    func revocation() throws {
        let second = try world.office("B", ["MT"])
        try world.sync(second)
        let held = Unit(
            table: 12, id: try #require(try world.centre.db.text("SELECT id FROM matter LIMIT 1")))
        let person = Unit(table: 11, id: own)
        let strange = Unit(table: 11, id: other)
        for (number, unit) in [
            UnitChanges(unit: held, kind: .revocation, rows: []),
            UnitChanges(unit: strange, kind: .grant, rows: []),
            UnitChanges(unit: strange, rows: []),
        ].enumerated() {
            let id = "01890000-0000-7000-8000-00000000001\(number)"
            let row = try phone(id, of: own, born: World.now())
            let outcome = try push([UnitChanges(unit: person, rows: [row]), unit])
            #expect(outcome.status == .applied)
            #expect(outcome.items.isEmpty)
        }
        let logged = try world.centre.db.rows(
            "SELECT content FROM commit_part ORDER BY number DESC LIMIT 3"
        ) { try UnitChanges.decode($0.blob(0)) }
        #expect(logged.map { $0.map(\.unit) } == [[person], [person], [person]])
        #expect(logged.joined().allSatisfy { $0.kind == .changes })
        try world.sync(second)
        let db = second.engine.store.db
        #expect(try db.integer("SELECT count(*) FROM revoked") == 0)
        #expect(try db.integer("SELECT count(*) FROM matter") == 1)
        #expect(try db.integer("SELECT count(*) FROM phone") == 3)
    }

    @Test("a later birth cannot write a register that is the centre's")
    func centreRegister() throws {
        let id = "01890000-0000-7000-8000-000000000002"
        let now = World.now() - 60_000
        let unit = Unit(table: 11, id: own)
        #expect(try push(phone(id, of: own, born: now), of: unit).items.isEmpty)
        try world.act { try $0.set("phone", id: id, ["checked": .text("by the centre")]) }
        var again = try phone(id, of: own, born: now)
        guard case .record(let birth, let writes) = again.content else { return }
        let forged = RegisterWrite(
            register: 3, stamp: Stamp(milliseconds: World.now() + 2_000, replica: 1), base: nil,
            values: [.text("by the office")])
        again.content = .record(birth: birth, writes: writes + [forged])
        _ = try push(again, of: unit)
        #expect(try world.centre.db.text("SELECT checked FROM phone") == "by the centre")
    }

    @Test("what the centre's own table cannot hold is refused alone, and blocks nothing")
    func constraint() throws {
        try world.centre.db.execute(
            """
            CREATE TRIGGER full BEFORE INSERT ON phone WHEN NEW.value = '1'
            BEGIN SELECT raise(ABORT, 'no room'); END
            """)
        let unit = Unit(table: 11, id: own)
        let id = "01890000-0000-7000-8000-000000000003"
        let outcome = try push(phone(id, of: own, born: World.now()), of: unit)
        #expect(outcome.status == .applied)
        #expect(outcome.items.map(\.reason) == [.badValue])
        #expect(try world.centre.db.text("SELECT row FROM quarantine") == id)
        try world.centre.db.execute("DROP TRIGGER full")
        let next = "01890000-0000-7000-8000-000000000004"
        #expect(try push(phone(next, of: own, born: World.now()), of: unit).items.isEmpty)
        #expect(try world.centre.db.integer("SELECT count(*) FROM phone") == 1)
    }

    @Test("a row of the centre's without a portfolio is refused: it would go to everyone")
    func nowhere() throws {
        #expect(throws: CentreError.self) {
            try world.act { act in
                try act.insert("matter", ["person_id": .text(own), "portfolio_id": .text("")])
            }
        }
        #expect(try world.centre.db.integer("SELECT count(*) FROM route WHERE portfolio = ''") == 0)
    }
}
