/// A time of day as people type it for a task: `18`, `18:30`, `9.30`, `18:00-20:00`, or words.
package enum TypedTime {
    /// What to write, for messages.
    package static let forms =
        "a time such as 18:30 or 18:00-20:00, or words such as afternoon or pomeriggio"

    /// The time as it is kept: hours and minutes in two digits each, a span with the earlier one
    /// first, words as they were typed. Nil where it has digits and is no time that exists.
    package static func kept(_ typed: String) -> String? {
        let text = typed.trimmed
        guard text.contains(where: \.isNumber) else { return text.isEmpty ? nil : text }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let times = parts.compactMap { time(String($0).trimmed) }
        guard times.count == parts.count, (1...2).contains(times.count) else { return nil }
        if times.count == 2, times[0] >= times[1] { return nil }
        return times.joined(separator: "-")
    }

    private static func time(_ text: String) -> String? {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "." }
        guard (1...2).contains(parts.count), let hour = number(parts[0], below: 24) else {
            return nil
        }
        guard parts.count == 2 else { return "\(hour):00" }
        guard parts[1].count == 2, let minute = number(parts[1], below: 60) else { return nil }
        return "\(hour):\(minute)"
    }

    private static func number(_ text: Substring, below limit: Int) -> String? {
        guard (1...2).contains(text.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
            let number = Int(text), number < limit
        else { return nil }
        return number < 10 ? "0\(number)" : "\(number)"
    }
}
