/// Folds text into lines.
enum Wrapping {
    /// Folds a text of paragraphs, set apart by empty lines. Lines that begin with a space are
    /// left as they are, for examples. A word longer than the line stands alone and sticks out.
    static func lines(_ text: String, columns: Int) -> [String] {
        var lines: [String] = []
        var words: [Substring] = []
        func flush() {
            lines += fold(words, columns: columns)
            words = []
        }
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty || line.hasPrefix(" ") {
                flush()
                lines.append(String(line))
            } else {
                words += line.split(separator: " ")
            }
        }
        flush()
        return lines
    }

    private static func fold(_ words: [Substring], columns: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var used = 0
        for word in words {
            let width = TextWidth.columns(String(word))
            if !line.isEmpty && used + 1 + width > columns {
                lines.append(line)
                line = ""
                used = 0
            }
            line += (line.isEmpty ? "" : " ") + word
            used += (used == 0 ? 0 : 1) + width
        }
        return line.isEmpty ? lines : lines + [line]
    }
}
