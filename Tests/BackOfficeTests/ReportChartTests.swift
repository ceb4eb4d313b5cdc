import Testing

@testable import BackOffice

/// What is drawn and what is not, and the numbers that a page begins with.
@Suite("the charts and key figures of a report")
struct ReportChartTests {
    private func page() -> DayPage { ReportSample.empty(PageScope(.firm)) }

    @Test("the recovery chart numbers each month where there is room, else every other")
    func months() {
        /// The numbers below the wide drawing and below the narrow one.
        func numbers(_ months: Int) -> [[String]] {
            var page = page()
            page.recovery = [
                RecoveryCurve(
                    lot: "L1", reference: nil, creditor: "EN", creditorName: "EN S.p.A.",
                    currency: "EUR", placedOn: "2026-01-01", accounts: 10, placed: 100_000,
                    collected: Array(repeating: 5_000, count: months))
            ]
            return RecoveryChart.figure(page, English()).drawings.map { drawing in
                drawing.html.matches(of: /text-anchor="middle">([0-9]+)</).map {
                    String($0.output.1)
                }
            }
        }
        #expect(numbers(4) == [["0", "1", "2", "3"], ["0", "1", "2", "3"]])
        #expect(
            numbers(12) == [
                ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"],
                ["0", "2", "4", "6", "8", "10"],
            ])
    }

    @Test("promises are drawn where there are any, and months of none say that there are none")
    func promises() {
        func figure(kept: Int64, open: Int64) -> Figure {
            var page = page()
            page.promises = [
                PromiseMonth(
                    month: "2026-11", currency: "EUR", kept: kept, partlyKept: 0, broken: 0,
                    open: open, keptAmount: 0, partlyKeptAmount: 0, brokenAmount: 0, openAmount: 0)
            ]
            return PromiseChart.figure(page, English())
        }
        #expect(figure(kept: 0, open: 0).insight == Insight("No promise has been taken yet."))
        #expect(figure(kept: 0, open: 0).drawings.isEmpty)
        #expect(
            figure(kept: 0, open: 1).insight.meaning
                == "One promise is open; none has fallen due yet.")
        #expect(figure(kept: 0, open: 1).drawings.count == 2)
        #expect(figure(kept: 1, open: 0).drawings.count == 2)
    }

    @Test("what was collected in the day has the month beside it; the month alone only itself")
    func collected() {
        var page = page()
        let month = Measure(.collected, .month, currency: "EUR", 3_040_000)
        page.measures = [Measure(.collected, .day, currency: "EUR", 125_000), month]
        #expect(
            KeyFigures.cards(page, English()) == [
                KeyFigures.Card(
                    label: "Collected in the day", value: "€1,250",
                    meaning: "€30,400.00 since the first of the month, net of reversals")
            ])
        page.measures = [month]
        #expect(
            KeyFigures.cards(page, English()) == [
                KeyFigures.Card(
                    label: "Collected this month", value: "€30,400",
                    meaning: "€30,400.00 net of reversals")
            ])
    }
}
