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
