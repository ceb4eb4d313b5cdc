import Foundation
import Testing

/// What somebody remembers of an account finds it, however he types it.
@Suite("search", .ownThreads, .timeLimit(.minutes(10)))
struct SearchTests {
    @Test("capitals, accents, apostrophes and composed letters make no difference")
    func folding() throws {
        let firm = try Firm(accounts: 1)
        let file = try firm.folder.write(
            "names.csv",
            """
            principal_code;case_ref;surname;name;city;phone_1;item_ref;due_date;open_amount
            C-MATERA;S-1;D’Angelo;Nicolò;L'Aquila;3337000042;S-1-1;2026-01-31;100
            C-MATERA;S-2;Dangelli;Nicolo\u{300};Forlì;3337000043;S-2-1;2026-01-31;100
            C-MATERA;S-3;O`Brien;Zoë;Łódź;3337000044;S-3-1;2026-01-31;100

            """)
        try firm.run(["import", firm.centre, file, "--portfolio", "MATERA"]).expect(0)
        let office = try firm.office("matera")
        let searches: [(words: [String], cases: [String])] = [
            (["NICOLÒ", "angelo"], ["S-1"]), (["nicolo'"], ["C-MATERA-0001", "S-1", "S-2"]),
            (["Nicolo\u{300}", "dangelli"], ["S-2"]), (["d'angelo"], ["S-1"]),
            (["D’ANGELO"], ["S-1"]), (["laquila"], ["S-1"]), (["l´aquila"], ["S-1"]),
            (["forli"], ["S-2"]), (["o'brien", "ZOE"], ["S-3"]), (["LODZ"], ["S-3"]),
            (["3337000042"], ["S-1"]), (["s-2"], ["S-2"]), (["d'angelo nicolò"], ["S-1"]),
            (["angelo", "forli"], []), (["%"], []), (["_-1"], []),
            (["'"], ["C-MATERA-0001", "S-1", "S-2", "S-3"]),
        ]
        for (words, cases) in searches {
            let environment = ["RIENTRO_OPERATOR": "MROSSI"]
            let accounts = try firm.folder.run(
                Programs.office,
                ["accounts", office.path] + words + ["--json", "--sort", "case"],
                environment: environment
            ).expect(0).json()["accounts"].array.compactMap(\.["case_ref"].text)
            #expect(accounts == cases, "\(words)")
            let debtors = try firm.folder.run(
                Programs.office, ["debtors", office.path] + words + ["--json"],
                environment: environment
            ).expect(0).json()["count"].number
            // Case references are of accounts, all else is of people.
            if words != ["s-2"], words != ["_-1"] { #expect(debtors == cases.count, "\(words)") }
        }
    }

    @Test("an account is opened by the name of its debtor, and several are listed")
    func names() throws {
        let firm = try Firm(accounts: 6)
        let office = try firm.office("matera")
        try office.run("show", "d'amato").expect(0).says("C-MATERA-0005")
        try office.run("show", "FERRARA ANNA").expect(0).says("C-MATERA-0002")
        try office.run("show", "o").expect(2).says("C-MATERA-0004", "Lo Russo")
        try office.run("show", "nobody").expect(1).says("no account here")
        // Money is not booked on whoever bears a name.
        try office.run("pay", "d'amato", "1").expect(1)
    }
}
