/// The id of a unit or of a row in the form in which contents compare and sort it: 128 bits that
/// are a UUID, or the bytes of a reference key. Empty for everyone's unit.
package struct PackedID: Equatable, Sendable {
    /// A UUID, or the bytes of a key with zeros behind them, so that keys compare as numbers.
    let bits: UUIDBits
    /// The bytes of the id's text, which tell a UUID from a key.
    let byteCount: UInt8

    /// The id of everyone's unit.
    package static let everyone = PackedID(bits: UUIDBits(high: 0, low: 0), byteCount: 0)

    private static let uuidBytes: UInt8 = 36

    private init(bits: UUIDBits, byteCount: UInt8) {
        self.bits = bits
        self.byteCount = byteCount
    }

    /// The id that is the UUID of this text in lower case; nil for every other text.
    package init?(uuid text: Span<UInt8>) {
        guard let bits = UUIDBits(text) else { return nil }
        self.init(bits: bits, byteCount: Self.uuidBytes)
    }

    /// An id that travels; the program stops at any other, which no reader would take.
    init(_ text: String) {
        if let bits = UUIDBits(text) {
            self.init(bits: bits, byteCount: Self.uuidBytes)
            return
        }
        precondition(
            text.utf8.count <= Limits.referenceKeyBytesMax, "an id is a UUID or a short key")
        self.init(key: text.utf8.span)
    }

    /// The key of these bytes, of which there are at most 16.
    init(key: Span<UInt8>) {
        var (high, low): (UInt64, UInt64) = (0, 0)
        for index in key.indices {
            let byte = UInt64(key[index])
            if index < 8 {
                high |= byte << UInt64(56 - 8 * index)
            } else {
                low |= byte << UInt64(120 - 8 * index)
            }
        }
        self.init(bits: UUIDBits(high: high, low: low), byteCount: UInt8(key.count))
    }

    /// Whether it is a UUID.
    package var isUUID: Bool { byteCount == Self.uuidBytes }

    /// The milliseconds since 1970 that a UUIDv7 begins with; nil for any other id.
    var milliseconds: Int64? { isUUID ? bits.milliseconds : nil }

    /// The id as it stands in a row.
    package var text: String { isUUID ? bits.text : String(decoding: keyBytes, as: UTF8.self) }

    private var keyBytes: [UInt8] {
        var all: [UInt8] = []
        bits.append(to: &all)
        return Array(all.prefix(Int(byteCount)))
    }

    /// A number in which ids differ that are not equal, nearly always.
    var scattered: UInt64 {
        // The last bits of a UUIDv7 are random, its first ones alike: both are mixed all the same,
        // since anybody may make ids.
        let mixed = (bits.high ^ UInt64(byteCount)) &* 0x9E37_79B9_7F4A_7C15 ^ bits.low
        return (mixed ^ mixed >> 32) &* 0xD6E8_FEB8_6659_FD93
    }
}

extension PackedID {
    /// Whether `a` comes first by the bytes of the texts.
    package static func < (a: PackedID, b: PackedID) -> Bool {
        a.isUUID == b.isUUID ? a.bits < b.bits : a.text < b.text
    }
}
