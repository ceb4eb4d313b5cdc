import Testing

@testable import Interchange

@Suite("How a hand-over file is written")
struct HandOverFormatTests {
    private let columns = [
        "principal_code", "case_ref", "surname", "item_ref", "due_date", "open_amount",
    ]

    private func text(_ rows: [[String]], delimiter: String = ";") -> String {
        ([columns] + rows).map { $0.joined(separator: delimiter) + "\r\n" }.joined()
    }

    private func row(_ item: Int, due: String = "28/02/2026", amount: String = "1,00") -> [String] {
        ["E", "C\(item)", "Rossi", "I\(item)", due, amount]
    }

    private func summary(
        _ text: String, options: HandOver.Options = .init()
    ) throws -> HandOverSummary {
        let file = try FileOnDisk(text)
        return try HandOver.inspect(path: file.path, options: options).summary
    }

    @Test("the delimiter is found by the header", arguments: [";", ",", "\t"])
    func delimiter(sign: String) throws {
        let found = try summary(text([row(1, amount: "100")], delimiter: sign))
        #expect(found.format.delimiter == sign.utf8.first)
        #expect(found.openAmounts == ["EUR": 10_000])
    }

    @Test(
        "blank lines above the header change nothing", arguments: ["\n", "\r\n", "\n\n\n", " \n"])
    func blankLinesFirst(blank: String) throws {
        let found = try summary(blank + text([row(1)]))
        #expect(found.rows == 1)
        #expect(found.problems == [])
    }

