/// The marks of the short forms in a content (`Specification/wire.md`, "content").
enum ContentForm {
    /// A run of one column that is as in the row before; the greater runs follow.
    static let run: UInt8 = 0xE0
    /// The longest run that one simple value says: 0xE0 to 0xF3.
    static let runMax = 20
    /// A UUID of 16 bytes (registered with IANA).
    static let uuidTag: UInt64 = 37
    /// Days since 1970-01-01 (RFC 8943).
    static let dateTag: UInt64 = 100
}

/// What units and rows of a content are said in relation to.
struct ContentBefore {
    /// The table of the unit before.
    var unitTable: Int?
    /// The last UUID of a unit.
    var unitID: UUIDBits?
    /// The table of the row before.
    var rowTable: Int?
    /// The last UUID of a row that was not its unit's own.
    var rowID: UUIDBits?
    /// The last stamps, one for each use: those of one use resemble each other.
    var birth: Stamp?
    var write: Stamp?
    var base: Stamp?
}

/// Numbers tables 0, 1, 2 … in the order in which they are met.
struct TableIndex {
    private var indexes: [Int: Int] = [:]
    /// The table asked for last: rows of one table often follow each other.
    private var last = (table: 0, index: 0)

    mutating func index(of table: Int) -> Int {
        if table == last.table { return last.index }
        let index = indexes[table] ?? indexes.count
        indexes[table] = index
        last = (table, index)
        return index
    }
}
