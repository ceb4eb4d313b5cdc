import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Testing

/// Found by the histories with every fault (seed 157) and by the simulation (world of seed
/// 1000486): an answer that came late made an office forget what it had been told.
@Suite("answers that come late")
struct LateAnswerTests {
    /// A person with a matter in the portfolio MT.
    private static func person(in world: World) throws -> String {
        var person = ""
        try world.act { act in
            person = try act.insert("person", ["name": .text("P")])
            try act.insert("matter", ["person_id": .text(person), "portfolio_id": .text("MT")])
        }
        return person
    }

    @Test("a refusal that is told again does not take away what the log has brought since")
    func refusalToldAgain() throws {
        let world = try World()
        let person = try Self.person(in: world)
        let office = try world.office("A", ["MT"])
        try world.sync(office)
        let late = try world.serve(try office.engine.request().encoded())

        // Refused: its matter is not at the centre. Then the matter comes, and the row with it.
        let matter = "01890000-0000-7000-8000-000000000003"
        try office.sql.execute("INSERT INTO paid(matter_id, amount) VALUES ('\(matter)', 3)")
        try world.sync(office)
        #expect(try office.sql.integer("SELECT count(*) FROM paid") == 0)
        try world.act { act in
            try act.insert(
                "matter", id: matter,
                ["person_id": .text(person), "portfolio_id": .text("MT")])
        }
        try world.sync(office)
        #expect(try office.sql.integer("SELECT count(*) FROM paid") == 1)

        _ = try office.engine.merge(SyncAnswer(decoding: late), clockOffset: nil)
        try world.sync(office)
        #expect(try office.sql.integer("SELECT count(*) FROM paid") == 1)
        #expect(try office.digests() == world.centre.store.digests(portfolios: ["MT"]))
        #expect(try office.sql.integer("SELECT count(*) FROM refused") == 0)
    }

    /// Found by the simulation (world of seed 110000140).
    @Test("a refusal is not told after the commit that brought its row, though a late answer came")
    func refusalAfterRow() throws {
        let world = try World()
        let person = try Self.person(in: world)
        let office = try world.office("A", ["MT"])
        try world.sync(office)
        let late = try world.serve(try office.engine.request().encoded())
        try office.sql.execute("UPDATE matter SET stage = 'known'")
        try world.sync(office)

        // The answer that says that it was refused is lost; then its matter comes.
        let matter = "01890000-0000-7000-8000-000000000004"
        try office.sql.execute("INSERT INTO paid(matter_id, amount) VALUES ('\(matter)', 4)")
        _ = try world.serve(try office.engine.request().encoded())
        try world.act { act in
            try act.insert(
                "matter", id: matter,
                ["person_id": .text(person), "portfolio_id": .text("MT")])
        }
        let second = try world.serve(try office.engine.request().encoded())
        for answer in [late, second] {
            _ = try office.engine.merge(SyncAnswer(decoding: answer), clockOffset: nil)
        }
        try world.sync(office)
        #expect(try office.sql.integer("SELECT count(*) FROM paid") == 1)
        #expect(try office.digests() == world.centre.store.digests(portfolios: ["MT"]))
        #expect(try office.sql.integer("SELECT count(*) FROM refused") == 0)
    }

    @Test("what others wrote after a corrected write does not come before the correction")
    func outcomeForgotten() throws {
        let world = try World()
        _ = try Self.person(in: world)
        let (a, c) = (try world.office("A", ["MT"]), try world.office("C", ["MT"]))
        for office in [a, c] { try world.sync(office) }
        let late = try world.serve(try a.engine.request().encoded())
        try a.sql.execute("UPDATE matter SET stage = 'known'")
        try world.sync(a)

        // Its clock is a day ahead; the answer to its first request is lost.
        try a.sql.execute("UPDATE me SET \"offset\" = 86400000")
        try a.sql.execute("UPDATE person SET street = 'Via Mia'")
        _ = try world.serve(try a.engine.request().encoded())
        try world.sync(c)
        try c.sql.execute("UPDATE person SET street = 'Via Tarda'")
        try world.sync(c)
        let second = try world.serve(try a.engine.request().encoded())
        for answer in [late, second] {
            _ = try a.engine.merge(SyncAnswer(decoding: answer), clockOffset: nil)
        }
        try world.sync(a)
        #expect(try a.sql.text("SELECT street FROM person") == "Via Tarda")
        #expect(try a.digests() == world.centre.store.digests(portfolios: ["MT"]))
    }

    @Test("what is written after a correction has a stamp of its own, though the floor was ahead")
    func floorAhead() throws {
        let world = try World()
        try world.act { act in
            let person = try act.insert("person", ["name": .text("P")])
            try act.insert("matter", ["person_id": .text(person), "portfolio_id": .text("MT")])
        }
        let (a, b) = (try world.office("A", ["MT"]), try world.office("B", ["MT"]))
        for office in [a, b] { try world.sync(office) }
        // The centre's clock was a day ahead when it answered, and was set right since.
        try a.sql.run("UPDATE me SET floor = ?", .integer(World.now() + 86_400_000))
        try a.sql.execute("UPDATE person SET street = 'second 1', name = 'second 1'")
        try a.sql.execute(
            "INSERT INTO phone(person_id, value) SELECT id, '1' FROM person")
        try world.sync(a)
        try a.sql.execute("UPDATE person SET street = 'another2', name = 'another2'")
        try a.sql.execute("UPDATE phone SET hint = 'after its birth'")
        for office in [a, b, a] { try world.sync(office) }
        for office in [a, b] {
            #expect(try office.sql.text("SELECT street FROM person") == "another2")
            #expect(try office.sql.text("SELECT name FROM person") == "another2")
            #expect(try office.sql.text("SELECT hint FROM phone") == "after its birth")
            #expect(try office.sql.integer("SELECT count(*) FROM conflicts") == 0)
        }
    }
}
