import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import Testing

/// Clocks past the last of all stamps, in the year 2248: two writes never get one stamp, and
/// neither wins for ever.
@Suite("At the end of time")
struct EndOfTimeTests {
    let world: World
    let (a, b): (Office, Office)
    private static let past: Int64 = 9_000_000_000_000

    init() throws {
        let world = try World()
        try world.act { act in
            let person = try act.insert("person", ["name": .text("P")])
            try act.insert("matter", ["person_id": .text(person), "portfolio_id": .text("MT")])
        }
        (a, b) = (try world.office("A", ["MT"]), try world.office("B", ["MT"]))
        for office in [a, b] { try world.sync(office) }
        self.world = world
    }

    @Test(
        "the later of two writes stands everywhere, though nobody was found between them",
        arguments: ["UPDATE matter SET stage = '%'", "UPDATE person SET name = '%'"])
    func twice(statement: String) throws {
        try a.sql.execute("UPDATE me SET \"offset\" = \(Self.past)")
        for value in ["promised", "in work", "taken back", "paid"] {
            try a.sql.execute(statement.replacing("%", with: value))
            // Sealed; nobody answers, but to one.
            guard value == "taken back" else {
                _ = try a.engine.request()
                continue
            }
            try world.sync(a)
            // As every answer does. A clock that stayed ahead would give the next write, within
            // these few milliseconds, a stamp that was corrected.
            try a.sql.execute("UPDATE me SET \"offset\" = 0")
        }
        try world.sync(a)
        try world.sync(b)
        let query =
            "SELECT stage || name FROM (SELECT coalesce(stage, '') AS stage FROM matter)"
            + " JOIN (SELECT CASE name WHEN 'P' THEN '' ELSE name END AS name FROM person)"
        for db in [a.sql, b.sql, world.centre.db] { #expect(try db.text(query) == "paid") }
        #expect(try world.centre.db.integer("SELECT count(*) FROM conflict") == 0)

        // Nor does it win over what somebody else writes knowingly.
        try b.sql.execute(statement.replacing("%", with: "closed"))
        for office in [b, a] { try world.sync(office) }
        for db in [a.sql, b.sql, world.centre.db] { #expect(try db.text(query) == "closed") }
        #expect(try world.centre.db.integer("SELECT count(*) FROM conflict") == 0)
        #expect(try a.digests() == b.digests())
    }

    @Test("a value that two wrote without seeing each other is listed")
    func conflict() throws {
        for office in [a, b] {
            try office.sql.execute("UPDATE me SET \"offset\" = \(Self.past)")
            try office.sql.execute("UPDATE person SET name = 'by ' || (SELECT replica FROM me)")
        }
        for office in [a, b, a] { try world.sync(office) }
        #expect(try a.sql.integer("SELECT count(*) FROM conflicts") == 1)
        #expect(try a.digests() == b.digests())
    }

    @Test("the centre's own clock gives later stamps too, and its people can go on writing")
    func centre() throws {
        func act(_ body: (inout CentreAct) throws -> Void) throws {
            _ = try world.centre.db.transaction { try world.centre.act(now: Self.past, body) }
        }
        let matter = try world.centre.db.text("SELECT id FROM matter") ?? ""
        for stage in ["one", "two", "three"] {
            try act { try $0.set("matter", id: matter, ["stage": .text(stage)]) }
        }
        let stamp = try world.centre.db.integer("SELECT stage_stamp FROM matter") ?? 0
        #expect(stamp >> 20 == Limits.clockMillisecondsMax + 2)
        for office in [a, b] { try world.sync(office) }
        try b.sql.execute("UPDATE matter SET stage = 'four'")
        for office in [b, a] { try world.sync(office) }
        for db in [a.sql, b.sql, world.centre.db] {
            #expect(try db.text("SELECT stage FROM matter") == "four")
        }
        #expect(try a.digests() == b.digests())
    }
}
