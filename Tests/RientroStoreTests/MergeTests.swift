import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@Suite("Merging single changes")
struct MergeTests {
    private static let lid = BoxFile.id("23")
    private static let mark = BoxFile.id("30")

    private static func birth(_ milliseconds: Int64, count: Int64 = 0) -> RowChange {
        RowChange(
            table: 23, id: lid,
            content: .record(
                birth: Birth(
                    stamp: Stamp(milliseconds: milliseconds, replica: 1),
                    fixed: [.text("b"), .text("red")]),
                writes: [
                    .init(register: 1, stamp: nil, base: nil, values: [.text("round")]),
                    .init(register: 2, stamp: nil, base: nil, values: [.null, .null]),
                    .init(register: 4, stamp: nil, base: nil, values: [.integer(count)]),
                ]))
    }

    private static func write(_ milliseconds: Int64, count: Int64) -> RowChange {
        RowChange(
            table: 23, id: lid,
            content: .record(
                birth: nil,
                writes: [
                    .init(
                        register: 4, stamp: Stamp(milliseconds: milliseconds, replica: 2),
                        base: nil, values: [.integer(count)])
                ]))
    }

    private static func ledger(_ remark: String) -> RowChange {
        RowChange(
            table: 30, id: mark,
            content: .ledger([
                .text("l"), .integer(1), .text("2026-01-01"), .text("t"), .text(remark),
            ]))
    }

