import Foundation
import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Testing

@Suite("Two offices and a centre")
struct ConvergenceTests {
    let person = "0190a000-0000-7000-8000-000000000001"
    let matter = "0190a000-0000-7000-8000-000000000002"

    func world() throws -> World {
        let world = try World()
        try world.act { act in
            try act.insert("label", id: "A", ["text": .text("first")])
            try act.insert("person", id: person, ["name": .text("Rosa Pace")])
            try act.insert(
                "matter", id: matter,
                ["person_id": .text(person), "portfolio_id": .text("MT")])
        }
        return world
    }

    @Test(
        "a row inserted in one office is in the other after both have synced, in one exchange each")
    func inserted() throws {
        let world = try world()
        let a = try world.office("A", ["MT"])
        let b = try world.office("B", ["MT"])
        #expect(try world.sync(a) == 1)
        #expect(try world.sync(b) == 1)
        try a.sql.run("INSERT INTO paid(matter_id, amount) VALUES (?, 500)", .text(matter))
        #expect(try world.sync(a) == 1)
        #expect(try world.sync(b) == 1)
        #expect(try b.sql.integer("SELECT sum(amount) FROM paid") == 500)
        #expect(try a.digests() == world.centre.store.digests(portfolios: ["MT"]))
        #expect(try b.digests() == world.centre.store.digests(portfolios: ["MT"]))
    }

    @Test(
        "two offices that change the same kept value both find the conflict, and resolving ends it")
    func conflict() throws {
        let world = try world()
        let a = try world.office("A", ["MT"])
        let b = try world.office("B", ["MT"])
        try world.sync(a)
        try world.sync(b)
        try a.sql.run("UPDATE person SET name = 'Rosa Greco'")
        try b.sql.run("UPDATE person SET name = 'Rosa Bruno'")
        for office in [a, b, a, b] { try world.sync(office) }
        // What an office makes for people to decide is counted here.
        #expect(world.centre.conflictsListed == 1)
        for office in [a, b] {
            #expect(try office.sql.text("SELECT won FROM conflicts") == "[\"Rosa Bruno\"]")
            #expect(try office.sql.text("SELECT lost FROM conflicts") == "[\"Rosa Greco\"]")
            #expect(try office.sql.text("SELECT name FROM person") == "Rosa Bruno")
        }
        try a.sql.run(
            "INSERT INTO resolution(conflict_id, choice) SELECT id, 'lost' FROM conflicts")
        try a.sql.run("UPDATE person SET name = 'Rosa Greco'")
        for office in [a, b] { try world.sync(office) }
        for office in [a, b] {
            #expect(try office.sql.integer("SELECT count(*) FROM conflicts") == 0)
            #expect(try office.sql.text("SELECT name FROM person") == "Rosa Greco")
            #expect(try office.digests() == world.centre.store.digests(portfolios: ["MT"]))
        }
    }

