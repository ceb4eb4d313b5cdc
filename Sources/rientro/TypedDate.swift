import RientroClient
import RientroProtocol

/// A date as people type it.
enum TypedDate {
    /// What to write, for messages.
    static let forms =
        "a date such as 2026-03-31, or today, tomorrow, yesterday, +7 (days from today)"

    /// The furthest day that is counted from today, ten years: further dates are written out.
    private static let daysMax = 3_660

    /// The date as `YYYY-MM-DD`; nil where it is none.
    ///
    /// Relative forms count from the machine's local date, as the views and defaults see it.
    static func parse(_ text: String, in db: Database) throws(OfficeError) -> String? {
        if LocalDate.isValid(text) { return text }
        guard let days = daysFromToday(text) else { return nil }
        return try date(daysFromToday: days, in: db)
    }

    /// The machine's local date.
    static func today(in db: Database) throws(OfficeError) -> String {
        try date(daysFromToday: 0, in: db)
    }

    /// How many days from today a word means; nil where it is none of ours.
    static func daysFromToday(_ text: String) -> Int? {
        switch text.lowercased() {
        case "today", "oggi": return 0
        case "tomorrow", "domani": return 1
        case "yesterday", "ieri": return -1
        default:
            guard text.first == "+" || text.first == "-", let days = Int(text),
                (-daysMax...daysMax).contains(days)
            else { return nil }
            return days
        }
    }

    private static func date(
        daysFromToday days: Int, in db: Database
    ) throws(OfficeError) -> String {
        let row = try db.one(
            "SELECT date('now', 'localtime', ?) AS day", [.text("\(days) days")])
        return row?["day"].text ?? ""
    }
}
