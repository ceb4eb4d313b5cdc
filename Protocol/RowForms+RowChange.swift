extension RowForms {
    /// Adds a change of a row of `unit`.
    package mutating func add(_ change: RowChange, in unit: Unit) {
        add(change, unit: PackedID(unit.id), unitTable: unit.table)
    }

    mutating func add(_ change: RowChange, unit: PackedID, unitTable: Int) {
        let id = PackedID(change.id)
        switch change.content {
        case .ledger(let values):
            begin(id, table: change.table, unit: unit, unitTable: unitTable)
            for value in values { self.value(value) }
            endLedger()
        case .record(let birth, let writes):
            beginRecord(id, table: change.table, unit: unit, unitTable: unitTable)
            if let birth {
                for value in birth.fixed { self.value(value) }
                endBirth(stamp: birth.stamp, count: birth.fixed.count)
            }
            for write in CBORWriter.inOrder(writes) {
                for value in write.values ?? [] { self.value(value) }
                endWrite(
                    register: write.register, stamp: write.stamp, base: write.base,
                    count: write.values?.count)
            }
            endRecord()
        }
    }

    private mutating func value(_ value: Value) {
        switch value {
        case .null: null()
        case .integer(let number): integer(number)
        case .text(let text): valid(text)
        case .blob(let bytes): blob(bytes.span)
        }
    }
}
