extension Money {
    /// Reads an amount as a person types it, and gives its minor units.
    ///
    /// A point or a comma followed by as many digits as the currency has decimals, or fewer, is
    /// the decimal mark, whatever the language: `150,50`, `150.50`, `150,5`. Two different marks
    /// are thousands and decimals: `1.533,50`, `1,533.50`. A mark that comes more than once
    /// divides thousands, and so do spaces and apostrophes; the groups must have three digits.
    ///
    /// One mark before exactly three digits, as in `1.533`, divides thousands if that is what it
    /// does in the language and the currency cannot have three decimals; it is the decimal mark
    /// if that is what it is in the language and the currency has three decimals. Otherwise it is
    /// refused: an amount wrong by a factor of a thousand is worse than a question.
    ///
    /// The currency may stand before or behind the number, as code or sign. A minus must stand
    /// before the number.
    ///
    /// - Throws: ``MoneyError``.
    package static func parse(
        _ text: String, currency: String, language: Language, allowsNegative: Bool = false
    ) throws(MoneyError) -> Int64 {
        guard text.utf8.count <= TerminalLimits.amountBytesMax else { throw .malformed }
        var rest = trimmed(text[...])
        guard !rest.isEmpty else { throw .empty }
        rest = try withoutCurrency(rest, currency: currency)
        let isNegative = rest.first == "-" || rest.first == "\u{2212}"
        if isNegative { rest = trimmed(rest.dropFirst()) }
        let typed = TypedNumber(rest)
        guard let typed else { throw .malformed }
        if isNegative && !allowsNegative { throw .negative }
        let decimals = Currency.decimals(currency)
        let (whole, fraction) = try typed.split(decimals: decimals, language: language)
        let padding = String(repeating: "0", count: decimals - fraction.count)
        // The sign is read with the digits, since the lowest Int64 has no positive counterpart.
        guard let value = Int64((isNegative ? "-" : "") + whole + fraction + padding) else {
            throw .tooLarge
        }
        return value
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }

    /// Takes away a currency before or behind the number.
    private static func withoutCurrency(
        _ text: Substring, currency: String
    ) throws(MoneyError) -> Substring {
        let isPartOfName = { (character: Character) in
            character.isLetter || character.isCurrencySymbol
        }
        let front = text.prefix(while: isPartOfName)
        let back = text.reversed().prefix(while: isPartOfName)
        let name = front.isEmpty ? String(back.reversed()) : String(front)
        guard !name.isEmpty else { return text }
        guard front.isEmpty || back.isEmpty, name.count < text.count else { throw .malformed }
        guard name.uppercased() == currency || name == Currency.sign(currency) else {
            throw .otherCurrency(name)
        }
        return trimmed(front.isEmpty ? text.dropLast(name.count) : text.dropFirst(name.count))
    }
}

/// Digits and marks, not yet told apart: which mark divides what is not known.
private struct TypedNumber {
    /// The digits between the marks; none is empty.
    private var groups: [String] = [""]
    /// The marks between the groups: one fewer.
    private var marks: [Character] = []

    init?(_ text: Substring) {
        for character in text {
            if let digit = character.asciiValue, (48...57).contains(digit) {
                groups[groups.count - 1].append(character)
            } else if let mark = Self.mark(character) {
                marks.append(mark)
                groups.append("")
            } else {
                return nil
            }
        }
        guard groups.allSatisfy({ !$0.isEmpty }) else { return nil }
    }

    /// All spaces are one mark to a person, and so are the apostrophes.
    private static func mark(_ character: Character) -> Character? {
        switch character {
        case ".", ",": character
        case " ", "\u{A0}", "\u{202F}", "\u{2009}": " "
        case "'", "\u{2019}": "'"
        default: nil
        }
    }

    func split(
        decimals: Int, language: Language
    ) throws(MoneyError) -> (whole: String, fraction: String) {
        guard let last = marks.last else { return (groups[0], "") }
        let divisors = Set(marks.dropLast())
        if divisors.contains(last) || Self.mark(last) == " " || last == "'" {
            return (try joinedGroups(groups), "")
        }
        let fraction = groups[groups.count - 1]
        if marks.count == 1 && fraction.count == 3 && groups[0].count <= 3 && groups[0] != "0" {
            let isGroup = language.groupMark == last
            if isGroup && decimals < 3 { return (try joinedGroups(groups), "") }
            if !(language.decimalMark == last && decimals >= 3) { throw .ambiguous }
        }
        guard fraction.count <= decimals else { throw .tooManyDecimals(allowed: decimals) }
        return (try joinedGroups(Array(groups.dropLast())), fraction)
    }

    /// The groups as one number, if they are divided as thousands are, by one kind of mark.
    private func joinedGroups(_ groups: [String]) throws(MoneyError) -> String {
        guard groups.count > 1 else { return groups[0] }
        let isDivided =
            groups[0].count <= 3 && groups[0].first != "0"
            && groups.dropFirst().allSatisfy { $0.count == 3 }
            && Set(marks.prefix(groups.count - 1)).count == 1
        guard isDivided else { throw .malformed }
        return groups.joined()
    }
}
