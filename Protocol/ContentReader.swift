/// Reads the content of a part, and refuses every form that `ContentWriter` would not write.
struct ContentReader {
    var reader: CBORReader
    /// What the next unit and row are said in relation to.
    var before = ContentBefore()
    /// The id of the present unit; empty for everyone.
    var unitID = ""
    /// The milliseconds in the id of the present row, if it is a UUIDv7.
    var rowMilliseconds: Int64?
    private var unitMilliseconds: Int64?
    /// What units and rows would weigh if each were written alone; `row` is the present row's.
    var weight = ContentWeight()
    /// The last ledger row of each table.
    var ledgers: [ReadLedger] = []
    var ledgerOfTable = TableIndex()

    init(_ bytes: [UInt8]) throws(MalformedMessage) {
        reader = try CBORReader(bytes, most: Limits.messageBytesMax)
    }

    /// The units of the content, by kind.
    mutating func units() throws(MalformedMessage) -> [UnitChanges] {
        try reader.array(count: 3)
        var units: [UnitChanges] = []
        for kind in UnitChanges.Kind.allCases {
            let count = try reader.array(most: .max)
            let first = units.count
            units.reserveCapacity(first + min(count, 256))
            var earlier = EarlierUnits(units)
            for index in 0..<count {
                let start = reader.offset
                let unit = try unit(kind)
                if index > 0, !UnitOrder.isAscending(units[units.count - 1].unit, unit.unit) {
                    throw .found(.notAscending, at: start)
                }
                if earlier.contains(unit.unit, in: units) {
                    throw .found(.contradiction, at: start)
                }
                units.append(unit)
            }
        }
        try reader.end()
        return units
    }

    private mutating func unit(_ kind: UnitChanges.Kind) throws(MalformedMessage) -> UnitChanges {
        let start = reader.offset
        var left = try reader.array(most: .max)
        guard left > 0 else { throw .found(.wrongCount, at: start) }
        let table = try unitTable(&left)
        guard left > 0 else { throw .found(.wrongCount, at: start) }
        left -= 1
        try begin(table)
        try weight.addUnit(table: table, id: unitID, at: start)
        guard kind != .revocation || left == 0 else { throw .found(.wrongCount, at: start) }
        var rows: [RowChange] = []
        rows.reserveCapacity(min(left / 2, 256))
        while left > 0 { rows.append(try row(&left, unitStart: start)) }
        return UnitChanges(unit: Unit(table: table, id: unitID), kind: kind, rows: rows)
    }

    private mutating func unitTable(_ left: inout Int) throws(MalformedMessage) -> Int {
        guard reader.isInteger() else {
            guard let table = before.unitTable else { throw reader.missingTable() }
            return table
        }
        let at = reader.offset
        left -= 1
        let table = try reader.number(in: 0...Limits.permanentNumberMax)
        guard table != before.unitTable else { throw .found(.notShortest, at: at) }
        before.unitTable = table
        return table
    }

    /// The id of the unit; only what is sent to everyone has none.
    private mutating func begin(_ table: Int) throws(MalformedMessage) {
        let start = reader.offset
        switch try reader.contentID(after: before.unitID) {
        case .uuid(let uuid):
            before.unitID = uuid
            unitID = uuid.text
            unitMilliseconds = uuid.milliseconds
        case .key(let key):
            unitID = key
            unitMilliseconds = nil
        case .unit: throw .found(.invalidID, at: start)
        }
        guard unitID.isEmpty == (table == 0) else { throw .found(.contradiction, at: start) }
    }

    private mutating func row(
        _ left: inout Int, unitStart: Int
    ) throws(MalformedMessage) -> RowChange {
        let start = reader.offset
        var count = 2
        if reader.isInteger() {
            count = 3
            let table = try reader.table()
            guard table != before.rowTable else { throw .found(.notShortest, at: start) }
            before.rowTable = table
        }
        guard let table = before.rowTable else { throw reader.missingTable() }
        guard left >= count else { throw .found(.wrongCount, at: unitStart) }
        left -= count
        let id = try rowID()
        weight.beginRow(table: table, id: id)
        let content =
            reader.isMap() ? try record() : try ledger(table: table)
        try weight.endRow(at: start)
        return RowChange(table: table, id: id, content: content)
    }

    private mutating func rowID() throws(MalformedMessage) -> String {
        let start = reader.offset
        switch try reader.contentID(after: before.rowID) {
        case .unit:
            guard !unitID.isEmpty else { throw .found(.invalidID, at: start) }
            rowMilliseconds = unitMilliseconds
            return unitID
        case .uuid(let uuid):
            let id = uuid.text
            guard id != unitID else { throw .found(.notShortest, at: start) }
            before.rowID = uuid
            rowMilliseconds = uuid.milliseconds
            return id
        case .key(let key):
            guard !key.isEmpty else { throw .found(.invalidID, at: start) }
            guard key != unitID else { throw .found(.notShortest, at: start) }
            rowMilliseconds = nil
            return key
        }
    }
}

/// The id of a unit or row, as it stands in a content.
enum ContentID {
    case uuid(UUIDBits)
    /// A reference key; empty for everyone.
    case key(String)
    /// The id of the row's own unit.
    case unit
}

extension CBORReader {
    /// An id without the leading bytes that it shares with the UUID before.
    mutating func contentID(after before: UUIDBits?) throws(MalformedMessage) -> ContentID {
        let start = offset
        guard left > 0, bytes[start] >> 5 == CBORType.bytes.rawValue else {
            return .key(try idOrEmpty().id)
        }
        let written = try byteSlice()
        guard !written.isEmpty else { return .unit }
        guard written.count <= 16 else { throw .found(.invalidID, at: start) }
        guard let before else {
            guard written.count == 16 else { throw .found(.invalidID, at: start) }
            return .uuid(UUIDBits(written))
        }
        let uuid = UUIDBits(written, after: before)
        guard uuid.sharedByteCount(with: before) == 16 - written.count || written.count == 1 else {
            throw .found(.notShortest, at: start)
        }
        return .uuid(uuid)
    }

    /// What to throw where a table is missing: another type stands there, or nothing.
    func missingTable() -> MalformedMessage {
        .found(left > 0 ? .wrongType : .truncated, at: offset)
    }
}
