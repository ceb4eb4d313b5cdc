import Foundation
import Testing

/// No loser vanishes, whoever decides and when.
@Suite("conflicts", .ownThreads, .timeLimit(.minutes(10)))
struct ConflictTests {
    private func phone(_ office: Office, _ value: String) throws {
        try Shell(office.folder).answer(
            office.path,
            """
            UPDATE contact_point SET value = '\(value)' WHERE id = (
              SELECT p.id FROM contact_point AS p JOIN account AS a ON a.debtor_id = p.debtor_id
              WHERE a.case_ref = 'C-MATERA-0001' AND p.kind <> 'email');
            """
        ).expect(0)
    }

    private func conflicts(_ office: Office) throws -> [JSON] {
        try office.run("conflicts", "--json").expect(0, 3).json()["conflicts"].array
    }

    /// Two offices with one open conflict that both know.
    private func disagreeing() throws -> (firm: Firm, matera: Office, milano: Office, id: String) {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        try phone(matera, "+390835000001")
        try phone(milano, "+390835000002")
        try matera.sync()
        try milano.run("sync").expect(3)
        try matera.run("sync").expect(3)
        let id = try #require(try conflicts(matera).first?["id"].text)
        #expect(try conflicts(milano).map { $0["id"].text } == [id])
        return (firm, matera, milano, id)
    }

    private func settle(_ offices: Office...) throws {
        for office in offices + offices { try office.run("sync").expect(0, 3) }
    }

    private let values = "SELECT id, value FROM contact_point ORDER BY id"

    @Test("a dispute does not vanish under a later status: both are listed until somebody chooses")
    func status() throws {
        let firm = try Firm()
        let (matera, milano) = (try firm.office("matera"), try firm.office("milano"))
        try matera.run("set", "C-MATERA-0001", "status=disputed").expect(0)
        try milano.run("set", "C-MATERA-0001", "status=in_work").expect(0)
        try matera.sync()
        try milano.run("sync").expect(3)
        try matera.run("sync").expect(3)
        for office in [matera, milano] {
            try office.run("conflicts").expect(3)
                .says("(C-MATERA-0001)", "won   status=in_work", "lost  status=disputed")
        }
        let answer = try firm.centre("conflicts").expect(3).says("account.status", "in_work")
        #expect(!answer.output.contains("(empty)") && !answer.output.contains("Page"))
        let conflict = try #require(try conflicts(matera).first)
        #expect(conflict["register"].text == "status")
        try matera.run("resolve", try #require(conflict["id"].text), "lost").expect(0)
        try settle(matera, milano)
        for office in [matera, milano] {
            #expect(
                try office.rows("SELECT status FROM account WHERE case_ref = 'C-MATERA-0001'")
                    == ["disputed"])
            try office.run("show", "C-MATERA-0001").expect(0).says("disputed")
            try office.run("conflicts").expect(0)
        }
    }

