import RientroClient
import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@testable import RientroServer

/// Rows that were refused, since their parent was not at the centre, and came with it. Found by the
/// simulation (worlds of seeds 501 and 512).
@Suite("rows that wait for their parent")
struct WaitingRowTests {
    private static let person = "01890000-0000-7000-8000-000000000007"

    private static func open(_ id: String? = nil, in world: World) throws {
        try world.act { act in
            let person = try act.insert("person", id: id, ["name": .text("P")])
            try act.insert("matter", ["person_id": .text(person), "portfolio_id": .text("MT")])
        }
    }

    private static func expectEqual(_ office: Office, _ world: World) throws {
        #expect(try office.digests() == world.centre.store.digests(portfolios: ["MT"]))
        #expect(try office.sql.integer("SELECT count(*) FROM refused") == 0)
    }

    @Test("what was written to a refused row comes back to its author once the row is accepted")
    func writtenMeanwhile() throws {
        let world = try World()
        try Self.open(in: world)
        let (a, b) = (try world.office("A", ["MT"]), try world.office("B", ["MT"]))
        for office in [a, b] { try world.sync(office) }
        try a.sql.execute("INSERT INTO phone(person_id, value) VALUES ('\(Self.person)', '1')")
        // The answer that says that it was refused is lost.
        _ = try world.serve(try a.engine.request().encoded())
        try Self.open(Self.person, in: world)
        try a.sql.execute("UPDATE phone SET hint = 'after six'")
        for office in [a, b] { try world.sync(office) }
        for office in [a, b] {
            #expect(try office.sql.text("SELECT hint FROM phone") == "after six")
            try Self.expectEqual(office, world)
        }
    }

    @Test("one that cannot be read goes on waiting, and the others of its parent are accepted")
    func unreadable() throws {
        let world = try World()
        try Self.open(in: world)
        let office = try world.office("A", ["MT"])
        try world.sync(office)
        for value in ["1", "2"] {
            try office.sql.execute(
                "INSERT INTO phone(person_id, value) VALUES ('\(Self.person)', '\(value)')")
        }
        try world.sync(office)
        try world.centre.db.execute("UPDATE quarantine SET content = x'ff00' WHERE seq = 1")
        try Self.open(Self.person, in: world)
        try world.sync(office)
        #expect(try world.centre.db.integer("SELECT count(*) FROM phone") == 1)
        let open = try world.centre.db.rows("SELECT seq FROM quarantine WHERE closed_at IS NULL") {
            $0.integer(0)
        }
        #expect(open == [1])
    }

    @Test("a refusal is closed when commits bring row and later write one after the other")
    func broughtInPieces() throws {
        let world = try World()
        try Self.open(in: world)
        let office = try world.office("A", ["MT"])
        try world.sync(office)
        try office.sql.execute(
            "INSERT INTO phone(person_id, value) VALUES ('\(Self.person)', '1')")
        let answer = try world.serve(try office.engine.request().encoded())
        try office.sql.execute("UPDATE phone SET hint = 'after six'")
        // Refused, with what was written to it since; that is sent by itself and refused too.
        _ = try office.engine.merge(SyncAnswer(decoding: answer), clockOffset: nil)
        try world.sync(office)
        #expect(try office.sql.integer("SELECT count(*) FROM phone") == 0)
        #expect(try office.sql.integer("SELECT count(*) FROM refused") ?? 0 > 0)
        try Self.open(Self.person, in: world)
        try world.sync(office)
        #expect(try office.sql.text("SELECT hint FROM phone") == "after six")
        try Self.expectEqual(office, world)
    }

    /// World of seed 40000183.
    @Test("a refusal is closed where others have written over what the row took along")
    func writtenOverSince() throws {
        let world = try World()
        try Self.open(in: world)
        let (a, b) = (try world.office("A", ["MT"]), try world.office("B", ["MT"]))
        for office in [a, b] { try world.sync(office) }
        try a.sql.execute("INSERT INTO phone(person_id, value) VALUES ('\(Self.person)', '1')")
        let answer = try world.serve(try a.engine.request().encoded())
        try a.sql.execute("UPDATE phone SET hint = 'after six'")
        _ = try a.engine.merge(SyncAnswer(decoding: answer), clockOffset: nil)
        try Self.open(Self.person, in: world)
        try world.sync(b)
        try b.sql.execute("UPDATE phone SET hint = 'after eight'")
        for office in [b, a, b] { try world.sync(office) }
        for office in [a, b] {
            #expect(try office.sql.text("SELECT hint FROM phone") == "after eight")
            try Self.expectEqual(office, world)
        }
    }

