import Foundation
import Testing

/// The main job, whole: a portfolio is imported, three offices work it through an outage, sync, and
/// agree.
@Suite("the main way", .ownThreads, .timeLimit(.minutes(10)))
struct MainWayTests {
    @Test("three offices work through an outage by commands, shell and Python, sync and agree")
    func whole() throws {
        let firm = try Firm(portfolios: ["MATERA", "POTENZA"], accounts: 6)
        let matera = try firm.office("matera")
        let potenza = try firm.office("potenza", ["POTENZA"])
        var milano = try firm.office("milano", ["MATERA", "POTENZA"])
        milano.operatorCode = "LBIANCHI"
        firm.line.setDown(true)
        try commands(matera)
        try shell(firm, potenza)
        try python(firm, milano)
        try matera.run("set", "C-MATERA-0001", "--contact", "+393337000001", "value=0835111111")
            .expect(0)
        try milano.run("set", "C-MATERA-0001", "--contact", "+393337000001", "value=0835222222")
            .expect(0)
        for office in [matera, potenza, milano] { try office.run("sync").expect(4) }
        firm.line.setDown(false)
        try matera.run("sync").expect(0)
        try potenza.run("sync").expect(0)
        try milano.run("sync").expect(3).says("1 conflict")
        try matera.run("sync").expect(3)
        try conflict(firm, matera, milano)
        for office in [matera, potenza, milano, matera] { try office.sync() }
        #expect(try potenza.run("conflicts").expect(0).output == "No conflicts.\n")
        for office in [matera, potenza, milano] { try office.verify() }
        try firm.centre("verify").expect(0)
        try sameRows(firm, matera, potenza, milano)
    }

    private func commands(_ office: Office) throws {
        let account = "C-MATERA-0002"
        try office.run(
            "note", account, "--channel", "phone", "--outcome", "PTP", "--reason",
            try reason(office), "-", input: "dice: “pago lunedì”\ne saluta\n"
        ).expect(0)
        try office.run("pay", account, "20,50", "--method", "cash", "--reference", "ric. 7")
            .expect(0).says("20.50 EUR")
        try office.run("promise", account, "30", "--due", "+30", "--tolerance", "3")
            .expect(0)
        try office.run("task", account, "add", "--due", "+7", "richiamare").expect(0)
        try office.run("set", account, "status=in_work", "city=Bari").expect(0)
        try office.run("set", account, "--add", "email=nuovo@example.it").expect(0)
        try office.run("show", account).expect(0)
            .says("pago lunedì", "ric. 7", "richiamare", "nuovo@example.it", "Bari")
    }

