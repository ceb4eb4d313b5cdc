import Foundation
import Testing

/// A typing error is taken back by rows, here and at the centre.
@Suite("taking back", .ownThreads, .timeLimit(.minutes(10)))
struct TakingBackTests {
    private let account = "C-MATERA-0001"

    @Test("undo takes back a payment before and after a sync, and every office sees the balance")
    func payment() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        try matera.run("pay", account, "50").expect(0)
        let asked = try matera.run("undo").expect(2)
        asked.says("payment 50.00 EUR", account, "Nothing was written", "--yes")
        #expect(try matera.rows("SELECT count(*) FROM payment") == ["1"])
        try matera.run("undo", "--yes").expect(0).says("Reversed", "-50.00 EUR")
        try matera.run("pay", account, "30").expect(0)
        try matera.sync()
        try matera.run("undo", "--yes").expect(0).says("-30.00 EUR")
        try matera.sync()
        try milano.sync()
        let balance = "SELECT balance FROM accounts WHERE case_ref = '\(account)'"
        #expect(try matera.rows(balance) == ["10150"])
        #expect(try milano.rows(balance) == ["10150"])
        #expect(
            try milano.rows(
                "SELECT amount, reverses_id IS NULL FROM payment ORDER BY amount")
                == ["-5000|0", "-3000|0", "3000|1", "5000|1"])
        try matera.verify()
    }

    @Test("undo asks a person, takes back what was written before it each time, then has nothing")
    func steps() throws {
        let firm = try Firm()
        let office = try firm.office("matera")
        try office.run("set", account, "city=Bari", "street=Via Roma 1").expect(0)
        try office.run("task", account, "add", "richiamare").expect(0)
        try office.run("task", account, "done").expect(0)
        try office.run("promise", account, "10", "--due", "+3").expect(0)
        try office.run("note", account, "--channel", "phone", "--outcome", "STOP", "basta")
            .expect(0)
        let declined = try PseudoTerminal().run(office, ["undo"], answers: [("[y/N] ", "n")])
        try declined.expect(1).unfolded.says("note phone STOP basta", "Take it back?")
        try PseudoTerminal().run(office, ["undo"], answers: [("[y/N] ", "y")]).expect(0)
            .says("Taken back: the note phone STOP")
        // Nothing is stopped by a note that never was.
        try office.run("note", account, "--channel", "phone", "--outcome", "NA").expect(0)
        try office.run("show", account).expect(0).says("STOP basta (taken back)")
        try office.run("undo", "--yes").expect(0).says("phone NA")
        try office.run("undo", "--yes").expect(0).says("Cancelled: the promise of 10.00 EUR")
        #expect(try office.rows("SELECT state FROM promises") == ["cancelled"])
        #expect(try office.rows("SELECT status FROM task") == ["done"])
        try office.run("undo", "--yes").expect(0)
        #expect(try office.rows("SELECT status FROM task") == ["open"])
        try office.run("undo", "--yes").expect(0)
        #expect(try office.rows("SELECT status FROM task") == ["cancelled"])
        try office.run("undo", "--yes").expect(0).says("city is Matera again")
        #expect(
            try office.rows(
                "SELECT city, street FROM debtor AS d JOIN account AS a ON a.debtor_id = d.id"
                    + " WHERE a.case_ref = '\(account)'") == ["Matera|Via Ridola, 1"])
        try office.run("undo", "--yes").expect(1).says("nothing here")
        try office.sync()
        try office.verify()
    }

    @Test("what somebody changed since stays, and is said; what others wrote is not undone by you")
    func changedSince() throws {
        let firm = try Firm()
        var office = try firm.office("matera")
        try office.run("set", account, "city=Bari", "priority=7").expect(0)
        office.operatorCode = "LBIANCHI"
        try office.run("undo", "--yes").expect(1).says("LBIANCHI has written nothing")
        try Shell(firm.folder).answer(office.path, "UPDATE debtor SET city = 'Lecce';").expect(0)
        office.operatorCode = "MROSSI"
        let answer = try office.run("undo", "--yes", "--json").expect(3).json()
        #expect(answer["taken_back"].array.count == 1 && answer["left"].array.count == 1)
        #expect(try office.rows("SELECT DISTINCT city FROM debtor") == ["Lecce"])
        #expect(
            try office.rows("SELECT priority FROM account WHERE case_ref = '\(account)'") == ["5"])
    }

    @Test("a note that another office has put right since is not taken back, and counts once")
    func corrected() throws {
        let firm = try Firm()
        let (matera, milano) = (try firm.office("matera"), try firm.office("milano"))
        for outcome in ["NA", "RPC"] {
            try matera.run("note", account, "--channel", "phone", "--outcome", outcome).expect(0)
        }
        try matera.run("undo", "--yes").expect(0).says("the note phone RPC")
        for office in [matera, milano] { try office.sync() }
        try Shell(milano.folder).answer(
            milano.path,
            """
            INSERT INTO contact_attempt(account_id, channel, outcome, started_at, corrects_id)
            SELECT account_id, 'phone', 'BUSY', '2026-11-02T10:00:00.000Z', id
            FROM contact_attempt WHERE outcome = 'NA';
            """
        ).expect(0)
        for office in [milano, matera] { try office.sync() }
        try matera.run("undo", "--yes").expect(1).says("the note phone NA was corrected already")
        for office in [matera, milano] {
            #expect(
                try office.rows("SELECT last_contact_at FROM accounts WHERE last_contact_at <> ''")
                    == ["2026-11-02T10:00:00.000Z"])
        }
    }

    @Test("a contact point that was added is marked as wrong, for none is ever deleted")
    func added() throws {
        let firm = try Firm()
        let office = try firm.office("matera")
        try office.run("set", account, "--add", "mobile=3331112223").expect(0)
        try office.run("undo", "--yes").expect(0).says("marked as wrong")
        #expect(
            try office.rows(
                "SELECT quality FROM contact_point WHERE value = '+393331112223'")
                == ["wrong_number"])
    }

    @Test("--reverse reverses what is left of one payment of this account, once")
    func reverse() throws {
        let firm = try Firm()
        let office = try firm.office("matera")
        try office.run("pay", account, "40", "--reference", "ric. 1").expect(0)
        try office.run("pay", account, "20", "--state", "reported").expect(0)
        try office.run("pay", "C-MATERA-0002", "5").expect(0)
        let ids = try office.rows("SELECT id FROM payment ORDER BY amount DESC")
        try Shell(firm.folder).answer(
            office.path,
            """
            INSERT INTO payment(account_id, amount, reverses_id)
            SELECT account_id, -1500, id FROM payment WHERE id = '\(ids[0])';
            """
        ).expect(0)
        try office.run("pay", account, "--reverse", ids[2]).expect(1).says("has no payment")
        try office.run("pay", account, "--reverse", "zzzz").expect(1).says(ids[0], "ric. 1")
        try office.run("pay", account, "7", "--reverse", ids[0]).expect(2)
        try office.run("pay", account, "--reverse", ids[0], "--method", "cash").expect(2)
        try office.run("pay", account, "--reverse", String(ids[0].suffix(8))).expect(0)
            .says("-25.00 EUR", "101.50 EUR")
        try office.run("pay", account, "--reverse", ids[0]).expect(1).says("reversed already")
        try office.run("pay", account, "--reverse", ids[1]).expect(0)
        #expect(
            try office.rows(
                "SELECT balance, announced FROM accounts WHERE case_ref = '\(account)'")
                == ["10150|0"])
        let reversal = try office.rows("SELECT id FROM payment WHERE amount = -2500")
        try office.run("undo", "--yes").expect(1).says("is a reversal itself")
        try office.run("pay", account, "--reverse", reversal[0]).expect(1)
        try office.run("pay", account).expect(2).says("AMOUNT is missing")
    }

    @Test("--cancel withdraws one promise of this account, once, and a kept one stays")
    func cancel() throws {
        let firm = try Firm()
        let office = try firm.office("matera")
        try office.run("promise", account, "10", "--due", "+3").expect(0)
        try office.run("promise", "C-MATERA-0002", "11", "--due", "+3").expect(0)
        let ids = try office.rows("SELECT id FROM promise ORDER BY amount")
        try office.run("promise", account, "--cancel", ids[1]).expect(1)
        try office.run("promise", account, "10", "--cancel", ids[0]).expect(2)
        try office.run("promise", account, "--cancel", ids[0], "--due", "+1").expect(2)
        try office.run("promise", account, "--cancel", ids[0]).expect(0)
        try office.run("promise", account, "--cancel", ids[0]).expect(1).says("cancelled already")
        try office.run("pay", "C-MATERA-0002", "11").expect(0)
        try office.run("promise", "C-MATERA-0002", "--cancel", ids[1]).expect(1).says("kept")
        try office.run("promise", account, "10").expect(2).says("--due")
        try office.run("promise", account, "--due", "+1").expect(2).says("AMOUNT is missing")
        #expect(
            try office.rows("SELECT state FROM promises ORDER BY amount") == ["cancelled", "kept"])
        try office.sync()
        try office.verify()
    }
}
