extension RowChange {
    /// The change as CBOR: `[table, id, [value…]]` for a ledger row, `[table, id, birth, [write…]]`
    /// for a record row. The count of the array tells which.
    ///
    /// Writes are put in the order of their registers; no register may stand twice.
    package func encoded() -> [UInt8] {
        var writer = CBORWriter()
        writer.row(self)
        return writer.bytes
    }

    /// A change from its CBOR; throws `.tooLong` above `Limits.rowBytesMax`, and for everything
    /// that `encoded()` would not have written.
    package init(decoding bytes: [UInt8]) throws(MalformedMessage) {
        var reader = try CBORReader(bytes, most: Limits.rowBytesMax)
        self = try reader.row()
        try reader.end()
    }
}

extension CBORWriter {
    mutating func row(_ row: RowChange) {
        switch row.content {
        case .ledger(let values):
            array(count: 3)
            integer(row.table)
            id(row.id)
            self.values(values)
        case .record(let birth, let writes):
            array(count: 4)
            integer(row.table)
            id(row.id)
            if let birth {
                array(count: 2)
                integer(birth.stamp.rawValue)
                values(birth.fixed)
            } else {
                null()
            }
            list(Self.inOrder(writes)) { $0.write($1) }
        }
    }

    private mutating func write(_ write: RegisterWrite) {
        array(count: 4)
        integer(write.register)
        stamp(write.stamp)
        stamp(write.base)
        optionalValues(write.values)
    }

    /// Writes in the order of their registers.
    static func inOrder(_ writes: [RegisterWrite]) -> [RegisterWrite] {
        func isAscending(_ writes: [RegisterWrite]) -> Bool {
            zip(writes, writes.dropFirst()).allSatisfy { $0.register < $1.register }
        }
        if isAscending(writes) { return writes }
        let sorted = writes.sorted { $0.register < $1.register }
        precondition(isAscending(sorted), "a change writes a register once")
        return sorted
    }
}

extension CBORReader {
    /// The number of a table.
    mutating func table() throws(MalformedMessage) -> Int {
        try number(in: 1...Limits.permanentNumberMax)
    }

    mutating func row() throws(MalformedMessage) -> RowChange {
        let start = offset
        let count = try array(most: .max)
        guard count == 3 || count == 4 else { throw .found(.wrongCount, at: start) }
        let table = try table()
        let id = try id()
        let content: RowChange.Content
        if count == 3 {
            content = .ledger(try values())
        } else {
            let birth = try birth()
            content = .record(birth: birth, writes: try writes(isBorn: birth != nil))
        }
        guard offset - start <= Limits.rowBytesMax else { throw .found(.tooLong, at: start) }
        return RowChange(table: table, id: id, content: content)
    }

    private mutating func birth() throws(MalformedMessage) -> Birth? {
        if isNull() { return nil }
        try array(count: 2)
        return Birth(stamp: try stamp(), fixed: try values())
    }

    private mutating func writes(isBorn: Bool) throws(MalformedMessage) -> [RegisterWrite] {
        var last = 0
        return try list(most: Limits.columnsMax) { reader throws(MalformedMessage) in
            let start = reader.offset
            try reader.array(count: 4)
            let register = try reader.number(in: 1...Limits.permanentNumberMax)
            guard register > last else { throw .found(.notAscending, at: start) }
            last = register
            let stamp = try reader.optionalStamp()
            // Without a birth there is no age that the register could be as old as.
            guard stamp != nil || isBorn else { throw .found(.contradiction, at: start) }
            return RegisterWrite(
                register: register, stamp: stamp, base: try reader.optionalStamp(),
                values: try reader.optionalValues())
        }
    }
}
