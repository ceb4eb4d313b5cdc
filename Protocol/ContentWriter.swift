/// Writes the content of a part: units and rows, each said in relation to what stands before it.
///
/// `Specification/wire.md` has the form. Every value is written in its short form first and then
/// compared, as bytes, with that of the row before: equal bytes are equal values.
struct ContentWriter {
    var out: CBORWriter
    /// What the next unit and row are said in relation to.
    var before = ContentBefore()
    /// The id of the present unit; empty for everyone.
    var unitID = ""
    /// The milliseconds in the ids of the present unit and of the present row, if they are UUIDv7.
    private var unitMilliseconds: Int64?
    private var rowMilliseconds: Int64?
    /// Where the last ledger row of each table has its values in `out`.
    private var ledgers: [[WrittenValue]] = []
    private var ledgerOfTable = TableIndex()

    init(capacity: Int) { out = CBORWriter(capacity: capacity) }

    /// A unit of changes or of a grant, with its rows.
    mutating func unit(_ unit: UnitChanges) {
        let isTableSaid = unit.unit.table != before.unitTable
        var count = isTableSaid ? 2 : 1
        var table = before.rowTable
        for row in unit.rows {
            count += row.table == table ? 2 : 3
            table = row.table
        }
        out.array(count: count)
        if isTableSaid { out.integer(unit.unit.table) }
        begin(unit.unit)
        for row in unit.rows { self.row(row) }
    }

    /// Drops everything that was written, and what is said in relation to it.
    mutating func forget() {
        out.bytes.removeAll(keepingCapacity: true)
        before = ContentBefore()
        // The tables keep their places, so that nothing is allocated for each row that is weighed.
        for index in ledgers.indices { ledgers[index].removeAll(keepingCapacity: true) }
    }

    /// The id of a unit, whose rows are written next.
    mutating func begin(_ unit: Unit) {
        before.unitTable = unit.table
        unitID = unit.id
        guard let uuid = UUIDBits(unit.id) else {
            unitMilliseconds = nil
            return out.text(unit.id)
        }
        out.uuid(uuid, after: before.unitID)
        before.unitID = uuid
        unitMilliseconds = uuid.milliseconds
    }

    mutating func row(_ row: RowChange) {
        if row.table != before.rowTable {
            out.integer(row.table)
            before.rowTable = row.table
        }
        if isUnitID(row.id, byteCount: row.id.utf8.count) {
            out.bytes.append(0x40)
            rowMilliseconds = unitMilliseconds
        } else if let uuid = UUIDBits(row.id) {
            out.uuid(uuid, after: before.rowID)
            before.rowID = uuid
            rowMilliseconds = uuid.milliseconds
        } else {
            out.text(row.id)
            rowMilliseconds = nil
        }
        switch row.content {
        case .ledger(let values): ledger(values, table: row.table)
        case .record(let birth, let writes): record(birth, CBORWriter.inOrder(writes))
        }
    }

    /// Texts of as many bytes, one of them ASCII, are equal to `String` only if their bytes are.
    private func isUnitID(_ text: String, byteCount: Int) -> Bool {
        byteCount == unitID.utf8.count && byteCount > 0 && text == unitID
    }

    /// A value in its short form.
    mutating func value(_ value: Value) {
        switch value {
        case .null: out.null()
        case .integer(let number): out.integer(number)
        case .text(let text): self.text(text)
        case .blob(let bytes): out.byteString(bytes)
        }
    }

    private mutating func text(_ text: String) {
        let byteCount = text.utf8.count
        if isUnitID(text, byteCount: byteCount) { return out.bytes.append(0xF7) }
        switch byteCount {
        case 36:
            guard let uuid = UUIDBits(text) else { break }
            out.tag(ContentForm.uuidTag)
            out.head(.bytes, 16)
            return uuid.append(to: &out.bytes)
        case 24:
            guard let row = rowMilliseconds, let instant = UTCTime.milliseconds(text) else { break }
            out.array(count: 1)
            return out.integer(instant - row)
        case 10:
            guard let day = LocalDate.daysSince1970(text) else { break }
            out.tag(ContentForm.dateTag)
            return out.integer(day)
        default: break
        }
        out.text(text)
    }

    /// The values of a ledger row: runs of those that are as in the last row of its table.
    private mutating func ledger(_ values: [Value], table: Int) {
        precondition(values.count <= Limits.columnsMax, "a row has at most so many columns")
        let index = ledgerOfTable.index(of: table)
        if index == ledgers.count { ledgers.append([]) }
        var written: [WrittenValue] = []
        swap(&written, &ledgers[index])
        if written.count > values.count { written.removeSubrange(values.count...) }

        let head = out.bytes.count
        out.array(count: values.count)
        var itemCount = 0
        // The length of the run that ends here.
        var run = 0
        for column in values.indices {
            let start = out.bytes.count
            if isNullAsBefore(values[column], column, written) {
                itemCount += lengthen(&run)
                continue
            }
            value(values[column])
            let length = out.bytes.count - start
            if column < written.count {
                if isAsBefore(written[column], start: start, length: length) {
                    out.bytes.removeLast(length)
                    itemCount += lengthen(&run)
                    continue
                }
                written[column] = WrittenValue(offset: start, length: length)
            } else {
                written.append(WrittenValue(offset: start, length: length))
            }
            itemCount += 1
            run = 0
        }
        out.replaceArrayHead(at: head, said: values.count, with: itemCount, moving: &written)
        swap(&written, &ledgers[index])
    }

    /// Makes the run that ends here longer by one column; how many items more that are.
    private mutating func lengthen(_ run: inout Int) -> Int {
        guard run == 0 || run == ContentForm.runMax else {
            out.bytes[out.bytes.count - 1] += 1
            run += 1
            return 0
        }
        out.bytes.append(ContentForm.run)
        run = 1
        return 1
    }

    /// What most columns of most rows are is compared without being written first.
    private func isNullAsBefore(_ value: Value, _ column: Int, _ written: [WrittenValue]) -> Bool {
        guard case .null = value, column < written.count else { return false }
        return out.bytes[written[column].offset] == 0xF6
    }

    private func isAsBefore(_ other: WrittenValue, start: Int, length: Int) -> Bool {
        guard length == other.length, length <= Limits.repeatedValueBytesMax else { return false }
        let bytes = out.bytes.span
        var index = 0
        while index < length {
            guard bytes[start + index] == bytes[other.offset + index] else { return false }
            index += 1
        }
        return true
    }
}

/// Where a value of a ledger row stands in a content.
struct WrittenValue {
    var offset: Int
    var length: Int
}
