/// Instants as text: RFC 3339 in UTC with milliseconds, `2026-11-21T09:30:00.250Z`.
package enum UTCTime {
    /// The text for an instant in milliseconds since 1970.
    package static func text(milliseconds: Int64) -> String {
        let (days, rest) = milliseconds.quotientAndRemainderFloored(dividingBy: 86_400_000)
        let seconds = rest / 1000
        return LocalDate.text(daysSince1970: days)
            + "T\(LocalDate.padded(seconds / 3600, 2)):\(LocalDate.padded(seconds / 60 % 60, 2))"
            + ":\(LocalDate.padded(seconds % 60, 2)).\(LocalDate.padded(rest % 1000, 3))Z"
    }
}

extension Int64 {
    func quotientAndRemainderFloored(dividingBy other: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: other)
        return remainder < 0 ? (quotient - 1, remainder + other) : (quotient, remainder)
    }
}
