import Portfolio
import RientroProtocol
import Testing

@Suite("Dates and times as they are typed")
struct TypedDateTests {
    /// Monday, 30 November 2026.
    private static let today = LocalDate.daysSince1970("2026-11-30") ?? 0

    private func next(_ text: String) -> String? {
        TypedDate(text, today: Self.today, toward: .next)?.text
    }

    private func last(_ text: String) -> String? {
        TypedDate(text, today: Self.today, toward: .last)?.text
    }

    @Test(
        "a date with its year is that day, whichever marks are between, the day first",
        arguments: [
            ("15/12/2026", "2026-12-15"), ("5/1/2027", "2027-01-05"), ("05.01.2027", "2027-01-05"),
            ("15-12-2026", "2026-12-15"), ("2026-12-15", "2026-12-15"), ("29/2/2028", "2028-02-29"),
        ])
    func whole(typed: String, date: String) {
        #expect(next(typed) == date)
        #expect(last(typed) == date)
        #expect(TypedDate(typed, today: Self.today, toward: .next)?.isRelative == false)
    }

    @Test("a day and month are the next such day, or the last, and today is both")
    func dayAndMonth() {
        #expect(next("3/12") == "2026-12-03" && last("3/12") == "2025-12-03")
        #expect(next("29/11") == "2027-11-29" && last("29/11") == "2026-11-29")
        #expect(next("30/11") == "2026-11-30" && last("30.11") == "2026-11-30")
        #expect(next("1/12") == "2026-12-01" && last("1/12") == "2025-12-01")
        #expect(next("29/2") == "2028-02-29" && last("29/2") == "2024-02-29")
        #expect(TypedDate("3/12", today: Self.today, toward: .next)?.isRelative == true)
    }

    @Test("a year of two digits is of this century, and looking back never still to come")
    func shortYear() {
        #expect(next("15/12/26") == "2026-12-15" && next("1/2/70") == "2070-02-01")
        #expect(last("1/2/70") == "1970-02-01" && last("15/11/26") == "2026-11-15")
        #expect(last("30/11/26") == "2026-11-30" && last("1/12/26") == "1926-12-01")
    }

    @Test(
        "a day of the week is never today, in either language, with or without its accent",
        arguments: [
            ("martedì", "2026-12-01", "2026-11-24"), ("venerdi", "2026-12-04", "2026-11-27"),
            ("VENERDI'", "2026-12-04", "2026-11-27"), ("domenica", "2026-12-06", "2026-11-29"),
            ("lunedì", "2026-12-07", "2026-11-23"), ("monday", "2026-12-07", "2026-11-23"),
            ("friday", "2026-12-04", "2026-11-27"), ("ven", "2026-12-04", "2026-11-27"),
            ("sun", "2026-12-06", "2026-11-29"), ("gio", "2026-12-03", "2026-11-26"),
            ("mer", "2026-12-02", "2026-11-25"), ("sabato", "2026-12-05", "2026-11-28"),
        ])
    func weekdays(typed: String, ahead: String, back: String) {
        #expect(next(typed) == ahead)
        #expect(last(typed) == back)
    }

    @Test(
        "words count from today",
        arguments: [
            ("oggi", "2026-11-30"), ("Today", "2026-11-30"), ("domani", "2026-12-01"),
            ("tomorrow", "2026-12-01"), ("dopodomani", "2026-12-02"), ("ieri", "2026-11-29"),
            ("yesterday", "2026-11-29"), ("l'altroieri", "2026-11-28"), ("+7", "2026-12-07"),
            ("-1", "2026-11-29"), ("+3660", "2036-12-07"),
        ])
    func words(typed: String, date: String) {
        #expect(next(typed) == date)
        #expect(TypedDate(typed, today: Self.today, toward: .last)?.isRelative == true)
    }

    @Test(
        "what is no day that exists is none",
        arguments: [
            "", "31/2/2026", "30/2", "2026-02-30", "12/15/2026", "15/13", "0/1", "1/0", "1/2/3/4",
            "1/2/026", "a/b", "1//2026", "/2/2026", "+3661", "++1", "+", "ve", "lun edi", "morgen",
            "1/2/20260", "001/2/2026", "99/99", "7", "١/٢/2026",
        ])
    func none(typed: String) {
        #expect(next(typed) == nil, "\(typed)")
        #expect(last(typed) == nil, "\(typed)")
    }

    @Test("days before 1970 have their days of the week too") func before1970() {
        // 31 December 1969 was a Wednesday.
        #expect(TypedDate("thursday", today: -1, toward: .next)?.text == "1970-01-01")
        #expect(TypedDate("wednesday", today: -1, toward: .last)?.text == "1969-12-24")
    }

    @Test(
        "a time is kept in one form, words as they are",
        arguments: [
            ("18", "18:00"), ("9", "09:00"), ("9.30", "09:30"), ("18:05", "18:05"),
            ("18:00-20:00", "18:00-20:00"), ("18 - 20", "18:00-20:00"), ("0", "00:00"),
            ("23:59", "23:59"), ("dopo pranzo", "dopo pranzo"), (" mattina ", "mattina"),
        ])
    func time(typed: String, kept: String) {
        #expect(TypedTime.kept(typed) == kept)
    }

    @Test(
        "what has digits and is no time of a day is none",
        arguments: [
            "25:00", "24", "18:60", "18:5", "20-18", "18-18", "18-19-20", "18:00:00", "dalle 18",
            "", " ", "-5", "18-", "1800", "18:", "٣",
        ])
    func noTime(typed: String) {
        #expect(TypedTime.kept(typed) == nil, "\(typed)")
    }

    @Test("a mail address has one @, something before it and a domain of two parts behind")
    func address() {
        for good in ["a@b.it", "maria.rossi@pec.example.it", "x+y@a-b.co"] {
            #expect(MailAddress.isPlausible(good), "\(good)")
        }
        for bad in [
            "", "a", "a@b", "a@@b.it", "@b.it", "a@", "a@b..it", "a@.it", "a b@c.it", "a@b.it ",
            ".a@b.it", "a.@b.it", "a@-b.it", "a@b-.it", "<a@b.it>", "a@b.it,c@d.it", "a@b@c.it",
        ] {
            #expect(!MailAddress.isPlausible(bad), "\(bad)")
        }
    }
}
