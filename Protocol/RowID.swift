/// The ids of rows: UUIDs as lower-case text (RFC 9562), and the short keys of reference rows.
package enum RowID {
    /// Whether an id can travel: a lower-case UUID of any version, or a reference key.
    package static func isCanonical(_ text: String) -> Bool {
        isUUID(text) || isReferenceKey(text)
    }

    /// Whether the text is a UUID of any version, in lower case: 8-4-4-4-12 digits.
    package static func isUUID(_ text: String) -> Bool { UUIDBits(text) != nil }

    /// Whether the text is a key of a reference table: 1 to `Limits.referenceKeyBytesMax` of
    /// `A–Z a–z 0–9 - _`.
    package static func isReferenceKey(_ text: String) -> Bool {
        let utf8 = text.utf8
        guard !utf8.isEmpty, utf8.count <= Limits.referenceKeyBytesMax else { return false }
        return utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122, 45, 95: true
            default: false
            }
        }
    }

    /// An id made from what it is the id of, so that whoever makes it again makes the same: a
    /// UUIDv8 (RFC 9562, 5.8) of the first 16 bytes of the SHA-256 of `bytes`, with version and
    /// variant set.
    package static func derived(from bytes: [UInt8]) -> String {
        var uuid = UUIDBits(SHA256.hash(bytes).bytes.prefix(16))
        uuid.set(version: 8)
        return uuid.text
    }
}

/// Ids that sort by the time of their making.
package enum UUIDv7 {
    /// A UUIDv7 (RFC 9562, 5.7): 48 bits of `milliseconds` since 1970 (cut to that range), then
    /// 74 of the bits of `random`, which must be 10 bytes.
    package static func make(milliseconds: Int64, random: [UInt8]) -> String {
        precondition(random.count == 10, "a UUIDv7 takes 10 random bytes")
        let time = UInt64(min(max(milliseconds, 0), (1 << 48) - 1))
        let moment = (0..<6).map { UInt8(truncatingIfNeeded: time >> (40 - 8 * UInt64($0))) }
        var uuid = UUIDBits((moment + random)[...])
        uuid.set(version: 7)
        return uuid.text
    }
}

/// The 128 bits of a UUID.
struct UUIDBits: Equatable {
    private var high: UInt64 = 0
    private var low: UInt64 = 0

    /// The UUID of 16 bytes, the most significant first.
    init(_ bytes: ArraySlice<UInt8>) {
        precondition(bytes.count == 16, "a UUID is 16 bytes")
        for byte in bytes { push(UInt64(byte), bits: 8) }
    }

    /// The UUID that `text` is the lower-case form of, or nil.
    init?(_ text: String) {
        let utf8 = text.utf8
        guard utf8.count == 36 else { return nil }
        var position = 0
        for byte in utf8 {
            switch (position, byte) {
            case (8, 45), (13, 45), (18, 45), (23, 45): break
            case (8, _), (13, _), (18, _), (23, _): return nil
            case (_, 48...57): push(UInt64(byte &- 48), bits: 4)
            case (_, 97...102): push(UInt64(byte &- 87), bits: 4)
            default: return nil
            }
            position &+= 1
        }
    }

    private mutating func push(_ value: UInt64, bits: UInt64) {
        high = high &<< bits | low &>> (64 &- bits)
        low = low &<< bits | value
    }

    /// Sets the version and the variant (RFC 9562, 4).
    mutating func set(version: UInt64) {
        high = high & ~0xF000 | version &<< 12
        low = low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    }

    /// Appends the 16 bytes, the most significant first.
    func append(to bytes: inout [UInt8]) {
        var shift: UInt64 = 128
        while shift > 0 {
            shift &-= 8
            bytes.append(
                UInt8(truncatingIfNeeded: (shift >= 64 ? high : low) &>> (shift & 63)))
        }
    }

    /// The lower-case form: 8-4-4-4-12 digits.
    var text: String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            var digit: UInt64 = 0
            var position = 0
            while position < 36 {
                if position == 8 || position == 13 || position == 18 || position == 23 {
                    buffer[position] = 45
                } else {
                    let word = digit < 16 ? high : low
                    let value = UInt8(truncatingIfNeeded: word &>> (60 &- (digit & 15) &* 4)) & 15
                    buffer[position] = value < 10 ? 48 + value : 87 + value
                    digit &+= 1
                }
                position &+= 1
            }
            return 36
        }
    }
}
