import Foundation
import RientroClient
import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@testable import RientroServer

@Suite("files and messages of version 1", .timeLimit(.minutes(2)))
struct FixtureTests {
    @Test("none of them is ever made again: the maker refuses a file that is there")
    func keepsFixtures() async throws {
        // So they were made, before this version was set.
        if ProcessInfo.processInfo.environment["RIENTRO_WRITE_FIXTURES"] == "1",
            !FileManager.default.fileExists(atPath: Fixture.folder.path)
        {
            try await FixtureMaker().write()
        }
        await #expect(throws: FixtureMaker.FixtureExists.self) {
            try await FixtureMaker().write()
        }
    }

    @Test("an office's file says its version, and opens without anything being mended")
    func opens() throws {
        let world = try Fixture.world()
        let path = try Fixture.copy("replica.sqlite", into: world)
        let before = try Fixture.objects(path)
        let engine = try ReplicaEngine(path: path)
        #expect(try engine.suspects().isEmpty)
        #expect(try Fixture.objects(path) == before)
        #expect(
            try Fixture.shell(
                path,
                """
                PRAGMA user_version; PRAGMA application_id; PRAGMA page_size; PRAGMA journal_mode;
                """) == "1\n1382970479\n4096\nwal")
    }

    @Test("its objects, a snapshot's and the centre's are byte for byte those made today")
    func objects() throws {
        let world = try Fixture.world()
        let schema = world.centre.store.schema
        let path = try Fixture.copy("replica.sqlite", into: world)
        let today = try World(schema: schema)
        try today.act { try $0.insert("portfolio", id: "MT", ["name": .text("MT")]) }
        let office = try Fixture.objects(today.office("today", ["MT"]).path)
        #expect(try Fixture.objects(path).sorted() == office.sorted())
        let snapshot = try Fixture.objects(Fixture.copy("snapshot.sqlite", into: world))
        let own = Store.objects(schema, role: .replica).map { "\($0.type) \($0.name): \($0.sql)" }
        #expect(snapshot.sorted() == own.sorted())
        // Its columns that are of later are added as in a new file.
        try world.centre.mend()
        let centre = try Fixture.objects(world.folder.appendingPathComponent("centre.sqlite").path)
        let other = try Fixture.objects(today.folder.appendingPathComponent("centre.sqlite").path)
        #expect(centre.sorted() == other.sorted())
    }

    @Test("the office's file has rows of every table, and everything that can wait in one")
    func office() throws {
        let world = try Fixture.world()
        let db = try Connection(path: Fixture.copy("replica.sqlite", into: world))
        #expect(try db.integer("PRAGMA user_version") == FileFormat.version)
        for table in world.centre.store.schema.allTables.map(\.name) {
            let count = try db.integer("SELECT count(*) FROM \"\(table)\"") ?? 0
            #expect(count > 0, "\(table)")
        }
        let counts: [String: Int64] = [
            "SELECT count(*) FROM pending WHERE tab > 0 AND registers = 0": 2,
            "SELECT count(*) FROM pending WHERE registers > 0 AND base IS NULL": 1,
            "SELECT count(*) FROM pending WHERE base LIKE ' 4=%' AND tab = 22": 1,
            "SELECT count(*) FROM pending WHERE base LIKE ' 2=%' AND registers & 2": 3,
            "SELECT count(*) FROM pending WHERE base LIKE ' 2=% 9=%'": 1,
            "SELECT count(*) FROM pending WHERE tab = 0": 2,
            "SELECT count(*) FROM outbox WHERE n > (SELECT acknowledged FROM office)": 2,
            "SELECT count(*) FROM outbox": 4,
            "SELECT count(*) FROM history": 4,
            "SELECT count(*) FROM refused WHERE content IS NOT NULL": 2,
            "SELECT count(*) FROM refused WHERE raw IS NOT NULL": 1,
            "SELECT count(*) FROM parked": 2,
            "SELECT count(*) FROM conflicts": 1,
            "SELECT count(*) FROM revoked": 1,
        ]
        for (sql, count) in counts { #expect(try db.integer(sql) == count, "\(sql)") }
    }

    @Test("its pending work is sealed and sent, its unsent too, and both sides agree after it")
    func syncs() throws {
        let world = try Fixture.world()
        let office = try Office(path: Fixture.copy("replica.sqlite", into: world))
        let before = try world.centre.cursor().commit
        try world.sync(office)
        #expect(try world.centre.cursor().commit == before + 3)
        #expect(try office.digests() == world.centre.store.digests(portfolios: ["MT"]))
        let rows = [
            "SELECT group_concat(note) FROM (SELECT note FROM contact_attempt"
                + " WHERE note GLOB 'sealed*' ORDER BY note)": "sealed first,sealed second",
            "SELECT value || remark FROM contact_point WHERE kind = 'email'":
                "tre@example.orgnew",
            "SELECT surname || iban || city FROM debtor WHERE id = '\(FixtureMaker.other)'":
                "Esempio AXX00Roma",
            "SELECT status || status_reason || priority FROM account WHERE id ="
                + " '\(FixtureMaker.account)'": "placedasked1",
            "SELECT note FROM task WHERE status = 'open'": "pending write of a pending birth",
            "SELECT count(*) FROM payment WHERE amount = 4200": "1",
        ]
        for (sql, value) in rows { #expect(try world.centre.db.text(sql) == value, "\(sql)") }
        let left = ["pending", "revoked"]
        for table in left { #expect(try office.sql.integer("SELECT count(*) FROM \(table)") == 0) }
        #expect(try office.engine.refusals().count == 3)
        #expect(try office.sql.integer("SELECT count(*) FROM parked") == 2)
        #expect(
            try office.sql.integer("SELECT count(*) FROM account WHERE portfolio_id = 'PZ'") == 0)
        #expect(try Self.findings(world) == [])
    }

    @Test("people write to it through the sqlite3 shell, and what they write is synced")
    func shell() throws {
        let world = try Fixture.world()
        let path = try Fixture.copy("replica.sqlite", into: world)
        let said = try Fixture.shell(
            path,
            """
            INSERT INTO contact_attempt(account_id, channel, outcome, note)
            VALUES ('\(FixtureMaker.account)', 'phone', 'NA', 'by the shell');
            UPDATE debtor SET city = 'Bari' WHERE id = '\(FixtureMaker.other)';
            SELECT tab, registers FROM pending ORDER BY seq DESC LIMIT 2;
            """)
        #expect(said == "20|128\n31|0")
        #expect(throws: Fixture.ShellFailure.self) {
            try Fixture.shell(path, "UPDATE payment SET amount = 1")
        }
        let office = try Office(path: path)
        try world.sync(office)
        #expect(
            try world.centre.db.integer(
                "SELECT count(*) FROM contact_attempt WHERE note = 'by the shell'") == 1)
        #expect(
            try world.centre.db.text(
                "SELECT city FROM debtor WHERE id = '\(FixtureMaker.other)'") == "Bari")
        #expect(try office.digests() == world.centre.store.digests(portfolios: ["MT"]))
    }

    private static func findings(_ world: World) throws -> [CentreFinding] {
        try CentreVerify.run(Centre.open(folder: world.folder.path)).findings
    }
}
