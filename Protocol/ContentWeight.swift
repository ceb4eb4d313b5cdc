/// What a content would weigh if every unit and row in it were written alone.
///
/// Counted while a content is read, before anything is kept: short forms must not let a few bytes
/// take much memory.
struct ContentWeight {
    /// The bytes of everything so far: each unit as `[table, id]`, each row as `encoded()`.
    private(set) var total = 0
    /// The bytes of the present row.
    private var row = 0

    mutating func addUnit(table: Int, id: String, at start: Int) throws(MalformedMessage) {
        row = Self.bytes(ofUnit: table, id: id)
        try addRow(at: start)
    }

    mutating func beginRow(table: Int, id: String) {
        row = Self.bytes(ofUnit: table, id: id)
    }

    /// Adds the bytes of a head, or of more.
    mutating func add(_ bytes: Int) { row += bytes }

    mutating func add(_ value: Value) { row += Self.bytes(of: value) }

    mutating func endRow(at start: Int) throws(MalformedMessage) {
        guard row <= Limits.rowBytesMax else { throw .found(.tooLong, at: start) }
        try addRow(at: start)
    }

    private mutating func addRow(at start: Int) throws(MalformedMessage) {
        total += row
        guard total <= Limits.contentExpandedBytesMax else { throw .found(.tooLong, at: start) }
    }

    /// An array of table and id, as units weigh and rows begin.
    static func bytes(ofUnit table: Int, id: String) -> Int {
        bytes(ofUnit: table, byteCount: id.utf8.count)
    }

    /// The same for an id whose text has so many bytes.
    static func bytes(ofUnit table: Int, byteCount count: Int) -> Int {
        // Only a UUID has as many digits: a reference key is shorter.
        return 1 + head(UInt64(table)) + (count == 36 ? 17 : 1 + count)
    }

    /// A row, as `encoded()` would write it.
    static func bytes(of row: RowChange) -> Int {
        let start = bytes(ofUnit: row.table, id: row.id)
        switch row.content {
        case .ledger(let values):
            return start + bytes(of: values)
        case .record(let birth, let writes):
            let born = birth.map { 1 + stamp($0.stamp) + bytes(of: $0.fixed) } ?? 1
            return writes.reduce(start + born + head(UInt64(writes.count))) { $0 + bytes(of: $1) }
        }
    }

    /// `[register, stamp?, base?, values?]`.
    static func bytes(of write: RegisterWrite) -> Int {
        1 + head(UInt64(write.register)) + stamp(write.stamp) + stamp(write.base)
            + (write.values.map { bytes(of: $0) } ?? 1)
    }

    static func bytes(of values: [Value]) -> Int {
        values.reduce(head(UInt64(values.count))) { $0 + bytes(of: $1) }
    }

    static func bytes(of value: Value) -> Int {
        switch value {
        case .null: 1
        case .integer(let number): integer(number)
        case .text(let text): text.utf8.count + head(UInt64(text.utf8.count))
        case .blob(let bytes): bytes.count + head(UInt64(bytes.count))
        }
    }

    static func integer(_ number: Int64) -> Int {
        head(UInt64(bitPattern: number < 0 ? ~number : number))
    }

    static func stamp(_ stamp: Stamp?) -> Int { stamp.map { integer($0.rawValue) } ?? 1 }

    /// The bytes of an initial byte with its argument.
    static func head(_ argument: UInt64) -> Int {
        switch argument {
        case ..<24: 1
        case ..<0x100: 2
        case ..<0x1_0000: 3
        case ..<0x1_0000_0000: 5
        default: 9
        }
    }
}

extension RowChange {
    /// How many bytes `encoded()` has, without encoding.
    package var byteCount: Int { ContentWeight.bytes(of: self) }
}
