extension DigestAnswer {
    /// The answer as a CBOR map.
    package func encoded() -> [UInt8] {
        var writer = CBORWriter()
        var map = writer.map()
        writer.key(1, of: &map)
        writer.cursor(cursor)
        if !tables.isEmpty {
            writer.key(2, of: &map)
            writer.list(tables) { writer, table in
                writer.array(count: 4)
                writer.text(table.portfolio)
                writer.integer(table.table)
                writer.integer(table.digest.count)
                writer.sum(table.digest)
            }
        }
        return writer.bytes
    }

    /// An answer from its CBOR; throws for everything that `encoded()` would not have written.
    package init(decoding bytes: [UInt8]) throws(MalformedMessage) {
        var r = try CBORReader(bytes, most: Limits.messageBytesMax)
        var fields = try MessageFields(&r)
        var (cursor, tables) = (Cursor?.none, [TableDigest]())
        while let key = try fields.next(&r) {
            switch key {
            case 1: cursor = try r.cursor()
            case 2:
                tables = try r.list(most: .max) { r throws(MalformedMessage) in
                    try r.array(count: 4)
                    return TableDigest(
                        portfolio: try r.portfolioOrEmpty(), table: try r.table(),
                        digest: try r.digest())
                }
                try fields.refuseDefault(tables.isEmpty)
            default: throw fields.unknown
            }
        }
        try r.end()
        self = DigestAnswer(cursor: try MessageFields.required(cursor, r), tables: tables)
    }
}

extension RangeAnswer {
    /// The answer as a CBOR map.
    package func encoded() -> [UInt8] {
        var writer = CBORWriter()
        var map = writer.map()
        writer.key(1, of: &map)
        writer.cursor(cursor)
        if !ranges.isEmpty {
            writer.key(2, of: &map)
            writer.list(ranges) { writer, range in
                writer.array(count: 4)
                writer.id(range.from)
                writer.id(range.to)
                writer.integer(range.digest.count)
                writer.sum(range.digest)
            }
        }
        if !rows.isEmpty {
            writer.key(3, of: &map)
            writer.list(rows) { writer, row in
                writer.array(count: 2)
                writer.id(row.id)
                writer.sum(row.digest)
            }
        }
        return writer.bytes
    }

    /// An answer from its CBOR; throws for everything that `encoded()` would not have written, and
    /// `.contradiction` where it has both pieces and rows.
    package init(decoding bytes: [UInt8]) throws(MalformedMessage) {
        var r = try CBORReader(bytes, most: Limits.messageBytesMax)
        var fields = try MessageFields(&r)
        var (cursor, ranges, rows) = (Cursor?.none, [RangeDigest](), [RowHash]())
        while let key = try fields.next(&r) {
            switch key {
            case 1: cursor = try r.cursor()
            case 2:
                ranges = try r.list(most: Limits.rangePiecesMax) { r throws(MalformedMessage) in
                    try r.array(count: 4)
                    return RangeDigest(
                        from: try r.idOrEmpty().id, to: try r.idOrEmpty().id,
                        digest: try r.digest())
                }
                try fields.refuseDefault(ranges.isEmpty)
            case 3:
                let start = r.offset
                rows = try r.list(most: Limits.rangeRowsMax) { r throws(MalformedMessage) in
                    try r.array(count: 2)
                    return RowHash(id: try r.id(), digest: try r.sum(count: 1))
                }
                try fields.refuseDefault(rows.isEmpty)
                guard ranges.isEmpty else { throw .found(.contradiction, at: start) }
            default: throw fields.unknown
            }
        }
        try r.end()
        self = RangeAnswer(
            cursor: try MessageFields.required(cursor, r), ranges: ranges, rows: rows)
    }
}

extension CBORWriter {
    /// The sum of a digest: 16 bytes, the least significant first.
    fileprivate mutating func sum(_ digest: RowDigest) {
        var sum: [UInt8] = []
        sum.reserveCapacity(16)
        for word in [digest.low, digest.high] {
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                sum.append(UInt8(truncatingIfNeeded: word &>> shift))
            }
        }
        byteString(sum)
    }
}

extension CBORReader {
    /// A count and a sum.
    fileprivate mutating func digest() throws(MalformedMessage) -> RowDigest {
        let count = try integer(in: 0...Limits.rowCountMax)
        return try sum(count: count)
    }

    fileprivate mutating func sum(count: Int64) throws(MalformedMessage) -> RowDigest {
        RowDigest(count: count, sum: try byteString(count: 16)[...])
    }
}
