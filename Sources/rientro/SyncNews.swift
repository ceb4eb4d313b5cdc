import RientroClient
import Terminal

/// What a sync leaves behind for `rientro changes`.
struct SyncNews: Equatable, Sendable {
    /// Accounts with something new.
    let accounts: Int
    /// Rows that came and were not kept, since only the first of a sync are.
    let left: Int

    /// Keeps what a sync brought, also one that failed later, and says so. It never takes back what
    /// the sync did: where it cannot be kept, that is said, and there is no news.
    @discardableResult
    static func tell(
        _ report: SyncReport, _ office: Office, _ session: Session
    ) async -> SyncNews? {
        let left = report.rowsReceived - report.received.count
        do throws(OfficeError) {
            let accounts = try await Arrival.keep(
                report.received.map { ($0.table, $0.id) }, office)
            let news = SyncNews(accounts: accounts, left: left)
            for line in news.lines { session.output.say(line) }
            return news
        } catch {
            session.output.complain(
                "ATTENTION: what came is in the file, but `rientro changes` could not keep it:"
                    + " \(error.sentence).")
            return nil
        }
    }

    /// In words for a clerk, a sentence a line.
    private var lines: [String] {
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
