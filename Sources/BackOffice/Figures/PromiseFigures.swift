internal import RientroSQLite

/// What became of promises.
struct PromiseFigures {
    /// Months that a page tells of, each with the promises that fall due in it.
    ///
    /// They end with the month after the day's, in which most of what is open falls due; before it
    /// stand the day's month and ten more.
    static let monthsMax = 12

    private let sums: ByPage<PromiseKey, PromiseSum>
    private let first: String
    private let last: String

    /// Adds the figures of promises to the sums.
    init(_ day: DayTables, addingTo figures: inout FigureSums) throws {
        for (formulas, columns) in Self.formulas(of: day) {
            try figures.add(formulas, over: "day_promise", by: columns, in: day.db)
        }
        let today = CalendarDate(day.date)
        first = today?.month(plus: 2 - Self.monthsMax) ?? ""
        last = today?.month(plus: 1) ?? ""
        // As the shares have it: judged on the day after its deadline, open until then though the
        // money may have come.
        let isDue = "deadline < \(SQL.text(day.date))"
        let states = ["kept", "partly_kept", "broken"].map { "state = '\($0)' AND \(isDue)" }
        let numbers = (states + ["NOT (\(isDue))"]).map {
            "\(count($0)), \(sum("amount", $0))"
        }
        sums = try ByPage(
            day.db,
            """
            SELECT portfolio_id, creditor_id,
              substr(date(deadline, '+1 day'), 1, 7) AS month, currency,
              \(numbers.joined(separator: ",\n  "))
            FROM day_promise
            WHERE state NOT IN ('cancelled', 'superseded')
              AND month BETWEEN \(SQL.text(first)) AND \(SQL.text(last))
            GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
            """, values: 4
        ) { PromiseKey(month: $0.text(2), currency: $0.text(3)) }
    }

    /// The figures, those by number and those by amount.
    static func formulas(of day: DayTables) -> [([Formula], [FigureSums.Column])] {
        let spans = [Span(.day, of: day.date), Span(.month, of: day.date)]
        let judged = "state IN ('kept', 'partly_kept', 'broken')"
        let byNumber = spans.flatMap { span in
            let due = count("\(judged) AND \(span.hasFallenDue)")
            return [
                Formula(.promiseRate, span.period, count(span.has("made_on"))),
                Formula(
                    .keptByNumber, span.period, count("state = 'kept' AND \(span.hasFallenDue)"),
                    of: due),
                Formula(
                    .brokenRate, span.period, count("state = 'broken' AND \(span.hasFallenDue)"),
                    of: due),
            ]
        }
        let byAmount = spans.map { span in
            Formula(
                .keptByAmount, span.period,
                sum("amount", "state = 'kept' AND \(span.hasFallenDue)"),
                of: sum("amount", "\(judged) AND \(span.hasFallenDue)"))
        }
        return [(byNumber, []), (byAmount, [.currency])]
    }

    /// The months of a page without gaps, so that a chart's axis is one of time.
    func months(of page: DayPage, currencies: [String]) -> [PromiseMonth] {
        let sums = sums[page.scope]
        let lines = currencies.flatMap { currency -> [PromiseMonth] in
            let used = sums.keys.filter { $0.currency == currency }.map(\.month)
            guard let first = used.min(), let last = used.max() else { return [] }
            return Self.months(from: first, to: last).map { month in
                PromiseMonth(
                    month: month, currency: currency,
                    sums[PromiseKey(month: month, currency: currency)] ?? PromiseSum())
            }
        }
        let places = Dictionary(uniqueKeysWithValues: zip(currencies, currencies.indices))
        return lines.sorted {
            ($0.month, places[$0.currency] ?? 0) < ($1.month, places[$1.currency] ?? 0)
        }
    }

    private static func months(from first: String, to last: String) -> [String] {
        guard let start = CalendarDate(first + "-01") else { return [] }
        return (0..<monthsMax).map { start.month(plus: $0) }.filter { $0 <= last }
    }
}

/// One line of the months' table.
struct PromiseKey: Hashable {
    let month: String
    let currency: String
}

/// The numbers of such a line.
struct PromiseSum: Summable {
    var kept: Int64 = 0
    var keptAmount: Int64 = 0
    var partlyKept: Int64 = 0
    var partlyKeptAmount: Int64 = 0
    var broken: Int64 = 0
    var brokenAmount: Int64 = 0
    var open: Int64 = 0
    var openAmount: Int64 = 0

    static var parts: [WritableKeyPath<PromiseSum, Int64>] {
        [
            \.kept, \.keptAmount, \.partlyKept, \.partlyKeptAmount, \.broken, \.brokenAmount,
            \.open, \.openAmount,
        ]
    }
}

extension PromiseMonth {
    fileprivate init(month: String, currency: String, _ sum: PromiseSum) {
        self.init(
            month: month, currency: currency, kept: sum.kept, partlyKept: sum.partlyKept,
            broken: sum.broken, open: sum.open, keptAmount: sum.keptAmount,
            partlyKeptAmount: sum.partlyKeptAmount, brokenAmount: sum.brokenAmount,
            openAmount: sum.openAmount)
    }
}
