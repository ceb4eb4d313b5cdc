import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Testing

/// A merging connection leaves our triggers out of its statements; those of others it must not.
@Suite("a person's own triggers and the merge")
struct OwnTriggerTests {
    @Test("a trigger that a person makes while the engine is open fires for merged rows")
    func fires() throws {
        let world = try World()
        var matter = ""
        try world.act { act in
            let person = try act.insert("person", ["name": .text("P")])
            matter = try act.insert(
                "matter", ["person_id": .text(person), "portfolio_id": .text("MT")])
        }
        let (a, b) = (try world.office("A", ["MT"]), try world.office("B", ["MT"]))
        for office in [a, b] { try world.sync(office) }
        func pay(_ amount: Int) throws {
            try a.sql.execute("INSERT INTO paid(matter_id, amount) VALUES ('\(matter)', \(amount))")
            try world.sync(a)
            try world.sync(b)
        }

        try pay(1)
        try b.sql.execute(
            """
            CREATE TABLE seen(amount INTEGER);
            CREATE TRIGGER mine AFTER INSERT ON paid BEGIN
              INSERT INTO seen VALUES (NEW.amount);
            END
            """)
        try pay(2)
        #expect(try b.sql.rows("SELECT amount FROM seen") { $0.integer(0) } == [2])
        // Ours were silent beside it: what was merged is not captured as a write.
        #expect(try b.sql.integer("SELECT count(*) FROM pending") == 0)

        try b.sql.execute("DROP TRIGGER mine")
        try pay(3)
        #expect(try b.sql.rows("SELECT amount FROM seen") { $0.integer(0) } == [2])
        #expect(try b.sql.integer("SELECT count(*) FROM paid") == 3)
        #expect(try b.sql.integer("SELECT count(*) FROM pending") == 0)
        #expect(try a.digests() == b.digests())
    }
}