    @Test(
        """
        an office of another portfolio gets no row and cannot push one: refused, quarantined, the \
        rest applied
        """
    )
    func portfolios() throws {
        let world = try world()
        try world.act { act in
            let other = try act.insert("person", ["name": .text("Ugo Fo")])
            try act.insert(
                "matter", id: "0190a000-0000-7000-8000-0000000000aa",
                ["person_id": .text(other), "portfolio_id": .text("PZ")])
        }
        let a = try world.office("A", ["MT"])
        try world.sync(a)
        #expect(try a.sql.integer("SELECT count(*) FROM person") == 1)
        try a.sql.run(
            "INSERT INTO paid(matter_id, amount) VALUES ('0190a000-0000-7000-8000-0000000000aa', 1)"
        )
        try a.sql.run("INSERT INTO paid(matter_id, amount) VALUES (?, 2)", .text(matter))
        try world.sync(a)
        #expect(try world.centre.db.integer("SELECT sum(amount) FROM paid") == 2)
        #expect(
            try world.centre.db.text("SELECT reason FROM quarantine") == "not_in_portfolio")
        #expect(try a.engine.refusals().map(\.reason) == [.notInPortfolio])
        #expect(try a.sql.integer("SELECT sum(amount) FROM paid") == 2)
        #expect(try a.digests() == world.centre.store.digests(portfolios: ["MT"]))
    }

    @Test("a debtor's first account in a second portfolio brings the debtor there whole")
    func granted() throws {
        let world = try world()
        let a = try world.office("A", ["MT"])
        let m = try world.office("M", ["MI"])
        for office in [a, m] { try world.sync(office) }
        try a.sql.run("INSERT INTO phone(person_id, value) VALUES (?, '0835 1')", .text(person))
        try world.sync(a)
        #expect(try m.sql.integer("SELECT count(*) FROM person") == 0)
        try world.act { act in
            try act.insert(
                "matter", ["person_id": .text(person), "portfolio_id": .text("MI")])
        }
        for office in [m, a] { try world.sync(office) }
        #expect(try m.sql.text("SELECT value FROM phone") == "0835 1")
        #expect(try m.sql.integer("SELECT count(*) FROM matter") == 1)
        try m.sql.run("UPDATE phone SET value = '0835 2'")
        for office in [m, a] { try world.sync(office) }
        #expect(try a.sql.text("SELECT value FROM phone") == "0835 2")
        #expect(try a.sql.integer("SELECT count(*) FROM matter") == 1)
        #expect(try a.digests() == world.centre.store.digests(portfolios: ["MT"]))
        #expect(try m.digests() == world.centre.store.digests(portfolios: ["MI"]))
    }

    @Test(
        "a clock that runs ahead is corrected, its author takes that, and later writes win"
    )
    func clock() throws {
        let world = try world()
        let a = try world.office("A", ["MT"])
        let b = try world.office("B", ["MT"])
        for office in [a, b] { try world.sync(office) }
        try a.sql.run("UPDATE me SET \"offset\" = 86400000")
        try a.sql.run("UPDATE matter SET stage = 'tomorrow'")
        try a.sql.run("INSERT INTO phone(person_id, value) VALUES (?, 'x')", .text(person))
        try world.sync(a)
        #expect(try a.digests() == world.centre.store.digests(portfolios: ["MT"]))
        try world.sync(b)
        try b.sql.run("UPDATE matter SET stage = 'today'")
        for office in [b, a] { try world.sync(office) }
        #expect(try a.sql.text("SELECT stage FROM matter") == "today")
        #expect(try a.digests() == world.centre.store.digests(portfolios: ["MT"]))
        #expect(try b.digests() == world.centre.store.digests(portfolios: ["MT"]))
    }

    @Test("a file that was copied and used on both machines: both end with all rows, nothing twice")
    func clone() throws {
        let world = try world()
        let a = try world.office("A", ["MT"])
        try world.sync(a)
        try a.sql.run("INSERT INTO paid(matter_id, amount) VALUES (?, 1)", .text(matter))
        try world.sync(a)
        let b = try a.copy(to: world.path())
        try a.sql.run("INSERT INTO paid(matter_id, amount) VALUES (?, 10)", .text(matter))
        try b.sql.run("INSERT INTO paid(matter_id, amount) VALUES (?, 100)", .text(matter))
        let before = try world.centre.cursor().commit
        for office in [a, b, a] { try world.sync(office) }
        #expect(try a.engine.replica() != b.engine.replica())
        // What both files had before the copy was made is known by its name, and not logged again.
        #expect(try world.centre.cursor().commit == before + 2)
        for office in [a, b] {
            #expect(try office.sql.integer("SELECT sum(amount) FROM paid") == 111)
            #expect(try office.digests() == world.centre.store.digests(portfolios: ["MT"]))
        }
    }

    @Test("an é of one code point and one of two are different texts, here and everywhere")
    func unicode() throws {
        let world = try world()
        let a = try world.office("A", ["MT"])
        let b = try world.office("B", ["MT"])
        for office in [a, b] { try world.sync(office) }
        try a.sql.run("UPDATE matter SET stage = 'caf\u{e9}'")
        for office in [a, b] { try world.sync(office) }
        try b.sql.run("UPDATE matter SET stage = 'cafe\u{301}'")
        for office in [b, a] { try world.sync(office) }
        #expect(try a.sql.text("SELECT hex(stage) FROM matter") == "63616665CC81")
        #expect(try a.digests() == b.digests())
        #expect(try a.digests() == world.centre.store.digests(portfolios: ["MT"]))
    }

    @Test("a parent that is no id at all is refused by the centre, and stops nothing")
    func nonsense() throws {
        let world = try world()
        let a = try world.office("A", ["MT"])
        try world.sync(a)
        try a.sql.run("INSERT INTO paid(matter_id, amount) VALUES ('no such thing', 1)")
        try a.sql.run("INSERT INTO paid(matter_id, amount) VALUES (?, 2)", .text(matter))
        try world.sync(a)
        #expect(try a.engine.refusals().map(\.reason) == [.unknownParent])
        #expect(try world.centre.db.integer("SELECT sum(amount) FROM paid") == 2)
        #expect(try a.digests() == world.centre.store.digests(portfolios: ["MT"]))
    }

    @Test(
        "what the centre no longer has is unacknowledged, whatever was believed, and is sent again")
    func regress() throws {
        let world = try world()
        let a = try world.office("A", ["MT"])
        try world.sync(a)
        try a.sql.run("INSERT INTO paid(matter_id, amount) VALUES (?, 3)", .text(matter))
        try world.sync(a)
        #expect(try a.engine.request().changeSets.isEmpty)
        var answer = try SyncAnswer(decoding: world.serve(a.engine.request().encoded()))
        answer.centreHead = .none
        _ = try a.engine.merge(answer, clockOffset: nil)
        #expect(try a.engine.request().changeSets.count == 1)
        try world.sync(a)
        #expect(try world.centre.db.integer("SELECT sum(amount) FROM paid") == 3)
        #expect(try a.engine.request().changeSets.isEmpty)
    }

    @Test(
        "a write made while the answer was under way is sealed before the merge, and not overlooked"
    )
    func sealedFirst() throws {
        let world = try world()
        let a = try world.office("A", ["MT"])
        let b = try world.office("B", ["MT"])
        for office in [a, b] { try world.sync(office) }
        // A's clock runs ahead, within what is tolerated, so its write is the later one.
        try a.sql.run("UPDATE me SET \"offset\" = 3000")
        try a.sql.run("UPDATE person SET name = 'Rosa Greco'")
        try world.sync(a)
        let answer = try world.serve(b.engine.request().encoded())
        try b.sql.run("UPDATE person SET name = 'Rosa Bruno'")
        _ = try b.engine.merge(SyncAnswer(decoding: answer), clockOffset: nil)
        for office in [b, a] { try world.sync(office) }
        for office in [a, b] {
            #expect(try office.sql.text("SELECT name FROM person") == "Rosa Greco")
            #expect(try office.sql.text("SELECT lost FROM conflicts") == "[\"Rosa Bruno\"]")
        }
    }

    @Test("three copies that give one stamp to three values: two losers, and both are listed")
    func threeCopies() throws {
        let world = try world()
        let a = try world.office("A", ["MT"])
        try world.sync(a)
        let copies = [a, try a.copy(to: world.path()), try a.copy(to: world.path())]
        let ahead = World.now() + 3000
        for (index, office) in copies.enumerated() {
            try office.sql.run("UPDATE me SET floor = ?", .integer(ahead))
            try office.sql.run("UPDATE person SET name = ?", .text("Name \(index)"))
        }
        #expect(
            Set(try copies.map { try $0.sql.integer("SELECT name_stamp FROM person") }).count == 1)
        for office in copies + copies { try world.sync(office) }
        for office in copies {
            let lost = try office.sql.rows("SELECT lost FROM conflicts ORDER BY lost") {
                $0.text(0)
            }
            #expect(lost == ["[\"Name 0\"]", "[\"Name 1\"]"])
            #expect(try office.sql.text("SELECT name FROM person") == "Name 2")
            #expect(try office.digests() == world.centre.store.digests(portfolios: ["MT"]))
        }
    }

    @Test("what waits for its parent is applied by itself when the parent comes")
    func parent() throws {
        let world = try world()
        let a = try world.office("A", ["MT"])
        try world.sync(a)
        let late = "0190a000-0000-7000-8000-0000000000bb"
        try a.sql.run("INSERT INTO paid(matter_id, amount) VALUES (?, 7)", .text(late))
        try world.sync(a)
        #expect(try a.engine.refusals().map(\.reason) == [.unknownParent])
        #expect(try a.sql.integer("SELECT count(*) FROM paid") == 0)
        try world.act { act in
            try act.insert(
                "matter", id: late, ["person_id": .text(person), "portfolio_id": .text("MT")])
        }
        try world.sync(a)
        #expect(try a.sql.integer("SELECT sum(amount) FROM paid") == 7)
        #expect(try a.engine.refusals().isEmpty)
        #expect(try a.digests() == world.centre.store.digests(portfolios: ["MT"]))
    }
}
