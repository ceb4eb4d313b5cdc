import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Testing

/// What one small request may make the centre say: it must always fit into messages that every
/// office reads, or nobody ever syncs again.
@Suite("large answers")
struct LargeAnswerTests {
    private static func world() throws -> (world: World, a: Office, b: Office, person: String) {
        let world = try World()
        var person = ""
        try world.act { act in
            person = try act.insert("person", ["name": .text("P")])
            try act.insert("matter", ["person_id": .text(person), "portfolio_id": .text("MT")])
        }
        let (a, b) = (try world.office("A", ["MT"]), try world.office("B", ["MT"]))
        for office in [a, b] { try world.sync(office) }
        return (world, a, b, person)
    }

    private static func addPhones(
        _ count: Int, hintBytes: Int, to office: Office, _ person: String
    ) throws {
        try office.sql.execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
            INSERT INTO phone(person_id, value, hint)
            SELECT '\(person)', 'x', substr(hex(zeroblob(\(hintBytes / 2 + 1))), 1, \(hintBytes))
            FROM n
            """)
    }

    @Test(
        "four thousand conflicts of one change-set reach every office in answers that it can read")
    func conflicts() throws {
        let (world, a, b, person) = try Self.world()
        try Self.addPhones(4_000, hintBytes: 2, to: a, person)
        for office in [a, b] { try world.sync(office) }
        // A control character is one byte in the change-set and six in a conflict's JSON.
        for (office, character) in [(a, 1), (b, 2)] {
            try office.sql.execute(
                "UPDATE phone SET value = replace(hex(zeroblob(50)), '0', char(\(character)))")
        }
        for office in [a, b, a] { try world.sync(office) }
        #expect(try world.centre.db.integer("SELECT count(*) FROM conflict") == 4_000)
        #expect(try a.sql.integer("SELECT count(*) FROM conflict") == 4_000)
        #expect(try a.digests() == b.digests())
        #expect(try a.digests() == world.centre.store.digests(portfolios: ["MT"]))
    }

    @Test("an office whose forty-five long hints a program spoilt gets all of them back")
    func presentValues() throws {
        let (world, a, b, person) = try Self.world()
        try Self.addPhones(45, hintBytes: 120_000, to: a, person)
        for office in [a, b] { try world.sync(office) }
        let whole = try a.digests()
        // Two change-sets of a few bytes a row; the centre answers each with its own long values.
        try a.sql.execute(
            "UPDATE phone SET hint = CAST(x'ff' AS TEXT) WHERE id IN (SELECT id FROM phone LIMIT 9)"
        )
        _ = try a.engine.request()
        try a.sql.execute("UPDATE phone SET hint = CAST(x'ff' AS TEXT) WHERE length(hint) > 1")
        try world.sync(a)
        #expect(
            try a.sql.integer("SELECT count(*) FROM phone WHERE length(hint) = 120000") == 45)
        #expect(try a.digests() == whole)
        // What could not travel is kept for a person, once each.
        #expect(try a.engine.refusals().count == 45)
    }

    @Test("outcomes that do not fit into one answer come in several, each before its own commit")
    func outcomes() throws {
        let (world, a, b, person) = try Self.world()
        try Self.addPhones(40, hintBytes: 2, to: a, person)
        for office in [a, b] { try world.sync(office) }
        // A clock that is a day ahead: every stamp is corrected, with its value in the outcome.
        try a.sql.execute("UPDATE me SET \"offset\" = 86400000")
        for letter in ["a", "b", "c"] {
            try a.sql.execute(
                """
                UPDATE phone SET hint = replace(hex(zeroblob(50000)), '0', '\(letter)')
                WHERE id IN (SELECT id FROM phone ORDER BY id LIMIT 10)
                """)
            _ = try a.engine.request()
        }
        // The centre has it all; its answer is lost, and another office writes after it.
        _ = try world.serve(try a.engine.request().encoded())
        try world.sync(b)
        try b.sql.execute("UPDATE phone SET hint = 'later'")
        try world.sync(b)
        let answer = try SyncAnswer(
            decoding: try world.serve(try a.engine.request().encoded()))
        #expect(answer.outcomes.count < 3)
        _ = try a.engine.merge(answer, clockOffset: nil)
        try world.sync(a)
        #expect(try a.sql.integer("SELECT count(*) FROM phone WHERE hint = 'later'") == 40)
        #expect(try a.digests() == b.digests())
    }

    @Test(
        "an act of the centre counts what it grants, so that an import can end its commit in time")
    func grants() throws {
        let (world, a, _, person) = try Self.world()
        try Self.addPhones(10, hintBytes: 100_000, to: a, person)
        try world.sync(a)
        try world.act { act in
            try act.insert("matter", ["person_id": .text(person), "portfolio_id": .text("PZ")])
            #expect(act.byteCount > 1_000_000)
        }
        // The person is there already: nothing is granted a second time.
        try world.act { act in
            try act.insert("matter", ["person_id": .text(person), "portfolio_id": .text("PZ")])
            #expect(act.byteCount < 1_000)
        }
    }
}
