import Foundation
import Testing

/// What machines, tools and people do to a replica without meaning harm.
@Suite("odd surroundings", .ownThreads, .timeLimit(.minutes(10)))
struct OddTests {
    @Test("a clock that is years ahead neither loses its writes nor lets them win for ever")
    func clock() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        try matera.sync()
        // The office's clock, as its triggers see it: now plus this offset.
        try Shell(firm.folder).answer(
            matera.path,
            """
            UPDATE me SET "offset" = 100000000000;
            UPDATE account SET priority = 1;
            """
        ).expect(0)
        try matera.sync()
        try milano.sync()
        let priorities = "SELECT DISTINCT priority FROM account"
        #expect(try milano.rows(priorities) == ["1"])
        try Shell(firm.folder).answer(milano.path, "UPDATE account SET priority = 9;").expect(0)
        try milano.sync()
        try matera.sync()
        #expect(try matera.rows(priorities) == ["9"])
        #expect(try firm.rows(priorities) == ["9"])
        for office in [matera, milano] { try office.verify() }
    }

    @Test("a clock set to 1970 does not make a later write look older")
    func clockBehind() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        try Shell(firm.folder).answer(milano.path, "UPDATE account SET priority = 2;").expect(0)
        try milano.sync()
        try matera.sync()
        try Shell(firm.folder).answer(
            matera.path,
            """
            UPDATE me SET "offset" = -1700000000000;
            UPDATE account SET priority = 8;
            """
        ).expect(0)
        try matera.sync()
        try milano.sync()
        for office in [matera, milano] {
            #expect(try office.rows("SELECT DISTINCT priority FROM account") == ["8"])
            try office.verify()
        }
    }

    @Test("a text that is not UTF-8 is set aside and listed, and all else goes")
    func text() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let account = try #require(try matera.accounts().first)
        try matera.writeNotes(2, marked: "good")
        try Shell(firm.folder).answer(
            matera.path,
            """
            INSERT INTO contact_attempt(account_id, channel, outcome, note)
            VALUES ('\(account)', 'phone', 'NA', CAST(x'61ff62' AS TEXT));
            """
        ).expect(0)
        try matera.run("sync").expect(0, 3)
        #expect(
            try firm.rows("SELECT note FROM contact_attempt ORDER BY note") == [
                "good 0", "good 1",
            ])
        #expect(try matera.status()["refused"].number == 1)
        try matera.run("rejected").expect(3)
        #expect(try matera.run("rejected", "--json").expect(3).json()["rejected"].array.count == 1)
        try matera.writeNotes(1, marked: "later")
        try matera.run("sync").expect(0, 3)
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == ["3"])
    }

    @Test("what was written while a tool had dropped the triggers reaches the centre all the same")
    func triggers() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        try matera.sync()
        let account = try #require(try matera.accounts().first)
        let names = try matera.rows(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN"
                + " ('contact_attempt', 'account')")
        #expect(!names.isEmpty)
        try Shell(firm.folder).answer(
            matera.path,
            names.map { "DROP TRIGGER \"\($0)\";" }.joined(separator: "\n")
                + """

                INSERT INTO contact_attempt(account_id, channel, outcome, note)
                VALUES ('\(account)', 'phone', 'NA', 'unseen');
                UPDATE account SET priority = 7 WHERE id = '\(account)';
                """
        ).expect(0)
        #expect(try matera.rows("SELECT count(*) FROM pending") == ["0"])
        try matera.run("sync").expect(0)
        try matera.run("sync").expect(0)
        #expect(try firm.rows("SELECT note FROM contact_attempt") == ["unseen"])
        #expect(try firm.rows("SELECT priority FROM account WHERE id = '\(account)'") == ["7"])
        #expect(
            try matera.rows(
                "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN"
                    + " ('contact_attempt', 'account')") == ["\(names.count)"])
        try milano.sync()
        for office in [matera, milano] { try office.verify() }
    }

    @Test("syncs of one file by several processes at once are harmless")
    func syncs() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        for round in 0..<3 {
            try matera.writeNotes(30, marked: "m\(round)")
            try milano.writeNotes(30, marked: "n\(round)")
            try milano.sync()
            let syncs = try (0..<4).map { _ in try matera.start("sync") }
            for sync in syncs {
                #expect(try sync.wait(seconds: 60) == .exit(0), "\(sync.output) \(sync.errors)")
            }
        }
        try matera.sync()
        let sql = "SELECT count(*), count(DISTINCT note) FROM contact_attempt"
        #expect(try firm.rows(sql) == ["180|180"])
        #expect(try matera.rows(sql) == ["180|180"])
        #expect(try matera.status()["replica"].number == matera.number)
        try matera.verify()
    }

    @Test("a snapshot of several pieces that is cut goes on where it stopped")
    func snapshot() throws {
        let firm = try Firm(portfolios: ["MATERA", "POTENZA"])
        // It has a snapshot of its own, so that Matera's is made when the notes are there.
        let milano = try firm.office("milano", ["MATERA", "POTENZA"])
        try milano.writeLongNotes(1_000)
        try milano.sync()
        let (number, code) = try firm.code("matera", ["MATERA"])
        let matera = Office(folder: firm.folder, path: firm.folder("m.replica"), number: number)
        // Enrolment and the first piece come through; the second is cut in the middle.
        firm.line.follow { number, _ in number < 2 ? .none : .answerCut(1_000_000) }
        let cut = try matera.run("init", "--server", firm.line.url, "--code", code)
        let seen = firm.line.exchanges.map { "\($0.request.lines) \($0.answer?.lines ?? [])" }
        #expect(cut.exit == 4, "\(cut) \(seen)")
        let first = firm.line.exchanges.filter { $0.request.path == "/v1/snapshot" }
        #expect(first.count == 2)
        firm.line.follow()
        try matera.run("init", "--server", firm.line.url, "--code", code).expect(0)
        let second = firm.line.exchanges.filter { $0.request.path == "/v1/snapshot" }
        let ranges = second.map { $0.request.field("Range") ?? "" }
        #expect(!ranges.contains { $0.hasPrefix("bytes=0-") }, "it began anew: \(ranges)")
        #expect(try matera.rows("SELECT count(*) FROM contact_attempt") == ["1000"])
        try matera.verify()
    }

    @Test("a verify over a line that cuts says that there is no contact, and proves nothing")
    func verifyCut() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        for place in [0, 1, 2] {
            firm.line.follow { number, _ in number >= place ? .answerCut(60) : .none }
            let answer = try matera.run("verify")
            #expect(answer.exit == (firm.line.exchanges.count > place ? 4 : 0), "\(answer)")
        }
        firm.line.follow()
        try matera.verify()
    }
}
