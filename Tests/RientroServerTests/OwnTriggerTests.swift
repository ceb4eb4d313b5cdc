import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Testing

/// What a person's own trigger did in a merge would be neither stamped nor sent: none fires there.
@Suite("A person's own trigger")
struct OwnTriggerTests {
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
        for office in [a, b] { try world.sync(office) }
        self.world = world
        self.matter = matter
    }

    private func pay(_ amount: Int, at office: Office) throws {
        try office.sql.execute(
            "INSERT INTO paid(matter_id, amount) VALUES ('\(matter)', \(amount))")
    }

    @Test(
        "that would write on for each row fires for what is written here, and not in a merge",
        arguments: [
            "INSERT INTO phone(person_id, value) SELECT person_id, 'due' FROM matter",
            "UPDATE matter SET stage = 'paid' || NEW.amount WHERE id = NEW.matter_id",
        ])
    func writesOn(statement: String) throws {
        try b.sql.execute("CREATE TRIGGER mine AFTER INSERT ON paid BEGIN \(statement); END")
        try pay(1, at: a)
        for office in [a, b] { try world.sync(office) }
        #expect(try b.sql.integer("SELECT count(*) FROM paid") == 1)
        #expect(try b.sql.integer("SELECT count(*) FROM pending") == 0)
        #expect(try b.sql.integer("SELECT count(*) FROM phone") == 0)
        #expect(try b.sql.text("SELECT stage FROM matter") == nil)
        #expect(try a.digests() == b.digests())

        // Written here, it is as if its person had written that too.
        try pay(2, at: b)
        for office in [b, a] { try world.sync(office) }
        let written = try a.sql.integer(
            "SELECT (SELECT count(*) FROM phone)"
                + " + (SELECT count(*) FROM matter WHERE stage = 'paid2')"
        )
        #expect(written == 1)
        #expect(try a.digests() == b.digests())
    }

    @Test("that raises keeps nothing out of a merge", arguments: ["ABORT", "FAIL", "ROLLBACK"])
    func raises(kind: String) throws {
        try b.sql.execute(
            """
            CREATE TRIGGER mine BEFORE INSERT ON paid
            BEGIN SELECT RAISE(\(kind), 'not here'); END;
            CREATE TRIGGER too BEFORE UPDATE ON matter
            BEGIN SELECT RAISE(\(kind), 'nor here'); END
            """)
        try pay(1, at: a)
        try a.sql.execute("UPDATE matter SET stage = 'open'")
        for office in [a, b] { try world.sync(office) }
        #expect(try b.sql.integer("SELECT count(*) FROM paid") == 1)
        #expect(try b.sql.text("SELECT stage FROM matter") == "open")
        #expect(try world.follow(.proof(repair: false), of: b).report.isProven)
        #expect(throws: SQLiteError.self) { try pay(2, at: b) }
    }
}
