internal import RientroProtocol

/// The days on which nobody is called: Sundays and Italy's national holidays. A town's own patron
/// saint is not among them.
package enum WorkingDay {
    /// Holidays of the same date every year, as `MM-DD`.
    private static let fixedHolidays: Set<String> = [
        "01-01", "01-06", "04-25", "05-01", "06-02", "08-15", "11-01", "12-08", "12-25", "12-26",
    ]
    /// The first year in which 4 October is a holiday again (L. 151/2025).
    private static let saintFrancisFrom = 2026
    /// More days than Sundays and holidays ever follow each other.
    private static let daysMax: Int64 = 10

    /// The first working day after a date; the date itself where it is none.
    package static func after(_ date: String) -> String {
        guard let start = LocalDate.daysSince1970(date) else { return date }
        let next = (1...daysMax).first { !isFree(start + $0) } ?? 1
        return LocalDate.text(daysSince1970: start + next)
    }

    /// Whether nobody works on a day, counted from 1970-01-01, a Thursday.
    private static func isFree(_ day: Int64) -> Bool {
        let date = LocalDate.text(daysSince1970: day)
        guard (day % 7 + 7) % 7 != 3, let year = Int(date.prefix(4)) else { return true }
        let short = String(date.suffix(5))
        return fixedHolidays.contains(short) || short == easterMonday(year)
            || (short == "10-04" && year >= saintFrancisFrom)
    }

    /// Easter Monday of a year as `MM-DD`, by the Gregorian reckoning (Meeus, *Astronomical
    /// Algorithms*, chapter 8).
    static func easterMonday(_ year: Int) -> String {
        let (a, b, c) = (year % 19, year / 100, year % 100)
        let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
        let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
        let m = (a + 11 * h + 22 * l) / 451
        // Counted from the last of February, as in the book, and one day on.
        let sum = h + l - 7 * m + 114
        let (month, day) = (sum / 31, sum % 31 + 2)
        let (nextMonth, nextDay) = month == 3 && day == 32 ? (4, 1) : (month, day)
        return "0\(nextMonth)-" + (nextDay < 10 ? "0\(nextDay)" : "\(nextDay)")
    }
}
