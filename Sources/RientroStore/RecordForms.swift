package import RientroProtocol
internal import RientroSQLite

/// Reads what was written of record rows of one table straight into the forms of a content: of
/// each row the registers that were written, and nothing else.
package final class RecordForms {
    private let layout: TableLayout
    private let unit: UnitAtHand
    private let store: Store
    /// What each set of registers is read by.
    private var readings: [UInt32: Reading] = [:]

    private struct Reading {
        let statement: Statement
        /// By their numbers, with the position of each among its table's.
        let registers: [(number: Int, columnCount: Int)]
    }

    /// Sets of registers that are written together by people are few.
    private static let readingsMax = 64
    /// Values above this are left to be looked at by themselves: under it they travel whatever else
    /// the row holds.
    private static let registerBytesMax = 1024
    /// An integer counts as so many bytes where limits are kept.
    private static let fixedBytes = 9

    /// Nil where the table has no registers, or the unit of a row is known only from other rows.
    package init?(_ layout: TableLayout, in store: Store) {
        guard layout.table.kind == .record, let unit = UnitAtHand(layout, in: store) else {
            return nil
        }
        self.layout = layout
        self.unit = unit
        self.store = store
    }

    /// Reads the registers of the row `id` whose bits are set as in `PendingEntry`, in its first
    /// share. Nil: the row is gone. False: it must be looked at by itself. Else it is now the last
    /// of the forms.
    package func read(
        _ id: PackedID, registers: UInt32, into forms: inout RowForms
    ) throws -> Bool? {
        guard let reading = try reading(registers) else { return false }
        let statement = reading.statement
        defer { statement.reset() }
        try statement.bind(1, id.text)
        guard try statement.step() else { return nil }
        let root: PackedID
        if unit.column == nil {
            root = id
        } else {
            guard let parent = statement.uuid(0) else { return false }
            root = parent
        }
        let table = layout.table.number
        forms.beginRecord(id, table: table, unit: root, unitTable: unit.parent ?? table)
        var column = 1
        for register in reading.registers {
            let values = column + 1..<column + 1 + register.columnCount
            let most = Self.registerBytesMax - Self.fixedBytes * register.columnCount
            guard let stamp = Stamp(rawValue: statement.integer(column)),
                forms.add(values, of: statement, most: most)
            else {
                forms.cancel()
                return false
            }
            forms.endWrite(
                register: register.number, stamp: stamp, base: nil, count: register.columnCount)
            column = values.upperBound
        }
        forms.endRecord()
        return true
    }

    private func reading(_ set: UInt32) throws -> Reading? {
        if let known = readings[set] { return known }
        guard readings.count < Self.readingsMax else { return nil }
        var columns = [unit.column.map { SQL.name(layout.table.columns[$0].name) } ?? "NULL"]
        var registers: [(Int, Int)] = []
        let written = layout.table.registers.filter {
            PendingEntry.share(of: $0.number) == 0
                && Int64(set) & PendingEntry.bit(of: $0.number) != 0
        }
        for register in written.sorted(by: { $0.number < $1.number }) {
            columns.append("coalesce(\(SQL.name(register.name + "_stamp")), born_stamp, 0)")
            columns += register.columns.map(SQL.name)
            registers.append((register.number, register.columns.count))
        }
        guard !registers.isEmpty else { return nil }
        let made = Reading(
            statement: try store.db.statement(
                "SELECT \(columns.joined(separator: ", ")) FROM \(SQL.name(layout.table.name))"
                    + " WHERE id = ?"),
            registers: registers)
        readings[set] = made
        return made
    }
}
