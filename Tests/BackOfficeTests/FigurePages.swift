import Testing

@testable import BackOffice

/// The pages of a test firm's day, and a short way to read them.
extension TestFirm {
    /// All pages of a day with their figures.
    func pages(_ date: String, previous: (date: String, commit: Int64)? = nil) throws -> [DayPage] {
        let day = try tables(date, previous: previous)
        var pages = try Pages.empty(day: day, commit: try commit(), previous: previous?.date)
        try Figures(day).fill(&pages)
        return pages
    }

    /// One page of a day with its figures.
    func page(
        _ date: String, _ kind: PageScope.Kind = .firm, _ key: String = "",
        previous: (date: String, commit: Int64)? = nil
    ) throws -> DayPage {
        try #require(
            try pages(date, previous: previous).first {
                $0.scope.kind == kind && $0.scope.key == key
            })
    }
}

extension DayPage {
    /// A figure as `numerator/denominator`; nil where the page has none.
    func figure(_ name: Measure.Name, _ period: Measure.Period, _ currency: String = "") -> String?
    {
        measures.first {
            $0.name == name && $0.period == period && $0.currency == currency
        }.map { "\($0.numerator)/\($0.denominator)" }
    }
}
