/// The 128 bits of a UUID.
struct UUIDBits: Equatable {
    private(set) var high: UInt64 = 0
    private(set) var low: UInt64 = 0

    /// Both halves.
    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The UUID of 16 bytes, the most significant first.
    init(_ bytes: ArraySlice<UInt8>) {
        precondition(bytes.count == 16, "a UUID is 16 bytes")
        for byte in bytes { push(UInt64(byte), bits: 8) }
    }

    /// The leading bytes of `before`, then `bytes`, of which there are at most 16.
    init(_ bytes: ArraySlice<UInt8>, after before: UUIDBits) {
        precondition(bytes.count <= 16, "a UUID is 16 bytes")
        for byte in bytes { push(UInt64(byte), bits: 8) }
        let written = UInt64(bytes.count) &* 8
        high |= before.high & (written <= 64 ? .max : .max << (written &- 64))
        low |= before.low & (written < 64 ? .max << written : 0)
    }

    /// The UUID that `text` is the lower-case form of, or nil.
    init?(_ text: String) {
        let utf8 = text.utf8
        guard utf8.count == 36 else { return nil }
        self.init(utf8.span)
    }

    /// The UUID that a text is the lower-case form of, or nil.
    init?(_ text: Span<UInt8>) {
        guard text.count == 36 else { return nil }
        let bytes = text.bytes
        func four(_ offset: Int) -> UInt64 {
            UInt64(
                UInt32(
                    bigEndian: bytes.unsafeLoadUnaligned(
                        fromByteOffset: offset, as: UInt32.self)))
        }
        guard text[8] == 45, text[13] == 45, text[18] == 45, text[23] == 45,
            let a = HexDigits.value(four(0) << 32 | four(4)),
            let b = HexDigits.value(four(9) << 32 | four(14)),
            let c = HexDigits.value(four(19) << 32 | four(24)),
            let d = HexDigits.value(four(28) << 32 | four(32))
        else { return nil }
        high = UInt64(a) << 32 | UInt64(b)
        low = UInt64(c) << 32 | UInt64(d)
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

    /// The milliseconds since 1970 that a UUIDv7 begins with; nil for any other UUID.
    var milliseconds: Int64? {
        guard high & 0xF000 == 0x7000, low >> 62 == 0b10 else { return nil }
        return Int64(high >> 16)
    }

    /// How many leading bytes both have alike.
    func sharedByteCount(with other: UUIDBits) -> Int {
        let difference = high ^ other.high
        if difference != 0 { return difference.leadingZeroBitCount / 8 }
        return 8 + (low ^ other.low).leadingZeroBitCount / 8
    }

    /// Appends the bytes from `start`, the most significant first.
    func append(to bytes: inout [UInt8], from start: Int = 0) {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { all in
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: all[start...]))
        }
    }

    /// The lower-case form: 8-4-4-4-12 digits.
    var text: String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            let bytes = UnsafeMutableRawBufferPointer(buffer)
            func put(_ digits: UInt64, _ first: Int, _ second: Int) {
                bytes.storeBytes(
                    of: UInt32(truncatingIfNeeded: digits >> 32).bigEndian, toByteOffset: first,
                    as: UInt32.self)
                bytes.storeBytes(
                    of: UInt32(truncatingIfNeeded: digits).bigEndian, toByteOffset: second,
                    as: UInt32.self)
            }
            put(HexDigits.text(UInt32(truncatingIfNeeded: high >> 32)), 0, 4)
            put(HexDigits.text(UInt32(truncatingIfNeeded: high)), 9, 14)
            put(HexDigits.text(UInt32(truncatingIfNeeded: low >> 32)), 19, 24)
            put(HexDigits.text(UInt32(truncatingIfNeeded: low)), 28, 32)
            buffer[8] = 45
            buffer[13] = 45
            buffer[18] = 45
            buffer[23] = 45
            return 36
        }
    }
}

extension UUIDBits {
    /// Whether `a` comes first, as by the bytes of the text form.
    static func < (a: UUIDBits, b: UUIDBits) -> Bool {
        a.high == b.high ? a.low < b.low : a.high < b.high
    }
}

/// Eight lower-case hexadecimal digits at once, a byte each in one word, the first the highest:
/// ids are most of what is read and written, and digit by digit each costs a guess.
private enum HexDigits {
    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// The number that eight digits are; nil if one of them is none.
    static func value(_ digits: UInt64) -> UInt32? {
        let letters = digits >> 6 & ones
        let nibbles = (digits & (ones &* 0x0F)) &+ letters &* 9
        guard nibbles & (ones &* 0xF0) == 0, text(nibbles: nibbles) == digits else { return nil }
        var packed = (nibbles | nibbles >> 4) & 0x00FF_00FF_00FF_00FF
        packed = (packed | packed >> 8) & 0x0000_FFFF_0000_FFFF
        return UInt32(truncatingIfNeeded: packed | packed >> 16)
    }

    /// The digits of a number.
    static func text(_ value: UInt32) -> UInt64 {
        var nibbles = UInt64(value)
        nibbles = (nibbles | nibbles << 16) & 0x0000_FFFF_0000_FFFF
        nibbles = (nibbles | nibbles << 8) & 0x00FF_00FF_00FF_00FF
        nibbles = (nibbles | nibbles << 4) & (ones &* 0x0F)
        return text(nibbles: nibbles)
    }

    /// From 10 on the letters follow, 39 places behind the digits.
    private static func text(nibbles: UInt64) -> UInt64 {
        nibbles &+ ones &* 48 &+ ((nibbles &+ ones &* 6) >> 4 & ones) &* 39
    }
}
