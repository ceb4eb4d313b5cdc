import Foundation
import Testing

/// The day's list, and the numbers of its rows.
@Suite("the day's list", .ownThreads, .timeLimit(.minutes(10)))
struct TodayTests {
    private func causes(_ answer: Answer) throws -> [String] {
        try answer.expect(0).json()["today"].array.map {
            "\($0["case_ref"].text ?? "") \($0["cause"].text ?? "")"
        }
    }

    @Test("call-backs due come first, then broken promises, then amount by days")
    func order() throws {
        let firm = try Firm(accounts: 5)
        let office = try firm.office("matera")
        #expect(
            try causes(office.run("today", "--json"))
                == (1...5).reversed().map { "C-MATERA-000\($0) overdue" })
        try office.run("task", "C-MATERA-0001", "add", "x", "--due", "-1", "--yes").expect(0)
        try office.run("task", "C-MATERA-0002", "add", "y", "--time", "9").expect(0)
        try office.run("task", "C-MATERA-0005", "add", "z", "--due", "+1").expect(0)
        try office.run(
            "promise", "C-MATERA-0003", "10", "--due", "-1", "--made", "-9", "--yes"
        ).expect(0)
        try office.run("set", "C-MATERA-0004", "next_action_on=+0").expect(0)
        let answer = try office.run("today", "--json")
        #expect(
            try causes(answer) == [
                "C-MATERA-0001 task", "C-MATERA-0004 task", "C-MATERA-0002 task",
                "C-MATERA-0003 promise", "C-MATERA-0005 overdue",
            ])
        let first = try answer.json()["today"][0]
        #expect(first["phone"].text == "+393337000001" && first["balance"].number == 10150)
        #expect(first["why"].text == "callback x")
        try office.run("today").expect(0).says("3 due, 1 broken promise, 1 overdue.", "09:00")
        #expect(try office.run("today", "--limit", "2").expect(0).lines.count == 5)
    }

    @Test("who is held, promised, called today, somebody else's or closed is left out and counted")
    func leftOut() throws {
        let firm = try Firm(accounts: 8)
        let office = try firm.office("matera")
        func account(_ number: Int) -> String { "C-MATERA-000\(number)" }
        let words = ["--channel", "phone", "--outcome"]
        func note(_ number: Int, _ outcome: String) throws {
            try firm.folder.run(
                Programs.office, ["note", office.path, account(number)] + words + [outcome],
                environment: ["RIENTRO_OPERATOR": "MROSSI"]
            ).expect(0)
        }
        try note(1, "STOP")
        try office.run("set", account(2), "status=disputed").expect(0)
        try office.run("promise", account(3), "5", "--due", "+3").expect(0)
        try note(4, "NA")
        try office.run("set", account(5), "assignee=LBIANCHI").expect(0)
        try office.run("set", account(6), "status=closed_uncollectable").expect(0)
        try office.run("pay", account(7), "107,50").expect(0)
        try office.run("task", account(1), "add", "x", "--kind", "letter").expect(0)
        let answer = try office.run("today", "--json")
        #expect(try causes(answer) == ["C-MATERA-0001 task", "C-MATERA-0008 overdue"])
        let left = try answer.json()["left_out"]
        #expect(left["held"]["disputed"].number == 1 && left["promised"].number == 1, "\(left)")
        #expect(left["called_today"].number == 1 && left["other_operators"].number == 1)
        #expect(left["closed"].number == 1)
        try office.run("today").expect(0).says("Left out: 1 held (1 disputed)", "[STOP] letter x")
        #expect(
            try causes(office.run("today", "--everybody", "--json")).contains(
                "C-MATERA-0005 overdue"))
        try office.run("today").expect(0)
        try firm.folder.run(
            Programs.office, ["today", office.path],
            environment: ["RIENTRO_OPERATOR": "MROSSI", "LC_ALL": "it_IT.UTF-8"]
        ).expect(0).says("1 ferma (1 disputed)", "telefono", "giorni di ritardo")
    }

    @Test("a broken promise is news until somebody has spoken with the debtor")
    func brokenPromise() throws {
        let firm = try Firm(accounts: 1)
        let office = try firm.office("matera")
        let account = "C-MATERA-0001"
        for days in ["-31", "-30"] {
            try office.run("promise", account, "1", "--due", days, "--made", "-40", "--yes")
                .expect(0)
            let cause = days == "-31" ? "overdue" : "promise"
            #expect(try causes(office.run("today", "--json")) == ["\(account) \(cause)"])
        }
        try Shell(firm.folder).answer(
            office.path,
            """
            INSERT INTO contact_attempt(account_id, channel, outcome, started_at)
            SELECT id, 'phone', 'NA', strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-2 days')
            FROM account;
            """
        ).expect(0)
        #expect(try causes(office.run("today", "--json")) == ["\(account) promise"])
        try Shell(firm.folder).answer(
            office.path,
            """
            INSERT INTO contact_attempt(account_id, channel, outcome, started_at)
            SELECT id, 'phone', 'RPC', strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-2 days')
            FROM account;
            """
        ).expect(0)
        #expect(try causes(office.run("today", "--json")) == ["\(account) overdue"])
    }

    @Test("a row's number names its account, in the list that was shown last in this file")
    func numbers() throws {
        let firm = try Firm(accounts: 3)
        let office = try firm.office("matera")
        try office.run("show", "1").expect(2).says("no list was shown")
        try office.run("today").expect(0)
        try office.run("pay", "1", "5").expect(0).says("C-MATERA-0003")
        try office.run("note", "@2", "--channel", "phone", "--outcome", "NA").expect(0)
            .says("C-MATERA-0002")
        try office.run("promise", "3", "1", "--due", "+1").expect(0).says("C-MATERA-0001")
        for number in ["4", "10", "999"] {
            try office.run("show", number).expect(2).says("has 3 rows")
        }
        try office.run("accounts", "--sort", "case").expect(0)
        try office.run("show", "1").expect(0).says("C-MATERA-0001")
        try office.run("task", "1", "add", "x").expect(0)
        try office.run("tasks").expect(0).says("1 task")
        try office.run("set", "1", "priority=1").expect(0)
        #expect(
            try office.rows("SELECT case_ref FROM account WHERE priority = 1")
                == ["C-MATERA-0001"])
        // JSON is for programs, which know ids: it changes nobody's list.
        try office.run("accounts", "--sort", "overdue", "--json").expect(0)
        try office.run("show", "1").expect(0).says("C-MATERA-0001")
        let other = try firm.office("milano")
        try other.run("show", "1").expect(2).says("no list was shown")
    }

    @Test("a list of yesterday is refused, and a number that is a case too is told apart")
    func stale() throws {
        let firm = try Firm(accounts: 2)
        let file = try firm.folder.write(
            "short.csv",
            """
            principal_code;case_ref;surname;name;item_ref;due_date;open_amount
            C-MATERA;2;Verdi;Ugo;X-2-1;2026-01-31;100
            C-MATERA;77;Verdi;Ida;X-3-1;2026-01-31;100

            """)
        try firm.run(["import", firm.centre, file, "--portfolio", "MATERA"]).expect(0)
        let office = try firm.office("matera")
        // Without a list a short case reference is an ordinary one, and never a beginning.
        try office.run("show", "2").expect(0).says("Verdi Ugo")
        try office.run("show", "7").expect(2).says("no list was shown")
        try office.run("accounts", "--sort", "case").expect(0)
        try office.run("show", "1").expect(0).says("Verdi Ugo")
        try office.run("show", "2").expect(2).says("@2", "Verdi Ugo")
        try office.run("show", "@2").expect(0).says("Verdi Ida")
        try office.run("show", "77").expect(0).says("Verdi Ida")
        let lists = firm.folder(".local/state/rientro")
        let list = try #require(try FileManager.default.contentsOfDirectory(atPath: lists).first)
        var lines = try String(contentsOfFile: "\(lists)/\(list)", encoding: .utf8)
            .split(separator: "\n").map(String.init)
        let saved = try #require(Int(lines[1]))
        for (age, isGood) in [(43_100, true), (43_300, false), (-300, false)] {
            lines[1] = "\(saved - age)"
            try Data(lines.joined(separator: "\n").utf8).write(
                to: URL(fileURLWithPath: "\(lists)/\(list)"))
            try office.run("show", "1").expect(isGood ? 0 : 2).says(isGood ? "Verdi" : "hours old")
        }
    }
}
