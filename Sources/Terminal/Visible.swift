/// Makes what a terminal would obey visible instead.
///
/// A call note, a name or a file name comes from somebody else. Sent as it is, it could move the
/// cursor, retitle the window, hide or forge a line. So everything that is written passes here.
package enum Visible {
    /// A text for one line: every control character is shown as a picture of itself (`␛`, `␊`),
    /// and characters that turn or hide what follows as their number (`<U+202E>`).
    package static func word(_ text: String) -> String { escaped(text, keepsNewlines: false) }

    /// The same for a text of several lines: newlines are kept.
    package static func lines(_ text: String) -> String { escaped(text, keepsNewlines: true) }

    private static func escaped(_ text: String, keepsNewlines: Bool) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if keepsNewlines && scalar == "\n" {
                result.append(scalar)
            } else if scalar.value < 0x20, let picture = Unicode.Scalar(0x2400 + scalar.value) {
                result.append(picture)
            } else if scalar.value == 0x7F {
                result.append("\u{2421}")
            } else if isDangerous(scalar) {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
                result.append(contentsOf: "<U+\(zeros)\(digits)>".unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// Whether a terminal may obey the character, or a person may not see it: the control
    /// characters, marks that change the direction of writing, separators of lines and
    /// paragraphs, invisible spaces, and tags.
    static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F, 0x61C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E,
            0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
            true
        default: false
        }
    }
}
