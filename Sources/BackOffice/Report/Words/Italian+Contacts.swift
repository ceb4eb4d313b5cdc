/// What the chart of contacts says, in Italian.
extension Italian {
    func insight(_ finding: ContactChart.Finding) -> Insight {
        let attempts = numerals.count(finding.attempts, "tentativo", "tentativi")
        let rate = the(finding.rightParty, finding.attempts)
        let start = "Su \(attempts) \(rate) ha raggiunto la persona giusta."
        if finding.outOfHours > 0 {
            let attempts = numerals.count(finding.outOfHours, "tentativo cade", "tentativi cadono")
            return Insight(
                "\(start) \(attempts) fuori dalle ore \(hoursOfCalls).",
                "Verificare gli orologi di quelle macchine, e che a quelle ore non chiami nessuno.")
        }
        guard finding.attempts >= ContactChart.attemptsThatTell else {
            return Insight("\(start) Sono troppo pochi per distinguere un’ora dall’altra.")
        }
        guard let best = finding.best, finding.rightParty > 0 else {
            return Insight(
                start, finding.rightParty == 0 ? "Verificare i recapiti e cambiare orario." : nil)
        }
        if best.hour == finding.busiest.hour {
            let rate = share(best.rightParty, best.attempts)
            return Insight(
                "\(start) L’ora migliore, \(hours(best.hour)), è anche la più usata: \(rate).",
                "Mantenere la concentrazione dei contatti in quell’ora.")
        }
        let bestRate = the(best.rightParty, best.attempts)
        let busyRate = the(finding.busiest.rightParty, finding.busiest.attempts)
        return Insight(
            "\(start) L’ora migliore è \(hours(best.hour)), con \(bestRate); la più usata,"
                + " \(hours(finding.busiest.hour)), dà \(busyRate).",
            "Spostare una parte dei tentativi verso le ore \(best.hour).")
    }

    private var hoursOfCalls: String {
        "\(ContactChart.callHours.lowerBound)–\(ContactChart.callHours.upperBound + 1)"
    }
}
