import Foundation
import Testing

/// A day is closed by the real program, beside a running server, and killed while it does so.
@Suite("Closing a day")
struct NightlyTests {
    /// A firm with two offices that worked, were synced, and went home.
    private func firm(accounts: Int) throws -> Firm {
        let firm = try Firm(portfolios: ["MATERA", "POTENZA"], accounts: accounts)
        let matera = try firm.office("matera")
        let potenza = try firm.office("potenza", ["POTENZA"])
        for office in [matera, potenza] {
            try Shell(firm.folder).answer(
                office.path,
                """
                INSERT INTO contact_attempt(account_id, channel, outcome, note)
                  SELECT id, 'phone', 'RPC', 'spoke' FROM account;
                INSERT INTO payment(account_id, amount, method)
                  SELECT id, 1500, 'cash' FROM account;
                INSERT INTO promise(account_id, amount, made_on, due_on)
                  SELECT id, 2500, date('now', 'localtime', '-9 days'),
                    date('now', 'localtime', '-1 days') FROM account;
                """
            ).expect(0)
            try office.run("sync").expect(0)
        }
        return firm
    }

    private func today(_ firm: Firm) throws -> String {
        try #require(
            try Shell(firm.folder).rows(":memory:", "SELECT date('now', 'localtime')").first)
    }

    /// What a close leaves: reports as bytes, the book and the tasks as rows.
    private func outcome(_ centre: String, _ folder: Folder, _ date: String) throws -> [String:
        Data]
    {
        var all: [String: Data] = [:]
        let reports = "\(centre)/reports/\(date)"
        for name in try FileManager.default.contentsOfDirectory(atPath: reports) {
            all[name] = try Data(contentsOf: URL(fileURLWithPath: "\(reports)/\(name)"))
        }
        let shell = Shell(folder)
        for table in [
            "close", "page", "measure", "promise_state", "paid_in_full", "seen", "settled",
        ] {
            let rows = try shell.rows("\(centre)/backoffice.sqlite", "SELECT * FROM \(table)")
            all["book \(table)"] = Data(rows.sorted().joined(separator: "\n").utf8)
        }
        let tasks = try shell.rows(
            "\(centre)/centre.sqlite",
            "SELECT id, account_id, kind, due_on, status, note FROM task ORDER BY id")
        all["tasks"] = Data(tasks.joined(separator: "\n").utf8)
        for name in ["centre", "backoffice"] {
            let check = try shell.rows(
                "\(centre)/backups/\(name)-\(date).sqlite", "PRAGMA integrity_check")
            all["backup \(name)"] = Data(check.joined().utf8)
        }
        #expect(!FileManager.default.fileExists(atPath: "\(centre)/nightly"))
        return all
    }

    @Test("it runs beside the server, tasks reach the offices, and a second close changes nothing")
    func ordinary() throws {
        let firm = try firm(accounts: 6)
        let date = try today(firm)
        let first = try firm.run(["nightly", firm.centre, "--date", date, "--json"]).expect(0, 3)
        let json = try first.json()
        #expect(json["repeated"].value as? Bool == false)
        let open = try #require(json["open"].text)
        #expect(FileManager.default.fileExists(atPath: open))
        // Twelve accounts: each was spoken to without a reason, and broke a promise. One call.
        #expect(try firm.rows("SELECT count(*) FROM task") == ["12"])
        let office = Office(
            folder: firm.folder, path: firm.folder("matera.replica"), number: 1)
        try office.run("sync").expect(0)
        #expect(
            try Shell(firm.folder).rows(office.path, "SELECT count(*) FROM task") == ["6"])
        let before = try outcome(firm.centre, firm.folder, date)
        let second = try firm.run(["nightly", firm.centre, "--date", date]).expect(0, 3)
        second.says("closed before", "nothing was changed", "Open")
        #expect(try outcome(firm.centre, firm.folder, date) == before)
    }

    @Test("killed at 50 random moments and run again, it ends the same", .timeLimit(.minutes(10)))
    func killed() throws {
        let firm = try firm(accounts: 40)
        let date = try today(firm)
        try firm.running().stop()
        func copy(_ name: String) throws -> String {
            let path = firm.folder(name)
            try? FileManager.default.removeItem(atPath: path)
            try FileManager.default.copyItem(atPath: firm.centre, toPath: path)
            return path
        }
        func words(_ centre: String) -> [String] { ["nightly", centre, "--date", date] }
        let whole = try copy("whole")
        let start = Date()
        try firm.run(words(whole)).expect(0, 3)
        var seconds = Date().timeIntervalSince(start)
        let expected = try outcome(whole, firm.folder, date)
        var random = Seeded(5)
        var steps: [String: Int] = [:]
        var cut = 0
        var rounds = 0
        while cut < 50, rounds < 200 {
            rounds += 1
            let centre = try copy("round")
            let child = try firm.folder.start(Programs.centre, words(centre))
            // Every other one late, where it writes: starting and proving take most of the time.
            let from = rounds % 2 == 0 ? 0 : seconds * 0.5
            usleep(UInt32(Double.random(in: from...seconds * 0.95, using: &random) * 1_000_000))
            child.kill(SIGKILL)
            let end = try child.wait(seconds: 60)
            // The machine may have more or less to do than at the first run.
            if end != .signal(SIGKILL) { seconds *= 0.9 }
            if end == .signal(SIGKILL) {
                cut += 1
                let done = child.output.split(separator: "\n").last?.split(separator: " ").first
                steps[done.map(String.init) ?? "start", default: 0] += 1
            }
            try firm.run(words(centre)).expect(0, 3)
            let found = try outcome(centre, firm.folder, date)
            let different = expected.keys.filter { found[$0] != expected[$0] }.sorted()
            #expect(different.isEmpty && found.count == expected.count, "round \(rounds)")
        }
        #expect(cut >= 50)
        let places = steps.sorted { $0.key < $1.key }.map { "\($0.value) after \($0.key)" }
        print("killed \(cut) times in \(rounds) rounds: \(places.joined(separator: ", "))")
        #expect(steps.count >= 5, "the kills fell into too few steps: \(steps)")
    }

    @Test("in Italian, to another folder, and what is wrong is said before anything is done")
    func options() throws {
        let firm = try firm(accounts: 2)
        let date = try today(firm)
        try firm.run(["nightly", firm.centre, "--date", "2026-13-01"]).expect(1)
            .says("is no date")
        try firm.run(["nightly", firm.centre, "--date", "2999-01-01"]).expect(1)
            .says("is not over")
        try firm.run(["nightly", firm.centre, "--lang", "de"]).expect(2)
        let folder = firm.folder("out")
        try firm.run(
            ["nightly", firm.centre, "--date", date, "--lang", "it", "--report", folder]
        ).expect(0, 3).says("\(folder)/\(date)/firm.html")
        let page = try String(contentsOfFile: "\(folder)/\(date)/firm.html", encoding: .utf8)
        #expect(page.contains("lang=\"it\""))
        #expect(
            try firm.rows("SELECT count(*) FROM task WHERE note LIKE '%Richiamare%'") == ["4"])
        try firm.run(["nightly", firm.centre, "--date", "2020-01-01"]).expect(1)
            .says("was closed already")
    }

    @Test("the service's own command line closes the day that has ended") func service() throws {
        let firm = try firm(accounts: 2)
        let unit = try String(
            contentsOfFile: Programs.repository + "/Server/rientro-nightly.service",
            encoding: .utf8)
        func setting(_ name: String) throws -> String {
            let line = unit.split(separator: "\n").first { $0.hasPrefix(name + "=") }
            return String(try #require(line).dropFirst(name.count + 1))
        }
        let words = try setting("ExecStart").split(separator: " ").map(String.init)
        #expect(words.first == "/usr/bin/rientro-server")
        #expect(words.contains("/srv/rientro"))
        let answer = try firm.run(words.dropFirst().map { $0 == "/srv/rientro" ? firm.centre : $0 })
        let ended = try Shell(firm.folder).rows(
            ":memory:", "SELECT date('now', 'localtime', '-12 hours')")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: firm.centre + "/reports") == ended)
        let code = try #require(answer.exit)
        // What the program says for a closed day, systemd must take for success.
        let good = ["0"] + (try setting("SuccessExitStatus").split(separator: " ").map(String.init))
        #expect(good.contains("\(code)"))
    }
}
