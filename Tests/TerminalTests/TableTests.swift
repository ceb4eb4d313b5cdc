import Testing

@testable import Terminal

@Suite struct TextTableTests {
    private var table: TextTable {
        var table = TextTable([.text("Debtor"), .number("Balance"), .text("City")])
        table.add(["Rossi, Però", "1.533,50", "Matera"])
        table.add(["Bianchi", "9,00", ""])
        return table
    }

    @Test("words are aligned to the left, numbers to the right, and no line ends with a space")
    func aligned() {
        #expect(
            table.text(columns: nil) == """
                Debtor        Balance  City
                -----------  --------  ------
                Rossi, Però  1.533,50  Matera
                Bianchi          9,00

                """)
    }

    @Test("a narrow terminal folds words, never numbers, and cuts nothing") func narrow() {
        #expect(
            table.text(columns: 26) == """
                Debtor     Balance  City
                --------  --------  ------
                Rossi,    1.533,50  Matera
                Però
                Bianchi       9,00

                """)
        #expect(table.text(columns: 1).contains("1.533,50"))
    }

    @Test("a key never folds, however narrow the terminal") func key() {
        var table = TextTable([.key("Case"), .text("Debtor"), .key("Id")])
        table.add(["C-MATERA-000908", "Lo Presti Michele", "01a2001e-062c-7ff3"])
        #expect(
            table.text(columns: 40) == """
                Case             Debtor    Id
                ---------------  --------  ------------------
                C-MATERA-000908  Lo        01a2001e-062c-7ff3
                                 Presti
                                 Michele

                """)
    }

    @Test("the widest column gives way first, and lines fit exactly") func widestFirst() {
        var table = TextTable([.text("A"), .text("B")])
        table.add([String(repeating: "a", count: 50), String(repeating: "b", count: 20)])
        for columns in 18...72 {
            let lines = table.text(columns: columns).split(separator: "\n")
            #expect(lines.allSatisfy { $0.count <= columns })
            #expect(lines.contains { $0.count == columns })
        }
        #expect(table.text(columns: 52).contains(String(repeating: "b", count: 20)))
    }

    @Test("columns leave by their ranks before a word is folded within, and only as many as must")
    func ranks() {
        var table = TextTable([
            .key("case"), .text("name"), .text("creditor").leftOut(rank: 1),
            .key("bucket").leftOut(rank: 2), .number("balance"),
        ])
        table.add(["E-001", "Castronovo Immacolata", "Energia", "31-60", "1.00 EUR"])
        func titles(_ columns: Int) -> [String] {
            table.text(columns: columns).split(separator: "\n")[0].split(separator: " ")
                .map(String.init)
        }
        // case 5, name 21 or folded 10, creditor 8, bucket 6, balance 8, and 2 between each.
        #expect(titles(56) == ["case", "name", "creditor", "bucket", "balance"])
        #expect(titles(45) == ["case", "name", "creditor", "bucket", "balance"])
        #expect(titles(44) == ["case", "name", "creditor", "balance"])
        #expect(table.leftOut(columns: 44) == ["bucket"])
        #expect(titles(37) == ["case", "name", "creditor", "balance"])
        #expect(titles(36) == ["case", "name", "balance"])
        #expect(table.leftOut(columns: 36) == ["creditor", "bucket"])
        #expect(table.leftOut(columns: nil) == [])
        #expect(table.text(columns: 27).contains("Castronovo  1.00"))
    }

    @Test("an id goes below its row where it has no room beside, whole and with its title")
    func below() {
        var table = TextTable([.text("note"), .id("id")])
        table.add(["calls back", "01a2001e-062c-7ff3"])
        table.add(["", ""])
        #expect(table.text(columns: 30).contains("calls back  01a2001e-062c-7ff3\n"))
        #expect(
            table.text(columns: 24) == """
                note
                ----------
                calls back
                  id 01a2001e-062c-7ff3


                """)
        #expect(table.leftOut(columns: 24) == [])
        #expect(table.text(columns: nil).contains("calls back  01a2001e-062c-7ff3\n"))
    }

    @Test("a wide script folds by its columns, not by its letters") func wide() {
        var table = TextTable([.number("no."), .text("name"), .number("amount")])
        table.add(["1", "株式会社東京電力ホールディングス・イタリア支店", "12,280.00 EUR"])
        for columns in 30...70 {
            let lines = table.text(columns: columns).split(separator: "\n").map(String.init)
            #expect(lines.allSatisfy { TextWidth.columns($0) <= columns }, "\(lines)")
            #expect(lines.joined().contains("12,280.00 EUR"))
        }
    }

    @Test("a cell cannot break its line, and cells too few or too many do no harm") func cells() {
        var table = TextTable([.text(""), .text("")])
        table.add(["a\nb\u{1B}", "c", "d"])
        table.add(["e"])
        table.add([])
        #expect(table.text(columns: nil) == "a␊b␛  c\ne\n\n")
        #expect(TextTable([]).text(columns: 10) == "")
    }
}
