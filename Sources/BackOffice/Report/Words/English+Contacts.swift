/// What the chart of contacts says, in English.
extension English {
    func insight(_ finding: ContactChart.Finding) -> Insight {
        let attempts = numerals.count(finding.attempts, "attempt", "attempts")
        let rate = share(finding.rightParty, finding.attempts)
        let start = "Of \(attempts), \(rate) reached the right person."
        if finding.outOfHours > 0 {
            let attempts = numerals.count(finding.outOfHours, "attempt", "attempts")
            return Insight(
                "\(start) \(attempts) fell outside \(hoursOfCalls).",
                "Check the clocks of those machines, and that nobody calls at such hours.")
        }
        guard finding.attempts >= ContactChart.attemptsThatTell else {
            return Insight("\(start) That is too few to tell an hour from another.")
        }
        guard let best = finding.best, finding.rightParty > 0 else {
            return Insight(
                start,
                finding.rightParty == 0 ? "Check the numbers, and try at other hours." : nil)
        }
        let bestRate = share(best.rightParty, best.attempts)
        if best.hour == finding.busiest.hour {
            return Insight(
                "\(start) The best hour, \(hours(best.hour)), is also the busiest: \(bestRate).",
                "Keep contacts concentrated in that hour.")
        }
        let busyRate = share(finding.busiest.rightParty, finding.busiest.attempts)
        return Insight(
            "\(start) The best hour is \(hours(best.hour)) with \(bestRate); the busiest,"
                + " \(hours(finding.busiest.hour)), gives \(busyRate).",
            "Move some of the attempts towards \(best.hour) o’clock.")
    }

    private var hoursOfCalls: String {
        "\(ContactChart.callHours.lowerBound)–\(ContactChart.callHours.upperBound + 1)"
    }
}
