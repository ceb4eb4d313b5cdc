import Portfolio
import RientroClient

/// What stands on top of an account where nobody is to call.
enum AccountBanner {
    /// The lines; empty where nothing stops work.
    static func lines(_ file: AccountFile, _ speech: Speech) -> [String] {
        var lines = file.stops.map { "!! " + $0.line(speech) }
        let status = file.account["status"].shown
        if DebtorPortfolio.quietStatuses.contains(status) || status.hasPrefix("closed_") {
            let reason = file.account["status_reason"].text.map { ", \($0)" } ?? ""
            lines.append(
                speech(
                    "!! The account is \(file.statusLabel)\(reason).",
                    "!! La pratica è \(file.statusLabel)\(reason)."))
        }
        guard !lines.isEmpty else { return [] }
        if !file.stops.isEmpty {
            lines.append(
                speech(
                    "!! Nobody calls. What is written all the same asks why (--because TEXT).",
                    "!! Non si chiama. Quello che si scrive lo stesso chiede perché (--because"
                        + " TESTO)."))
        }
        return lines + [""]
    }
}
