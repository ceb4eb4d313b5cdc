import Portfolio
import RientroProtocol

/// Which of the first two numbers of a date is the day, in a file that writes 03/04/2026.
package enum DateOrder: String, Equatable, Sendable {
    case dayFirst = "dmy"
    case monthFirst = "mdy"
}

/// Dates as people and spreadsheets write them, made `YYYY-MM-DD`.
package enum FileDate {
    /// Why a text is no date.
    package enum Fault: Error, Equatable, Sendable {
        /// It is in none of the forms.
        case unreadable
        /// It is, but there is no such day: 31/02/2026.
        case noSuchDay
    }

    /// The date. Read as they are: `2026-03-04`, with a time after it or not; a spreadsheet's day
    /// number of five digits. By `order`: `03/04/2026`, `3.4.26`, with `/`, `-` or `.`; of years
    /// with two digits those from `lastCenturyFrom` on are of the last century.
    package static func parse(
        _ text: String, order: DateOrder, lastCenturyFrom pivot: Int = documentPivot
    ) throws(Fault) -> String {
        guard let form = form(text, pivot) else { throw .unreadable }
        switch form {
        case .serial(let days):
            return LocalDate.text(daysSince1970: Int64(days) - daysFromSerialTo1970)
        case .yearFirst(let year, let month, let day):
            return try date(year, month, day)
        case .yearLast(let first, let second, let year):
            return order == .dayFirst
                ? try date(year, second, first) : try date(year, first, second)
        }
    }

    /// What is owed was due after 1970, or will be before 2070.
    package static let documentPivot = 70

    /// Who owes was born between 1920 and 2019.
    package static let birthPivot = 20

    /// Whether the text is a date in one of the forms but that of a bare number.
    static func isDate(_ text: String) -> Bool {
        switch form(text, documentPivot) {
        case .yearFirst(_, let month, let day):
            (1...12).contains(month) && (1...31).contains(day)
        case .yearLast(let first, let second, _):
            (1...31).contains(first) && (1...31).contains(second) && min(first, second) <= 12
        case .serial, nil: false
        }
    }

    /// Which order the text can only have been written in; nil where both will do, or neither.
    package static func evidence(in text: String) -> DateOrder? {
        guard case .yearLast(let first, let second, _) = form(text, documentPivot) else {
            return nil
        }
        if first > 12, second <= 12 { return .dayFirst }
        if second > 12, first <= 12 { return .monthFirst }
        return nil
    }

    /// Whether the text can be read in both orders, to different days: 03/04/2026.
    static func isOpen(_ text: String) -> Bool {
        guard case .yearLast(let first, let second, _) = form(text, documentPivot) else {
            return false
        }
        return first <= 12 && second <= 12 && first != second
    }

    private enum Form {
        case serial(Int)
        case yearFirst(Int, Int, Int)
        case yearLast(Int, Int, Int)
    }

    /// From 30 December 1899, where spreadsheets begin to count, to 1970.
    private static let daysFromSerialTo1970: Int64 = 25_569

    /// Spreadsheets count days from 30 December 1899; these are 1954 to 2119, and no other number
    /// in a date column.
    private static let serials = 20_000...80_000

    /// Read as bytes: five dates stand in every row, and characters would cost ten times as much.
    private static func form(_ text: String, _ pivot: Int) -> Form? {
        let bytes = Array(text.trimmed.utf8.prefix { $0 != 0x20 && $0 != UInt8(ascii: "T") })
        let parts = bytes.split(maxSplits: 3, omittingEmptySubsequences: false) {
            $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
        if parts.count == 1, bytes.count == 5, let days = number(parts[0]), serials.contains(days) {
            return .serial(days)
        }
        guard parts.count == 3, parts[1].count <= 2, let a = number(parts[0]),
            let b = number(parts[1]), let c = number(parts[2])
        else { return nil }
        switch (parts[0].count, parts[2].count) {
        case (4, 1...2): return .yearFirst(a, b, c)
        case (1...2, 4): return .yearLast(a, b, c)
        case (1...2, 2): return .yearLast(a, b, c >= pivot ? 1900 + c : 2000 + c)
        default: return nil
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...5).contains(digits.count) else { return nil }
        var value = 0
        for digit in digits {
            guard (48...57).contains(digit) else { return nil }
            value = value * 10 + Int(digit - 48)
        }
        return value
    }

    private static func date(_ year: Int, _ month: Int, _ day: Int) throws(Fault) -> String {
        let text = padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
        guard LocalDate.isValid(text) else { throw .noSuchDay }
        return text
    }

    private static func padded(_ number: Int, _ count: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
}
