import Foundation
import Testing

/// A terminal of 80 columns, as in every branch: whatever a person needs is there, whole.
@Suite("80 columns", .ownThreads, .timeLimit(.minutes(10)))
struct NarrowTerminalTests {
    /// A firm whose names, notes and places are as long and as wide as real ones.
    private func office() throws -> (Firm, Office) {
        let firm = try Firm(accounts: 1)
        let file = try firm.folder.write(
            "wide.csv",
            """
            principal_code;case_ref;debtor_kind;surname;name;company_name;city;phone_1;item_ref;\
            doc_number;due_date;open_amount
            C-MATERA;W-000000000001;company;;;株式会社東京電力ホールディングス・イタリア支店;Milano;\
            0212345678;W-1-1;FT/2026/0000123456;2026-01-31;1234567,89
            C-MATERA;W-000000000002;natural;Castronovo di Santa Maria Capua Vetere;\
            Maria Immacolata Concetta;;Reggio nell'Emilia;3337000042;W-2-1;12;2026-01-31;100,00

            """)
        try firm.run(["import", firm.centre, file, "--portfolio", "MATERA"]).expect(0)
        return (firm, try firm.office("matera"))
    }

    private let note =
        "richiama dopo le 18 perché lavora; chiede copia della fattura di marzo e dice che il"
        + " contatore è stato cambiato 三回 volte, numero 株式会社東京電力"

    @Test("every list and card fits, and cuts neither names nor notes nor hours nor amounts")
    func fits() throws {
        let (firm, office) = try office()
        let person = "Castronovo di Santa Maria Capua Vetere Maria Immacolata Concetta"
        for account in ["W-000000000001", "W-000000000002"] {
            try office.run("note", account, "--channel", "phone", "--outcome", "CB", note).expect(0)
            try office.run(
                "task", account, "add", "--time", "18:00-20:00", "--assignee", "MROSSI", note
            ).expect(0)
            try office.run("promise", account, "50", "--due", "+0", "--note", note).expect(0)
            try office.run("pay", account, "20", "--reference", "bonifico del 3/12, cro 12345678")
                .expect(0)
            try office.run("note", account, "--channel", "phone", "--outcome", "DISP", note)
                .expect(0)
            try office.run("task", account, "add", "--kind", "letter", note).expect(0)
        }
        let lists: [(words: [String], needed: [String])] = [
            (["today"], ["1,234,547.89 EUR", "+390212345678", "株式会社", person]),
            (["tasks"], ["18:00-20:00", "W-000000000001", person, note]),
            (["tasks", "--ids"], ["18:00-20:00", "W-000000000001"]),
            (["accounts"], ["W-000000000002", "1,234,547.89 EUR", "DISP", person]),
            (["accounts", "--ids"], ["W-000000000002", "1,234,547.89 EUR", "DISP"]),
            (["debtors"], ["+393337000042", "Reggio nell'Emilia", person]),
            (["debtors", "--ids"], ["+393337000042"]),
            (["show", "W-000000000002"], ["18:00-20:00", "+393337000042", "80.00 EUR", note]),
            (["show", "W-000000000001", "--ids"], ["FT/2026/0000123456", "1,234,547.89 EUR"]),
            (["task", "W-000000000001"], ["18:00-20:00", note]),
        ]
        for (words, needed) in lists {
            let answer = try PseudoTerminal().run(office, words).expect(0)
            for line in answer.output.split(separator: "\n") {
                #expect(Self.columns(line) <= 80, "\(words): \(line)")
            }
            #expect(!answer.output.contains("…"), "\(answer)")
            let shown = answer.output.filter { !$0.isWhitespace && $0 != "-" }
            for text in needed {
                // Cells stand side by side, so a folded text is looked for word by word.
                for word in text.split(separator: " ") {
                    let letters = word.filter { $0 != "-" }
                    #expect(
                        shown.contains(letters) || Self.isFolded(letters, in: answer.output),
                        "\(words) lacks \(word): \(answer)")
                }
            }
        }
        let ids = try office.rows("SELECT id FROM account UNION ALL SELECT id FROM task")
        for words in [["accounts"], ["tasks"], ["show", "W-000000000001"]] {
            let plain = try PseudoTerminal().run(office, words).expect(0).output
            let full = try PseudoTerminal().run(office, words + ["--ids"]).expect(0).output
            #expect(!ids.contains { plain.contains($0) })
            #expect(ids.contains { full.contains($0) }, "\(full)")
        }
        #expect(try firm.folder.run("true", []).exit == 0)
    }

    /// Whether every piece of a word that is folded within stands somewhere.
    private static func isFolded(_ word: String, in output: String) -> Bool {
        (1..<word.count).contains { length in
            output.contains(word.prefix(length)) && output.contains(word.dropFirst(length))
        }
    }

    /// East Asian letters take two columns; the test counts for itself.
    private static func columns(_ line: Substring) -> Int {
        line.unicodeScalars.reduce(0) { sum, scalar in
            let isWide = (0x2E80...0xFFDC).contains(scalar.value)
            return sum + (isWide ? 2 : scalar.properties.generalCategory == .nonspacingMark ? 0 : 1)
        }
    }

    @Test("a wider terminal shows more, a pipe shows all, and both say what is left out")
    func widths() throws {
        let (_, office) = try office()
        let narrow = try PseudoTerminal().run(office, ["accounts"]).expect(0)
        #expect(narrow.output.contains("(no room here for: "), "\(narrow)")
        let wide = try PseudoTerminal(columns: 160).run(office, ["accounts"]).expect(0)
        #expect(!wide.output.contains("no room"))
        #expect(wide.output.contains("creditor") && wide.output.contains("bucket"))
        let pipe = try office.run("accounts").expect(0)
        #expect(pipe.output.contains("creditor") && pipe.errors.isEmpty)
    }

    @Test("a list longer than the screen goes to the pager that is asked for, and only then")
    func pager() throws {
        let firm = try Firm(accounts: 40)
        let office = try firm.office("matera")
        let pages = firm.folder("pages")
        let environment = ["RIENTRO_PAGER": "cat >> \(pages)"]
        let long = try PseudoTerminal().run(
            office, ["accounts"], environment: environment
        ).expect(0)
        #expect(!long.output.contains("C-MATERA-0040"), "\(long)")
        let page = try String(contentsOfFile: pages, encoding: .utf8)
        #expect(page.contains("C-MATERA-0040") && page.contains("40 accounts"))
        let short = try PseudoTerminal(rows: 200).run(
            office, ["accounts"], environment: environment
        ).expect(0)
        #expect(short.output.contains("C-MATERA-0040"))
        try office.folder.run(
            Programs.office, ["accounts", office.path], environment: environment
        ).expect(0).says("C-MATERA-0040")
        #expect(try String(contentsOfFile: pages, encoding: .utf8) == page)
        // Who leaves the pager early has seen enough: that is no failure.
        try PseudoTerminal().run(
            office, ["accounts", "--limit", "0"], environment: ["RIENTRO_PAGER": "true"]
        ).expect(0)
        try PseudoTerminal().run(
            office, ["accounts"], environment: ["RIENTRO_PAGER": "/nowhere/pager"]
        ).expect(0).says("C-MATERA-0040")
    }
}
