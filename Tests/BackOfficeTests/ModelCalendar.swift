import Foundation

/// Days and months by Foundation's calendar, for a model that shares no code with the product.
struct ModelCalendar {
    private let plain: Calendar
    private let rome: Calendar

    init() {
        var plain = Calendar(identifier: .gregorian)
        plain.timeZone = .gmt
        self.plain = plain
        var rome = Calendar(identifier: .gregorian)
        if let zone = TimeZone(identifier: "Europe/Rome") { rome.timeZone = zone }
        self.rome = rome
    }

    /// Days since 1970.
    func number(_ day: String) -> Int {
        let parts = day.split(separator: "-").map { Int($0) ?? 0 }
        let date = plain.date(
            from: DateComponents(year: parts[0], month: parts[1], day: parts[2]))
        return Int(date?.timeIntervalSince1970 ?? 0) / 86_400
    }

    func day(_ number: Int) -> String {
        text(plain, Date(timeIntervalSince1970: Double(number) * 86_400))
    }

    /// The day in Rome, and the hour that its clocks show.
    func local(_ instant: Date) -> (day: String, hour: Int) {
        (text(rome, instant), rome.component(.hour, from: instant))
    }

    /// The largest number of months that can be added to one day without going beyond another.
    func months(from start: String, to end: String) -> Int {
        let first = Date(timeIntervalSince1970: Double(number(start)) * 86_400)
        let last = Date(timeIntervalSince1970: Double(number(end)) * 86_400)
        var months = 0
        while let next = plain.date(byAdding: .month, value: months + 1, to: first), next <= last {
            months += 1
        }
        return months
    }

    private func text(_ calendar: Calendar, _ date: Date) -> String {
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        return String(
            format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
    }
}
