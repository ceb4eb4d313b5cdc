internal import RientroProtocol

/// What a group did, counted while it is applied and added to the metrics after its commit.
struct GroupTally: Equatable, Sendable {
    /// Change-sets by what became of them.
    var outcomes: [Outcome.Status: Int] = [:]
    /// Refused rows and registers, by reason.
    var refusals: [RefusalReason: Int] = [:]
    /// Corrected stamps.
    var corrections = 0
    /// Bytes of the change-sets that were applied.
    var bytes = 0
    /// Commits of the log.
    var commits: Int64 = 0
    /// Rows written in the database.
    var rows: Int64 = 0

    /// Counts the outcome of a change-set of so many bytes. What was applied before is counted as
    /// such and no more: its refusals were counted then.
    mutating func add(_ outcome: Outcome, bytes size: Int) {
        outcomes[outcome.status, default: 0] += 1
        guard outcome.status == .applied else { return }
        bytes += size
        for item in outcome.items {
            if let reason = item.reason {
                refusals[reason, default: 0] += 1
            } else {
                corrections += 1
            }
        }
    }

    mutating func add(_ other: GroupTally) {
        outcomes.merge(other.outcomes, uniquingKeysWith: +)
        refusals.merge(other.refusals, uniquingKeysWith: +)
        corrections += other.corrections
        bytes += other.bytes
        commits += other.commits
        rows += other.rows
    }
}
