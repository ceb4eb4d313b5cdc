internal import RientroSQLite

/// A value of one column, by SQLite's storage classes (<https://www.sqlite.org/datatype3.html>).
///
/// Literals work: `["IT", 12, nil]` is a list of values.
public enum SQLValue: Hashable, Sendable {
    /// NULL.
    case null
    /// An integer; money is an integer of minor units.
    case integer(Int64)
    /// A number with a fraction. No replicated column holds one; sums and averages may.
    case real(Double)
    /// A text in UTF-8.
    case text(String)
    /// Bytes; also those of a TEXT that is not UTF-8, which SQLite does not prevent.
    case blob([UInt8])
}

extension SQLValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
    ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
    /// The integer.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// The text.
    public init(stringLiteral value: String) { self = .text(value) }
    /// The number with a fraction.
    public init(floatLiteral value: Double) { self = .real(value) }
    /// 1 or 0: SQLite has no other truth.
    public init(booleanLiteral value: Bool) { self = .integer(value ? 1 : 0) }
    /// NULL.
    public init(nilLiteral: ()) { self = .null }
}

extension SQLValue {
    /// The text, or NULL.
    public init(_ text: String?) { self = text.map { .text($0) } ?? .null }
    /// The integer, or NULL.
    public init(_ number: Int64?) { self = number.map { .integer($0) } ?? .null }
    /// The integer.
    public init(_ number: Int) { self = .integer(Int64(number)) }

    /// The text; nil for every other storage class.
    public var text: String? { if case .text(let text) = self { text } else { nil } }
    /// The integer; nil for every other storage class.
    public var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
    /// The number, an integer's too; nil for every other storage class.
    public var real: Double? {
        switch self {
        case .real(let number): number
        case .integer(let number): Double(number)
        case .null, .text, .blob: nil
        }
    }
    /// The bytes; nil for every other storage class.
    public var blob: [UInt8]? { if case .blob(let bytes) = self { bytes } else { nil } }
    /// Whether it is NULL.
    public var isNull: Bool { self == .null }

    init(_ value: SQLiteValue) {
        switch value {
        case .null: self = .null
        case .integer(let number): self = .integer(number)
        case .real(let number): self = .real(number)
        case .text(let text): self = .text(text)
        case .blob(let bytes), .malformedText(let bytes): self = .blob(bytes)
        }
    }

    var stored: SQLiteValue {
        switch self {
        case .null: .null
        case .integer(let number): .integer(number)
        case .real(let number): .real(number)
        case .text(let text): .text(text)
        case .blob(let bytes): .blob(bytes)
        }
    }
}
