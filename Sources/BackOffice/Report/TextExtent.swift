import Terminal

/// How wide a text may become in a drawing, whatever typeface the reader has.
///
/// A page without script cannot ask. The widths are those of DejaVu Sans, the widest of the
/// typefaces that the page may be shown in; others leave a little more room.
enum TextExtent {
    /// The width of a text of a size.
    static func width(_ text: String, size: Double, isBold: Bool = false) -> Double {
        var thousandths = 0
        for character in text { thousandths += advance(character) }
        return Double(thousandths) * size / 1000 * (isBold ? boldFactor : 1)
    }

    /// The text, or its beginning with an ellipsis if it would be wider than there is room.
    static func cut(_ text: String, to room: Double, size: Double, isBold: Bool = false) -> String {
        // What is drawn is the text as it is made visible, which is longer.
        let text = Visible.word(text)
        guard width(text, size: size, isBold: isBold) > room else { return text }
        var kept = ""
        for character in text {
            let next = kept + String(character)
            if width(next + "…", size: size, isBold: isBold) > room { break }
            kept = next
        }
        while kept.last?.isWhitespace == true { kept.removeLast() }
        return kept + "…"
    }

    /// The text, or its two ends with an ellipsis between them: of lots and references the end
    /// tells them apart.
    static func shortened(
        _ text: String, to room: Double, size: Double, isBold: Bool = false
    ) -> String {
        let letters = Array(Visible.word(text))
        guard width(String(letters), size: size, isBold: isBold) > room else {
            return String(letters)
        }
        for kept in stride(from: letters.count - 1, through: 2, by: -1) {
            let end = kept / 2
            let some = String(letters.prefix(kept - end)) + "…" + String(letters.suffix(end))
            if width(some, size: size, isBold: isBold) <= room { return some }
        }
        return cut(text, to: room, size: size, isBold: isBold)
    }

    /// How much wider bold letters are, at most.
    private static let boldFactor = 1.14

    /// In thousandths of the size.
    private static func advance(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        let columns = TextWidth.columns(String(character))
        if columns == 0 { return 0 }
        if columns == 2 { return 1300 }
        // A letter with an accent is as wide as the letter.
        if let known = widths[Character(first)] { return known }
        return first.properties.isAlphabetic ? (first.properties.isUppercase ? 790 : 680) : 1000
    }

    private static let widths: [Character: Int] = {
        var widths: [Character: Int] = [:]
        for (letters, width) in groups { for letter in letters { widths[letter] = width } }
        return widths
    }()

    private static let groups: [(String, Int)] = [
        ("ijl", 280), ("ft", 395), ("r", 415), (" .,\u{A0}·", 320), ("'", 277), (":;/", 340),
        ("()-", 392), ("s", 522), ("cz", 552), ("kvxy", 595), ("aàáâãäåeèéêëoòóôõö", 617),
        ("bdghnpquùúûü0123456789€", 638), ("w+−", 840), ("m", 976), ("IJìíîï", 298), ("FEL", 634),
        ("PSTYZ", 637), ("ABCKRVX", 700), ("DGHNOQU", 790), ("M", 866), ("W", 990), ("%", 952),
        ("–", 502), ("<>=", 840),
    ]
}
