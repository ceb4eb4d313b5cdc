/// Calendar dates without a zone, as `YYYY-MM-DD` (RFC 3339, full-date).
package enum LocalDate {
    /// Whether the text is a date of the Gregorian calendar that exists: 30 February does not.
    package static func isValid(_ text: String) -> Bool { daysSince1970(text) != nil }

    /// The days that texts can say: 0001-01-01 to 9999-12-31, counted from 1970-01-01.
    static let days: ClosedRange<Int64> = -719_162...2_932_896

    /// The day that `text` is the date of, counted from 1970-01-01; nil where there is none.
    package static func daysSince1970(_ text: String) -> Int64? {
        let utf8 = text.utf8
        return utf8.count == 10 ? daysSince1970(utf8.span) : nil
    }

    /// The day of the date that the first ten bytes of `text` say, of which there must be so many.
    static func daysSince1970(_ text: Span<UInt8>) -> Int64? {
        guard text[4] == 45, text[7] == 45, let year = number(text, 0..<4),
            let month = number(text, 5..<7), let day = number(text, 8..<10),
            year >= 1, month >= 1, month <= 12, day >= 1
        else { return nil }
        guard day <= 28 || day <= dayCount(month: Int(month), year: Int(year)) else { return nil }
        // Counted from 1 March of the year 0, so that the leap day is the last of its year.
        let shifted = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month <= 2 ? month + 9 : month - 3) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }

    /// The number that the digits of a range say; nil where one is no digit.
    static func number(_ text: Span<UInt8>, _ range: Range<Int>) -> Int64? {
        var value: Int64 = 0
        var position = range.lowerBound
        while position < range.upperBound {
            let digit = text[position] &- 48
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int64(digit)
            position &+= 1
        }
        return value
    }

    /// How many days a month (1 to 12) of a year has.
    package static func dayCount(month: Int, year: Int) -> Int {
        let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
        switch month {
        case 2: return isLeap ? 29 : 28
        case 4, 6, 9, 11: return 30
        default: return 31
        }
    }

    /// The date of a day counted from 1970-01-01, which is 0, in the years 0 to 9999.
    package static func text(daysSince1970 days: Int64) -> String {
        String(unsafeUninitializedCapacity: 10) { buffer in
            write(daysSince1970: days, to: buffer)
            return 10
        }
    }

    /// Writes the date of a day to the first ten bytes of `buffer`.
    static func write(daysSince1970 days: Int64, to buffer: UnsafeMutableBufferPointer<UInt8>) {
        let (year, month, day) = civil(days: days)
        write(year, width: 4, to: buffer, at: 0)
        buffer[4] = 45
        write(month, width: 2, to: buffer, at: 5)
        buffer[7] = 45
        write(day, width: 2, to: buffer, at: 8)
    }

    /// Writes the last `width` digits of a number, zeros in front.
    static func write(
        _ number: Int64, width: Int, to buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int
    ) {
        var rest = UInt64(max(0, number))
        var position = start + width
        while position > start {
            position &-= 1
            buffer[position] = 48 &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    /// The Gregorian date of a day counted from 1970-01-01, by counting from 1 March of the year 0,
    /// so that the leap day is the last of its year.
    private static func civil(days: Int64) -> (Int64, Int64, Int64) {
        let shifted = days + 719_468
        let (era, dayOfEra) = shifted.quotientAndRemainderFloored(dividingBy: 146_097)
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
