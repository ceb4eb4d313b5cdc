extension RowDigest {
    /// The digest of one row: of the first 16 bytes of the SHA-256 of the CBOR array `[table, id,
    /// [value…], [stamp…]]`, read as a number with the least significant byte first.
    ///
    /// `values` are all columns but the id in the order of their numbers; `stamps` are, for a
    /// record row, `born_stamp` and then the effective stamps of the registers in the order of
    /// their numbers, and nothing for a ledger row.
    package static func of(
        table: Int, id: String, values: [Value], stamps: [Int64]
    ) -> RowDigest {
        var writer = CBORWriter()
        writer.array(count: 4)
        writer.integer(table)
        writer.id(id)
        writer.values(values)
        writer.list(stamps) { $0.integer($1) }
        return RowDigest(count: 1, sum: SHA256.hash(writer.bytes).bytes.prefix(16))
    }

    /// A digest whose sum is written in `bytes`, 16 of them, the least significant first.
    init(count: Int64, sum bytes: ArraySlice<UInt8>) {
        precondition(bytes.count == 16, "the sum of a digest is 16 bytes")
        var (low, high) = (UInt64(0), UInt64(0))
        for byte in bytes.suffix(8).reversed() { high = high << 8 | UInt64(byte) }
        for byte in bytes.prefix(8).reversed() { low = low << 8 | UInt64(byte) }
        self.init(count: count, low: low, high: high)
    }

    /// Adds the rows of `other`: counts and sums, mod 2¹²⁸.
    package mutating func add(_ other: RowDigest) {
        count &+= other.count
        let (sum, carry) = low.addingReportingOverflow(other.low)
        low = sum
        high = high &+ other.high &+ (carry ? 1 : 0)
    }

    /// Takes the rows of `other` away again.
    package mutating func subtract(_ other: RowDigest) {
        count &-= other.count
        let (difference, borrow) = low.subtractingReportingOverflow(other.low)
        low = difference
        high = high &- other.high &- (borrow ? 1 : 0)
    }

    /// The rows of both.
    package static func + (a: RowDigest, b: RowDigest) -> RowDigest {
        var sum = a
        sum.add(b)
        return sum
    }

    /// The rows of `a` without those of `b`.
    package static func - (a: RowDigest, b: RowDigest) -> RowDigest {
        var difference = a
        difference.subtract(b)
        return difference
    }
}
