import Foundation
import Testing

/// What people type as tax codes and numbers is read as the import reads it.
@Suite("codes and numbers that people type", .ownThreads, .timeLimit(.minutes(5)))
struct TypedValueTests {
    @Test("a wrong tax code is kept and flagged, a right one takes the flag away, and both travel")
    func taxCode() throws {
        let firm = try Firm(portfolios: ["MATERA"], accounts: 1)
        let office = try firm.office("matera")
        let found = "SELECT codice_fiscale, codice_fiscale_flag FROM debtor"
        try office.run("set", "C-MATERA-0001", "codice_fiscale=rss mra 80a01 h501x").expect(0)
            .says("codice_fiscale was kept, but looks wrong")
        #expect(try office.rows(found) == ["RSSMRA80A01H501X|check"])
        try office.sync()
        let again = try office.run(
            "set", "C-MATERA-0001", "codice_fiscale=RSSMRA45C12F205C", "iban=IT60"
        ).expect(0)
        again.says("iban was kept, but looks wrong")
        #expect(!again.output.contains("codice_fiscale was kept"))
        #expect(try office.rows(found) == ["RSSMRA45C12F205C|"])
        #expect(try office.rows("SELECT iban, iban_flag FROM debtor") == ["IT60|shape"])
        try office.run("set", "C-MATERA-0001", "iban=").expect(0)
        #expect(try office.rows("SELECT iban, iban_flag FROM debtor") == ["|"])
        try office.sync()
        try office.verify()
    }

    @Test("a number with words beside it is a number, a remark, and somebody else's")
    func remark() throws {
        let firm = try Firm(portfolios: ["MATERA"], accounts: 1)
        let office = try firm.office("matera")
        let addition = "mobile=338-7654321 (moglie)"
        try office.run("set", "C-MATERA-0001", "--add", addition).expect(0)
        let found = "SELECT remark, quality FROM contact_point WHERE value = '+393387654321'"
        #expect(try office.rows(found) == ["moglie|third_party"])
        try office.run("set", "C-MATERA-0001", "--add", addition).expect(0).says("there already")
        #expect(try office.rows(found).count == 1)
    }

    @Test("a payment above what is owed is asked about in any currency, and says what it counts")
    func payments() throws {
        let firm = try Firm(portfolios: ["MATERA"], accounts: 1)
        let office = try firm.office("matera")
        let account = "C-MATERA-0001"
        let small = try office.run("pay", account, "1").expect(0)
        #expect(!small.errors.contains("owed"))
        for more in [[], ["--state", "reported"]] {
            let words = ["pay", office.path, account, "900000"] + more
            let environment = ["RIENTRO_OPERATOR": "MROSSI"]
            try firm.folder.run(Programs.office, words, environment: environment).expect(2)
                .says("more than is owed")
            try firm.folder.run(Programs.office, words + ["-y"], environment: environment)
                .expect(0)
        }
        try office.run("pay", account, "5", "--currency", "usd").expect(2)
            .says("the balance is 0.00 USD")
        try office.run("pay", account, "5", "--currency", "usd", "--yes").expect(0)
            .says("The balance stays", "Only payments in EUR count")
        try office.run("pay", account, "5", "--currency", "XXX").expect(2).says("ISO 4217")
        #expect(try office.rows("SELECT count(*) FROM payment") == ["4"])
    }

    @Test("the reason of a status goes with it, and stays where the status does")
    func reason() throws {
        let office = try Firm().office("matera")
        let account = "C-MATERA-0001"
        func standing() throws -> [String] {
            try office.rows(
                "SELECT status, status_reason FROM account WHERE case_ref = '\(account)'")
        }
        try office.run("set", account, "status=disputed", "status_reason=merce guasta").expect(0)
        try office.run("set", account, "status=disputed", "priority=3").expect(0)
        #expect(try standing() == ["disputed|merce guasta"])
        try office.run("set", account, "status=in_work").expect(0)
        #expect(try standing() == ["in_work|"])
    }

    @Test("reading and showing amounts agree on the decimals of every currency")
    func decimals() throws {
        let firm = try Firm(portfolios: ["MATERA"], accounts: 1)
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        var lines = ["principal_code;case_ref;surname;item_ref;due_date;currency;open_amount"]
        for a in letters {
            for b in letters {
                for c in letters {
                    let code = "\(a)\(b)\(c)"
                    lines.append("C-MATERA;\(code);Rossi;\(code);2026-01-31;\(code);1")
                }
            }
        }
        let file = try firm.folder.write(
            "all.csv", lines.joined(separator: "\n") + "\n")
        let answer = try firm.run([
            "import", firm.centre, file, "--portfolio", "MATERA", "--dry-run",
            "--accept-partial",
        ]).expect(3)
        let shown = answer.lines.filter { $0.hasPrefix("open amount ") }
            .map { $0.split(separator: " ").suffix(2).map(String.init) }
        #expect(shown.count > 140, "\(answer)")
        #expect(Set(shown.map(\.[0])) == ["1", "1.00", "1.000"], "\(shown)")
        #expect(shown.contains(["1.000", "TND"]) && shown.contains(["1", "JPY"]))
    }
}
