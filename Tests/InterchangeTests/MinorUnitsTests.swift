import Interchange
import Testing

@Suite("Amounts")
struct MinorUnitsTests {
    @Test(
        "amounts are read as they are written",
        arguments: [
            ("1.533,50", DecimalSign.comma, 2, 153_350 as Int64), ("1533,5", .comma, 2, 153_350),
            ("1,533.50", .point, 2, 153_350), ("1'533.50", .point, 2, 153_350),
            ("1 533,50", .comma, 2, 153_350), ("-12,00", .comma, 2, -1_200),
            ("12,00-", .comma, 2, -1_200), ("(12,00)", .comma, 2, -1_200),
            ("€ 12", .comma, 2, 1_200),
            ("0,005", .comma, 3, 5), ("1500", .comma, 0, 1_500), ("1.500", .comma, 0, 1_500),
            (",5", .comma, 2, 50), ("12,", .comma, 2, 1_200), ("12,5000", .comma, 2, 1_250),
            ("92233720368547758,07", .comma, 2, .max), ("-0,00", .comma, 2, 0),
        ])
    func readable(text: String, decimal: DecimalSign, exponent: Int, amount: Int64) throws {
        #expect(try MinorUnits.parse(text, decimal: decimal, exponent: exponent) == amount)
    }

    @Test(
        "what is no amount is refused with the reason",
        arguments: [
            ("n.d.", MinorUnits.Fault.unreadable), ("", .unreadable), ("-", .unreadable),
            ("12-5", .unreadable), ("1.53,50", .unreadable), ("1,5,0", .unreadable),
            ("1,533.50", .unreadable), ("12,005", .tooPrecise), ("1e5", .unreadable),
            ("92233720368547758,08", .tooLarge), ("--1", .unreadable), ("(1", .unreadable),
            ("١٢", .unreadable),
        ])
    func refused(text: String, fault: MinorUnits.Fault) {
        #expect(throws: fault) { try MinorUnits.parse(text, decimal: .comma, exponent: 2) }
    }

    @Test(
        "an amount decides the decimal sign only where it can be read in one way",
        arguments: [
            ("1.533,50", DecimalSign.comma), ("1,533.50", .point), ("12,5", .comma),
            ("12.50", .point),
            ("1.533", nil), ("1,533", nil), ("0.533", .point), ("1.000.000", .comma),
            ("1,000,000", .point), ("1500", nil), ("n.d.", nil), ("1533.500", .point),
        ])
    func evidence(text: String, decimal: DecimalSign?) {
        #expect(MinorUnits.evidence(in: text) == decimal)
    }
}

@Suite("Dates")
struct FileDateTests {
    @Test(
        "dates are read as they are written",
        arguments: [
            ("03/04/2026", DateOrder.dayFirst, "2026-04-03"),
            ("03/04/2026", .monthFirst, "2026-03-04"),
            ("3.4.26", .dayFirst, "2026-04-03"), ("1-2-75", .dayFirst, "1975-02-01"),
            ("2026-04-03", .monthFirst, "2026-04-03"),
            ("2026-04-03T00:00:00", .dayFirst, "2026-04-03"),
            ("03/04/2026 00:00", .dayFirst, "2026-04-03"), ("29/02/2028", .dayFirst, "2028-02-29"),
            // Day numbers as spreadsheets show them: 36526 is 1 January 2000, 46082 is 1 March
            // 2026.
            ("36526", .dayFirst, "2000-01-01"), ("46082", .dayFirst, "2026-03-01"),
            ("36585", .dayFirst, "2000-02-29"),
        ])
    func readable(text: String, order: DateOrder, date: String) throws {
        #expect(try FileDate.parse(text, order: order) == date)
    }

    @Test(
        "a day that does not exist is told from what is no date",
        arguments: [
            ("31/02/2026", FileDate.Fault.noSuchDay), ("29/02/2026", .noSuchDay),
            ("12/31/2026", .noSuchDay), ("00/01/2026", .noSuchDay), ("domani", .unreadable),
            ("1/2", .unreadable), ("12345678", .unreadable), ("1/2/026", .unreadable),
            ("", .unreadable), ("99999", .unreadable),
        ])
    func refused(text: String, fault: FileDate.Fault) {
        #expect(throws: fault) { try FileDate.parse(text, order: .dayFirst) }
    }

    @Test("a date decides the order only where one number cannot be a month")
    func evidence() {
        #expect(FileDate.evidence(in: "31/02/2026") == .dayFirst)
        #expect(FileDate.evidence(in: "12/31/2026") == .monthFirst)
        #expect(FileDate.evidence(in: "03/04/2026") == nil)
        #expect(FileDate.evidence(in: "2026-12-31") == nil)
        #expect(FileDate.evidence(in: "13/13/2026") == nil)
    }
}
