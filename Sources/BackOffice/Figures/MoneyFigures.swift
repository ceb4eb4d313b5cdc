internal import RientroSQLite

/// What was placed, what came in and what is open, by currency.
struct MoneyFigures {
    /// What is open, by currency and bucket.
    let ageing: ByPage<AgeingKey, AgeingSum>

    /// Adds the figures of money to the sums. `figure_account` must be there.
    init(_ day: DayTables, addingTo sums: inout FigureSums) throws {
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
        try sums.add(
            [Formula(.open, .total, sum("open"))], over: Self.openItems, by: [.currency],
            in: day.db)
        let facts = Formula(.lateFacts, .day, count("is_late"), of: "count(*)")
        try sums.add(
            [facts], over: "day_fact AS f JOIN day_account AS a ON a.id = f.account_id",
            in: day.db)
        ageing = try ByPage(
            day.db,
            """
            SELECT portfolio_id, creditor_id, currency, bucket, count(DISTINCT account_id),
              count(*), sum(open)
            FROM \(Self.openItems) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
            """, values: 4
        ) { AgeingKey(currency: $0.text(2), bucket: AgeingBucket(rawValue: $0.text(3))) }
    }

    /// The open items of open accounts. What was given back or given up is no longer waited for.
    private static let openItems = """
        (SELECT i.portfolio_id, i.creditor_id, i.account_id, i.currency, i.bucket, i.open
          FROM day_item AS i JOIN figure_account AS a ON a.id = i.account_id WHERE a.is_open)
        """

    /// The lines of a page: every bucket of each currency that something is open in.
    func ageing(of page: DayPage, currencies: [String]) -> [AgeingLine] {
        let sums = ageing[page.scope]
        let used = Set(sums.keys.map(\.currency))
        return currencies.filter { used.contains($0) }.flatMap { currency in
            AgeingBucket.allCases.map { bucket in
                let sum = sums[AgeingKey(currency: currency, bucket: bucket)] ?? AgeingSum()
                return AgeingLine(
                    bucket: bucket, currency: currency, accounts: sum.accounts, items: sum.items,
                    amount: sum.amount)
            }
        }
    }
}

/// One line of the ageing table.
struct AgeingKey: Hashable {
    let currency: String
    let bucket: AgeingBucket?
}

/// The numbers of such a line.
struct AgeingSum: Summable {
    var accounts: Int64 = 0
    var items: Int64 = 0
    var amount: Int64 = 0

    static var parts: [WritableKeyPath<AgeingSum, Int64>] { [\.accounts, \.items, \.amount] }
}
