import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Testing

/// Who wrote something is what its stamp says, and nobody can say another.
@Suite("who wrote it")
struct AuthorTests {
    let world: World
    let office: HandMade
    let other: HandMade
    let person: String
    let phone = "01890000-0000-7000-8000-000000000001"

    init() throws {
        world = try World()
        var made = ""
        try world.act { act in
            made = try act.insert("person", ["name": .text("P")])
            try act.insert("matter", ["person_id": .text(made), "portfolio_id": .text("MT")])
        }
        person = made
        let world = world
        func handMade(_ name: String) throws -> HandMade {
            HandMade(world: world, replica: try world.office(name, ["MT"]).engine.replica())
        }
        (office, other) = (try handMade("A"), try handMade("B"))
    }

    private var unit: Unit { Unit(table: 11, id: person) }

    private func write(
        _ register: Int, _ values: [Value], at stamp: Stamp, of table: Int = 11,
        id: String? = nil, base: Stamp? = nil
    ) -> RowChange {
        RowChange(
            table: table, id: id ?? person,
            content: .record(
                birth: nil,
                writes: [
                    RegisterWrite(register: register, stamp: stamp, base: base, values: values)
                ]))
    }

    private func born(_ stamp: Stamp, hint: Stamp? = nil) -> RowChange {
        RowChange(
            table: 13, id: phone,
            content: .record(
                birth: Birth(stamp: stamp, fixed: [.text(person)]),
                writes: [
                    RegisterWrite(register: 1, stamp: nil, base: nil, values: [.text("1")]),
                    RegisterWrite(register: 2, stamp: hint, base: nil, values: [.text("h")]),
                ]))
    }

    private func stamp(_ replica: Int64, _ late: Int64 = 0) -> Stamp {
        Stamp(milliseconds: World.now() + late, replica: replica)
    }

    private func text(_ sql: String) throws -> String? { try world.centre.db.text(sql) }

    @Test("a stamp of another office's, of the centre's or of nobody's is refused, and told")
    func anothers() throws {
        let mine = stamp(office.replica)
        #expect(try office.push(write(2, ["Via Mia", "PZ"], at: mine), of: unit).items.isEmpty)
        for replica in [0, other.replica, 77, Limits.replicaNumberMax] {
            let forged = stamp(replica, 100)
            let outcome = try office.push(write(2, ["Via Sua", "MT"], at: forged), of: unit)
            #expect(
                outcome.items == [
                    OutcomeItem(
                        table: 11, id: person, register: 2, reason: .badValue, sent: forged,
                        present: mine, values: ["Via Mia", "PZ"])
                ])
        }
        #expect(try text("SELECT street FROM person") == "Via Mia")
        #expect(
            try world.centre.db.integer(
                "SELECT count(*) FROM quarantine WHERE detail = 'its stamp is another office''s'")
                == 4)
    }

    @Test("under the very stamp that stands no other value is taken, and the same is nothing new")
    func thatStands() throws {
        let theirs = stamp(other.replica)
        #expect(try other.push(write(2, ["a", "b"], at: theirs), of: unit).items.isEmpty)
        let commit = try world.centre.cursor().commit
        #expect(try office.push(write(2, ["a", "b"], at: theirs), of: unit).items.isEmpty)
        let forged = try office.push(write(2, ["z", "z"], at: theirs), of: unit)
        #expect(forged.items.map(\.reason) == [.badValue])
        #expect(try text("SELECT street FROM person") == "a")
        // Neither is said to anybody.
        let parts = try world.centre.db.integer(
            "SELECT count(*) FROM commit_part WHERE number > ?", .integer(commit))
        #expect(parts == 0)
    }

    @Test("of a row under a root, too, and of a kept register")
    func under() throws {
        _ = try office.push(born(stamp(office.replica)), of: unit)
        for register in [1, 2] {
            let change = write(
                register, ["2"], at: stamp(other.replica, 50), of: 13, id: phone,
                base: register == 1 ? stamp(office.replica) : nil)
            #expect(try office.push(change, of: unit).items.map(\.reason) == [.badValue])
        }
        #expect(try text("SELECT value || hint FROM phone") == "1h")
        #expect(try world.centre.db.integer("SELECT count(*) FROM conflict") == 0)
    }

    @Test("a row that says another made it, or wrote one of its registers, is refused whole")
    func birth() throws {
        for (birth, hint) in [
            (stamp(other.replica), nil), (stamp(0), nil),
            (stamp(office.replica), stamp(other.replica, 1)),
        ] {
            let outcome = try office.push(born(birth, hint: hint), of: unit)
            #expect(
                outcome.items == [
                    OutcomeItem(
                        table: 13, id: phone, register: 0, reason: .badValue, sent: birth,
                        present: nil, values: nil)
                ])
        }
        #expect(try world.centre.db.integer("SELECT count(*) FROM phone") == 0)
        #expect(
            try office.push(
                born(stamp(office.replica), hint: stamp(office.replica, 1)), of: unit
            ).items.isEmpty)
    }

    @Test("stamps of the numbers before it in its line are its own, those after it are not")
    func line() throws {
        let next = try office.renumbered()
        let last = try next.renumbered()
        for (late, replica) in [office.replica, next.replica, last.replica].enumerated() {
            let change = write(
                2, [.text("\(replica)"), .null], at: stamp(replica, Int64(late)))
            #expect(try last.push(change, of: unit).items.isEmpty)
            #expect(try text("SELECT street FROM person") == "\(replica)")
        }
        for later in [next, last] {
            let change = write(2, ["later", .null], at: stamp(later.replica, 100))
            #expect(try office.push(change, of: unit).items.map(\.reason) == [.badValue])
        }
        // Two that come from one file are not each other.
        let sibling = try office.renumbered()
        let change = write(2, ["sibling", .null], at: stamp(next.replica, 100))
        #expect(try sibling.push(change, of: unit).items.map(\.reason) == [.badValue])
    }

    @Test("a write that waited for its row is judged when that comes")
    func waited() throws {
        let forged = write(2, ["z"], at: stamp(other.replica, 50), of: 13, id: phone)
        let honest = write(2, ["own"], at: stamp(office.replica, 60), of: 13, id: phone)
        for change in [forged, honest] {
            #expect(try office.push(change, of: unit).items.map(\.reason) == [.unknownParent])
        }
        _ = try other.push(born(stamp(other.replica)), of: unit)
        #expect(try text("SELECT hint FROM phone") == "own")
        let open = try world.centre.db.rows(
            "SELECT replica FROM quarantine WHERE closed_at IS NULL"
        ) { $0.integer(0) }
        #expect(open == [office.replica])
    }

    @Test("another office's change-set is not a name that a file had")
    func names() throws {
        let theirs = try other.changeSet([
            UnitChanges(unit: unit, rows: [write(2, ["a", "b"], at: stamp(other.replica))])
        ])
        _ = try world.centre.db.transaction {
            try world.centre.ingest(theirs, from: other.replica, now: World.now())
        }
        let name = ChangeSetName(replica: other.replica, number: 1, hash: theirs.hash)
        let change = write(2, ["c", "d"], at: stamp(office.replica, 10))
        let outcome = try office.push(
            [UnitChanges(unit: unit, rows: [change])], names: [name])
        #expect(outcome.status == .applied)
        #expect(try text("SELECT street FROM person") == "c")
        #expect(try world.centre.db.integer("SELECT count(*) FROM change_set_name") == 0)
    }
}
