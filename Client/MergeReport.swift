internal import RientroProtocol

/// What a merged answer changed, and what is to be done next.
package struct MergeReport: Equatable, Sendable {
    /// Rows that are new here or changed, by table number.
    package var rows: [Int: Int] = [:]
    /// Which of those rows, in the order of the log, each once for every change: as many as a list
    /// for people may have.
    package var received: [ReceivedRow] = []
    /// Commits that were merged.
    package var commits = 0
    /// Change-sets that the centre acknowledged by this answer.
    package var acknowledged: Int64 = 0
    /// Rows and registers that were refused by this answer.
    package var refusals = 0
    /// Stamps that were corrected by this answer.
    package var corrections = 0
    /// Whether the file was found to be a copy, or put back: it must ask for a new number.
    package var needsNewNumber = false
    /// Whether there is more to send or to pull at once.
    package var isUnfinished = false
    /// Whether there is more to pull at once.
    package var isBehind = false
    /// What SQLite says of a change that the file did not take; nil where it took all.
    package var parkedFact: String?
}

extension MergeReport {
    /// Notes a row that is new here or changed.
    mutating func note(_ change: RowChange) {
        rows[change.table, default: 0] += 1
        guard received.count < SyncReport.receivedMax else { return }
        received.append(ReceivedRow(table: change.table, id: change.id))
    }
}

/// A row that is new here or changed.
package struct ReceivedRow: Equatable, Sendable {
    /// The number of its table.
    package let table: Int
    /// Its id.
    package let id: String
}
