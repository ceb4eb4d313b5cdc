/// A value of SQLite's storage classes (<https://www.sqlite.org/datatype3.html>), and one that
/// SQLite does not prevent: text that is not UTF-8.
package enum SQLiteValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
    /// The bytes of a TEXT that is not UTF-8. Bound only to write back a row that has it.
    case malformedText([UInt8])
}

extension SQLiteValue {
    /// Whether both are the same bytes of the same storage class. `String` would take é in one code
    /// point for é in two, and a merge would leave the one where the other belongs.
    package static func == (a: SQLiteValue, b: SQLiteValue) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.integer(let x), .integer(let y)): x == y
        case (.real(let x), .real(let y)): x == y
        case (.text(let x), .text(let y)): x.utf8.elementsEqual(y.utf8)
        case (.blob(let x), .blob(let y)), (.malformedText(let x), .malformedText(let y)): x == y
        default: false
        }
    }

    /// Hashes the storage class and the bytes, as `==` compares them.
    package func hash(into hasher: inout Hasher) {
        switch self {
        case .null:
            hasher.combine(0)
        case .integer(let number):
            hasher.combine(1)
            hasher.combine(number)
        case .real(let number):
            hasher.combine(2)
            hasher.combine(number)
        case .text(let text):
            hasher.combine(3)
            for byte in text.utf8 { hasher.combine(byte) }
        case .blob(let bytes):
            hasher.combine(4)
            hasher.combine(bytes)
        case .malformedText(let bytes):
            hasher.combine(5)
            hasher.combine(bytes)
        }
    }
}

extension SQLiteValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
    ExpressibleByNilLiteral
{
    /// The integer that is written out.
    package init(integerLiteral value: Int64) { self = .integer(value) }

    /// The text that is written out.
    package init(stringLiteral value: String) { self = .text(value) }

    /// NULL, written as `nil`.
    package init(nilLiteral: ()) { self = .null }
}

extension SQLiteValue {
    /// The integer, or NULL.
    package init(_ value: Int64?) { self = value.map { .integer($0) } ?? .null }

    /// The integer.
    package init(_ value: Int) { self = .integer(Int64(value)) }

    /// The text, or NULL.
    package init(_ value: String?) { self = value.map { .text($0) } ?? .null }

    /// The blob, or NULL.
    package init(_ value: [UInt8]?) { self = value.map { .blob($0) } ?? .null }
}
