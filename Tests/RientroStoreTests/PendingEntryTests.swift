import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@Suite("What stands in pending")
struct PendingEntryTests {
    private static let id = BoxFile.id("40")
    /// A table of so many registers that they have three triggers; every tenth is kept.
    private static let table = Schema.Table(
        number: 300, name: "wide", kind: .record, insertedBy: .centre,
        routing: .portfolio(column: "place_id"),
        columns: (1...70).map { .init(number: $0, name: "c\($0)", type: .integer) }
            + [.init(number: 71, name: "place_id", type: .text, isRequired: true)],
        registers: (1...70).map {
            .init(number: $0, name: "c\($0)", rule: $0 % 10 == 0 ? .kept : .latest)
        } + [.init(number: 71, name: "place_id", writer: .centre)])

    private func file() throws -> BoxFile {
        let schema = try Schema(name: "wide", version: 1, tables: [Self.table])
        let file = try BoxFile(schema: schema)
        try file.put("INSERT INTO wide(id, place_id, born_stamp) VALUES ('\(Self.id)', 'MT', 9)")
        return file
    }

    private func entries(_ file: BoxFile) throws -> [PendingEntry] {
        try file.db.rows("SELECT registers, base FROM pending ORDER BY seq") {
            PendingEntry(registers: $0.integer(0), base: $0.optionalText(1))
        }
    }

    @Test("a write of any register of a table with many is noted, stamped, and only it")
    func everyRegister() throws {
        let file = try file()
        for number in 1...70 {
            try file.db.execute("DELETE FROM pending; UPDATE wide SET c\(number) = \(number)")
            #expect(try entries(file) == [.writes([number: number % 10 == 0 ? 9 : nil])])
            let stamped = try file.db.integer(
                "SELECT " + (1...70).map { "(c\($0)_stamp IS NOT NULL)" }.joined(separator: "+")
                    + " FROM wide")
            #expect(stamped == Int64(number))
        }
    }

    @Test("one statement makes one entry for each 32 registers", arguments: [false, true])
    func together(isRecursive: Bool) throws {
        let file = try file()
        try file.db.execute("PRAGMA recursive_triggers = \(isRecursive ? "ON" : "OFF")")
        try file.db.execute("UPDATE wide SET c1 = 1, c32 = 1, c33 = 1, c40 = 1, c64 = 1, c70 = 1")
        let found = try entries(file)
        #expect(found.count == 3)
        for entry: PendingEntry in [
            .writes([1: nil, 32: nil]), .writes([33: nil, 40: 9, 64: nil]), .writes([70: 9]),
        ] {
            #expect(found.contains(entry))
        }
    }

    @Test("a stamp of another share set by hand right after a write is refused")
    func otherShare() throws {
        let file = try file()
        try file.db.execute("UPDATE wide SET c1 = 1")
        #expect(throws: SQLiteError.self) { try file.db.execute("UPDATE wide SET c33_stamp = 99") }
        #expect(throws: SQLiteError.self) { try file.db.execute("UPDATE wide SET c2_stamp = 99") }
    }

    @Test("what the library notes reads as what the triggers note")
    func noted() throws {
        let file = try file()
        let table = Self.table
        try file.store.noteBirth(table, id: Self.id)
        try file.store.noteWrite(table, id: Self.id, register: table.registers[1], base: 9)
        try file.store.noteWrite(table, id: Self.id, register: table.registers[39], base: 9)
        try file.store.noteWrite(table, id: Self.id, register: table.registers[69], base: nil)
        #expect(
            try entries(file) == [
                .birth, .writes([2: nil]), .writes([40: 9]), .writes([70: nil]),
            ])
        try file.store.noteEnd()
        #expect(try file.db.integer("SELECT count(*) FROM pending WHERE tab = 0") == 1)
    }

    @Test(
        "a base that somebody has spoilt is none",
        arguments: ["", " ", "2", "2=", "=9", "2=x", "x=9", "3=9", "2=99999999999999999999"])
    func spoilt(base: String) {
        #expect(PendingEntry(registers: 2, base: base) == .writes([2: nil]))
    }
}
