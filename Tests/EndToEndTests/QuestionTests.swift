import Foundation
import Testing

/// What is more often a typing error than meant is asked about before anything is written.
@Suite("questions", .ownThreads, .timeLimit(.minutes(10)))
struct QuestionTests {
    private let account = "C-MATERA-0001"

    @Test("more than is owed is not booked unasked, is booked with --yes, and a script is told so")
    func aboveBalance() throws {
        let firm = try Firm()
        let office = try firm.office("matera")
        let refused = try office.run("pay", account, "500000").expect(2)
        refused.says("101.50 EUR", "Nothing was written", "--yes")
        #expect(try office.rows("SELECT count(*) FROM payment") == ["0"])
        let json = try office.run("pay", account, "500000", "--json").expect(2).json()
        #expect(json["error"].text == "unconfirmed" && json["exit_code"].number == 2)
        #expect(json["questions"][0]["word"].text == "above_balance")
        #expect(json["questions"][0]["needs_reason"].flag == false)
        // All that is owed is an ordinary payment; a cent more is not.
        try office.run("pay", account, "101,51").expect(2)
        try office.run("pay", account, "101,50").expect(0)
        try office.run("pay", account, "0,01").expect(2)
        try office.run("pay", account, "0,01", "--yes").expect(0)
        #expect(try office.rows("SELECT amount FROM payment ORDER BY amount") == ["1", "10150"])
    }

    @Test("a person is asked, and only a yes books; Enter, no and the end of input do not")
    func asked() throws {
        let firm = try Firm()
        let office = try firm.office("matera")
        for answer in ["", "n", "no", "nein"] {
            try PseudoTerminal().run(
                office, ["pay", account, "500"],
                answers: [("[y/N] ", answer)]
            ).expect(1).unfolded.says("more than is owed", "nothing was written")
        }
        try PseudoTerminal().run(office, ["pay", account, "500"], answers: [("[y/N] ", "\u{4}")])
            .expect(1)
        #expect(try office.rows("SELECT count(*) FROM payment") == ["0"])
        try PseudoTerminal().run(office, ["pay", account, "500"], answers: [("[y/N] ", "y")])
            .expect(0).unfolded.says("The balance is now -398.50 EUR")
        try PseudoTerminal().run(
            office, ["pay", account, "20"], answers: [("[s/N] ", "sì")],
            environment: ["LC_ALL": "it_IT.UTF-8"]
        ).expect(0).unfolded.says("più di quanto è dovuto")
        #expect(try office.rows("SELECT count(*) FROM payment") == ["2"])
    }

    @Test("a payment of tomorrow is refused, and one that is only reported is asked about")
    func tomorrow() throws {
        let firm = try Firm()
        let office = try firm.office("matera")
        for date in ["+1", "domani", "2099-01-01"] {
            try office.run("pay", account, "1", "--on", date, "--yes").expect(2)
                .says("today or before")
        }
        try office.run("pay", account, "1", "--on", "+1", "--state", "reported").expect(2)
            .says("still to come")
        #expect(try office.rows("SELECT count(*) FROM payment") == ["0"])
        try office.run("pay", account, "1", "--on", "+0").expect(0)
        try office.run("pay", account, "1", "--on", "-1").expect(0)
        try office.run("pay", account, "1", "--on", "+1", "--state", "reported", "--yes").expect(0)
        #expect(try office.rows("SELECT count(*) FROM payment") == ["3"])
    }

    @Test("days that are mostly a wrong year are asked about: payments, promises, tasks, plans")
    func wrongYears() throws {
        let firm = try Firm()
        let office = try firm.office("matera")
        let calls: [([String], String)] = [
            (["pay", account, "1", "--on", "-367"], "more than a year ago"),
            (["promise", account, "1", "--due", "+367"], "more than a year ahead"),
            (["promise", account, "1", "--due", "-1", "--made", "-2"], "which is past"),
            (
                ["promise", account, "1", "--due", "+1", "--made", "-367"], "more than a year ago"
            ),
            (["task", account, "add", "x", "--due", "-1"], "which is past"),
            (["task", account, "add", "x", "--due", "+367"], "more than a year ahead"),
            (["set", account, "next_action_on=-1"], "which is past"),
            (["set", account, "next_action_on=+367"], "more than a year ahead"),
        ]
        for (call, fact) in calls {
            let words = [call[0], office.path] + call.dropFirst()
            func run(_ more: [String]) throws -> Answer {
                try firm.folder.run(
                    Programs.office, words + more, environment: ["RIENTRO_OPERATOR": "MROSSI"])
            }
            try run([]).expect(2).says(fact)
            #expect(try office.rows("SELECT count(*) FROM pending") == ["0"], "\(call)")
            try run(["--yes"]).expect(0)
            try Shell(firm.folder).answer(office.path, "DELETE FROM pending;").expect(0)
        }
        // The limits themselves are no error.
        try office.run("pay", account, "1", "--on", "-366").expect(0)
        try office.run("promise", account, "1", "--due", "+366", "--made", "-366").expect(0)
        try office.run("task", account, "add", "x", "--due", "+0").expect(0)
        try office.run("set", account, "verified_on=+1").expect(2)
        try office.run("set", account, "birth_date=+1").expect(2).says("cannot be after today")
        try office.run("set", account, "--contact", "+393337000001", "verified_on=+1").expect(2)
    }

