package import RientroProtocol
internal import RientroSQLite

/// What became of one change in the file.
package enum MergeResult: Equatable, Sendable {
    /// It was here already, or something later was.
    case unchanged
    /// The row is new here.
    case inserted
    /// Registers were taken.
    case changed
    /// Kept until the row's birth, or a schema that knows it, arrives.
    case parked
    /// A ledger row with this id and other content stands here; nothing was changed.
    case differs
}

/// What the caller of a merge knows of the row.
package enum Presence: Sendable {
    /// Nothing: it is looked up.
    case unknown
    /// It is not here.
    case absent
    /// It was read in the same transaction, and this is how it stands.
    case row(StoredRow)
}

extension Store {
    /// Merges one change: commutative, associative and idempotent, a pure function of the set of
    /// changes that have been merged.
    ///
    /// A register is taken when its stamp is greater; of equal stamps (possible between a file and
    /// its copy) the greater encoded value wins. Of two births the earlier stays. A ledger row is
    /// inserted if new. The caller has opened a transaction and silenced the triggers.
    package func merge(
        _ change: RowChange, _ presence: Presence = .unknown
    ) throws -> MergeResult {
        guard let layout = layouts[change.table] else { return try park(change) }
        switch change.content {
        case .ledger(let values):
            guard layout.table.kind == .ledger else { return try park(change) }
            return try mergeLedger(layout, id: change.id, values: values)
        case .record(let birth, let writes):
            guard layout.table.kind != .ledger else { return try park(change) }
            if birth == nil, try take(layout, id: change.id, writes, ifBased: false) {
                return .changed
            }
            guard let row = try row(layout, id: change.id, presence) else {
                guard let birth else { return try park(change) }
                try insert(layout, id: change.id, birth: birth, writes: writes)
                try unpark(table: change.table, id: change.id)
                return .inserted
            }
            let merged = layout.merged(row, birth: birth, writes: writes)
            guard merged != row else { return .unchanged }
            try update(layout, id: change.id, row: merged)
            return .changed
        }
    }

    private func row(
        _ layout: TableLayout, id: String, _ presence: Presence
    ) throws -> StoredRow? {
        switch presence {
        case .unknown: try read(layout, id: id)
        case .absent: nil
        case .row(let row): row
        }
    }

    /// Puts a ledger row in place of one with other content. The caller has kept the other.
    package func replaceLedger(_ change: RowChange) throws {
        guard let layout = layouts[change.table], case .ledger(let values) = change.content else {
            preconditionFailure("only ledger rows are put in place of another")
        }
        try remove(layout, id: change.id)
        _ = try mergeLedger(layout, id: change.id, values: values)
    }

    private func mergeLedger(
        _ layout: TableLayout, id: String, values: [Value]
    ) throws -> MergeResult {
        let complete =
            values.count == layout.table.columns.count ? values : layout.completed(values)
        let statement = try statements(layout).insert()
        try statement.bind(1, id)
        for (index, value) in complete.enumerated() { try statement.bind(index + 2, value) }
        try statement.run()
        if db.changes == 1 { return .inserted }
        let present = try read(layout, id: id)
        return present?.columns == complete.map(\.stored) ? .unchanged : .differs
    }

    private func insert(
        _ layout: TableLayout, id: String, birth: Birth, writes: [RegisterWrite]
    ) throws {
        let blank = StoredRow(
            columns: layout.completed([]).map(\.stored), born: birth.stamp.rawValue,
            stamps: layout.table.registers.map { _ in nil })
        let row = layout.born(blank, birth: birth, writes: writes)
        let statement = try statements(layout).insert()
        try statement.bind(1, id)
        try bind(row, to: statement, from: 2)
        try statement.run()
    }

    /// Writes a whole row in place of the one with this id.
    package func update(_ layout: TableLayout, id: String, row: StoredRow) throws {
        let statement = try statements(layout).update()
        let next = try bind(row, to: statement, from: 1)
        try statement.bind(next, id)
        try statement.run()
    }

    @discardableResult
    private func bind(
        _ row: StoredRow, to statement: Statement, from first: Int
    ) throws -> Int {
        var index = first
        for value in row.columns {
            try statement.bind(index, value)
            index += 1
        }
        for stamp in [row.born] + row.stamps {
            try statement.bind(index, SQLiteValue(stamp))
            index += 1
        }
        return index
    }
}

