internal import RientroProtocol
internal import RientroSQLite
internal import Synchronization

/// Where long polls wait for commits. The writer of this process tells of its own; what other
/// processes commit is noticed by `PRAGMA data_version`, looked at only while anyone waits. A
/// waiting request holds no thread.
actor CommitWatch {
    private struct Waiter {
        let replica: Int64
        let portfolios: Set<String>
        let until: Int64
        let continuation: CheckedContinuation<Void, Never>
    }

    private let executor = ConnectionExecutor(label: "rientro.watch")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let db: Connection
    private let metrics: Metrics
    private var waiters: [Int: Waiter] = [:]
    private var nextID = 0
    private var lastCommit: Int64 = 0
    private var version: Int64 = 0
    private var isPolling = false
    private var isStopped = false

    init(centre: Centre, metrics: Metrics) throws {
        db = try centre.connect(.readOnly)
        self.metrics = metrics
    }

    /// Waits until there is a commit above `commit` with a part for one of the portfolios, the
    /// replica is revoked, `until` (monotonic milliseconds) has come, the caller's task is
    /// cancelled, or the watch has stopped: false then, true where another look is worth it. It may
    /// also return true for nothing.
    func wait(
        replica: Int64, portfolios: Set<String>, after commit: Int64, until: Int64
    ) async -> Bool {
        let id = nextID
        nextID += 1
        // A file that cannot be read now is looked at again at the next poll.
        let mustWait = (try? !isThere(after: commit, for: portfolios)) ?? true
        guard !isStopped else { return false }
        guard mustWait, SystemClock.monotonic() < until else { return true }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // The cancellation may have come before there was anything to cancel.
                guard !Task.isCancelled else { return continuation.resume() }
                waiters[id] = Waiter(
                    replica: replica, portfolios: portfolios, until: until,
                    continuation: continuation)
                metrics.setWaiting(waiters.count)
                startPolling()
            }
        } onCancel: {
            Task { await self.wake([id]) }
        }
        return !isStopped
    }

    /// Looks for commits at once: for the writer of this process, after its own.
    func look() {
        guard !waiters.isEmpty, let now = try? db.integer("PRAGMA data_version"), now != version
        else { return }
        do {
            let touched = try portfoliosTouched()
            let revoked = Set(
                try db.rows("SELECT number FROM replica WHERE revoked_at IS NOT NULL") {
                    $0.integer(0)
                })
            version = now
            wake(
                waiters.filter {
                    !$1.portfolios.isDisjoint(with: touched) || revoked.contains($1.replica)
                }.map(\.key))
        } catch {
            // The version stays the old one, so that the next poll looks again.
        }
    }

    /// Wakes everybody, and lets nobody wait from now on.
    func stop() {
        isStopped = true
        wake(Array(waiters.keys))
    }

    private func portfoliosTouched() throws -> Set<String> {
        let touched = try db.rows(
            "SELECT DISTINCT portfolio FROM commit_part WHERE number > ?", .integer(lastCommit)
        ) { $0.text(0) }
        lastCommit = try db.integer("SELECT max(number) FROM commit_log") ?? 0
        return Set(touched)
    }

    private func isThere(after commit: Int64, for portfolios: Set<String>) throws -> Bool {
        let last = try db.integer("SELECT max(number) FROM commit_log") ?? 0
        // What nobody waited for needs no search when the next one begins to wait.
        if waiters.isEmpty { lastCommit = last }
        guard last > commit else { return false }
        var found = false
        try db.forEach(
            "SELECT DISTINCT portfolio FROM commit_part WHERE number > ?", [.integer(commit)]
        ) { found = found || portfolios.contains($0.text(0)) }
        return found
    }

    private func startPolling() {
        guard !isPolling else { return }
        isPolling = true
        Task { await poll() }
    }

    private func poll() async {
        while !waiters.isEmpty {
            try? await Task.sleep(for: .milliseconds(ServerLimits.pollMilliseconds))
            look()
            let now = SystemClock.monotonic()
            wake(waiters.filter { $1.until <= now }.map(\.key))
        }
        isPolling = false
    }

    private func wake(_ ids: [Int]) {
        for id in ids { waiters.removeValue(forKey: id)?.continuation.resume() }
        metrics.setWaiting(waiters.count)
    }
}
