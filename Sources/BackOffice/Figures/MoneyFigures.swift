internal import RientroSQLite

/// What was placed and what came in, by currency, and the facts that came late.
enum MoneyFigures {
    /// Adds the figures to the sums.
    static func add(_ day: DayTables, to sums: inout FigureSums) throws {
        let spans = Measure.Name.recoveryRate.periods.map { Span($0, of: day.date) }
        let collected = spans.flatMap { span in
            let amount = sum("net", span.has("received_on"))
            return [
                Formula(.recoveryRate, span.period, amount),
                Formula(.collected, span.period, amount),
            ].filter { $0.name.periods.contains($0.period) }
        }
        try sums.add(collected, over: "day_payment", by: [.currency], in: day.db)
        let placed = spans.map { Formula(.recoveryRate, $0.period, "0", of: sum("amount")) }
        try sums.add(placed, over: "day_owed", by: [.currency], in: day.db)
        let facts = Formula(.lateFacts, .day, count("is_late"), of: "count(*)")
        try sums.add(
            [facts], over: "day_fact AS f JOIN day_account AS a ON a.id = f.account_id",
            in: day.db)
    }
}
