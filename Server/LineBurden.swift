internal import RientroProtocol
internal import Synchronization

/// What each line of succession has made for people to decide: refused rows that wait, and
/// conflicts of the last hour. A person can look at some hundred a day; an office that makes more
/// without end would hide from them what the other offices need.
final class LineBurden: Sendable {
    private struct Hour {
        /// When its first conflict was listed, in milliseconds since 1970.
        var since: Int64
        var conflicts = 0
    }

    private let hours = Mutex<[Int64: Hour]>([:])

    /// Takes what a change-set has come to, before it is committed. One that makes nothing to
    /// decide is always taken, and so is the first that makes more than there was room for: what
    /// one can make is bounded by its size, and it must not be stuck for ever.
    ///
    /// Throws `CentreError.tooManyRefused` and `CentreError.tooManyConflicts`; then it is to be
    /// undone.
    ///
    /// - Parameters:
    ///   - conflicts: how many it has listed.
    ///   - now: the time, in milliseconds since 1970.
    func take(
        _ outcome: Outcome, conflicts: Int, of line: Int64, _ engine: CentreEngine, now: Int64
    ) throws {
        guard outcome.status == .applied else { return }
        let refused = outcome.items.count { $0.reason != nil }
        if refused > 0 {
            let most = ServerLimits.refusedRowsPerLineMax
            let waiting = try engine.refusalsWaiting(ofLine: line, most: most + refused)
            guard waiting - refused < most else { throw CentreError.tooManyRefused(most: most) }
        }
        if conflicts > 0 { try note(conflicts, of: line, at: now) }
    }

    private func note(_ count: Int, of line: Int64, at now: Int64) throws(CentreError) {
        let window = ServerLimits.conflictsMilliseconds
        let wait: Int64? = hours.withLock { hours in
            var hour = hours[line] ?? Hour(since: now)
            // A clock that was put back begins anew, rather than making everybody wait.
            if now < hour.since || now - hour.since >= window { hour = Hour(since: now) }
            guard hour.conflicts < ServerLimits.conflictsPerLineMax else {
                return hour.since + window - now
            }
            hour.conflicts += count
            hours[line] = hour
            return nil
        }
        guard let wait else { return }
        throw .tooManyConflicts(retryAfterSeconds: Int((wait + 999) / 1_000))
    }
}