extension TableLayout {
    /// The values of a row of an older schema, with the defaults of the columns that it lacks;
    /// values beyond the columns that are known here are left out.
    package func completed(_ values: [Value]) -> [Value] {
        table.columns.enumerated().map { index, column in
            if index < values.count { return values[index] }
            if case .value(let constant) = column.default { return constant }
            return .null
        }
    }

    /// A new row: the blank one with the birth's columns and registers.
    func born(_ blank: StoredRow, birth: Birth, writes: [RegisterWrite]) -> StoredRow {
        var row = blank
        for (index, position) in fixedColumns.enumerated() where index < birth.fixed.count {
            row.columns[position] = birth.fixed[index].stored
        }
        for write in writes {
            guard let index = registerIndex[write.register], let values = write.values else {
                continue
            }
            for (position, value) in zip(registerColumns[index], values) {
                row.columns[position] = value.stored
            }
            let stamp = write.stamp?.rawValue
            row.stamps[index] = stamp == birth.stamp.rawValue ? nil : stamp
        }
        return row
    }

    /// The row after a birth and writes of registers have been merged into it.
    func merged(_ row: StoredRow, birth: Birth?, writes: [RegisterWrite]) -> StoredRow {
        var row = row
        if let birth { mergeBirth(birth, into: &row) }
        for write in said(writes, with: birth) {
            guard let index = registerIndex[write.register], let values = write.values,
                let stamp = (write.stamp ?? birth?.stamp)?.rawValue
            else { continue }
            let positions = registerColumns[index]
            let present = row.effectiveStamp(index)
            #if Mutations
                if Mutation.equalStampsByOrder.isChosen, stamp == present { continue }
            #endif
            #if Mutations
                let isTaken = stamp >= present || Mutation.olderStampTaken.isChosen
            #else
                let isTaken = stamp >= present
            #endif
            guard isTaken else { continue }
            if stamp == present,
                !Self.isGreater(values.map(\.stored), than: positions.map { row.columns[$0] })
            {
                continue
            }
            for (position, value) in zip(positions, values) { row.columns[position] = value.stored }
            row.stamps[index] = stamp == row.born ? nil : stamp
        }
        return row
    }

    /// The writes with one for every register that a birth leaves out, as one of an older schema
    /// does: it was born with its default, at the birth's stamp. Were it nothing instead, the
    /// register's stamp would depend on which of two births came first.
    private func said(_ writes: [RegisterWrite], with birth: Birth?) -> [RegisterWrite] {
        guard birth != nil else { return writes }
        let spoken = Set(writes.filter { $0.values != nil }.map(\.register))
        let silent = table.registers.indices.filter { !spoken.contains(table.registers[$0].number) }
        guard !silent.isEmpty else { return writes }
        let defaults = completed([])
        return writes
            + silent.map { index in
                RegisterWrite(
                    register: table.registers[index].number, stamp: nil, base: nil,
                    values: registerColumns[index].map { defaults[$0] })
            }
    }

    private func mergeBirth(_ birth: Birth, into row: inout StoredRow) {
        let stamp = birth.stamp.rawValue
        let defaults = birth.fixed.count < fixedColumns.count ? completed([]) : []
        let fixed = fixedColumns.enumerated().map { index, position in
            (index < birth.fixed.count ? birth.fixed[index] : defaults[position]).stored
        }
        let present = row.born ?? .max
        guard stamp <= present else { return }
        if stamp == present,
            !Self.isGreater(fixed, than: fixedColumns.map { row.columns[$0] })
        {
            return
        }
        if stamp < present, row.born != nil {
            // What was as old as the row keeps its age when the row turns out to be older.
            for index in row.stamps.indices where row.stamps[index] == nil {
                row.stamps[index] = row.born
            }
        }
        row.born = stamp
        for (position, value) in zip(fixedColumns, fixed) { row.columns[position] = value }
    }

    /// Whether the first list is greater in canonical encoding. Values that cannot travel are less
    /// than any that can, so that they give way.
    static func isGreater(_ a: [SQLiteValue], than b: [SQLiteValue]) -> Bool {
        let left = a.compactMap { Value($0) }
        let right = b.compactMap { Value($0) }
        if left.count < a.count || right.count < b.count { return left.count > right.count }
        return Value.encode(right).lexicographicallyPrecedes(Value.encode(left))
    }
}
