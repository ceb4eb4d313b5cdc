/// How many columns a text takes on a terminal.
///
/// Wide are the East Asian scripts and pictures, without width are combining marks and format
/// characters; everything else takes one column. That is right for the languages of Europe and
/// for what people paste into notes; a terminal may still disagree about rare characters.
package enum TextWidth {
    /// The width in columns of a text without control characters.
    package static func columns(_ text: String) -> Int {
        // A text of ASCII alone, nearly all that a table holds, needs no look at its characters.
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.reduce(0) { $0 + columns($1) }
    }

    static func columns(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if character.unicodeScalars.contains("\u{FE0F}") { return 2 }
        if isWide(first) { return 2 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return 1
        }
    }

    /// The text cut to at most so many columns, the last of which is then an ellipsis.
    package static func cut(_ text: String, columns: Int) -> String {
        guard self.columns(text) > columns else { return text }
        var kept = ""
        var used = 0
        for character in text {
            let width = self.columns(character)
            if used + width > columns - 1 { break }
            kept.append(character)
            used += width
        }
        return columns > 0 ? kept + "…" : ""
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
            0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
            0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
