package import RientroProtocol
package import RientroSQLite

/// One row as it stands in the file.
package struct StoredRow: Equatable, Sendable {
    /// The columns, in the order of the schema.
    package var columns: [SQLiteValue]
    /// `born_stamp`; nil in a ledger table, or where a write went round the triggers.
    package var born: Int64?
    /// The registers' stamps, in the order of the schema; nil: as old as the row.
    package var stamps: [Int64?]

    /// A register's effective stamp: its own, or the row's.
    package func effectiveStamp(_ register: Int) -> Int64 { stamps[register] ?? born ?? 0 }
}

extension Value {
    /// The value as it travels; nil for what cannot: text that is not UTF-8, or a number with a
    /// fraction.
    package init?(_ stored: SQLiteValue) {
        switch stored {
        case .null: self = .null
        case .integer(let number): self = .integer(number)
        case .text(let text): self = .text(text)
        case .blob(let bytes): self = .blob(bytes)
        case .real, .malformedText: return nil
        }
    }

    /// The value as SQLite binds it.
    package var stored: SQLiteValue {
        switch self {
        case .null: .null
        case .integer(let number): .integer(number)
        case .text(let text): .text(text)
        case .blob(let bytes): .blob(bytes)
        }
    }
}

extension Store {
    /// The row `id`; nil if it is not there.
    package func read(_ layout: TableLayout, id: String) throws(SQLiteError) -> StoredRow? {
        let statement = try statements(layout).select()
        defer { statement.reset() }
        try statement.bind(1, id)
        guard try statement.step() else { return nil }
        return row(layout, in: statement, from: 0)
    }

    /// The row that a statement stands on, whose columns begin at `first` in the order of
    /// `TableLayout.selectSQL`.
    func row(_ layout: TableLayout, in statement: Statement, from first: Int) -> StoredRow {
        let count = layout.table.columns.count
        var columns: [SQLiteValue] = []
        columns.reserveCapacity(count)
        for index in 0..<count { columns.append(statement.value(first + index)) }
        guard layout.table.kind != .ledger else {
            return StoredRow(columns: columns, born: nil, stamps: [])
        }
        let stamps = layout.table.registers.indices.map {
            statement.optionalInteger(first + count + 1 + $0)
        }
        return StoredRow(
            columns: columns, born: statement.optionalInteger(first + count), stamps: stamps)
    }

    /// Whether the row is there.
    package func contains(_ layout: TableLayout, id: String) throws(SQLiteError) -> Bool {
        let statement = try statements(layout).find()
        defer { statement.reset() }
        try statement.bind(1, id)
        return try statement.step()
    }

    /// The row whole, with its original stamps: what a grant carries. Nil if a value cannot travel.
    package func wholeChange(
        _ layout: TableLayout, id: String, row: StoredRow
    ) -> RowChange? {
        var values: [Value] = []
        for column in row.columns {
            guard let value = Value(column) else { return nil }
            values.append(value)
        }
        guard layout.table.kind != .ledger else {
            return RowChange(table: layout.table.number, id: id, content: .ledger(values))
        }
        guard let born = Stamp(rawValue: row.born ?? 0) else { return nil }
        let birth = Birth(stamp: born, fixed: layout.fixedColumns.map { values[$0] })
        var writes: [RegisterWrite] = []
        for (index, register) in layout.table.registers.enumerated() {
            let own = row.stamps[index].flatMap { $0 == row.born ? nil : Stamp(rawValue: $0) }
            writes.append(
                RegisterWrite(
                    register: register.number, stamp: own, base: nil,
                    values: layout.registerColumns[index].map { values[$0] }))
        }
        return RowChange(
            table: layout.table.number, id: id, content: .record(birth: birth, writes: writes))
    }

    /// Removes the row. The caller has silenced the triggers.
    package func remove(_ layout: TableLayout, id: String) throws(SQLiteError) {
        try db.run(layout.deleteSQL, .text(id))
    }
}
