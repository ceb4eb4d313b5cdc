import RientroProtocol

/// A day of the week, in both languages.
struct Weekday: Equatable, Sendable {
    /// In English.
    let english: String
    /// In Italian.
    let italian: String

    /// 1970-01-01 was a Thursday, with which the week begins here.
    private static let week = [
        Weekday(english: "Thursday", italian: "giovedì"),
        Weekday(english: "Friday", italian: "venerdì"),
        Weekday(english: "Saturday", italian: "sabato"),
        Weekday(english: "Sunday", italian: "domenica"),
        Weekday(english: "Monday", italian: "lunedì"),
        Weekday(english: "Tuesday", italian: "martedì"),
        Weekday(english: "Wednesday", italian: "mercoledì"),
    ]

    /// The day of the week of a date; nil where the text is none.
    static func of(_ date: String) -> Weekday? {
        LocalDate.daysSince1970(date).map { week[Int(($0 % 7 + 7) % 7)] }
    }
}
