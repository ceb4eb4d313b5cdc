import Testing

@testable import BackOffice

@Suite("working days")
struct WorkingDayTests {
    @Test(
        "the day after is a working day, Sundays and national holidays left out",
        arguments: [
            ("2026-11-20", "2026-11-21"),  // Friday: Saturday is worked.
            ("2026-11-21", "2026-11-23"),  // Saturday: Sunday is not.
            ("2026-12-24", "2026-12-28"),  // Christmas, Saint Stephen, Sunday.
            ("2026-04-04", "2026-04-07"),  // Easter Sunday and Monday.
            ("2027-03-27", "2027-03-30"),  // Easter on 28 March.
            ("2024-03-30", "2024-04-02"),  // Easter on 31 March, Monday in April.
            ("2025-10-03", "2025-10-04"),  // 4 October was worked until 2025.
            ("2026-10-03", "2026-10-05"),  // Since then it is not; and it is a Sunday.
            ("2027-10-03", "2027-10-05"),  // A Monday.
            ("2027-12-31", "2028-01-03"),  // New Year's Day, Sunday.
            ("2028-02-28", "2028-02-29"),
        ])
    func after(_ date: String, _ expected: String) {
        #expect(WorkingDay.after(date) == expected)
    }

    // Dates of Easter Monday from almanacs.
    @Test(
        "Easter Monday is where almanacs have it",
        arguments: [
            (2008, "03-24"), (2011, "04-25"), (2016, "03-28"), (2019, "04-22"), (2026, "04-06"),
            (2030, "04-22"), (2038, "04-26"),
        ])
    func easter(_ year: Int, _ expected: String) {
        #expect(WorkingDay.easterMonday(year) == expected)
    }
}
