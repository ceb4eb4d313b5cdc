internal import RientroSQLite

/// How the two numbers of a figure are computed over the rows of one table.
///
/// Where they come from two tables, each has a formula in which the other number is 0.
struct Formula {
    let name: Measure.Name
    let period: Measure.Period
    /// An SQL aggregate.
    let numerator: String
    /// An SQL aggregate.
    let denominator: String

    init(
        _ name: Measure.Name, _ period: Measure.Period, _ numerator: String,
        of denominator: String = "0"
    ) {
        self.name = name
        self.period = period
        self.numerator = numerator
        self.denominator = denominator
    }
}

/// The two numbers of a figure.
struct Share: Summable {
    var numerator: Int64 = 0
    var denominator: Int64 = 0

    static var parts: [WritableKeyPath<Share, Int64>] { [\.numerator, \.denominator] }
}

/// Which figure, and of whom.
struct FigureKey: Hashable {
    let name: Measure.Name
    let period: Measure.Period
    /// Empty where it is about no amounts.
    var currency = ""
    /// Empty for all operators together.
    var `operator` = ""
}

/// Figures for every page.
typealias FigureSums = ByPage<FigureKey, Share>

extension FigureSums {
    /// What the rows of a query are told apart by, besides their cell.
    enum Column: String {
        case currency
        case `operator`
    }

    /// Adds the figures of formulas over the rows of `source`, all in one query.
    ///
    /// - Parameter source: a table with the columns `portfolio_id` and `creditor_id`, or a join
    ///   with WHERE, as it stands behind FROM.
    mutating func add(
        _ formulas: [Formula], over source: String, by columns: [Column] = [], in db: Connection
    ) throws {
        let keys = ["portfolio_id", "creditor_id"] + columns.map(\.rawValue)
        let numbers = formulas.flatMap { [$0.numerator, $0.denominator] }
        let places = (1...keys.count).map(String.init).joined(separator: ", ")
        let sql = """
            SELECT \((keys + numbers).joined(separator: ",\n  "))
            FROM \(source) GROUP BY \(places) ORDER BY \(places)
            """
        try db.forEach(sql) { row in
            func text(_ column: Column) -> String {
                columns.firstIndex(of: column).map { row.text(2 + $0) } ?? ""
            }
            for (index, formula) in formulas.enumerated() {
                let key = FigureKey(
                    name: formula.name, period: formula.period, currency: text(.currency),
                    operator: text(.operator))
                try add(Share(row, from: keys.count + 2 * index), for: key, in: Cell(row))
            }
        }
    }
}

/// How many rows of a group meet a condition, in SQL.
func count(_ condition: String) -> String { "count(*) FILTER (WHERE \(condition))" }

/// The sum of an expression over the rows of a group that meet a condition, in SQL.
func sum(_ expression: String, _ condition: String = "1") -> String {
    "coalesce(sum(\(expression)) FILTER (WHERE \(condition)), 0)"
}
