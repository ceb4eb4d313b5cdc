internal import RientroSQLite

/// What is open on open accounts, by how long it has been due and by why it is not paid. What was
/// given back or given up is no longer waited for.
struct OpenFigures {
    private var ageing = ByPage<AgeingKey, AgeingSum>()
    private var reasons = ByPage<OwingKey, Int64>()

    /// Adds what is open to the sums. `figure_account` must be there.
    ///
    /// One query serves all, since its join of every item with its account costs more than the
    /// rest. An account has one last reason; so accounts of a bucket add up over reasons.
    init(_ day: DayTables, addingTo sums: inout FigureSums) throws {
        try day.db.forEach(
            """
            SELECT a.portfolio_id, a.creditor_id, i.currency, i.bucket,
              coalesce(a.last_reason, '') AS reason, count(DISTINCT i.account_id), count(*),
              sum(i.open)
            FROM day_item AS i JOIN figure_account AS a ON a.id = i.account_id
            WHERE a.is_open GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
            """
        ) { row in
            let cell = Cell(row)
            let currency = row.text(2)
            let sum = AgeingSum(row, from: 5)
            let bucket = AgeingBucket(rawValue: row.text(3))
            try ageing.add(sum, for: AgeingKey(currency: currency, bucket: bucket), in: cell)
            try reasons.add(
                sum.amount, for: OwingKey(reason: row.text(4), currency: currency), in: cell)
            try sums.add(
                Share(numerator: sum.amount),
                for: FigureKey(name: .open, period: .total, currency: currency), in: cell)
        }
    }

    /// What is open on a page's accounts whose last recorded reason is this; "" for none.
    func owing(_ reason: String, in currency: String, on page: DayPage) -> Int64 {
        reasons[page.scope][OwingKey(reason: reason, currency: currency)] ?? 0
    }

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

/// What accounts with one last reason owe in one currency.
struct OwingKey: Hashable {
    let reason: String
    let currency: String
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
