internal import RientroSQLite

/// What came in of each lot, month by month since it was placed.
struct RecoveryFigures {
    /// Months of a curve after the first.
    ///
    /// Ten years, in which a debt lapses if nobody asks for it (c.c. 2946). What comes later is in
    /// the last month; so a date that somebody mistyped cannot make a page of a million numbers.
    static let monthsMax = 120

    private struct Lot {
        let reference: String?
        let receivedOn: String
    }

    private let date: String
    private let lots: [String: Lot]
    private let creditors: [String: String]
    private let placed: ByPage<CurveKey, CurveSum>
    /// For accounts of no lot, the day on which the first of them was placed.
    private let firstPlaced: [PageScope.Kind: [String: [CurveKey: String]]]
    private let collected: ByPage<CurveMonth, Int64>

    init(_ day: DayTables) throws {
        date = day.date
        lots = Dictionary(
            uniqueKeysWithValues: try day.db.rows("SELECT id, reference, received_on FROM lot") {
                ($0.text(0), Lot(reference: $0.optionalText(1), receivedOn: $0.text(2)))
            })
        creditors = Dictionary(
            uniqueKeysWithValues: try day.db.rows("SELECT id, name FROM main.creditor") {
                ($0.text(0), $0.text(1))
            })
        placed = try ByPage(
            day.db,
            """
            SELECT portfolio_id, creditor_id, lot_id, currency, count(DISTINCT account_id),
              sum(amount)
            FROM day_owed GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
            """, values: 4, key: CurveKey.init)
        firstPlaced = try Self.firstPlaced(day)
        collected = try Self.collected(day)
    }

    private static func firstPlaced(
        _ day: DayTables
    ) throws -> [PageScope.Kind: [String: [CurveKey: String]]] {
        var first: [PageScope.Kind: [String: [CurveKey: String]]] = [:]
        try day.db.forEach(
            """
            SELECT o.portfolio_id, o.creditor_id, o.lot_id, o.currency, min(a.placed_on)
            FROM day_owed AS o JOIN day_account AS a ON a.id = o.account_id
            WHERE o.lot_id = '' GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
            """
        ) { row in
            let cell = Cell(row)
            let pages = [
                (PageScope.Kind.firm, ""), (.branch, cell.branch), (.creditor, cell.creditor),
            ]
            for (kind, key) in pages {
                first[kind, default: [:]][key, default: [:]].merge(
                    [CurveKey(row): row.text(4)], uniquingKeysWith: min)
            }
        }
        return first
    }

    /// Payments by the month since placement in which they came: that of the lot, or for an account
    /// of none its own. What came before placement is in the first month.
    private static func collected(_ day: DayTables) throws -> ByPage<CurveMonth, Int64> {
        var collected = ByPage<CurveMonth, Int64>()
        try day.db.forEach(
            """
            SELECT p.portfolio_id, p.creditor_id, p.lot_id, p.currency,
              coalesce(l.received_on, a.placed_on), p.received_on, sum(p.net)
            FROM day_payment AS p JOIN day_account AS a ON a.id = p.account_id
            LEFT JOIN lot AS l ON l.id = p.lot_id
            WHERE p.net <> 0 GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
            """
        ) { row in
            let month = CurveMonth(
                curve: CurveKey(row), month: months(from: row.text(4), to: row.text(5)))
            try collected.add(row.integer(6), for: month, in: Cell(row))
        }
        return collected
    }

    private static func months(from start: String, to end: String) -> Int {
        guard let start = CalendarDate(start), let end = CalendarDate(end) else { return 0 }
        return min(start.wholeMonths(to: end), monthsMax)
    }

    /// The curves of a page, the youngest lot first. Where nothing was placed in a currency there
    /// is nothing that could be recovered, and no curve.
    func curves(of page: DayPage) throws -> [RecoveryCurve] {
        var steps: [CurveKey: [(month: Int, amount: Int64)]] = [:]
        for (key, amount) in collected[page.scope] {
            steps[key.curve, default: []].append((key.month, amount))
        }
        let curves = try placed[page.scope].map { key, sum in
            let placedOn = lots[key.lot]?.receivedOn ?? firstPlaced(key, on: page)
            var amounts = Array(
                repeating: Int64(0), count: Self.months(from: placedOn, to: date) + 1)
            for (month, amount) in steps[key] ?? [] {
                // An account may have been paid on in a currency that it owes nothing in, and be
                // older than all those that do.
                try amounts[min(month, amounts.count - 1)].add(amount)
            }
            for month in amounts.indices.dropFirst() {
                try amounts[month].add(amounts[month - 1])
            }
            return RecoveryCurve(
                lot: key.lot, reference: lots[key.lot]?.reference, creditor: key.creditor,
                creditorName: creditors[key.creditor] ?? key.creditor, currency: key.currency,
                placedOn: placedOn, accounts: sum.accounts, placed: sum.amount, collected: amounts)
        }
        return curves.sorted {
            ($1.placedOn, $0.creditor, $0.lot, $0.currency)
                < ($0.placedOn, $1.creditor, $1.lot, $1.currency)
        }
    }

    private func firstPlaced(_ key: CurveKey, on page: DayPage) -> String {
        firstPlaced[page.scope.kind]?[page.scope.key]?[key] ?? date
    }
}

/// Which curve.
struct CurveKey: Hashable {
    let creditor: String
    let lot: String
    let currency: String

    /// That of a row whose columns are the branch, the creditor, the lot and the currency.
    init(_ row: Statement) {
        creditor = row.text(1)
        lot = row.text(2)
        currency = row.text(3)
    }
}

/// A curve's month.
struct CurveMonth: Hashable {
    let curve: CurveKey
    let month: Int
}

/// What was placed.
struct CurveSum: Summable {
    var accounts: Int64 = 0
    var amount: Int64 = 0

    static var parts: [WritableKeyPath<CurveSum, Int64>] { [\.accounts, \.amount] }
}
