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

    /// Folds one line of a sentence at its blanks; what follows stands under its beginning. A word
    /// longer than the line stands alone and sticks out, for a terminal copies it whole.
    static func sentence(_ line: String, columns: Int) -> [String] {
        guard TextWidth.columns(line) > columns else { return [line] }
        let indent = String(line.prefix { $0 == " " })
        let folded = fold(line.split(separator: " "), columns: max(1, columns - indent.count))
        return folded.map { indent + $0 }
    }

    /// Folds a cell of a table: at its blanks, and where one word is longer than the cell is wide,
    /// within the word. No line is wider than the cell, unless one character alone is.
    static func cell(_ text: String, columns: Int) -> [String] {
        guard TextWidth.columns(text) > columns else { return [text] }
        let words = text.split(separator: " ").flatMap { pieces($0, columns: columns) }
        return fold(words, columns: columns)
    }

    private static func pieces(_ word: Substring, columns: Int) -> [Substring] {
        var pieces: [Substring] = []
        var rest = word
        while TextWidth.columns(String(rest)) > columns {
            var used = 0
            let piece = rest.prefix { character in
                used += TextWidth.columns(character)
                return used <= columns
            }
            pieces.append(piece.isEmpty ? rest.prefix(1) : piece)
            rest = rest.dropFirst(max(1, piece.count))
        }
        return rest.isEmpty ? pieces : pieces + [rest]
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