    @Test("bytes that are no text are named by their line, whichever way lines end")
    func notText() {
        for end in ["\n", "\r\n", "\r"] {
            let place = FilePlace(line: 3, column: 2)
            #expect(throws: HandOverError.notText(place, nil), "\(end.debugDescription)") {
                try summary("a" + end + "b" + end + "c\0" + end)
            }
        }
    }

    @Test("one amount that can be read in one way decides for all of the file")
    func decimals() throws {
        #expect(
            try summary(text([row(1, amount: "1.500"), row(2, amount: "0,50")])).openAmounts
                == ["EUR": 150_050])
        #expect(
            try summary(text([row(1, amount: "1.500"), row(2, amount: "0.50")])).openAmounts
                == ["EUR": 200])
    }

    @Test("where no amount decides, the comma is the decimal sign, as in Italy")
    func decimalsByDefault() throws {
        #expect(try summary(text([row(1, amount: "1.500")])).openAmounts == ["EUR": 150_000])
        let american = HandOver.Options(decimal: .point)
        #expect(
            try summary(text([row(1, amount: "1.500")]), options: american).openAmounts
                == ["EUR": 150])
    }

    @Test("a file that contradicts itself on decimals is refused with both lines")
    func mixedDecimals() throws {
        let mixed = text([row(1, amount: "1,50"), row(2), row(3, amount: "2.50")])
        #expect(throws: HandOverError.mixedDecimals(commaLine: 2, pointLine: 4)) {
            try summary(mixed)
        }
        #expect(try summary(mixed, options: .init(decimal: .comma)).problems.map(\.line) == [4])
    }

    @Test("one date that can be read in one way decides the order for all of the file")
    func dates() throws {
        let italian = try summary(text([row(1, due: "03/04/2026"), row(2, due: "31/01/2026")]))
        #expect(italian.format.dates == .dayFirst)
        #expect(!italian.format.isDateOrderAssumed)
        let american = try summary(text([row(1, due: "03/04/2026"), row(2, due: "01/31/2026")]))
        #expect(american.format.dates == .monthFirst)
        #expect(american.badRows == 0)
    }

    @Test("where no date decides, the day comes first, and the summary says so")
    func datesByDefault() throws {
        let found = try summary(text([row(1, due: "03/04/2026")]))
        #expect(found.format.dates == .dayFirst)
        #expect(found.format.isDateOrderAssumed)
        #expect(
            try !summary(text([row(1, due: "03/04/2026")]), options: .init(dates: .monthFirst))
                .format.isDateOrderAssumed)
        let same = text([row(1, due: "2026-04-03"), row(2, due: "04/04/2026")])
        #expect(try !summary(same).format.isDateOrderAssumed)
    }

    @Test("a file that contradicts itself on dates is refused with both lines")
    func mixedDates() throws {
        let mixed = text([row(1, due: "31/01/2026"), row(2, due: "01/31/2026")])
        #expect(throws: HandOverError.mixedDates(dayFirstLine: 2, monthFirstLine: 3)) {
            try summary(mixed)
        }
        #expect(try summary(mixed, options: .init(dates: .dayFirst)).problems.map(\.line) == [3])
    }

    @Test("lines above the header and under the items are no items, and the total is compared")
    func around() throws {
        let found = try summary(
            "Energia S.p.A.;;;\r\nlotto di gennaio\r\n\r\n" + text([row(1), row(2)])
                + "\r\nTotale;;;;;2,00\r\nFine\r\n")
        #expect(found.format.header.line == 4)
        #expect(found.rows == 2)
        #expect(found.badRows == 0)
        #expect(found.statedTotal == "2,00")
        #expect(found.differenceFromStated == 0)
        #expect(
            try summary(text([row(1)]) + "TOTALE;;;;;2,50\r\n").differenceFromStated == 150)
    }

    @Test("an item without a reference is a bad row, and no remark or total")
    func bareItem() throws {
        let found = try summary(text([["E", "", "Rossi", "", "28/02/2026", "1,00"]]))
        #expect(found.badRows == 1)
        #expect(Set(found.problems.map(\.column)) == ["case_ref", "item_ref"])
    }

    @Test("columns stand in any order, in any case, and unknown ones are listed")
    func headers() throws {
        let found = try summary(
            "Open_Amount;agente;DUE DATE;item-ref;surname;case_ref;principal_code;\r\n"
                + "1,00;Bianchi;28/02/2026;I1;Rossi;C1;E;\r\n")
        #expect(found.format.header.ignored == ["agente"])
        #expect(found.openAmounts == ["EUR": 100])
    }

    @Test("a header that lacks a column or has it twice is refused with the name")
    func badHeaders() {
        func missing(_ missing: [String], _ names: [String]) -> HandOverError {
            .missingColumns(missing, HeaderFound(line: 1, delimiter: 0x3B, names: names))
        }
        func file(_ names: [String]) -> String { names.joined(separator: ";") + "\r\n" }
        let short = ["principal_code", "case_ref", "surname", "due_date"]
        #expect(throws: missing(["item_ref", "open_amount"], short)) { try summary(file(short)) }
        let nameless = ["principal_code", "case_ref", "item_ref", "due_date", "open_amount"]
        #expect(throws: missing(["surname", "company_name"], nameless)) {
            try summary(file(nameless))
        }
        let anybodys = ["case_ref", "surname", "item_ref", "due_date", "open_amount"]
        #expect(throws: missing(["principal_code"], anybodys)) { try summary(file(anybodys)) }
        #expect(throws: HandOverError.repeatedColumns(["case_ref"])) {
            try summary(
                "principal_code;case_ref;case_ref;surname;item_ref;due_date;open_amount\r\n")
        }
        #expect(throws: HandOverError.empty) { try summary("\r\n") }
        #expect(throws: HandOverError.noRows) { try summary(text([])) }
    }

    @Test("UTF-8 with a mark or without, and Windows-1252, give the same text")
    func encodings() throws {
        func surname(_ bytes: [UInt8]) throws -> (TextEncoding, String?) {
            let file = try FileOnDisk(bytes)
            let handOver = try HandOver.inspect(path: file.path)
            var accounts = try handOver.accounts()
            return (handOver.summary.format.encoding, try accounts.next()?.rows[0].debtor.surname)
        }
        let parts = text([["E", "C1", "Nicol@", "I1", "28/02/2026", "1,00"]]).split(separator: "@")
        func bytes(_ letter: [UInt8]) -> [UInt8] {
            Array(parts[0].utf8) + letter + Array(parts[1].utf8)
        }
        #expect(try surname(bytes([0xC3, 0xB2])) == (.utf8, "Nicolò"))
        #expect(try surname([0xEF, 0xBB, 0xBF] + bytes([0xC3, 0xB2])) == (.utf8, "Nicolò"))
        #expect(try surname(bytes([0xF2])) == (.windows1252, "Nicolò"))
    }

    @Test(
        "what is neither is refused with the line",
        arguments: [([0x81], 1), ([0x00], 1), ([0xC3, 0x28, 0x9D], 3)] as [([UInt8], Int)])
    func notText(bytes: [UInt8], column: Int) throws {
        let file = try FileOnDisk(Array(text([row(1)]).utf8) + bytes)
        #expect(throws: HandOverError.notText(FilePlace(line: 3, column: column), nil)) {
            try HandOver.inspect(path: file.path)
        }
    }
}
