/// A value of one column, as it travels: SQLite's storage classes without REAL, since a number with
/// a fraction is carried as an integer of a smaller unit (cents, milligrams, seconds).
package enum Value: Hashable, Sendable {
    /// NULL.
    case null
    /// 64 bits, signed.
    case integer(Int64)
    /// UTF-8, as it was written: not normalised.
    case text(String)
    /// Bytes.
    case blob([UInt8])
}

extension Value {
    /// Whether both are the same bytes of the same type. Texts are not compared as `String` does
    /// it: é in one code point and é in two would then be equal, and replicas could differ.
    package static func == (a: Value, b: Value) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.integer(let x), .integer(let y)): x == y
        case (.text(let x), .text(let y)): x.utf8.elementsEqual(y.utf8)
        case (.blob(let x), .blob(let y)): x == y
        default: false
        }
    }

    /// Hashes the type and the bytes, as `==` compares them.
    package func hash(into hasher: inout Hasher) {
        switch self {
        case .null:
            hasher.combine(0)
        case .integer(let number):
            hasher.combine(1)
            hasher.combine(number)
        case .text(let text):
            hasher.combine(2)
            for byte in text.utf8 { hasher.combine(byte) }
        case .blob(let bytes):
            hasher.combine(3)
            hasher.combine(bytes)
        }
    }
}

/// SHA-256 of something: 32 bytes.
package struct Hash: Hashable, Sendable {
    /// The 32 bytes.
    package let bytes: [UInt8]

    /// A hash from its bytes; nil unless there are exactly 32.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// 32 zero bytes: the hash before the first of a chain.
    package static let zero = Hash(unchecked: [UInt8](repeating: 0, count: 32))

    init(unchecked bytes: [UInt8]) { self.bytes = bytes }
}
