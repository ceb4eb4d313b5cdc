import Testing

@testable import Interchange

@Suite("Reading CSV")
struct CSVReaderTests {
    private func records(
        _ text: String, delimiter: Character = ";", encoding: TextEncoding = .utf8
    ) throws -> [[String]] {
        try records(Array(text.utf8), delimiter: delimiter, encoding: encoding)
    }

    private func records(
        _ bytes: [UInt8], delimiter: Character = ";", encoding: TextEncoding = .utf8
    ) throws -> [[String]] {
        let file = try FileOnDisk(bytes)
        var reader = try CSVReader(
            path: file.path, delimiter: try #require(delimiter.asciiValue), encoding: encoding)
        var records: [[String]] = []
        while let record = try reader.next() { records.append(record.fields) }
        return records
    }

    @Test("fields, empty fields and a last line without an end")
    func fields() throws {
        #expect(
            try records("a;b;c\r\n;;\r\nx;;z") == [
                ["a", "b", "c"], ["", "", ""], ["x", "", "z"],
            ])
        #expect(try records("") == [])
        #expect(try records("a\n\nb\n") == [["a"], [""], ["b"]])
        #expect(try records("a\rb\r") == [["a"], ["b"]])
    }

    @Test("delimiters, quotes and line breaks inside quotes are text")
    func quoting() throws {
        #expect(
            try records("\"a;b\";\"c\"\"d\"\"\";\"e\r\nf\"\r\ng;h;i\r\n")
                == [["a;b", "c\"d\"", "e\r\nf"], ["g", "h", "i"]])
        #expect(try records("\"\";\"\"\n") == [["", ""]])
    }

    @Test("a quote inside a field that begins without one stands as it is")
    func strayQuote() throws {
        #expect(try records("Via \"Roma\";2\n") == [["Via \"Roma\"", "2"]])
    }

    @Test("lines inside quotes count, whichever way they end")
    func linesInQuotes() throws {
        for (text, lines) in [
            ("\"a\rb\"\rc\r", [1, 3]), ("\"a\nb\"\nc\n", [1, 3]), ("\"a\r\nb\"\r\nc", [1, 3]),
            ("\"\r\r\n\n\"\nc", [1, 5]), ("\"\r\"\"\n\"\nc", [1, 4]),
        ] {
            let file = try FileOnDisk(text)
            var reader = try CSVReader(path: file.path, delimiter: 0x3B, encoding: .utf8)
            var found: [Int] = []
            while let record = try reader.next() { found.append(record.line) }
            #expect(found == lines, "\(text.debugDescription)")
        }
    }

    @Test("a record is named by the line on which it begins, and can be read again from there")
    func lines() throws {
        let file = try FileOnDisk("\u{FEFF}a\r\n\"b\r\nb\"\r\n\r\nc\r\n")
        var reader = try CSVReader(path: file.path, delimiter: 0x3B, encoding: .utf8)
        var found: [CSVRecord] = []
        while let record = try reader.next() { found.append(record) }
        #expect(found.map(\.line) == [1, 2, 4, 5])
        #expect(found.map(\.offset) == [3, 6, 14, 16])
        for record in found {
            try reader.seek(to: record.offset, line: record.line)
            #expect(try reader.next() == record)
        }
    }

    @Test("a byte order mark is no part of the first field")
    func byteOrderMark() throws {
        #expect(try records("\u{FEFF}a;b\n") == [["a", "b"]])
    }

    @Test("Windows-1252 is read by its own table")
    func windows1252() throws {
        #expect(
            try records([0x46, 0x6F, 0x72, 0x6C, 0xEC, 0x3B, 0x80, 0x0A], encoding: .windows1252)
                == [["Forlì", "€"]])
    }

    @Test("what is no CSV is refused with line and column, as an editor counts them")
    func refusals() {
        func place(_ line: Int, _ column: Int) -> FilePlace {
            FilePlace(line: line, column: column)
        }
        #expect(throws: HandOverError.unclosedQuote(place(2, 1))) { try records("a\n\"b\nc\n") }
        #expect(throws: HandOverError.unclosedQuote(place(3, 4))) {
            try records("\u{FEFF}a\r\n\"b\r\nè\";\"c\r\n")
        }
        #expect(throws: HandOverError.textAfterQuote(place(2, 4))) { try records("a\n\"b\"c\n") }
        #expect(throws: HandOverError.textAfterQuote(place(3, 4))) {
            try records("a\r\"b\rèè\" c\n")
        }
        #expect(throws: HandOverError.textAfterQuote(place(1, 7))) {
            try records([0x22, 0xE8, 0x22, 0x3B, 0x22, 0x22, 0x78], encoding: .windows1252)
        }
        #expect(throws: HandOverError.tooManyColumns(line: 1)) {
            try records(String(repeating: ";", count: 500))
        }
        #expect(throws: HandOverError.tooManyColumns(line: 2)) {
            try records("\n" + String(repeating: ";", count: 500))
        }
        #expect(throws: HandOverError.unreadable(path: "/nowhere/at/all")) {
            try CSVReader(path: "/nowhere/at/all", delimiter: 0x3B, encoding: .utf8)
        }
    }

    @Test("fields, records and columns are taken up to their limits and refused beyond")
    func limits() throws {
        let field = String(repeating: "x", count: InterchangeLimits.fieldBytesMax)
        #expect(try records("a;" + field) == [["a", field]])
        #expect(try records("a;\"" + field + "\"") == [["a", field]])
        let beyond = HandOverError.tooLong(FilePlace(line: 2, column: 3))
        #expect(throws: beyond) { try records("a\na;" + field + "x") }
        #expect(throws: beyond) { try records("a\na;\"" + field + "x\"") }
        // Sixteen of the longest make a record.
        let all = [String](
            repeating: field,
            count: InterchangeLimits.recordBytesMax / InterchangeLimits.fieldBytesMax)
        #expect(try records(all.joined(separator: ";")) == [all])
        #expect(
            throws: HandOverError.tooLong(
                FilePlace(line: 1, column: InterchangeLimits.recordBytesMax + all.count + 1))
        ) {
            try records(all.joined(separator: ";") + ";x")
        }
        #expect(try records(String(repeating: ";", count: 499))[0].count == 500)
    }

    @Test("every field comes out whole, wherever the pieces of the file are cut")
    func chunks() throws {
        // 64 KiB is a multiple of neither record, so the cuts fall on every sort of byte.
        for filler in ["è", "\"\"", ";\"x\ny\";"] {
            let record =
                filler == "è"
                ? "è;1\r\n" : filler == "\"\"" ? "\"\"\"\";1\r\n" : "a;\"x\r\ny\";1\r\n"
            let count = 30_000
            let all = try records(String(repeating: record, count: count))
            #expect(all.count == count)
            #expect(all.allSatisfy { $0 == all[0] })
        }
    }
}
