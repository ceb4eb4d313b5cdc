import Testing

@testable import Terminal

@Suite struct VisibleTests {
    @Test("a call note cannot send an escape sequence to the terminal") func escape() {
        #expect(Visible.word("a\u{1B}[31mb\u{1B}]0;x\u{7}") == "a␛[31mb␛]0;x␇")
        #expect(Visible.word("a\r\nb\tc\u{0}\u{8}\u{7F}") == "a␍␊b␉c␀␈␡")
        #expect(Visible.word("\u{9B}31m") == "<U+009B>31m")
    }

    @Test("a mark that turns the direction of writing or hides itself is shown") func bidi() {
        #expect(Visible.word("1\u{202E}23\u{2066}") == "1<U+202E>23<U+2066>")
        #expect(Visible.word("a\u{200B}b\u{FEFF}\u{E0041}") == "a<U+200B>b<U+FEFF><U+E0041>")
    }

    @Test("every control character is gone from both forms, and newlines stay in texts of lines")
    func allControls() {
        for value in (0...0xA0 as ClosedRange<UInt32>) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let isControl = scalar.properties.generalCategory == .control
            let word = Visible.word(String(scalar))
            #expect(word.unicodeScalars.contains(scalar) != isControl)
            let lines = Visible.lines(String(scalar))
            #expect(lines.unicodeScalars.contains(scalar) != (isControl && scalar != "\n"))
        }
        // A carriage return and a newline are one Character, and must not slip through as one.
        #expect(Visible.lines("a\r\nb") == "a␍\nb")
    }

    @Test("ordinary text is left alone", arguments: ["", "Però, città €", "日本 👩‍👧", "e\u{301}"])
    func ordinary(text: String) {
        #expect(Visible.word(text) == text)
    }
}

@Suite struct TextWidthTests {
    @Test(
        "columns are counted as a terminal counts them",
        arguments: [
            ("", 0), ("abc", 3), ("però", 4), ("pero\u{300}", 4), ("€", 1), ("日本", 4), ("👍", 2),
            ("ﬁ", 1), ("…", 1),
        ])
    func columns(text: String, count: Int) {
        #expect(TextWidth.columns(text) == count)
    }

    @Test("a cut text never takes more columns than asked for")
    func cut() {
        #expect(TextWidth.cut("Giovanni", columns: 8) == "Giovanni")
        #expect(TextWidth.cut("Giovanni", columns: 7) == "Giovan…")
        #expect(TextWidth.cut("日本語", columns: 4) == "日…")
        for columns in -1...9 {
            let width = TextWidth.columns(TextWidth.cut("aé日👍bcdef", columns: columns))
            #expect(width <= max(0, columns))
        }
    }

    @Test("lines are folded at spaces, and examples are left as they are") func wrapping() {
        let text = "one two three\nfour\n\n  an example that is far too long\nfive"
        #expect(
            Wrapping.lines(text, columns: 9) == [
                "one two", "three", "four", "", "  an example that is far too long", "five",
            ])
        #expect(Wrapping.lines("unbreakable", columns: 3) == ["unbreakable"])
        #expect(Wrapping.lines("", columns: 3) == [""])
    }
}

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

    @Test("a narrow terminal cuts words, never numbers") func narrow() {
        #expect(
            table.text(columns: 26) == """
                Debtor     Balance  City
                --------  --------  ------
                Rossi, …  1.533,50  Matera
                Bianchi       9,00

                """)
        #expect(table.text(columns: 1).contains("1.533,50"))
    }

    @Test("an id is never cut, however narrow the terminal") func key() {
        var table = TextTable([.key("Case"), .text("Debtor"), .key("Id")])
        table.add(["C-MATERA-000908", "Lo Presti Michele", "01a2001e-062c-7ff3"])
        #expect(
            table.text(columns: 40) == """
                Case             Debtor    Id
                ---------------  --------  ------------------
                C-MATERA-000908  Lo Pres…  01a2001e-062c-7ff3

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

    @Test("a cell cannot break its line, and cells too few or too many do no harm") func cells() {
        var table = TextTable([.text(""), .text("")])
        table.add(["a\nb\u{1B}", "c", "d"])
        table.add(["e"])
        table.add([])
        #expect(table.text(columns: nil) == "a␊b␛  c\ne\n\n")
        #expect(TextTable([]).text(columns: 10) == "")
    }
}
