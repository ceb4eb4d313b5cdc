/// Writes the content of a part: units and rows, each said in relation to what stands before it.
///
/// `Specification/wire.md` has the form. The values come in their short forms (`RowForms`) and are
/// compared as bytes with those of the row before: equal bytes are equal values.
struct ContentWriter {
    var out: CBORWriter
    /// What the next unit and row are said in relation to.
    var before = ContentBefore()
    /// The last ledger row of each table, as its place in `RowForms.rows`.
    private var ledgers: [Int] = []
    private var ledgerOfTable = TableIndex()

    init(capacity: Int) { out = CBORWriter(capacity: capacity) }

    /// A unit of changes or of a grant, with its rows.
    mutating func unit(
        _ id: PackedID, table: Int, rows: ArraySlice<Int32>, of forms: borrowing RowForms
    ) {
        let isTableSaid = table != before.unitTable
        var count = isTableSaid ? 2 : 1
        var rowTable = before.rowTable
        let all = forms.rows.span
        for row in rows {
            let next = Int(all[Int(row)].table)
            count += next == rowTable ? 2 : 3
            rowTable = next
        }
        out.array(count: count)
        if isTableSaid { out.integer(table) }
        before.unitTable = table
        if id.isUUID {
            out.uuid(id.bits, after: before.unitID)
            before.unitID = id.bits
        } else {
            out.text(id.text)
        }
        for row in rows { self.row(Int(row), of: forms) }
    }

    /// Drops everything that was written, and what is said in relation to it.
    mutating func forget() {
        out.bytes.removeAll(keepingCapacity: true)
        before = ContentBefore()
        // The tables keep their places, so that nothing is allocated for each row that is weighed.
        for index in ledgers.indices { ledgers[index] = -1 }
    }

    mutating func row(_ index: Int, of forms: borrowing RowForms) {
        let row = forms.rows.span[index]
        let table = Int(row.table)
        if table != before.rowTable {
            out.integer(table)
            before.rowTable = table
        }
        if row.id == row.unit, row.id.byteCount > 0 {
            out.bytes.append(0x40)
        } else if row.id.isUUID {
            out.uuid(row.id.bits, after: before.rowID)
            before.rowID = row.id.bits
        } else {
            out.text(row.id.text)
        }
        if row.isRecord {
            record(row, of: forms)
        } else {
            ledger(row, at: index, of: forms)
        }
    }

    /// The values of a ledger row: runs of those that are as in the last row of its table.
    private mutating func ledger(_ row: RowForm, at index: Int, of forms: borrowing RowForms) {
        let table = ledgerOfTable.index(of: Int(row.table))
        if table == ledgers.count { ledgers.append(-1) }
        let last = ledgers[table] < 0 ? nil : forms.rows.span[ledgers[table]]
        ledgers[table] = index

        let head = out.bytes.count
        out.array(count: Int(row.count))
        let bytes = forms.out.bytes.span
        let ends = forms.ends.span
        var itemCount = 0
        // The length of the run that ends here.
        var run = 0
        var start = Int(row.start)
        // From where on values wait to be written, all at once.
        var waiting = start
        var lastStart = Int(last?.start ?? 0)
        let (first, lastFirst) = (Int(row.first), Int(last?.first ?? 0))
        let lastCount = Int(last?.count ?? 0)
        var column = 0
        while column < Int(row.count) {
            let end = Int(ends[first &+ column])
            if column < lastCount {
                let length = end &- start
                let other = lastStart
                lastStart = Int(ends[lastFirst &+ column])
                if lastStart &- other == length, length <= Limits.repeatedValueBytesMax,
                    Self.isEqual(bytes, start, other, length)
                {
                    if waiting < start { out.append(bytes.extracting(waiting..<start)) }
                    waiting = end
                    itemCount += lengthen(&run)
                    start = end
                    column &+= 1
                    continue
                }
            }
            itemCount &+= 1
            run = 0
            start = end
            column &+= 1
        }
        if waiting < start { out.append(bytes.extracting(waiting..<start)) }
        out.replaceArrayHead(at: head, said: Int(row.count), with: itemCount)
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

    private static func isEqual(
        _ bytes: borrowing Span<UInt8>, _ a: Int, _ b: Int, _ length: Int
    ) -> Bool {
        var index = 0
        while index < length {
            guard bytes[a &+ index] == bytes[b &+ index] else { return false }
            index &+= 1
        }
        return true
    }
}
