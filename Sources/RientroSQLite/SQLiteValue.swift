/// A value of SQLite's storage classes (<https://www.sqlite.org/datatype3.html>), and one that
/// SQLite does not prevent: text that is not UTF-8.
package enum SQLiteValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
    /// The bytes of a TEXT that is not UTF-8. Only read, never bound as text.
    case malformedText([UInt8])
}

extension SQLiteValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
    ExpressibleByNilLiteral
{
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(stringLiteral value: String) { self = .text(value) }
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
