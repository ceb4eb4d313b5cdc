import RientroClient
import RientroProtocol
import Terminal

extension JSONValue {
    /// A column's value. Bytes become an object with their hexadecimal digits.
    init(_ value: SQLValue) {
        switch value {
        case .null: self = .null
        case .integer(let number): self = .integer(number)
        case .real(let number): self = .number(number)
        case .text(let text): self = .string(text)
        case .blob(let bytes): self = .object([Member("hex", .string(Hexadecimal.text(bytes)))])
        }
    }

    /// A row as an object: its columns by name.
    init(_ row: Row) {
        self = .object(zip(row.columns, row.values).map { Member($0, JSONValue($1)) })
    }

    /// A row as an object, with members that are not in it.
    init(_ row: Row, and more: [Member]) {
        self = .object(zip(row.columns, row.values).map { Member($0, JSONValue($1)) } + more)
    }

    /// Rows as a list of objects.
    static func rows(_ rows: [Row]) -> JSONValue { .array(rows.map { JSONValue($0) }) }

    /// Named values of a register.
    static func columns(_ values: [ColumnValue]) -> JSONValue {
        .object(values.map { Member($0.column, JSONValue($0.value)) })
    }
}

extension SQLValue {
    /// The value in a table or sentence; empty for NULL.
    var shown: String {
        switch self {
        case .null: ""
        case .integer(let number): "\(number)"
        case .real(let number): "\(number)"
        case .text(let text): text
        case .blob(let bytes): String(decoding: bytes, as: UTF8.self)
        }
    }
}
