import RientroProtocol

/// A date as people of this trade type it, in Italian or English, the day always first:
/// `15/12/2026`, `3/12`, `15.12.26`, `venerdì`, `domani`, `friday`, `+7`, `2026-12-15`.
package struct TypedDate: Equatable, Sendable {
    /// To which side of today a date points that does not say its year, or only a day of the week.
    package enum Direction: Equatable, Sendable {
        /// What is still to come: the next such day.
        case next
        /// What has been: the last such day.
        case last
    }

    /// What to write, for messages.
    package static let forms =
        "a date such as 15/12/2026, 3/12, 2026-12-15, friday or venerdì, today or oggi, tomorrow or"
        + " domani, yesterday or ieri, +7 (days from today)"

    /// The day as `YYYY-MM-DD`.
    package let text: String
    /// Whether it follows from today's date, and would be another one by another clock.
    package let isRelative: Bool

    /// The furthest day that is counted from today, ten years: further dates are written out.
    private static let daysMax: Int64 = 3_660
    /// A date without its year is looked for in so many years, within which every 29 February is.
    private static let yearsMax = 8

    /// Reads a date.
    ///
    /// A day and month without a year is today or the next (or last) such day; a day of the week
    /// is never today. A year of two digits is one of this century; looking back, the last that is
    /// not to come. Nil where it is no date that exists.
    ///
    /// - Parameters:
    ///   - typed: what somebody typed.
    ///   - today: today's date, counted in days from 1970-01-01.
    package init?(_ typed: String, today: Int64, toward direction: Direction) {
        let word = Folding.key(typed)
        if LocalDate.isValid(typed) {
            self.init(text: typed, isRelative: false)
        } else if let days = Self.daysFromToday(word, today: today, toward: direction) {
            self.init(day: today + days, isRelative: true)
        } else {
            self.init(numbers: word, today: today, toward: direction)
        }
    }

    private init(text: String, isRelative: Bool) {
        self.text = text
        self.isRelative = isRelative
    }

    private init?(day: Int64, isRelative: Bool) {
        let text = LocalDate.text(daysSince1970: day)
        guard LocalDate.daysSince1970(text) == day else { return nil }
        self.init(text: text, isRelative: isRelative)
    }

    private static func daysFromToday(
        _ word: String, today: Int64, toward direction: Direction
    ) -> Int64? {
        switch word {
        case "today", "oggi": return 0
        case "tomorrow", "domani": return 1
        case "dopodomani": return 2
        case "yesterday", "ieri": return -1
        case "laltroieri", "ieri laltro": return -2
        default: break
        }
        if word.first == "+" || word.first == "-", let days = Int64(word),
            (-daysMax...daysMax).contains(days)
        {
            return days
        }
        guard let weekday = weekday(word) else { return nil }
        // 1970-01-01 was a Thursday, the third day after Monday.
        let present = ((today + 3) % 7 + 7) % 7
        let ahead = (weekday - present + 7) % 7
        return direction == .next ? (ahead == 0 ? 7 : ahead) : (ahead == 0 ? -7 : ahead - 7)
    }

    /// Monday is 0; nil where the word is no day of the week. Three letters of one are enough.
    private static func weekday(_ word: String) -> Int64? {
        guard word.utf8.count >= 3 else { return nil }
        for names in [
            ["lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "sabato", "domenica"],
            ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
        ] {
            if let index = names.firstIndex(where: { $0.hasPrefix(word) }) { return Int64(index) }
        }
        return nil
    }

    /// Day and month, and perhaps a year, with `/`, `.` or `-` between.
    private init?(numbers word: String, today: Int64, toward direction: Direction) {
        for mark in ["/", ".", "-"] as [Character] {
            let parts = word.split(separator: mark, omittingEmptySubsequences: false)
            guard parts.count == 2 || parts.count == 3 else { continue }
            let numbers = parts.compactMap { Self.number($0) }
            guard numbers.count == parts.count, parts[0].count <= 2, parts[1].count <= 2 else {
                continue
            }
            guard parts.count == 3 else {
                self.init(day: numbers[0], month: numbers[1], today: today, toward: direction)
                return
            }
            switch parts[2].count {
            case 4: self.init(day: numbers[0], month: numbers[1], year: numbers[2])
            case 2:
                self.init(
                    day: numbers[0], month: numbers[1], shortYear: numbers[2], today: today,
                    toward: direction)
            default: return nil
            }
            return
        }
        return nil
    }

    private static func number(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }

    private static func written(day: Int, month: Int, year: Int) -> String? {
        func digits(_ number: Int, _ width: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        let text = "\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))"
        return LocalDate.isValid(text) ? text : nil
    }

    private init?(day: Int, month: Int, year: Int) {
        guard let text = Self.written(day: day, month: month, year: year) else { return nil }
        self.init(text: text, isRelative: false)
    }

    private init?(
        day: Int, month: Int, shortYear: Int, today: Int64, toward direction: Direction
    ) {
        let present = LocalDate.text(daysSince1970: today)
        let century = (Int(present.prefix(4)) ?? 2000) / 100 * 100
        if let text = Self.written(day: day, month: month, year: century + shortYear),
            direction == .next || text <= present
        {
            self.init(text: text, isRelative: false)
        } else {
            guard direction == .last else { return nil }
            self.init(day: day, month: month, year: century + shortYear - 100)
        }
    }

    /// The nearest such day, today included.
    private init?(day: Int, month: Int, today: Int64, toward direction: Direction) {
        let present = LocalDate.text(daysSince1970: today)
        guard let year = Int(present.prefix(4)) else { return nil }
        for offset in 0...Self.yearsMax {
            let year = direction == .next ? year + offset : year - offset
            guard let text = Self.written(day: day, month: month, year: year) else { continue }
            guard direction == .next ? text >= present : text <= present else { continue }
            self.init(text: text, isRelative: true)
            return
        }
        return nil
    }
}
