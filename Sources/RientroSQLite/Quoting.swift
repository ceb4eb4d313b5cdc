/// Names and constants as SQL text. Values are bound; these are for DDL and generated statements,
/// whose names come from a checked `Schema`.
package enum SQL {
    /// A name as a quoted identifier.
    package static func name(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            + "\""
    }

    /// A text as a literal.
    package static func text(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
            + "'"
    }

    /// Bytes as a blob literal.
    package static func blob(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return "x'" + String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }) + "'"
    }
}
