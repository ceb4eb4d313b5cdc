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

    @Test("a sentence is folded under its own beginning, and one that fits is left as it is")
    func sentence() {
        #expect(Wrapping.sentence("  one  two", columns: 10) == ["  one  two"])
        #expect(Wrapping.sentence("  one two three", columns: 9) == ["  one two", "  three"])
        #expect(Wrapping.sentence("a unbreakable b", columns: 5) == ["a", "unbreakable", "b"])
    }

    @Test("a cell is folded at blanks, and within a word only where that alone is too wide")
    func cell() {
        #expect(Wrapping.cell("a  b", columns: 4) == ["a  b"])
        #expect(Wrapping.cell("one two three", columns: 7) == ["one two", "three"])
        #expect(Wrapping.cell("Immacolata A", columns: 4) == ["Imma", "cola", "ta A"])
        #expect(Wrapping.cell("株式会社", columns: 5) == ["株式", "会社"])
        #expect(Wrapping.cell("日本", columns: 1) == ["日", "本"])
        for columns in 2...12 {
            let text = "aé日👍bcdef 東京電力ホールディングス x Castronovo"
            let lines = Wrapping.cell(text, columns: columns)
            #expect(lines.allSatisfy { TextWidth.columns($0) <= columns }, "\(lines)")
            #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
        }
    }
}
