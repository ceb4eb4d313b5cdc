/// Decides when progress is shown and with which words. It has no clock and writes nothing.
struct ProgressMeter: Sendable {
    let label: String
    let total: Int?
    let language: Language
    let isTerminal: Bool
    private let start: Int64
    private var shown: Int64?
    private var done = 0

    /// - Parameter now: milliseconds, as in every call that follows.
    init(label: String, total: Int?, language: Language, isTerminal: Bool, now: Int64) {
        self.label = Visible.word(label)
        self.total = total
        self.language = language
        self.isTerminal = isTerminal
        start = now
    }

    /// The text to show now, or nil if it is not time for one.
    mutating func advance(to done: Int, now: Int64) -> String? {
        self.done = done
        let age = now.subtractingReportingOverflow(start).partialValue
        guard age >= TerminalLimits.progressQuietMilliseconds else { return nil }
        let pause =
            isTerminal
            ? TerminalLimits.progressRedrawMilliseconds
            : TerminalLimits.progressLineMilliseconds
        let since = now.subtractingReportingOverflow(shown ?? start).partialValue
        // A terminal shows something after one second, a file after the first pause.
        guard since >= pause else { return nil }
        shown = now
        return text(age: age)
    }

    /// Whether something was shown, which a terminal has to wipe at the end.
    var wasShown: Bool { shown != nil }

    private func text(age: Int64) -> String {
        let count = Money.grouped(Int64(done), language: language)
        guard let total, total > 0 else { return "\(label): \(count)" }
        let share = min(1, max(0, Double(done) / Double(total)))
        let whole = Money.grouped(Int64(total), language: language)
        var text = "\(label): \(Int(share * 100)) %, \(count) of \(whole)"
        if age >= TerminalLimits.progressGuessMilliseconds, share > 0, share < 1 {
            text += ", \(Self.duration(seconds: Double(age) / 1000 * (1 - share) / share)) left"
        }
        return text
    }

    private static func duration(seconds: Double) -> String {
        guard seconds < 86_400 else { return "more than a day" }
        let whole = Int(seconds.rounded(.up))
        if whole < 120 { return "about \(whole) s" }
        let minutes = (whole + 59) / 60
        if minutes < 120 { return "about \(minutes) min" }
        return "about \((minutes + 59) / 60) h"
    }
}
