import Foundation

/// Points in time: local for people, RFC 3339 in UTC for programs.
enum Moments {
    /// Local date and time to the minute, such as `2026-11-21 18:30`.
    static func local(_ date: Date, zone: TimeZone = .current) -> String {
        var style = Date.VerbatimFormatStyle(
            format: """
                \(year: .padded(4))-\(month: .twoDigits)-\(day: .twoDigits) \
                \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\
                \(minute: .twoDigits)
                """, timeZone: zone, calendar: Calendar(identifier: .gregorian))
        style.locale = Locale(identifier: "en_US_POSIX")
        return date.formatted(style)
    }

    /// Local time of the day to the second, such as `18:30:05`.
    static func clock(_ date: Date, zone: TimeZone = .current) -> String {
        var style = Date.VerbatimFormatStyle(
            format: """
                \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\
                \(minute: .twoDigits):\(second: .twoDigits)
                """, timeZone: zone, calendar: Calendar(identifier: .gregorian))
        style.locale = Locale(identifier: "en_US_POSIX")
        return date.formatted(style)
    }

    /// RFC 3339 in UTC with milliseconds, such as `2026-11-21T17:30:05.250Z`.
    static func utc(_ date: Date) -> String {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        return date.formatted(style)
    }

    /// How long ago something was, in a word or two; "just now" also for what a wrong clock puts
    /// into the future.
    static func age(of date: Date, now: Date = Date()) -> String {
        let seconds = now.timeIntervalSince(date)
        guard seconds >= 60 else { return "just now" }
        return "\(length(seconds: seconds)) ago"
    }

    /// A length of time in its largest sensible unit.
    static func length(seconds: Double) -> String {
        let units: [(name: String, seconds: Double)] = [
            ("day", 86_400), ("hour", 3_600), ("minute", 60),
        ]
        for unit in units
        where seconds >= unit.seconds * 2 || unit.name == "minute" && seconds >= 60 {
            // A clock may be off by more than an Int of days; nobody needs to know how far.
            let count = Int(min(seconds / unit.seconds, 1_000_000))
            return count == 1 ? "1 \(unit.name)" : "\(count) \(unit.name)s"
        }
        return "\(Int(max(seconds, 0))) seconds"
    }
}
