import Foundation
import Testing

/// What every day looks like: others write, and one request brings it over.
@Suite("an ordinary sync", .ownThreads, .timeLimit(.minutes(10)))
struct OrdinaryTests {
    @Test("a row inserted by the sqlite3 shell on one replica is on the other after both sync")
    func shell() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        let account = try #require(try matera.accounts().first)
        try Shell(firm.folder).answer(
            matera.path,
            """
            INSERT INTO contact_attempt(account_id, channel, outcome, note)
            VALUES ('\(account)', 'phone', 'RPC', 'dalla shell: è tornato');
            """
        ).expect(0)
        try matera.sync()
        try milano.sync()
        #expect(try milano.notes() == ["dalla shell: è tornato"])
        try matera.verify()
        try milano.verify()
    }

    @Test("a row inserted by Python on one replica is on the other after both sync")
    func python() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        let script = """
            import sqlite3, sys
            with sqlite3.connect(sys.argv[1]) as db:
                rows = db.execute("SELECT id, debtor_id FROM account ORDER BY id")
                account, debtor = rows.fetchone()
                db.execute("INSERT INTO payment(account_id, amount) VALUES (?, ?)", (account, 1250))
                db.execute("INSERT INTO contact_point(debtor_id, kind, value) VALUES (?, ?, ?)",
                           (debtor, "email", "a@example.it"))
                db.execute("UPDATE account SET priority = 1 WHERE id = ?", (account,))
            """
        try firm.folder.run("python3", ["-c", script, matera.path]).expect(0)
        try matera.sync()
        try milano.sync()
        #expect(try milano.rows("SELECT amount, currency FROM payment") == ["1250|EUR"])
        #expect(
            try milano.rows("SELECT value FROM contact_point WHERE kind = 'email'")
                == ["a@example.it"])
        #expect(try milano.rows("SELECT count(*) FROM account WHERE priority = 1") == ["1"])
        try matera.verify()
        try milano.verify()
    }

    @Test("ten changes up and ten down are one request")
    func oneRequest() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        try matera.sync()
        try milano.writeNotes(10, marked: "milano")
        try milano.sync()
        try matera.writeNotes(10, marked: "matera")
        let before = try firm.running().metrics()
        firm.line.follow()
        try matera.sync()
        #expect(firm.line.exchanges.map(\.request.path) == ["/v1/sync"])
        let after = try firm.running().metrics()
        let name = "rientro_http_requests_total{route=\"/v1/sync\",status=\"200\"}"
        #expect(try #require(after[name]) - (before[name] ?? 0) == 1)
        #expect(try matera.rows("SELECT count(*) FROM contact_attempt") == ["20"])
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == ["20"])
    }

    @Test("a sync that has nothing to say is one request, and writes nothing at the centre")
    func nothing() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        try matera.sync()
        let before = try firm.rows("SELECT count(*) FROM commit_log")
        firm.line.follow()
        try matera.sync()
        #expect(firm.line.exchanges.count == 1)
        #expect(try firm.rows("SELECT count(*) FROM commit_log") == before)
    }

    @Test("a dry run says what would be sent, and sends and seals nothing")
    func dryRun() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        try matera.writeNotes(7, marked: "trocken")
        firm.line.follow()
        let before = try matera.rows("SELECT count(*) FROM pending")
        try matera.run("sync", "--dry-run").expect(0).says("7")
        #expect(
            try matera.run("sync", "--dry-run", "--json").expect(0).json().keys.isEmpty == false)
        #expect(firm.line.exchanges.isEmpty)
        #expect(try matera.rows("SELECT count(*) FROM pending") == before)
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == ["0"])
    }

    @Test("ten programs that write one replica at once lose nothing")
    func writersAtOnce() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let account = try #require(try matera.accounts().first)
        let writers = try (0..<10).map { writer in
            writer % 2 == 0
                ? try matera.start(
                    "note", account, "--channel", "phone", "--outcome", "NA", "note \(writer)")
                : try firm.folder.start(
                    "sqlite3", ["-batch", "-cmd", ".timeout 20000", matera.path],
                    input: """
                        INSERT INTO contact_attempt(account_id, channel, outcome, note)
                        VALUES ('\(account)', 'phone', 'NA', 'note \(writer)');
                        """)
        }
        let syncer = try matera.start("sync")
        for writer in writers {
            let end = try writer.wait(seconds: 60)
            #expect(end == .exit(0), "\(writer.output) \(writer.errors)")
        }
        #expect(try syncer.wait(seconds: 60) == .exit(0), "\(syncer.errors)")
        try matera.sync()
        let expected = (0..<10).map { "note \($0)" }
        #expect(try matera.notes() == expected)
        #expect(
            try firm.rows("SELECT note FROM contact_attempt ORDER BY note") == expected)
        try matera.verify()
    }
}
