package import RientroSQLite

/// Values as JSON (RFC 8259) for people and for SQLite's json_extract, without Foundation: it is
/// made inside transactions, where nothing may fail.
package enum JSONText {
    /// A text as a JSON string.
    package static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }

    /// Values as they stand in a file as a JSON array; bytes, also of a text that is not UTF-8, as
    /// `{"hex":"…"}`.
    package static func array(_ values: [SQLiteValue]) -> String {
        let parts = values.map { value in
            switch value {
            case .null: "null"
            case .integer(let number): "\(number)"
            case .real(let number): "\(number)"
            case .text(let text): quoted(text)
            case .blob(let bytes), .malformedText(let bytes):
                "{\"hex\":\"" + SQL.blob(bytes).dropFirst(2).dropLast() + "\"}"
            }
        }
        return "[" + parts.joined(separator: ",") + "]"
    }
}
