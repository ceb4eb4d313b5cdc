internal import RientroSQLite

/// The key figures and tables of a day, for every page of its close.
///
/// They are read once, with a query for each table and not for each page: every account is of one
/// branch and one creditor, so what is counted by these two adds up to any page. What each figure
/// means is written in `Sources/BackOffice/Figures/README.md`.
package struct Figures {
    private let sums: FigureSums
    private let open: OpenFigures
    private let promises: PromiseFigures
    private let recovery: RecoveryFigures
    private let reasons: ReasonFigures
    private let contacts: ContactFigures
    private let operators: OperatorFigures

    /// Reads the figures of the day. Throws `SQLiteError` and `FigureError`.
    package init(_ day: DayTables) throws {
        var sums = FigureSums()
        try AccountFigures(day).add(to: &sums)
        try MoneyFigures.add(day, to: &sums)
        open = try OpenFigures(day, addingTo: &sums)
        promises = try PromiseFigures(day, addingTo: &sums)
        recovery = try RecoveryFigures(day)
        reasons = try ReasonFigures(day, open: open)
        contacts = try ContactFigures(day)
        operators = try OperatorFigures(day)
        self.sums = sums
    }

    /// Fills in what is about figures on each page: `measures`, `ageing`, `recovery`, `promises`,
    /// `reasons`, `contacts` and `operators`. Throws `FigureError`.
    package func fill(_ pages: inout [DayPage]) throws {
        for index in pages.indices { try fill(&pages[index]) }
    }

    /// The figures of each operator, for the day and the month.
    package func operatorMeasures() -> [KeyedMeasure] {
        operators.measures(firm: PageScope(.firm))
    }

    private func fill(_ page: inout DayPage) throws {
        let currencies = currencies(of: page)
        page.measures = measures(of: page, currencies: currencies)
        page.ageing = open.ageing(of: page, currencies: currencies)
        page.recovery = try recovery.curves(of: page)
        page.promises = promises.months(of: page, currencies: currencies)
        page.reasons = reasons.lines(of: page)
        page.contacts = contacts.lines(of: page)
        page.operators = page.scope.kind == .creditor ? [] : operators.lines(of: page)
    }

    /// The page's currencies, and last those that something was only promised in or taken back.
    private func currencies(of page: DayPage) -> [String] {
        let told = [page.currency] + page.otherCurrencies
        let rest = Set(sums[page.scope].keys.map(\.currency)).subtracting(told + [""])
        return told + rest.sorted()
    }

    /// Every figure of every period, with 0 of 0 where nothing happened; in currencies other than
    /// the page's only those of which there is something.
    private func measures(of page: DayPage, currencies: [String]) -> [Measure] {
        let sums = sums[page.scope]
        return Measure.Name.allCases.flatMap { name in
            name.periods.flatMap { period in
                (name.isInCurrency ? currencies : [""]).compactMap { currency in
                    let key = FigureKey(name: name, period: period, currency: currency)
                    let sum = sums[key] ?? Share()
                    let isOther = name.isInCurrency && currency != page.currency
                    return isOther && sum == Share() ? nil : Measure(key, sum)
                }
            }
        }
    }
}