    /// Found by the simulation (world of seed 6, with a number enrolled again in place of another):
    /// the row stood in the file already when the file heard that it had been refused once.
    @Test("of a row that was accepted since, a file hears no refusal, whatever number it has now")
    func acceptedSince() throws {
        let world = try World()
        try Self.open(in: world)
        let office = try world.office("A", ["MT"])
        try world.sync(office)
        // In a change-set before theirs, which a request carries alone.
        try office.sql.execute("UPDATE person SET city = 'Matera'")
        _ = try office.engine.request()
        try office.sql.execute(
            "INSERT INTO phone(person_id, value) VALUES ('\(Self.person)', '1')")
        let matter = "01890000-0000-7000-8000-000000000009"
        try office.sql.execute("INSERT INTO paid(matter_id, amount) VALUES ('\(matter)', 3)")
        // The answer that says that both were refused is lost, and the file put back.
        _ = try world.serve(try office.engine.request().encoded())
        let back = try office.copy(to: world.path())
        try office.sql.execute("UPDATE person SET name = 'by A'")
        try world.sync(office)
        #expect(try office.sql.integer("SELECT count(*) FROM refused") == 2)
        try world.act { act in
            _ = try act.insert("person", id: Self.person, ["name": .text("P")])
            _ = try act.insert(
                "matter", id: matter,
                ["person_id": .text(Self.person), "portfolio_id": .text("MT")])
        }
        try back.sql.execute("UPDATE person SET street = 'by B'")
        try world.sync(back, setsMax: 1)
        #expect(try back.engine.replica() != office.engine.replica())
        try world.sync(office)
        for file in [office, back] {
            #expect(try file.sql.text("SELECT value FROM phone") == "1")
            #expect(try file.sql.integer("SELECT amount FROM paid") == 3)
        }
        for file in [office, back, office] { try world.sync(file) }
        for file in [office, back] { try Self.expectEqual(file, world) }
    }

    @Test("what waited is tried again in the order in which it was written: nothing is lost unseen")
    func order() throws {
        let world = try World()
        try Self.open(in: world)
        let office = try world.office("A", ["MT"])
        try world.sync(office)
        try office.sql.execute(
            "INSERT INTO phone(person_id, value) VALUES ('\(Self.person)', '1')")
        // Each in a change-set of its own; none of them has come to the centre yet.
        for value in ["2", "3"] {
            _ = try office.engine.request()
            try office.sql.execute("UPDATE phone SET value = '\(value)'")
        }
        try world.sync(office)
        try Self.open(Self.person, in: world)
        try world.sync(office)
        #expect(try office.sql.text("SELECT value FROM phone") == "3")
        #expect(try world.centre.db.integer("SELECT count(*) FROM conflict") == 0)
        try Self.expectEqual(office, world)
    }

    @Test("a waiting write of a clock that is ahead loses to what was written over it")
    func retriedLater() throws {
        let world = try World()
        try Self.open(in: world)
        let office = try world.office("A", ["MT"])
        try world.sync(office)
        try office.forge("INSERT INTO phone(person_id, value) SELECT id, '1' FROM person")
        try office.sql.execute("UPDATE me SET \"offset\" = 86400000")
        try office.sql.execute("UPDATE phone SET hint = 'first'")
        _ = try world.serve(try office.engine.request().encoded())
        #expect(try world.centre.db.integer("SELECT count(*) FROM quarantine") == 1)
        try office.sql.execute("UPDATE phone SET hint = 'second'")
        try world.sync(office)
        #expect(try world.follow(.proof(repair: true), of: office).report.isProven)
        #expect(try world.centre.db.text("SELECT hint FROM phone") == "second")
        #expect(try office.sql.text("SELECT hint FROM phone") == "second")
        #expect(try office.digests() == world.centre.store.digests(portfolios: ["MT"]))
    }

    @Test("a centre's file of before gets the index of refused rows once")
    func addedIndex() throws {
        let world = try World()
        #expect(try CentreTables.missingIndexes(on: world.centre.db).isEmpty)
        try world.centre.db.execute("DROP INDEX quarantine_row")
        try world.centre.mend()
        try world.centre.mend()
        #expect(try CentreTables.missingIndexes(on: world.centre.db).isEmpty)
    }
}
