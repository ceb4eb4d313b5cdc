/// Names and constants as SQL text. Values are bound; these are for DDL and generated statements,
/// whose names come from a checked `Schema`.
package enum SQL {
    /// A name as a quoted identifier.
    package static func name(_ name: String) -> String {
        quoted(name, by: "\"")
    }

    /// A text as a literal.
    package static func text(_ text: String) -> String {
        quoted(text, by: "'")
    }

    /// By code points, as SQLite reads: to a `Character`, a quote with an accent after it is none.
    private static func quoted(_ text: String, by mark: Unicode.Scalar) -> String {
        var out = String.UnicodeScalarView([mark])
        for scalar in text.unicodeScalars {
            if scalar == mark { out.append(mark) }
            out.append(scalar)
        }
        out.append(mark)
        return String(out)
    }

    /// Bytes as a blob literal.
    package static func blob(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return "x'" + String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }) + "'"
    }
}
