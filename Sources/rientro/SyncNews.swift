import RientroClient
import Terminal

/// What a sync leaves behind for `rientro changes`.
struct SyncNews: Equatable, Sendable {
    /// Accounts with something new.
    let accounts: Int
    /// Rows that came and were not kept, since only the first of a sync are.
    let left: Int

    /// Keeps what a sync brought. It never takes back what the sync did: where it cannot be kept,
    /// that is said, and there is no news.
    static func keep(
        _ report: SyncReport, _ office: Office, _ output: Output
    ) async -> SyncNews? {
        let left = report.rowsReceived - report.received.count
        do throws(OfficeError) {
            let accounts = try await Arrival.keep(
                report.received.map { ($0.table, $0.id) }, office)
            return SyncNews(accounts: accounts, left: left)
        } catch {
            output.complain(
                "ATTENTION: all of it has come, but `rientro changes` could not keep what changed:"
                    + " \(error.sentence).")
            return nil
        }
    }

    /// In words for a clerk, a sentence a line.
    var lines: [String] {
        var lines: [String] = []
        if accounts > 0 {
            lines.append(
                "\(SyncSummary.count(accounts, "account")) changed: `rientro changes` lists them.")
        }
        if left > 0 {
            lines.append(
                "`rientro changes` leaves out \(SyncSummary.count(left, "row")): it keeps the first"
                    + " \(SyncReport.receivedMax) of a sync.")
        }
        return lines
    }
}
