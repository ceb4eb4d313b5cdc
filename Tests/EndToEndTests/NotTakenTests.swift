import Foundation
import Testing

/// What does not go through is said, counted and changes how a command ends.
@Suite("what does not go through", .ownThreads, .timeLimit(.minutes(10)))
struct NotTakenTests {
    private static func pay(_ reference: String, id: String? = nil) -> String {
        let (name, value) = id.map { ("id, ", "'\($0)', ") } ?? ("", "")
        return "INSERT INTO payment(\(name)account_id, amount, reference)"
            + " SELECT \(value)id, 5000, '\(reference)' FROM account ORDER BY id LIMIT 1;"
    }

    @Test("a payment that an index of the file refuses waits, is said, and comes when it is gone")
    func index() throws {
        let firm = try Firm()
        let (matera, milano) = (try firm.office("matera"), try firm.office("milano"))
        let shell = Shell(firm.folder)
        try shell.answer(matera.path, "CREATE UNIQUE INDEX x ON payment(reference);").expect(0)
        for office in [matera, milano] { try shell.answer(office.path, Self.pay("R1")).expect(0) }
        try milano.sync()
        for _ in 0..<2 {
            let answer = try matera.run("sync").expect(3).says("ATTENTION: of 1 row")
            #expect(answer.output.contains("payment.reference"))
            #expect(answer.output.contains("The centre has everything"))
            #expect(try matera.run("sync", "--json").expect(3).json()["parked"].number == 1)
            #expect(try matera.status()["parked"].number == 1)
        }
        try matera.run("status").expect(0).says("1 row that an index")
        try matera.run("verify", "--repair").expect(1).says("ATTENTION: of 1 row")
        try shell.answer(matera.path, "DROP INDEX x;").expect(0)
        try matera.sync()
        for office in [matera, milano] {
            try office.sync()
            #expect(try office.rows("SELECT count(*), sum(amount) FROM payment") == ["2|10000"])
            #expect(try office.status()["parked"].number == 0)
            try office.verify()
        }
    }

    @Test("a waiting row that another program spoiled stops no sync, is said, and a proof ends it")
    func spoiled() throws {
        let firm = try Firm()
        let (matera, milano) = (try firm.office("matera"), try firm.office("milano"))
        let shell = Shell(firm.folder)
        try shell.answer(matera.path, "CREATE UNIQUE INDEX x ON payment(reference);").expect(0)
        for office in [matera, milano] { try shell.answer(office.path, Self.pay("R1")).expect(0) }
        try milano.sync()
        try matera.run("sync").expect(3)
        try shell.answer(
            matera.path, "DROP INDEX x; UPDATE parked SET content = x'ff00';"
        ).expect(0)
        for _ in 0..<2 {
            let answer = try matera.run("sync").expect(3)
            answer.says("ATTENTION: of 1 row", "spoiled", "verify --repair")
            #expect(!answer.output.contains("Drop the index"))
        }
        #expect(try matera.status()["parked"].number == 1)
        #expect(try matera.rows("SELECT count(*) FROM payment") == ["1"])
        try matera.run("verify").expect(1)
        #expect(try matera.status()["parked"].number == 1)
        try matera.run("verify", "--repair").expect(0).says("1 row mended", "Proven")
        #expect(try matera.rows("SELECT count(*) FROM payment") == ["2"])
        try matera.sync()
        #expect(try matera.status()["parked"].number == 0)
    }

    @Test("an id in capitals is refused where it is written, and the row is in no sum")
    func capitals() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let answer = try Shell(firm.folder).answer(
            matera.path, Self.pay("R1", id: "0193A22A-5DBA-76BC-8E69-559B805851C3"))
        #expect(answer.errors.contains("UUID in lower case"), "\(answer)")
        #expect(try matera.rows("SELECT count(*) FROM payment") == ["0"])
        try matera.sync()
    }

    @Test("a text that cannot travel is said by the sync that sets it aside, also without a line")
    func setAside() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let shell = Shell(firm.folder)
        func call() throws {
            try shell.answer(
                matera.path,
                """
                INSERT INTO contact_attempt(account_id, channel, outcome, note)
                SELECT id, 'phone', 'NA', CAST(x'61ff62' AS TEXT) FROM account LIMIT 1;
                """
            ).expect(0)
        }
        try call()
        let json = try matera.run("sync", "--json").expect(3).json()
        #expect(json["set_aside"].number == 1 && json["refusals"].number == 0)
        #expect(try matera.status()["refused"].number == 1)
        try matera.sync()
        try call()
        try matera.run("verify").expect(3).says("ATTENTION: 1 write set aside")
        try call()
        firm.line.setDown(true)
        let alone = try matera.run("sync").expect(4)
        #expect("\(alone)".contains("rientro rejected"))
    }

    @Test("a file that was taken out of WAL mode says so while somebody is in the way")
    func journal() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        #expect(try matera.status()["wal"].flag == true)
        #expect(try matera.rows("PRAGMA journal_mode = DELETE") == ["delete"])
        #expect(try matera.status()["wal"].flag == true)
        #expect(try matera.rows("PRAGMA journal_mode") == ["wal"])
    }
}