    @Test("promises are counted together: what still runs and the new one, against what is owed")
    func promises() throws {
        let firm = try Firm()
        let office = try firm.office("matera")
        try office.run("promise", account, "101,51", "--due", "+3").expect(2)
            .says("more than is owed")
        try office.run("promise", account, "60", "--due", "+3").expect(0)
        try office.run("promise", account, "41,51", "--due", "+9").expect(2)
            .says("promises that still run (60.00 EUR)")
        try office.run("promise", account, "41,50", "--due", "+9").expect(0)
        try office.run("promise", account, "1", "--due", "+9", "--yes").expect(0)
        #expect(try office.rows("SELECT count(*) FROM promise") == ["3"])
    }

    @Test("a reference that is booked with the same amount is asked about, an amount alone is not")
    func sameReference() throws {
        let firm = try Firm()
        let office = try firm.office("matera")
        try office.run("pay", account, "10", "--reference", "ric. 7").expect(0)
        try office.run("pay", account, "10", "--reference", "ric. 7").expect(2).says("ric. 7")
        try office.run("pay", account, "11", "--reference", "ric. 7").expect(0)
        try office.run("pay", account, "10").expect(0).says("same amount on the same day")
        try office.run("undo", "--yes").expect(0)
        try office.run("undo", "--yes").expect(0)
        try office.run("undo", "--yes").expect(0)
        try office.run("pay", account, "10", "--reference", "ric. 7").expect(0)
    }

    @Test("an account with money open is not closed as paid, by set or by a decision")
    func closedPaid() throws {
        let firm = try Firm()
        let office = try firm.office("matera")
        try office.run("set", account, "status=closed_paid").expect(1).says("money is open")
        try office.run("set", account, "status=closed_paid", "--yes").expect(1)
        #expect(try office.rows("SELECT DISTINCT status FROM account") == ["placed"])
        try office.run("set", account, "status=closed_settled").expect(0)
        try office.run("set", account, "status=in_work").expect(0)
        try office.run("pay", account, "101,50").expect(0)
        try office.run("set", account, "status=closed_paid").expect(0)
        try office.run("promise", account, "1", "--due", "+1").expect(2).says("closed: paid")
        try office.run("task", account, "add", "x").expect(2).says("closed: paid")
        try office.run("task", account, "add", "x", "--kind", "check").expect(0)
    }

    @Test("a clock known to be wrong is asked about, and what is written has the centre's day")
    func wrongClock() throws {
        let firm = try Firm()
        let office = try firm.office("matera")
        // The machine's clock, as the last sync measured it: ten years behind the centre.
        let ahead = "UPDATE me SET \"offset\" = 3652 * 86400000;"
        try Shell(firm.folder).answer(office.path, ahead).expect(0)
        let right = try office.rows("SELECT date('now', 'localtime', '+3652 days')")[0]
        let calls = [
            ["pay", account, "1"], ["note", account, "--channel", "phone", "--outcome", "NA", "x"],
            ["promise", account, "1", "--due", right], ["task", account, "add", "x"],
            ["pay", account, "2", "--on", "ieri"], ["set", account, "next_action_on=+1"],
        ]
        for call in calls {
            let words = [call[0], office.path] + call.dropFirst()
            let environment = ["RIENTRO_OPERATOR": "MROSSI"]
            try firm.folder.run(Programs.office, words, environment: environment).expect(2)
                .says("slow at the last sync", right)
            try firm.folder.run(Programs.office, words + ["--yes"], environment: environment)
                .expect(0)
        }
        let days = try office.rows(
            """
            SELECT received_on FROM payment WHERE amount = 100
            UNION SELECT date(started_at, 'localtime') FROM contact_attempt
            UNION SELECT made_on FROM promise UNION SELECT due_on FROM task
            """)
        #expect(days == [right])
        // A date that is written out needs no clock; by the centre's it is not in the future.
        try office.run("pay", account, "3", "--on", right).expect(0)
        // Half a minute is nothing, whatever the day.
        let little = "UPDATE me SET \"offset\" = 30000;"
        try Shell(firm.folder).answer(office.path, little).expect(0)
        try office.run("pay", account, "4").expect(0)
        let hour = "UPDATE me SET \"offset\" = -3600000;"
        try Shell(firm.folder).answer(office.path, hour).expect(0)
        try office.run("pay", account, "5").expect(2).says("fast at the last sync")
    }
}