    private func reason(_ office: Office) throws -> String {
        try #require(
            try office.rows("SELECT code FROM code WHERE list = 'reason' ORDER BY code LIMIT 1")
                .first)
    }

    private func shell(_ firm: Firm, _ office: Office) throws {
        try Shell(firm.folder).answer(
            office.path,
            """
            INSERT INTO payment(account_id, amount) SELECT id, 1000 FROM account;
            INSERT INTO contact_attempt(account_id, channel, outcome, note)
            SELECT id, 'phone', 'NA', 'suona a vuoto' FROM account LIMIT 1;
            """
        ).expect(0)
    }

    private func python(_ firm: Firm, _ office: Office) throws {
        let script = """
            import sqlite3, sys
            with sqlite3.connect(sys.argv[1]) as db:
                rows = db.execute("SELECT id FROM account").fetchall()
                db.executemany("INSERT INTO promise(account_id, amount, due_on)"
                               " VALUES (?, 500, '2099-06-30')",
                               rows)
            """
        try firm.folder.run("python3", ["-c", script, office.path]).expect(0)
    }

    private func conflict(_ firm: Firm, _ matera: Office, _ milano: Office) throws {
        for office in [matera, milano] {
            let listed = try office.run("conflicts").expect(3)
            listed.says("0835111111", "0835222222", "C-MATERA-0001")
        }
        let shown = try firm.centre("conflicts").expect(3)
        shown.says("0835111111", "0835222222")
        #expect(!shown.output.contains("["), "values are shown as values, not as JSON: \(shown)")
        let id = try #require(
            try matera.run("conflicts", "--json").expect(3).json()["conflicts"][0]["id"].text)
        try matera.run("resolve", id, "losst").expect(2).says("a phone number")
        try matera.run("resolve", id, "LOST").expect(0)
        try matera.run("resolve", id, "lost").expect(1)
        try matera.sync()
        try milano.sync()
        #expect(try milano.run("conflicts").expect(0).output == "No conflicts.\n")
        let values = "SELECT value FROM contact_point WHERE value LIKE '%0835%'"
        #expect(try matera.rows(values).count == 1)
        #expect(try matera.rows(values) == milano.rows(values))
        #expect(try firm.rows(values) == matera.rows(values))
        try firm.centre("conflicts").expect(0)
    }

    /// The rows themselves, compared by the shell: an oracle that shares nothing with the digests.
    private func sameRows(
        _ firm: Firm, _ matera: Office, _ potenza: Office, _ milano: Office
    ) throws {
        for table in [
            "debtor", "contact_point", "account", "task", "debt_item", "contact_attempt",
            "payment", "promise", "conflict", "resolution", "creditor", "code", "lot",
        ] {
            let sql = "SELECT * FROM \(table) ORDER BY id"
            let centre = try firm.rows(sql)
            #expect(try milano.rows(sql) == centre, "\(table)")
            let both = try Set(matera.rows(sql)).union(potenza.rows(sql))
            #expect(both == Set(centre), "\(table)")
        }
        #expect(try firm.rows("SELECT count(*) FROM payment") == ["7"])
        #expect(try firm.rows("SELECT count(*) FROM promise") == ["13"])
    }

    @Test("the keys that other programs rely on are there")
    func keys() throws {
        let firm = try Firm()
        let added = try firm.run(
            ["replica", "add", firm.centre, "--name", "N", "--portfolio", "MATERA", "--json"]
        ).expect(0).json()
        #expect(added.keys.isSuperset(of: ["replica", "code"]))
        let matera = try firm.office("matera")
        let before = try matera.status()
        let fixed: Set = [
            "replica", "pending", "sealed", "refused", "conflicts", "cursor", "head", "last_sync",
            "clock_offset_ms", "proven",
        ]
        #expect(before.keys.isSuperset(of: fixed), "\(before)")
        #expect(before["replica"].number == matera.number)
        try matera.writeNotes(3, marked: "nota")
        #expect(try matera.status()["pending"].number == 3)
        try matera.sync()
        let after = try matera.status()
        #expect(after["pending"].number == 0)
        #expect(after["sealed"].number == 0)
        #expect(
            try #require(after["last_sync"].text).wholeMatch(
                of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/) != nil)
        #expect(abs(try #require(after["clock_offset_ms"].number)) < 5_000)
        #expect(after["proven"].isNull)
        let names = try firm.running().metrics().keys
        #expect(names.contains("rientro_change_sets_total"))
        #expect(names.contains("rientro_group_commits_total"))
        #expect(names.contains("rientro_http_requests_total{route=\"/v1/sync\",status=\"200\"}"))
        #expect(names.allSatisfy { $0.hasPrefix("rientro_") })
    }

    @Test("every command of the office speaks JSON and has a page of help")
    func officeJSON() throws {
        let firm = try Firm()
        let office = try firm.office("matera")
        let account = "C-MATERA-0001"
        let calls: [[String]] = [
            ["sync"], ["sync", "--dry-run"], ["status"], ["debtors"], ["accounts"],
            ["show", account], ["note", account, "--channel", "phone", "--outcome", "NA", "x"],
            ["pay", account, "1"], ["promise", account, "1", "--due", "+30"],
            ["set", account, "priority=3"], ["task", account], ["task", account, "add", "x"],
            ["task", account, "done"], ["conflicts"], ["rejected"], ["verify"],
        ]
        for call in calls {
            let answer = try firm.folder.run(
                Programs.office, [call[0], office.path] + call.dropFirst() + ["--json"],
                environment: ["RIENTRO_OPERATOR": "MROSSI"])
            #expect(try !answer.expect(0).json().keys.isEmpty, "\(answer)")
            let help = try firm.folder.run(Programs.office, [call[0], "--help"]).expect(0)
            #expect(help.output.contains(call[0]) && help.lines.count > 3, "\(help)")
        }
    }

    @Test("where RIENTRO_REPLICA names the file, every command does without it")
    func variable() throws {
        let firm = try Firm()
        let office = try firm.office("matera")
        let account = "C-MATERA-0001"
        let calls: [[String]] = [
            ["sync"], ["status"], ["debtors"], ["accounts"], ["show", account],
            ["note", account, "--channel", "phone", "--outcome", "NA", "x"], ["pay", account, "1"],
            ["promise", account, "1", "--due", "+30"], ["set", account, "priority=3"],
            ["task", account], ["task", account, "add", "x"], ["conflicts"], ["rejected"],
            ["verify"],
        ]
        for call in calls {
            try firm.folder.run(
                Programs.office, call,
                environment: ["RIENTRO_OPERATOR": "MROSSI", "RIENTRO_REPLICA": office.path]
            ).expect(0)
        }
    }

    @Test("every command of the centre speaks JSON and has a page of help")
    func centreJSON() throws {
        let firm = try Firm()
        let file = try firm.folder.write(
            "again.csv", HandOverFile.text(creditor: "C-MATERA", accounts: 5))
        let calls: [(words: [String], key: String)] = [
            (["status"], "commit"), (["conflicts"], "conflicts"), (["quarantine"], "quarantine"),
            (["verify"], "commits"), (["replica", "list"], "replicas"),
            (["portfolio", "list"], "portfolios"), (["operator", "list"], "operators"),
            (["creditor", "list"], "creditors"),
        ]
        for (call, key) in calls {
            let answer = try firm.run(call + [firm.centre, "--json"]).expect(0)
            #expect(try answer.json().keys.contains(key), "\(answer)")
            let help = try firm.folder.run(Programs.centre, call + ["--help"]).expect(0)
            #expect(help.lines.count > 3, "\(help)")
        }
        let loaded = try firm.run(
            ["import", firm.centre, file, "--portfolio", "MATERA", "--json"]
        ).expect(0)
        #expect(try !loaded.json().keys.isEmpty)
        let failed = try firm.run(["status", firm.folder("nowhere"), "--json"]).expect(1).json()
        #expect(failed["error"].text == "no_centre")
        #expect(failed["exit_code"].number == 1)
        for arguments in [[], ["help"], ["--help"], ["serve", "--help"], ["import", "--help"]] {
            let answer = try firm.folder.run(Programs.centre, arguments)
            #expect(answer.exit == (arguments.isEmpty ? 2 : 0), "\(answer)")
        }
    }

    @Test("a wrong command line ends with 2, says what is wrong, and changes nothing")
    func usage() throws {
        let firm = try Firm(accounts: 12)
        let office = try firm.office("matera")
        let wrong: [[String]] = [
            ["nonsense", office.path], ["note", office.path],
            ["pay", office.path, "C-MATERA-0001"],
            ["note", office.path, "C-MATERA-0001", "--outcome", "NA"],
            ["pay", office.path, "C-MATERA-0001", "abc"],
            ["pay", office.path, "C-MATERA-000", "1"],
            ["sync", office.path, "--wait", "51"], ["sync", office.path, "--sideways"],
            ["promise", office.path, "C-MATERA-0001", "5", "--due", "2026-02-30"],
        ]
        for arguments in wrong {
            let answer = try firm.folder.run(
                Programs.office, arguments, environment: ["RIENTRO_OPERATOR": "MROSSI"])
            #expect(answer.exit == 2, "\(answer)")
            #expect(!answer.errors.isEmpty, "\(answer)")
        }
        let words = ["note", office.path, "C-MATERA-0001", "--channel", "phone", "--outcome"]
        for (outcome, code, part) in [("ZZZ", "MROSSI", "RPC"), ("NA", "NOBODY", "MROSSI")] {
            let answer = try firm.folder.run(
                Programs.office, words + [outcome], environment: ["RIENTRO_OPERATOR": code])
            #expect(answer.exit != 0, "\(answer)")
            answer.says(part)
        }
        #expect(try office.rows("SELECT count(*) FROM pending") == ["0"])
    }
}
