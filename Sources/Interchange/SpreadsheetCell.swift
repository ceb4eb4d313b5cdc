import Portfolio

/// Cells that a spreadsheet would take for a formula, and the apostrophe that keeps it from it.
///
/// What begins with `=`, `+`, `-`, `@`, a tab or a line end is written with an apostrophe before
/// it, and read without it: so a file of rejected rows is harmless where it is opened and means the
/// same when it comes back. What begins with an apostrophe already is text to a spreadsheet.
enum SpreadsheetCell {
    /// The cell as it is written.
    static func neutralized(_ text: String) -> String {
        begins(text.utf8) ? "'" + text : text
    }

    /// The cell as it is read: `'+39 333 1` is `+39 333 1`, and `'s-Hertogenbosch` stays.
    static func restored(_ text: String) -> String {
        guard text.utf8.first == apostrophe else { return text }
        let rest = text.utf8.drop { $0 == apostrophe }
        return begins(rest) ? String(text[rest.startIndex...]).trimmed : text
    }

    private static let apostrophe = UInt8(ascii: "'")

    /// Whether it begins, behind spaces, with what a formula begins with.
    private static func begins(_ bytes: some Sequence<UInt8>) -> Bool {
        for byte in bytes {
            switch byte {
            case 0x20: continue
            case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09,
                0x0A, 0x0D:
                return true
            default: return false
            }
        }
        return false
    }
}
