import Terminal

/// How the program speaks to its reader: which of two sentences, and how it writes amounts.
///
/// Questions, banners and the day's list are in the reader's language; labels of codes are so
/// everywhere.
struct Speech: Sendable {
    /// Whether Italian is wanted, English else.
    let isItalian: Bool
    /// How numbers are written.
    let numbers: Language

    /// The sentence in the reader's language.
    func callAsFunction(_ english: String, _ italian: String) -> String {
        isItalian ? italian : english
    }

    /// An amount with its currency.
    func amount(_ minorUnits: Int64, _ currency: String) -> String {
        Money.text(minorUnits: minorUnits, currency: currency, language: numbers)
    }

    /// `1 day`, `3 giorni`: a number with its noun.
    func count(_ number: Int, _ one: String, _ many: String, _ uno: String, _ molti: String)
        -> String
    {
        let text = Money.grouped(Int64(number), language: numbers)
        return "\(text) \(number == 1 ? self(one, uno) : self(many, molti))"
    }

    /// A date with its day of the week, so that a mistyped one is seen.
    func day(_ date: String) -> String {
        guard let weekday = Weekday.of(date) else { return date }
        return "\(date) (\(self(weekday.english, weekday.italian)))"
    }
}

extension Session {
    /// How questions, banners and the day's list are worded.
    var speech: Speech { Speech(isItalian: isItalian, numbers: language) }
}
