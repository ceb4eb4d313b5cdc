import RientroProtocol
import Testing

@Suite("Bytes and days as text")
struct TextFormTests {
    @Test("hexadecimal digits come in pairs, and nothing else is read")
    func hexadecimal() {
        #expect(Hexadecimal.bytes("00fFA1") == [0, 255, 0xA1])
        #expect(Hexadecimal.bytes("") == [])
        for text in ["0", "0g", "é0", " 00"] { #expect(Hexadecimal.bytes(text) == nil) }
        #expect(Hexadecimal.text([0, 255, 0xA1]) == "00ffa1")
    }

    @Test(
        "a day is a date of the Gregorian calendar, leap years and centuries included",
        arguments: [
            (0, "1970-01-01"), (-1, "1969-12-31"), (-25_569, "1899-12-30"), (11_016, "2000-02-29"),
            (11_017, "2000-03-01"), (20_778, "2026-11-21"), (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] as [(Int64, String)])
    func days(day: Int64, text: String) {
        #expect(LocalDate.text(daysSince1970: day) == text)
    }
}
