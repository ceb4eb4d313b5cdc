import Foundation
import Testing

/// What stops work is seen and has to be overcome on purpose.
@Suite("stopped accounts", .ownThreads, .timeLimit(.minutes(10)))
struct StoppedAccountTests {
    private let account = "C-MATERA-0001"

    private func note(_ office: Office, _ outcome: String, _ more: String...) throws -> Answer {
        try office.folder.run(
            Programs.office,
            ["note", office.path, account, "--channel", "phone", "--outcome", outcome] + more,
            environment: ["RIENTRO_OPERATOR": office.operatorCode])
    }

    @Test(
        "after each of the six outcomes calls, promises and call-backs ask why, and show says so",
        arguments: ["STOP", "LAW", "DEC", "INS", "DISP", "COMPL"])
    func stops(outcome: String) throws {
        let firm = try Firm(accounts: 2)
        let office = try firm.office("matera")
        try note(office, outcome, "first").expect(0)
        let calls = [
            ["note", account, "--channel", "phone", "--outcome", "NA", "rang again"],
            ["note", account, "--channel", "visit", "--outcome", "VISIT_ABSENT", "rang again"],
            ["promise", account, "1", "--due", "+1", "--note", "rang again"],
            ["task", account, "add", "rang again"],
        ]
        for call in calls {
            func run(_ more: String...) throws -> Answer {
                try firm.folder.run(
                    Programs.office, [call[0], office.path] + call.dropFirst() + more,
                    environment: ["RIENTRO_OPERATOR": "MROSSI"])
            }
            try run().expect(2).says(outcome, "--because")
            try run("--yes").expect(2).says("--because")
            try run("--because", "he asked for it").expect(2).says("--yes")
            try run("--yes", "--because", "").expect(2)
            try run("--yes", "--because", "he asked for it").expect(0)
        }
        #expect(
            try office.rows(
                """
                SELECT note FROM contact_attempt WHERE outcome <> '\(outcome)'
                UNION ALL SELECT note FROM promise UNION ALL SELECT note FROM task
                """)
                == Array(
                    repeating: "rang again (despite \(outcome): he asked for it)", count: 4))
        // What is no reaching out is not asked about.
        try note(office, "RPC", "--direction", "in").expect(0)
        let letter = ["note", office.path, account, "--channel", "letter", "--outcome", "DELIV"]
        try firm.folder.run(
            Programs.office, letter, environment: ["RIENTRO_OPERATOR": "MROSSI"]
        ).expect(0)
        try office.run("task", account, "add", "x", "--kind", "ask_creditor").expect(0)
    }

    @Test("the banner stands on top, lists have a mark, JSON names them; contested ones end")
    func banner() throws {
        let firm = try Firm(accounts: 2)
        let office = try firm.office("matera")
        #expect(try !office.run("accounts").expect(0).output.contains("stop"))
        try note(office, "DISP", "the meter is wrong").expect(0)
        let shown = try office.run("show", account).expect(0)
        #expect(shown.lines.first?.hasPrefix("!! DISP: dispute raised, ") == true, "\(shown)")
        shown.says("by MROSSI", "Nobody calls")
        #expect(try office.run("accounts").expect(0).output.contains("DISP"))
        let json = try office.run("accounts", account, "--json").expect(0).json()
        #expect(json["accounts"][0]["stops"][0].text == "DISP")
        let stop = try office.run("show", account, "--json").expect(0).json()["stops"][0]
        #expect(stop["outcome"].text == "DISP" && stop["lasts"].flag == false)
        // A no answer is no answer to a dispute; to have spoken of something else is.
        try note(office, "NA", "--yes", "--because", "to say that it is looked into").expect(0)
        #expect(try office.run("show", account).expect(0).output.hasPrefix("!! DISP"))
        try note(office, "RPC", "--yes", "--because", "to say that it is settled").expect(0)
        #expect(try !office.run("show", account).expect(0).output.contains("!!"))
        try note(office, "STOP", "--yes", "--because", "x").expect(0)
        try note(office, "RPC", "--yes", "--because", "he came to the counter").expect(0)
        #expect(try office.run("show", account).expect(0).output.hasPrefix("!! STOP"))
        try office.run("set", account, "status=legal").expect(0)
        try office.run("show", account).expect(0).says("!! The account is legal.")
    }

    @Test("who is dead is dead on all his accounts, and a dispute is one account's")
    func person() throws {
        let firm = try Firm(accounts: 2)
        let file = try firm.folder.write(
            "two.csv",
            """
            principal_code;case_ref;surname;name;codice_fiscale;item_ref;due_date;open_amount
            C-MATERA;X-1;Verdi;Ugo;RSSMRA45C12F205C;X-1-1;2026-01-31;100
            C-MATERA;X-2;Verdi;Ugo;RSSMRA45C12F205C;X-2-1;2026-01-31;100

            """)
        try firm.run(["import", firm.centre, file, "--portfolio", "MATERA"]).expect(0)
        let office = try firm.office("matera")
        let words = ["--channel", "phone", "--outcome"]
        func call(_ case_: String, _ outcome: String) throws -> Answer {
            try firm.folder.run(
                Programs.office, ["note", office.path, case_] + words + [outcome],
                environment: ["RIENTRO_OPERATOR": "MROSSI"])
        }
        try call("X-1", "DISP").expect(0)
        try call("X-2", "NA").expect(0)
        try call("X-2", "DEC").expect(0)
        try call("X-1", "NA").expect(2).says("DEC", "noted on X-2")
        #expect(try office.run("show", "X-1").expect(0).output.contains("!! DEC"))
        #expect(try office.run("show", account).expect(0).output.contains("!!") == false)
        let today = try office.run("today", "--json").expect(0).json()
        #expect(today["left_out"]["held"]["DEC"].number == 2, "\(today)")
        #expect(today["today"].array.count == 2)
    }

    @Test("a person gives the reason at the terminal, and none is no reason")
    func typed() throws {
        let firm = try Firm(accounts: 1)
        let office = try firm.office("matera")
        try note(office, "LAW", "ask his lawyer").expect(0)
        let words = ["note", account, "--channel", "phone", "--outcome", "NA"]
        let terminal = PseudoTerminal()
        try terminal.run(office, words, answers: [("[y/N] ", "y"), ("Why? ", "")]).expect(1)
        try terminal.run(office, words, answers: [("[y/N] ", "n")]).expect(1)
        #expect(try office.rows("SELECT count(*) FROM contact_attempt") == ["1"])
        try terminal.run(office, words, answers: [("[y/N] ", "y"), ("Why? ", "wrong file")])
            .expect(0)
        try terminal.run(office, words + ["--yes"], answers: [("Why? ", "again")]).expect(0)
        #expect(
            try office.rows("SELECT note FROM contact_attempt WHERE outcome = 'NA' ORDER BY id")
                == ["despite LAW: wrong file", "despite LAW: again"])
    }

    @Test("WRONG and DISC mark the number and say so, and such a number is asked about")
    func numbers() throws {
        let firm = try Firm(accounts: 1)
        let office = try firm.office("matera")
        let number = "3337000001"
        let quality = "SELECT quality FROM contact_point"
        try note(office, "WRONG").expect(0).says("Which number", "+393337000001")
        #expect(try office.rows(quality) == ["unknown"])
        try note(office, "NA", "--contact", number).expect(0)
        #expect(try office.rows(quality) == ["unknown"])
        try note(office, "DISC", "--contact", number).expect(0).says("unreachable")
        #expect(try office.rows(quality) == ["unreachable"])
        let json = try note(office, "WRONG", "--contact", number, "--json").expect(0).json()
        #expect(json["quality"].text == "wrong_number")
        #expect(
            try office.rows("SELECT verified_on = date('now', 'localtime') FROM contact_point")
                == ["1"])
        try note(office, "NA", "--contact", number).expect(2).says("marked as a wrong number")
        try note(office, "RPC", "--contact", number, "--yes").expect(0).says("good")
        #expect(try office.rows(quality) == ["good"])
        try office.run("undo", "--yes").expect(0)
        #expect(try office.rows(quality) == ["wrong_number"])
        try note(office, "VOID").expect(2).says("undo")
    }

    @Test("a number or address that can reach nobody is refused, and an odd time of day too")
    func unfit() throws {
        let firm = try Firm(accounts: 1)
        let office = try firm.office("matera")
        for addition in ["email=a@@b", "pec=maria", "mobile=333", "work_phone=none"] {
            try office.run("set", account, "--add", addition).expect(2).says("but should have")
        }
        try office.run("set", account, "--contact", "3337000001", "value=333").expect(2)
        try office.run("set", account, "--add", "email=Maria@Example.it").expect(0)
        #expect(
            try office.rows("SELECT value FROM contact_point WHERE kind = 'email'")
                == ["maria@example.it"])
        try office.run("task", account, "add", "x", "--time", "25:00").expect(2).says("--time")
        try office.run("task", account, "add", "x", "--time", "18-9").expect(2)
        try office.run("task", account, "add", "x", "--time", "9-18.30").expect(0)
        #expect(try office.rows("SELECT due_time FROM task") == ["09:00-18:30"])
    }
}
