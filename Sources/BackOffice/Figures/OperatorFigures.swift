internal import RientroSQLite

/// A figure of something that has no page of its own, as the close keeps it.
package struct KeyedMeasure: Equatable, Sendable {
    /// Of what kind it is: `operator`.
    package let kind: String
    /// Its key.
    package let key: String
    /// The figure.
    package let measure: Measure
}

/// What each operator did and what became of the promises that he took.
///
/// Rows without an operator are in the pages' figures and in nobody's here.
struct OperatorFigures {
    private let names: [String: String]
    private let sums: FigureSums
    private let reasons: ByPage<String, Int64>

    init(_ day: DayTables) throws {
        names = Dictionary(
            uniqueKeysWithValues: try day.db.rows("SELECT id, name FROM main.operator") {
                ($0.text(0), $0.text(1))
            })
        var sums = FigureSums()
        try sums.add(
            Self.contacts(of: day), over: "day_contact WHERE operator <> ''", by: [.operator],
            in: day.db)
        for (formulas, columns) in PromiseFigures.formulas(of: day) {
            try sums.add(
                formulas, over: "day_promise WHERE operator <> ''", by: columns + [.operator],
                in: day.db)
        }
        self.sums = sums
        reasons = try ByPage(
            day.db,
            """
            SELECT portfolio_id, creditor_id, operator, count(*) FROM day_contact
            WHERE operator <> '' AND is_right_party AND reason <> ''
              AND \(Span(.month, of: day.date).has("day"))
            GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """, values: 3
        ) { $0.text(2) }
    }

    /// Attempts are told by account that the operator tried, since nobody works a set of his own.
    private static func contacts(of day: DayTables) -> [Formula] {
        [Span(.day, of: day.date), Span(.month, of: day.date)].flatMap { span in
            let isIn = span.has("day")
            let isAttempt = "direction = 'out' AND \(isIn)"
            return [
                Formula(
                    .attempts, span.period, count(isAttempt),
                    of: "count(DISTINCT CASE WHEN \(isAttempt) THEN account_id END)"),
                Formula(
                    .rightPartyRate, span.period, count("is_right_party AND \(isAttempt)"),
                    of: count(isAttempt)),
                Formula(.promiseRate, span.period, "0", of: count("is_right_party AND \(isIn)")),
            ]
        }
    }

    /// The figures of each operator with anything in the month, by key and in the order of pages.
    func measures(firm: PageScope) -> [KeyedMeasure] {
        let places = Dictionary(
            uniqueKeysWithValues: zip(Measure.Name.allCases, Measure.Name.allCases.indices))
        let used = sums[firm].filter { $0.value != Share() }
        return used.sorted { a, b in
            let (a, b) = (a.key, b.key)
            return (a.operator, places[a.name] ?? 0, a.period.rawValue, a.currency)
                < (b.operator, places[b.name] ?? 0, b.period.rawValue, b.currency)
        }.map { key, sum in
            KeyedMeasure(kind: "operator", key: key.operator, measure: Measure(key, sum))
        }
    }

    /// The lines of a page, by name: whoever did something in the month or had promises fall due.
    func lines(of page: DayPage) -> [OperatorLine] {
        let sums = sums[page.scope]
        let reasons = reasons[page.scope]
        let keys = Set(
            sums.filter { $0.key.period == .month && $0.value != Share() }
                .map(\.key.operator))
        let lines = keys.map { key in
            func sum(_ name: Measure.Name) -> Share {
                sums[FigureKey(name: name, period: .month, operator: key)] ?? Share()
            }
            return OperatorLine(
                operator: key, name: names[key] ?? key, attempts: sum(.attempts).numerator,
                rightParty: sum(.promiseRate).denominator, promises: sum(.promiseRate).numerator,
                promisesDue: sum(.keptByNumber).denominator,
                promisesKept: sum(.keptByNumber).numerator, reasons: reasons[key] ?? 0)
        }
        return lines.sorted { ($0.name, $0.operator) < ($1.name, $1.operator) }
    }
}
