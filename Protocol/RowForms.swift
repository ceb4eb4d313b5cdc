/// One row in `RowForms`.
package struct RowForm {
    let unit: PackedID
    let unitTable: Int32
    let table: Int32
    let id: PackedID
    /// Where its first value begins.
    let start: Int32
    /// Its first place in `RowForms.ends` for a ledger row, in `RowForms.writes` for a record row.
    let first: Int32
    /// So many values or writes, the birth among them.
    var count: Int32 = 0
    var isRecord = false
    var isBorn = false
    /// What the row weighs as if it were written alone.
    var expandedBytes: Int32 = 0
}

/// A register in `RowForms`, or a birth under the number 0.
struct WriteForm {
    let register: Int32
    /// Nil where there is none, or where the register is as old as the row.
    let stamp: Stamp?
    let base: Stamp?
    let start: Int32
    let end: Int32
    /// Nil where the author's value cannot travel.
    let count: Int32?
}

/// Rows whose values are in the forms of a content already (`Specification/wire.md`), but are not
/// yet said in relation to other rows: so they can be sorted, weighed, cut and then written
/// without being looked into again. What an office seals is read from the file straight into them.
///
///     forms.begin(id, table: 31, unit: account, unitTable: 22)
///     forms.text(…)
///     forms.endLedger()
package struct RowForms {
    /// The values, one behind the other.
    var out: CBORWriter
    /// Where each value of the ledger rows ends.
    var ends: [Int32] = []
    var writes: [WriteForm] = []
    /// The rows, in the order in which they came.
    package internal(set) var rows: [RowForm] = []
    private var row = RowForm(
        unit: .everyone, unitTable: 0, table: 0, id: .everyone, start: 0, first: 0)
    private var rowMilliseconds: Int64?
    /// The values of the present row so far as if each were written alone.
    private var expandedBytes = 0
    /// How many `ends` there were before the present row.
    private var endsBefore = 0

    /// Forms with room for so many bytes.
    package init(capacity: Int = 4096) { out = CBORWriter(capacity: capacity) }

    /// Begins a row, whose values come next.
    package mutating func begin(_ id: PackedID, table: Int, unit: PackedID, unitTable: Int) {
        row = RowForm(
            unit: unit, unitTable: Int32(unitTable), table: Int32(table), id: id,
            start: Int32(out.bytes.count), first: Int32(ends.count))
        rowMilliseconds = id.milliseconds
        endsBefore = ends.count
        expandedBytes = ContentWeight.bytes(ofUnit: table, byteCount: Int(id.byteCount))
    }

    /// Begins a row of a record table.
    package mutating func beginRecord(
        _ id: PackedID, table: Int, unit: PackedID, unitTable: Int
    ) {
        row = RowForm(
            unit: unit, unitTable: Int32(unitTable), table: Int32(table), id: id,
            start: Int32(out.bytes.count), first: Int32(writes.count))
        row.isRecord = true
        rowMilliseconds = id.milliseconds
        endsBefore = ends.count
        expandedBytes = ContentWeight.bytes(ofUnit: table, byteCount: Int(id.byteCount))
    }

    /// The values since `begin` are all columns of a ledger row.
    package mutating func endLedger() {
        let count = ends.count - Int(row.first)
        precondition(count <= Limits.columnsMax, "a row has at most so many columns")
        row.count = Int32(count)
        row.expandedBytes = Int32(expandedBytes + ContentWeight.head(UInt64(count)))
        rows.append(row)
    }

    /// The values since the write before, `count` of them, are what a register was given.
    package mutating func endWrite(register: Int, stamp: Stamp?, base: Stamp?, count: Int?) {
        let start = Int(row.count) == 0 ? row.start : writes[writes.count - 1].end
        writes.append(
            WriteForm(
                register: Int32(register), stamp: stamp, base: base, start: start,
                end: Int32(out.bytes.count), count: count.map { Int32($0) }))
        ends.removeLast(count ?? 0)
        row.count += 1
        expandedBytes +=
            1 + ContentWeight.head(UInt64(register)) + ContentWeight.stamp(stamp)
            + ContentWeight.stamp(base) + (count.map { ContentWeight.head(UInt64($0)) } ?? 1)
    }

    /// The values since `begin` are those of the columns in no register.
    mutating func endBirth(stamp: Stamp, count: Int) {
        precondition(row.count == 0, "the birth comes before the writes")
        writes.append(
            WriteForm(
                register: 0, stamp: stamp, base: nil, start: row.start,
                end: Int32(out.bytes.count), count: Int32(count)))
        ends.removeLast(count)
        row.count = 1
        row.isBorn = true
        expandedBytes +=
            1 + ContentWeight.stamp(stamp) + ContentWeight.head(UInt64(count))
    }

    /// All writes of a record row have come.
    package mutating func endRecord() {
        let writeCount = Int(row.count) - (row.isBorn ? 1 : 0)
        if !row.isBorn { expandedBytes += 1 }
        row.expandedBytes = Int32(expandedBytes + ContentWeight.head(UInt64(writeCount)))
        rows.append(row)
    }

    /// Forgets the row that was begun, and what came of it.
    package mutating func cancel() {
        out.bytes.removeLast(out.bytes.count - Int(row.start))
        ends.removeLast(ends.count - endsBefore)
        if row.isRecord { writes.removeLast(writes.count - Int(row.first)) }
    }

    /// NULL.
    package mutating func null() {
        out.null()
        end(1)
    }

    /// An integer.
    package mutating func integer(_ number: Int64) {
        out.integer(number)
        end(ContentWeight.integer(number))
    }

    /// A byte string.
    package mutating func blob(_ bytes: Span<UInt8>) {
        out.head(.bytes, UInt64(bytes.count))
        out.append(bytes)
        end(bytes.count + ContentWeight.head(UInt64(bytes.count)))
    }

    /// A text; false where the bytes are none, and then nothing was added.
    package mutating func text(_ text: Span<UInt8>) -> Bool {
        guard form(text) else {
            guard (try? UTF8Span(validating: text)) != nil else { return false }
            long(text)
            return true
        }
        end(text.count + ContentWeight.head(UInt64(text.count)))
        return true
    }

    /// A text that is UTF-8.
    mutating func valid(_ text: String) {
        let utf8 = text.utf8.span
        guard form(utf8) else { return long(utf8) }
        end(utf8.count + ContentWeight.head(UInt64(utf8.count)))
    }

    private mutating func end(_ weight: Int) {
        ends.append(Int32(truncatingIfNeeded: out.bytes.count))
        expandedBytes += weight
    }

    private mutating func long(_ text: Span<UInt8>) {
        let start = out.bytes.count
        out.head(.text, UInt64(text.count))
        out.append(text)
        end(out.bytes.count - start)
    }

    /// Writes a text in its short form, or as a text where it is ASCII; false where it is neither.
    private mutating func form(_ text: Span<UInt8>) -> Bool {
        let count = text.count
        if count == Int(row.unit.byteCount), count > 0, count <= Limits.referenceKeyBytesMax,
            PackedID(key: text) == row.unit
        {
            out.bytes.append(0xF7)
            return true
        }
        switch count {
        case 36:
            guard let uuid = UUIDBits(text) else { break }
            if row.unit.isUUID, uuid == row.unit.bits {
                out.bytes.append(0xF7)
            } else {
                out.tag(ContentForm.uuidTag)
                out.head(.bytes, 16)
                uuid.append(to: &out.bytes)
            }
            return true
        case 24:
            guard let own = rowMilliseconds, let instant = UTCTime.milliseconds(text) else { break }
            out.array(count: 1)
            out.integer(instant - own)
            return true
        case 10:
            guard let day = LocalDate.daysSince1970(text) else { break }
            out.tag(ContentForm.dateTag)
            out.integer(day)
            return true
        default: break
        }
        guard text.isASCII else { return false }
        out.head(.text, UInt64(count))
        out.append(text)
        return true
    }
}