    @Test("a merge captures nothing and leaves the triggers awake")
    func capturesNothing() throws {
        let file = try BoxFile()
        #expect(
            try file.merge([Self.birth(10), Self.write(20, count: 3), Self.ledger("a")]) == [
                .inserted, .changed, .inserted,
            ])
        #expect(try file.db.integer("SELECT count(*) FROM pending") == 0)
        #expect(throws: SQLiteError.self) { try file.db.execute("DELETE FROM mark") }
        try file.db.execute("UPDATE lid SET count = 9")
        #expect(try file.db.integer("SELECT count(*) FROM pending") == 1)
    }

    @Test("a write that comes before its row's birth waits for it")
    func parked() throws {
        let file = try BoxFile()
        #expect(
            try file.merge([Self.write(20, count: 3), Self.write(20, count: 3)]) == [
                .parked, .parked,
            ])
        #expect(try file.db.integer("SELECT count(*) FROM parked") == 1)
        #expect(try file.merge([Self.birth(10)]) == [.inserted])
        #expect(try file.db.integer("SELECT count FROM lid") == 3)
        #expect(try file.db.integer("SELECT count(*) FROM parked") == 0)
    }

    @Test("what waits is found again by another store on the same file")
    func parkedElsewhere() throws {
        let file = try BoxFile()
        try file.merge([Self.write(20, count: 3)])
        let other = try Store(db: file.db, schema: try BoxSchema.make())
        try file.db.transaction { try other.quietly { _ = try other.merge(Self.birth(10)) } }
        #expect(try file.db.integer("SELECT count FROM lid") == 3)
    }

    @Test("a change of an unknown table, or of another kind of table, is kept")
    func unknown() throws {
        let file = try BoxFile()
        let strange = [
            RowChange(table: 4_000, id: Self.lid, content: .ledger([.integer(1)])),
            RowChange(table: 23, id: Self.lid, content: .ledger([.integer(1)])),
            RowChange(table: 30, id: Self.mark, content: .record(birth: nil, writes: [])),
        ]
        #expect(try file.merge(strange) == [.parked, .parked, .parked])
        let kept = try file.db.rows("SELECT content FROM parked ORDER BY seq") {
            try RowChange(decoding: $0.blob(0))
        }
        #expect(kept == strange)
    }

    @Test("a ledger row of other content changes nothing until it is put in its place")
    func ledgerDiffers() throws {
        let file = try BoxFile()
        let other = Self.ledger("b")
        #expect(
            try file.merge([Self.ledger("a"), Self.ledger("a"), other]) == [
                .inserted, .unchanged, .differs,
            ])
        #expect(try file.db.text("SELECT remark FROM mark") == "a")
        try file.db.transaction { try file.store.quietly { try file.store.replaceLedger(other) } }
        #expect(try file.db.text("SELECT remark FROM mark") == "b")
        #expect(try file.merge([other]) == [.unchanged])
        #expect(try file.db.integer("SELECT count(*) FROM pending") == 0)
    }

    @Test("é in one code point and in two are other content")
    func composed() throws {
        let file = try BoxFile()
        #expect(
            try file.merge([Self.ledger("\u{E9}"), Self.ledger("e\u{301}")]) == [
                .inserted, .differs,
            ])
    }

    @Test("a ledger row of an older schema gets the constant defaults of newer columns")
    func olderLedger() throws {
        let file = try BoxFile()
        let short = RowChange(
            table: 30, id: Self.mark,
            content: .ledger([.text("l"), .integer(1), .text("2026-01-01"), .text("t")]))
        #expect(
            try file.merge([short, Self.ledger("it's"), short]) == [
                .inserted, .unchanged, .unchanged,
            ])
    }

    @Test("a ledger row of a newer schema is taken without the columns that are not known here")
    func newerLedger() throws {
        let file = try BoxFile()
        let long = RowChange(
            table: 30, id: Self.mark,
            content: .ledger([
                .text("l"), .integer(1), .text("2026-01-01"), .text("t"), .text("a"), .integer(2),
            ]))
        #expect(try file.merge([long, Self.ledger("a")]) == [.inserted, .unchanged])
    }

    @Test("a register and values beyond those known here are left out and trap nothing")
    func strangeWrites() throws {
        let file = try BoxFile()
        let strange = RowChange(
            table: 23, id: Self.lid,
            content: .record(
                birth: Birth(stamp: Stamp(milliseconds: 20, replica: 1), fixed: []),
                writes: [
                    .init(register: 1, stamp: nil, base: nil, values: []),
                    .init(register: 4, stamp: nil, base: nil, values: nil),
                    .init(register: 77, stamp: nil, base: nil, values: [.integer(1)]),
                ]))
        #expect(try file.merge([Self.birth(10, count: 2), strange]) == [.inserted, .changed])
        #expect(try file.db.integer("SELECT count FROM lid") == -1)
    }

    @Test("a text that is not UTF-8 in one register does not stop the merge of another")
    func malformedNeighbour() throws {
        let file = try BoxFile()
        try file.merge([Self.birth(10)])
        try file.db.execute("UPDATE lid SET shape = CAST(x'ff41' AS TEXT)")
        #expect(try file.merge([Self.write(20, count: 8)]) == [.changed])
        #expect(try file.db.integer("SELECT count FROM lid") == 8)
        #expect(try file.db.text("SELECT hex(shape) || typeof(shape) FROM lid") == "FF41text")
    }

    @Test("a text that is not UTF-8 gives way to one that is, of the same stamp")
    func malformedGivesWay() throws {
        let file = try BoxFile()
        try file.merge([Self.birth(10)])
        try file.put("UPDATE lid SET shape = CAST(x'ff41' AS TEXT)")
        #expect(try file.merge([Self.birth(10)]) == [.changed])
        #expect(try file.db.text("SELECT shape FROM lid") == "round")
    }

    @Test("what OR IGNORE noted is forgotten by a merge, so a row that it removed can come again")
    func notedIsForgotten() throws {
        let file = try BoxFile()
        let insert = "INTO mark(id, lid_id, amount) VALUES ('\(Self.mark)', 'l', 1)"
        try file.db.execute("INSERT \(insert); INSERT OR IGNORE \(insert)")
        let layout = try file.layout(BoxSchema.mark)
        try file.db.transaction {
            try file.store.quietly { try file.store.remove(layout, id: Self.mark) }
        }
        try file.db.execute("INSERT \(insert)")
        #expect(try file.db.integer("SELECT count(*) FROM pending") == 2)
    }
}
