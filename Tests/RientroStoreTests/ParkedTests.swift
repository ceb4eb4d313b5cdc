import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

/// What waits beside the tables: it comes when it can, and leaves with the unit that it is of.
@Suite("What a file does not take")
struct ParkedTests {
    private static let (owner, box, lid) = (id("20"), id("22"), id("23"))
    private static let (mark, stain, tag) = (id("30"), id("31"), id("21"))
    private static let unit = Unit(table: 22, id: box)
    private static let stamp = Stamp(milliseconds: 9, replica: 5)

    private static func id(_ end: String) -> String { BoxFile.id(end) }

    private static func record(_ table: Int, _ id: String, _ fixed: [Value]) -> RowChange {
        RowChange(
            table: table, id: id,
            content: .record(birth: Birth(stamp: stamp, fixed: fixed), writes: []))
    }

    /// Parents first: a debtor's box with a lid, a mark on it and a stain on that; and a tag.
    private static let rows = [
        record(20, owner, []),
        RowChange(
            table: 22, id: box,
            content: .record(
                birth: Birth(stamp: stamp, fixed: [.text(owner)]),
                writes: [
                    RegisterWrite(register: 1, stamp: nil, base: nil, values: [.text("MT")])
                ])),
        record(23, lid, [.text(box), .text("red")]),
        RowChange(
            table: 30, id: mark,
            content: .ledger([
                .text(lid), .integer(1), .text("2026-01-31"), .text("t"), .null,
            ])),
        RowChange(table: 31, id: stain, content: .ledger([.text(mark)])),
        record(21, tag, [.text(owner)]),
    ]

    /// A file in which the rows at these places wait, and the others stand in their tables.
    private func file(parking places: Set<Int>) throws -> BoxFile {
        let file = try BoxFile()
        try file.db.transaction {
            try file.store.quietly {
                for (place, row) in Self.rows.enumerated() {
                    if places.contains(place) {
                        try file.store.keep(parked: row)
                    } else {
                        _ = try file.store.merge(row)
                    }
                }
            }
        }
        return file
    }

    private func revoke(_ units: [Unit], in file: BoxFile) throws {
        try file.db.transaction {
            for unit in units { try file.store.revoke(unit) }
            try file.store.quietly { try file.store.removeRevoked() }
        }
    }

    private func left(_ file: BoxFile) throws -> [String] {
        var found: [String] = []
        for table in ["owner", "box", "lid", "mark", "stain", "tag"] {
            found += try file.db.rows("SELECT '\(table)' FROM \(table)") { $0.text(0) }
        }
        return found
            + (try file.db.rows("SELECT 'parked ' || tab FROM parked ORDER BY tab") { $0.text(0) })
    }

    @Test(
        "leaves with its unit, wherever in it the row is that waits",
        arguments: [[], [1], [2], [3], [4], [2, 3], [1, 2, 3, 4], [0, 1, 2, 3, 4, 5], [0], [5]])
    func revoked(places: Set<Int>) throws {
        let file = try file(parking: places)
        try revoke([Self.unit, Unit(table: 20, id: Self.owner)], in: file)
        #expect(try left(file) == [])
    }

    @Test("stays while another unit is revoked, and an owner stays for a box that waits")
    func others() throws {
        let all = ["owner", "lid", "mark", "tag", "parked 22", "parked 31"]
        let file = try file(parking: [1, 4])
        try revoke([Unit(table: 22, id: Self.id("99")), Unit(table: 20, id: Self.owner)], in: file)
        #expect(try left(file) == all)
    }

    @Test("counts each row once, and none of a table that only a later schema knows")
    func counted() throws {
        let file = try file(parking: [2, 3])
        func keep(_ change: RowChange) throws {
            try file.db.transaction { try file.store.keep(parked: change) }
        }
        let writes = [
            RegisterWrite(
                register: 4, stamp: Stamp(milliseconds: 11, replica: 5), base: nil,
                values: [.integer(3)])
        ]
        try keep(
            RowChange(table: 23, id: Self.lid, content: .record(birth: nil, writes: writes)))
        try keep(RowChange(table: 99, id: Self.id("99"), content: .ledger([])))
        try keep(
            RowChange(table: 23, id: Self.id("77"), content: .record(birth: nil, writes: writes)))
        #expect(try file.store.parkedRowCount() == 2)
        // The write waits for its row, and comes with it.
        #expect(try file.store.parkedAndReady() == [1, 2])
        #expect(try file.store.parked(1) == Self.rows[2])
        try file.merge([Self.rows[2]])
        #expect(try file.db.integer("SELECT count FROM lid") == 3)
        #expect(try file.store.parked(1) == nil)
        #expect(try file.store.parkedRowCount() == 1)
        try file.store.forget(parked: 2)
        #expect(try file.store.parkedRowCount() == 0)
        #expect(try file.db.integer("SELECT count(*) FROM parked") == 2)
    }

    @Test("cannot be read: it stays where it is, and stops neither the row's birth nor the others")
    func unreadable() throws {
        let file = try file(parking: [])
        let id = Self.id("79")
        let write = RowChange(
            table: 23, id: id,
            content: .record(
                birth: nil,
                writes: [
                    RegisterWrite(
                        register: 4, stamp: Stamp(milliseconds: 11, replica: 5), base: nil,
                        values: [.integer(3)])
                ]))
        for bytes in [[0xFF, 0x00], [], write.encoded()] as [[UInt8]] {
            try file.db.run(
                "INSERT INTO parked(tab, row, content) VALUES (23, ?, ?)", .text(id), .blob(bytes))
        }
        #expect(try file.store.parked(1) == nil && file.store.parked(3) == write)
        #expect(try file.store.parkedRowCount() == 1 && file.store.parkedAndReady() == [])
        try file.merge([Self.record(23, id, [.text(Self.box), .text("red")])])
        #expect(try file.db.integer("SELECT count FROM lid WHERE id = '\(id)'") == 3)
        #expect(try file.db.rows("SELECT seq FROM parked") { $0.integer(0) } == [1, 2])
        // What a later schema knows is for its program to read.
        try file.db.run("INSERT INTO parked(tab, row, content) VALUES (99, 'r', x'ff')")
        #expect(try file.store.parkedRowCount() == 1)
        try file.db.transaction { try file.store.forgetUnreadableParked() }
        #expect(try file.store.parkedRowCount() == 0)
        #expect(try file.db.rows("SELECT tab FROM parked") { $0.integer(0) } == [99])
    }

    @Test("is looked for anew in each merge, since another program may have parked it")
    func otherProgram() throws {
        let file = try file(parking: [])
        #expect(!file.store.mayHaveParked)
        let other = try Store(db: file.db, schema: file.store.schema)
        let id = Self.id("78")
        try file.db.transaction {
            try other.keep(
                parked: RowChange(
                    table: 23, id: id,
                    content: .record(
                        birth: nil,
                        writes: [
                            RegisterWrite(
                                register: 4, stamp: Stamp(milliseconds: 11, replica: 5), base: nil,
                                values: [.integer(3)])
                        ])))
        }
        try file.merge([Self.record(23, id, [.text(Self.box), .text("red")])])
        #expect(try file.db.integer("SELECT count FROM lid WHERE id = '\(id)'") == 3)
    }
}
