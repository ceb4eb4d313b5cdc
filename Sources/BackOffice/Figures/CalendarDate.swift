internal import RientroProtocol

/// A calendar date by its three numbers, for reckoning in whole months.
struct CalendarDate: Equatable {
    let year: Int
    let month: Int
    let day: Int

    /// Reads `2026-11-22`; nil if it is something else.
    init?(_ text: String) {
        guard LocalDate.isValid(text), let year = Int(text.prefix(4)),
            let month = Int(text.dropFirst(5).prefix(2)), let day = Int(text.suffix(2))
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
        let anniversary = min(
            day, LocalDate.dayCount(month: other.month, year: other.year))
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
}
