import BackOffice
import Testing

@Suite("key figures")
struct MeasureTests {
    @Test("what is no share is a count, an amount or an average")
    func forms() {
        #expect(Measure.Name.accounts.form == .count)
        #expect(Measure.Name.open.form == .amount)
        #expect(Measure.Name.daysToFirstReason.form == .average)
        #expect(Measure.Name.keptByAmount.form == .share)
    }
}
