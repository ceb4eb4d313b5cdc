import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@Suite("What the centre refuses of a change")
struct ValidationTests {
    /// A change, and the refusals as `register reason detail`.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var change: RowChange
        var refusals: [String]
        var testDescription: String { name }

        init(_ name: String, _ change: RowChange, _ refusals: String...) {
            self.name = name
            self.change = change
            self.refusals = refusals
        }
    }

    static let id = BoxFile.id("42")
    static let stamp = Stamp(milliseconds: 9, replica: 5)

    static func mark(_ values: [Value], id: String = id) -> RowChange {
        RowChange(table: 30, id: id, content: .ledger(values))
    }
    static func lid(
        _ writes: [RegisterWrite], fixed: [Value]? = [.text("b"), .text("red")], id: String = id
    ) -> RowChange {
        RowChange(
            table: 23, id: id,
            content: .record(birth: fixed.map { Birth(stamp: stamp, fixed: $0) }, writes: writes))
    }
    static func write(
        _ register: Int, _ values: [Value]?, stamp: Stamp? = stamp
    ) -> RegisterWrite {
        RegisterWrite(register: register, stamp: stamp, base: nil, values: values)
    }
    static let whole: [Value] = [
        .text("l"), .integer(1), .text("2026-01-31"), .text("t"), .null,
    ]

    static let good: [Case] = [
        Case("a ledger row", mark(whole)),
        Case(
            "a ledger row without the columns with constant defaults",
            mark(Array(whole.prefix(4)))),
        Case("a birth", lid([write(1, [.text("round")], stamp: nil), write(4, [.integer(1)])])),
        Case("a birth that leaves registers out", lid([])),
        Case("a birth of an older schema", lid([], fixed: [.text("b")])),
        Case("a write", lid([write(2, [.text("2024-02-29"), .blob([1, 2, 3, 4])])], fixed: nil)),
        Case("a write of NULL", lid([write(1, [.null])], fixed: nil)),
    ]

    static let bad: [Case] = [
        Case(
            "an unknown table", RowChange(table: 99, id: id, content: .ledger([])),
            "0 badValue there is no table 99"),
        Case(
            "an id in upper case", mark(whole, id: BoxFile.id("4a").uppercased()),
            "0 badValue the id is not a UUID in lower case"),
        Case(
            "a short key as the id of a ledger row", mark(whole, id: "MT"),
            "0 badValue the id is not a UUID in lower case"),
        Case(
            "a reference row",
            RowChange(
                table: 10, id: "MT",
                content: .record(birth: nil, writes: [write(1, [.text("x")])])),
            "0 readOnlyColumn place rows are the centre's"),
        Case(
            "a ledger row that the centre inserts",
            RowChange(table: 32, id: id, content: .ledger([.text("s")])),
            "0 readOnlyColumn rust rows are the centre's"),
        Case(
            "a conflict", RowChange(table: 1, id: id, content: .ledger([])),
            "0 readOnlyColumn conflict rows are the centre's"),
        Case(
            "the birth of a record that the centre inserts",
            RowChange(
                table: 22, id: id,
                content: .record(birth: Birth(stamp: stamp, fixed: [.text("o")]), writes: [])),
            "0 readOnlyColumn box rows are the centre's"),
        Case(
            "a register of the centre beside one that is not",
            RowChange(
                table: 22, id: id,
                content: .record(
                    birth: nil,
                    writes: [write(1, [.text("PZ")]), write(2, [.text("ok")])])),
            "1 readOnlyColumn place_id is the centre's"),
        Case(
            "a ledger row for a record table",
            RowChange(table: 23, id: id, content: .ledger([.text("b")])),
            "0 badValue the change does not fit the kind of lid"),
        Case(
            "a record for a ledger table",
            RowChange(table: 30, id: id, content: .record(birth: nil, writes: [])),
            "0 badValue the change does not fit the kind of mark"),
        Case(
            "a missing required column", mark([.text("l")]), "0 badValue amount is missing"),
        Case(
            "a missing column whose default is the local date", mark([.text("l"), .integer(1)]),
            "0 badValue made_on is missing"),
        Case(
            "a missing column whose default is the time", mark(Array(whole.prefix(3))),
            "0 badValue said_at is missing"),
        Case(
            "more values than columns", mark(whole + [.null]),
            "0 badValue there are more values than columns"),
        Case(
            "NULL in a required column",
            mark([.null, .integer(1), .text("2026-01-31"), .text("t")]),
            "0 badValue lid_id is required"),
        Case(
            "the wrong type", mark([.text("l"), .text("1"), .text("2026-01-31"), .text("t")]),
            "0 badValue amount is not of type integer"),
        Case(
            "a date that does not exist",
            lid([write(2, [.text("2026-02-30"), .null])], fixed: nil),
            "2 badValue held_on must be a date that exists, written YYYY-MM-DD,"
                + " not \"2026-02-30\""),
        Case(
            "a blob that is too long",
            lid([write(2, [.null, .blob([1, 2, 3, 4, 5])])], fixed: nil),
            "2 badValue seal must be at most 4 bytes long, not 5 bytes"),
        Case(
            "a code that is in no list", lid([write(1, [.text("square")])], fixed: nil),
            "1 badValue shape must be a code of the list shape, or left out, not \"square\""),
        Case(
            "a code of another list", lid([write(1, [.text("oak")])], fixed: nil),
            "1 badValue shape must be a code of the list shape, or left out, not \"oak\""),
        Case(
            "a register that is not there", lid([write(3, [.null])], fixed: nil),
            "3 badValue there is no register 3"),
        Case(
            "a value that could not travel", lid([write(1, nil)], fixed: nil),
            "1 badValue the value could not travel"),
        Case(
            "a write without a stamp", lid([write(1, [.null], stamp: nil)], fixed: nil),
            "1 badValue the write has no stamp"),
        Case(
            "two bad registers of one row",
            lid(
                [write(1, [.text("oak")]), write(4, [.null]), write(2, [.null, .null])],
                fixed: nil),
            "1 badValue shape must be a code of the list shape, or left out, not \"oak\"",
            "4 badValue count is required"),
        Case(
            "a birth with one bad register is refused whole",
            lid([write(1, [.text("round")]), write(4, [.null])]),
            "0 badValue count is required"),
        Case(
            "a birth without its parent", lid([], fixed: []), "0 badValue box_id is missing"),
        Case(
            "a number out of its range",
            RowChange(
                table: 22, id: id,
                content: .record(birth: nil, writes: [write(3, [.integer(6), .text("cm")])])),
            "3 badValue size must be between -5 and 5, not 6"),
        Case(
            "a word that is none of those allowed",
            RowChange(
                table: 22, id: id,
                content: .record(birth: nil, writes: [write(3, [.integer(5), .text("km")])])),
            "3 badValue unit must be one of cm, in, not \"km\""),
    ]

    static func file() throws -> BoxFile {
        let file = try BoxFile()
        try file.put(
            """
            INSERT INTO word(id, list, code, born_stamp)
            VALUES ('w1', 'shape', 'round', 1), ('w2', 'wood', 'oak', 1)
            """)
        return file
    }

    @Test("a change that breaks no rule passes, and can be merged", arguments: good)
    func passes(_ item: Case) throws {
        let file = try Self.file()
        var codes = KnownCodes()
        #expect(try file.store.refusals(of: item.change, codes: &codes) == [])
        // The same again, of codes that are known by now.
        #expect(try file.store.refusals(of: item.change, codes: &codes) == [])
        #expect(try file.merge([item.change]).count == 1)
    }

    @Test("a change that breaks a rule is refused with the reason", arguments: bad)
    func refused(_ item: Case) throws {
        var codes = KnownCodes()
        let found = try Self.file().store.refusals(of: item.change, codes: &codes)
        #expect(found.map { "\($0.register) \($0.reason) \($0.detail)" } == item.refusals)
    }

    @Test("a known code does not let another spelling of it pass")
    func spelling() throws {
        let file = try Self.file()
        try file.put(
            "INSERT INTO word(id, list, code, born_stamp) VALUES ('w3', 'shape', 'caf\u{E9}', 1)")
        var codes = KnownCodes()
        let layout = try #require(
            file.store.layouts.values.first { Self.shape(of: $0) != nil })
        let position = try #require(Self.shape(of: layout))
        var refusals: [String?] = []
        for code in ["caf\u{E9}", "caf\u{E9}", "cafe\u{301}"] {
            refusals.append(
                try file.store.refusal(of: .text(code), layout, at: position, codes: &codes))
        }
        #expect(refusals.map { $0 == nil } == [true, true, false])
    }

    /// The position of a column whose codes stand in the list `shape`.
    private static func shape(of layout: TableLayout) -> Int? {
        layout.table.columns.firstIndex { $0.limit == .codeList("shape") }
    }

    @Test("SQL and the protocol agree on which dates exist")
    func dates() throws {
        let file = try BoxFile()
        try file.db.execute("PRAGMA ignore_check_constraints = OFF")
        let parts = [
            "-01-01", "-02-28", "-02-29", "-02-30", "-04-31", "-12-31", "-13-01", "-00-10",
            "-01-00", "-1-1", "-01-01 ", "-01-01T00:00", "/01/01", "",
        ]
        let texts =
            ["0000", "0001", "1900", "2000", "2024", "2026", "9999", "-001", "10000", "20", "now"]
            .flatMap { year in parts.map { year + $0 } }
        for (index, text) in texts.enumerated() {
            let isTaken =
                (try? file.db.run(
                    "INSERT INTO lid(id, box_id, held_on) VALUES (?, 'b', ?)",
                    .text(BoxFile.id("\(index)")),
                    .text(text))) != nil
            #expect(isTaken == LocalDate.isValid(text), "\(text)")
        }
    }
}
