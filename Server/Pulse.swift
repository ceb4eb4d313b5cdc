internal import Synchronization

/// When the database was last seen to answer, so that `/healthz`, which anybody may ask for as
/// often as they like, keeps no reader from those who sync.
final class Pulse: Sendable {
    private let seenAt = Atomic<Int64>(.min)

    /// Whether it answered within `ServerLimits.pulseMilliseconds` before this monotonic time.
    func isFresh(at now: Int64) -> Bool {
        let seen = seenAt.load(ordering: .relaxed)
        return seen != .min && now - seen < ServerLimits.pulseMilliseconds
    }

    /// Notes that it answered a question that was asked at this monotonic time.
    func note(at now: Int64) { seenAt.store(now, ordering: .relaxed) }
}
