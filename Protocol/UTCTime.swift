/// Instants as text: RFC 3339 in UTC with milliseconds, `2026-11-21T09:30:00.250Z`.
package enum UTCTime {
    /// The text for an instant in milliseconds since 1970, in the years 0 to 9999.
    package static func text(milliseconds: Int64) -> String {
        let (days, rest) = milliseconds.quotientAndRemainderFloored(dividingBy: 86_400_000)
        return String(unsafeUninitializedCapacity: 24) { buffer in
            LocalDate.write(daysSince1970: days, to: buffer)
            buffer[10] = 84
            LocalDate.write(rest / 3_600_000, width: 2, to: buffer, at: 11)
            buffer[13] = 58
            LocalDate.write(rest / 60_000 % 60, width: 2, to: buffer, at: 14)
            buffer[16] = 58
            LocalDate.write(rest / 1000 % 60, width: 2, to: buffer, at: 17)
            buffer[19] = 46
            LocalDate.write(rest % 1000, width: 3, to: buffer, at: 20)
            buffer[23] = 90
            return 24
        }
    }

    /// The milliseconds that texts can say: from the first of the year 1 to the last of 9999.
    static let milliseconds =
        LocalDate.days.lowerBound * 86_400_000...LocalDate.days.upperBound * 86_400_000 + 86_399_999

    /// Whether the text is an instant that exists, in the one form.
    package static func isValid(_ text: String) -> Bool { milliseconds(text) != nil }

    /// The instant that `text` is the text of, in milliseconds since 1970: nil for every other
    /// form, also of an instant.
    static func milliseconds(_ text: String) -> Int64? {
        let utf8 = text.utf8
        return utf8.count == 24 ? milliseconds(utf8.span) : nil
    }

    /// The same of 24 bytes.
    static func milliseconds(_ bytes: Span<UInt8>) -> Int64? {
        guard bytes[10] == 84, bytes[13] == 58, bytes[16] == 58, bytes[19] == 46, bytes[23] == 90,
            let days = LocalDate.daysSince1970(bytes),
            let hour = LocalDate.number(bytes, 11..<13), hour < 24,
            let minute = LocalDate.number(bytes, 14..<16), minute < 60,
            let second = LocalDate.number(bytes, 17..<19), second < 60,
            let thousandth = LocalDate.number(bytes, 20..<23)
        else { return nil }
        return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + thousandth
    }
}

extension Int64 {
    func quotientAndRemainderFloored(dividingBy other: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: other)
        return remainder < 0 ? (quotient - 1, remainder + other) : (quotient, remainder)
    }
}