    @Test("two people who decide one conflict alike, unseen by each other, are done with it")
    func alike() throws {
        let (firm, matera, milano, id) = try disagreeing()
        try matera.run("resolve", id, "lost").expect(0)
        try milano.run("resolve", id, "lost").expect(0)
        try settle(matera, milano)
        for office in [matera, milano] {
            #expect(try office.rows(values) == firm.rows(values))
            try office.verify()
        }
        #expect(
            try matera.rows("SELECT count(*) FROM contact_point WHERE value = '+390835000001'")
                == ["1"])
        #expect(try matera.rows("SELECT count(*) FROM conflicts") == ["0"])
    }

    @Test("many are listed a page at a time at the centre, after how many there are of what")
    func pages() throws {
        let firm = try Firm()
        let (matera, milano) = (try firm.office("matera"), try firm.office("milano"))
        func write(_ sql: String, _ office: Office) throws {
            try Shell(office.folder).answer(office.path, sql + ";").expect(0)
        }
        try write(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 101)
            INSERT INTO contact_point(debtor_id, kind, value, remark)
            SELECT debtor_id, 'phone', '+39083500' || (1000 + i), 'new' FROM account, n
            WHERE case_ref = 'C-MATERA-0001'
            """, matera)
        try settle(matera, milano)
        for (office, digit) in [(matera, "1"), (milano, "2")] {
            try write(
                "UPDATE contact_point SET value = value || '\(digit)' WHERE remark = 'new'", office)
        }
        try matera.run("set", "C-MATERA-0001", "status=disputed").expect(0)
        try milano.run("set", "C-MATERA-0001", "status=in_work").expect(0)
        try settle(matera, milano)
        let first = try firm.centre("conflicts", "--json").expect(3).json()
        #expect(first["count"].number == 102 && first["left_out"].number == 2)
        #expect(first["conflicts"].array.count == 100 && first["page"].number == 1)
        #expect(
            first["groups"].array.map { "\($0["what"].text ?? "") \($0["count"].number ?? 0)" }
                == ["account.status 1", "contact_point.value 101"])
        let second = try firm.centre("conflicts", "--json", "--page", "2").expect(3).json()
        let ids = Set((first["conflicts"].array + second["conflicts"].array).map { $0["id"].text })
        #expect(second["conflicts"].array.count == 2 && ids.count == 102)
        #expect(second["left_out"].number == 100)
        let text = try firm.centre("conflicts").expect(3).says("Page 1 of 2;").output
        #expect(text.contains(/101  contact_point\.value  \d{4}-\d\d-\d\d \d\d:\d\d\n/))
        try firm.centre("conflicts", "--page", "2").expect(3).says("Page 2 of 2;")
        for command in ["conflicts", "review"] {
            try firm.centre(command, "--page", "3").expect(3).says("no page 3: there are 2")
            for page in ["0", "x"] { try firm.centre(command, "--page", page).expect(2) }
        }
        try firm.centre("quarantine", "--page", "2").expect(0).says("Nothing is in quarantine")
        // 101 are two pages, and 100 are one.
        for (left, pages) in [(101, "Page 1 of 2;"), (100, "")] {
            let id = try #require(try conflicts(matera).last?["id"].text)
            try matera.run("resolve", id, "won").expect(0)
            try settle(matera)
            let json = try firm.centre("conflicts", "--json").expect(3).json()
            #expect(json["count"].number == left)
            let said = try firm.centre("conflicts").expect(3).says(pages)
            #expect(said.output.contains("Page") == !pages.isEmpty)
        }
        try firm.centre("conflicts", "--page", "2").expect(3).says("no page 2: all is on the first")
    }

    @Test("nobody decides that an account with money open is paid, whichever side says so")
    func paid() throws {
        let firm = try Firm()
        let (matera, milano) = (try firm.office("matera"), try firm.office("milano"))
        let account = "C-MATERA-0001"
        try matera.run("pay", account, "101,50").expect(0)
        try matera.run("set", account, "status=closed_paid").expect(0)
        try milano.run("set", account, "status=in_work").expect(0)
        try settle(matera, milano)
        let id = try #require(try conflicts(milano).first?["id"].text)
        let payment = try #require(try milano.rows("SELECT id FROM payment").first)
        try milano.run("pay", account, "--reverse", payment, "--yes").expect(0)
        for choice in ["lost", "status=closed_paid"] {
            try milano.run("resolve", id, choice).expect(1).says("money is open")
        }
        #expect(try conflicts(milano).count == 1)
        try milano.run("resolve", id, "won").expect(0)
    }

    @Test("two people who decide one conflict differently see a new one, and all hold the same")
    func differently() throws {
        let (firm, matera, milano, id) = try disagreeing()
        try matera.run("resolve", id, "+390835000007").expect(0)
        try milano.run("resolve", id, "+390835000008").expect(0)
        try settle(matera, milano)
        for office in [matera, milano] {
            let open = try office.rows("SELECT won, lost FROM conflicts").joined()
            #expect(open.contains("+390835000007") && open.contains("+390835000008"), "\(open)")
            #expect(try office.rows(values) == firm.rows(values))
            try office.verify()
        }
        let next = try #require(try conflicts(milano).first?["id"].text)
        #expect(next != id)
        try milano.run("resolve", next, "won").expect(0)
        try settle(milano, matera)
        #expect(try conflicts(matera).isEmpty && conflicts(milano).isEmpty)
        try firm.centre("conflicts").expect(0)
    }

    @Test("changes of different fields of one debtor, unseen by each other, both stand")
    func fields() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        try matera.run("set", "C-MATERA-0001", "city=Bari", "debtor.note=sera").expect(0)
        try milano.run("set", "C-MATERA-0001", "language=en", "priority=8").expect(0)
        try milano.run("set", "C-MATERA-0001", "surname=Bianco").expect(0)
        try settle(matera, milano)
        let sql = """
            SELECT d.surname, d.city, d.note, d.language, a.priority FROM debtor AS d
            JOIN account AS a ON a.debtor_id = d.id WHERE a.case_ref = 'C-MATERA-0001'
            """
        for office in [matera, milano] {
            #expect(try office.rows(sql) == ["Bianco|Bari|sera|en|8"])
            #expect(try conflicts(office).isEmpty)
            try office.verify()
        }
    }

    @Test("writing again what one has seen is no conflict, whoever wrote it before")
    func none() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        try phone(matera, "+390835000003")
        try matera.sync()
        try phone(matera, "+390835000004")
        try matera.sync()
        try milano.sync()
        try phone(milano, "+390835000005")
        try settle(milano, matera)
        for office in [matera, milano] {
            #expect(try conflicts(office).isEmpty)
            try office.verify()
        }
    }
}
