/// A value of one column, as it travels: SQLite's storage classes without REAL, since a number with
/// a fraction is carried as an integer of a smaller unit (cents, milligrams, seconds).
package enum Value: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])
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
