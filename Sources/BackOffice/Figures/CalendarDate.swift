/// A calendar date by its three numbers, for reckoning in whole months.
struct CalendarDate: Equatable {
    let year: Int
    let month: Int
    let day: Int

    /// Reads `2026-11-22`; nil if it is something else.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        // `Int` would also read a sign.
        guard parts.map(\.utf8.count) == [4, 2, 2],
            parts.joined().utf8.allSatisfy({ (48...57).contains($0) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            (1...12).contains(month), day >= 1, day <= Self.days(inMonth: month, of: year)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// How many months have run out from this date to another; 0 if the other is before it.
    ///
    /// A month runs out on the day of the same number, and where the month has no such day on its
    /// last (c.c. 2963): from 31 January one month has run out on 28 February.
    func wholeMonths(to other: CalendarDate) -> Int {
        let anniversary = min(day, Self.days(inMonth: other.month, of: other.year))
        let months = (other.year - year) * 12 + other.month - month
        return max(0, other.day < anniversary ? months - 1 : months)
    }

    /// The first of the month that is some months later, or earlier if the number is negative, as
    /// `2026-11`.
    func month(plus months: Int) -> String {
        let number = year * 12 + month - 1 + months
        let name = String(number % 12 + 1)
        let year = String(number / 12)
        return String(repeating: "0", count: max(0, 4 - year.utf8.count)) + year
            + (name.utf8.count == 1 ? "-0" : "-") + name
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
