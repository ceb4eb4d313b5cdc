internal import RientroProtocol
internal import RientroSQLite
internal import Synchronization

/// What the server counts about itself. No name, text or token is ever in it.
final class Metrics: Sendable {
    /// A route and the status that it answered.
    struct Answered: Hashable, Sendable {
        let route: String
        let status: Int
    }

    /// The counters.
    struct Book: Sendable {
        var requests: [Answered: Int] = [:]
        var bytesIn = 0
        var bytesOut = 0
        var groups = 0
        var failedGroups = 0
        var tally = GroupTally()
        var waiting = 0
        var refusedConnections: [String: Int] = [:]
        /// What was answered with 429, by the bound that was reached.
        var tooMuch: [String: Int] = [:]
        var snapshotsBuilt = 0
    }

    /// When counting began, in monotonic milliseconds.
    let startedAt = SystemClock.monotonic()
    private let book = Mutex(Book())

    /// The counters as they are now.
    var present: Book { book.withLock { $0 } }

    func addRequest(_ answered: Answered, bytesIn: Int, bytesOut: Int) {
        book.withLock {
            $0.requests[answered, default: 0] += 1
            $0.bytesIn += bytesIn
            $0.bytesOut += bytesOut
        }
    }

    func addGroup(_ tally: GroupTally) {
        book.withLock {
            $0.groups += 1
            $0.tally.add(tally)
        }
    }

    func addFailedGroup() { book.withLock { $0.failedGroups += 1 } }

    func addSnapshot() { book.withLock { $0.snapshotsBuilt += 1 } }

    /// Counts a request that the HTTP server answered by itself, by its reason.
    func addRefusal(_ reason: String) {
        book.withLock { $0.refusedConnections[reason, default: 0] += 1 }
    }

    /// Counts a request of a line, or a source, that had as much as it may, by its bound.
    func addTooMuch(_ bound: String) { book.withLock { $0.tooMuch[bound, default: 0] += 1 } }

    func setWaiting(_ count: Int) { book.withLock { $0.waiting = count } }
}

/// What is read from the database when the metrics are asked for.
struct MetricsGauges: Sendable {
    var replicas: Int64
    var lastCommit: Int64
    var conflictsOpen: Int64
    var quarantineOpen: Int64

    init(_ engine: CentreEngine) throws {
        let db = engine.db
        replicas =
            try db.integer(
                """
                SELECT count(*) FROM replica WHERE enrolled_at IS NOT NULL AND revoked_at IS NULL
                """) ?? 0
        lastCommit = try engine.cursor().commit
        conflictsOpen = try db.integer("SELECT count(*) FROM conflicts") ?? 0
        quarantineOpen =
            try db.integer("SELECT count(*) FROM quarantine WHERE closed_at IS NULL") ?? 0
    }
}
