/// Dates and lengths of time. What is not a date is left as it is: a page is no place to fail.
extension Numerals {
    /// `22/11/2026` in Italian, `22 Nov 2026` in English.
    func date(_ date: String) -> String {
        guard let parts = Self.parts(date), parts.count == 3 else { return date }
        if language == .italian {
            return "\(Self.two(parts[2]))/\(Self.two(parts[1]))/\(parts[0])"
        }
        return "\(parts[2]) \(monthName(parts[1])) \(parts[0])"
    }

    /// The same with the time behind it, where there is one.
    func moment(_ moment: String) -> String {
        let date = self.date(String(moment.prefix(10)))
        let time = moment.dropFirst(10).drop { $0 == "T" || $0 == " " }
        return time.isEmpty ? date : "\(date), \(time)"
    }

    /// `nov 2026`, `Nov 2026`
    func month(_ month: String) -> String {
        guard let parts = Self.parts(month), parts.count == 2 else { return month }
        return "\(monthName(parts[1])) \(parts[0])"
    }

    /// `nov`: for the axis of a chart.
    func shortMonth(_ month: String) -> String {
        guard let parts = Self.parts(month), parts.count == 2 else { return month }
        return monthName(parts[1])
    }

    /// How long: in hours up to two days, in whole days from then on.
    func silence(_ hours: Int64) -> String {
        let isItalian = language == .italian
        if hours < 48 {
            return count(hours, isItalian ? "ora" : "hour", isItalian ? "ore" : "hours")
        }
        return count(hours / 24, isItalian ? "giorno" : "day", isItalian ? "giorni" : "days")
    }

    /// Year, month and day, or year and month; nil if the text is neither.
    private static func parts(_ text: String) -> [Int]? {
        let fields = text.split(separator: "-", omittingEmptySubsequences: false)
        guard fields.count == 2 || fields.count == 3, fields[0].count == 4 else { return nil }
        var parts: [Int] = []
        for (index, field) in fields.enumerated() {
            guard index == 0 || field.count == 2, let number = Int(field), number > 0 else {
                return nil
            }
            parts.append(number)
        }
        return (1...12).contains(parts[1]) && (parts.count == 2 || parts[2] <= 31) ? parts : nil
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private func monthName(_ month: Int) -> String {
        let names =
            language == .italian
            ? ["gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"]
            : ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return names[month - 1]
    }
}
