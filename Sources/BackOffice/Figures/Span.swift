internal import RientroSQLite

/// The days of a period that ends with the day that is closed, as conditions of SQL.
struct Span {
    let period: Measure.Period
    /// The first day; nil: since the beginning.
    private let first: String?
    private let last: String

    /// The period of a day's close.
    init(_ period: Measure.Period, of date: String) {
        self.period = period
        last = date
        first =
            switch period {
            case .day: date
            case .month: String(date.prefix(7)) + "-01"
            case .total: nil
            }
    }

    /// Whether the date of an expression is in it.
    func has(_ day: String) -> String {
        guard let first else { return "(\(day) <= \(SQL.text(last)))" }
        return "(\(day) BETWEEN \(SQL.text(first)) AND \(SQL.text(last)))"
    }

    /// Whether a promise fell due in it: the day after its deadline is in it.
    ///
    /// On the deadline itself the money may still come, and the promise is open. Were that day to
    /// count, those kept on it would be in the figure and those broken on it in none.
    var hasFallenDue: String { has("date(deadline, '+1 day')") }

    /// Whether an account of `day_account` was worked in it: open at its end or closed in it.
    var isWorked: String {
        guard let first else { return "1" }
        return "(NOT is_closed OR closed_on >= \(SQL.text(first)))"
    }

    /// As part of a column's name.
    var suffix: String { period.rawValue }
}

extension DayTables {
    /// Whether an account of `day_account` is open: one that was closed after the day still is.
    var isOpen: String { "(NOT is_closed OR closed_on > \(today))" }
}
