internal import Glibc
package import RientroProtocol
internal import RientroSQLite

/// How a centre stands, in counts, for `rientro-server status`. Times are milliseconds since 1970.
package struct CentreStatus: Equatable, Sendable {
    /// One office.
    package struct Office: Equatable, Sendable {
        /// What the centre knows of it.
        package let record: ReplicaRecord
        /// Commits for its portfolios above what it had seen when it was last heard of, its own
        /// left out. What its last answer brought it confirms by its next request, so an office
        /// that has just synced may still show that. Nil while it is not enrolled, or once it is
        /// revoked.
        package let lag: Int64?
    }

    /// The cursor at the last commit.
    package let cursor: Cursor
    /// The time of the last commit; nil before the first.
    package let lastCommitAt: Int64?
    /// How the machine's clock stands against the log.
    package let clock: CentreClock
    /// All offices, by number.
    package let offices: [Office]
    /// Change-sets of offices that were taken.
    package let changeSets: Int64
    /// Refused rows and registers that wait for a person.
    package let quarantineOpen: Int64
    /// Conflicts that nobody has decided yet.
    package let conflictsOpen: Int64
    /// Bytes of the database, with its write-ahead log.
    package let databaseBytes: Int64
    /// Whether a server runs on the folder.
    package let isServing: Bool

    /// Reads the status of a centre, in one read transaction; works beside a running server.
    ///
    /// Throws `CentreError.notACentre`, `SQLiteError`.
    package init(_ centre: Centre, now: Int64 = SystemClock.now()) throws {
        let engine = try centre.engine(.readOnly)
        self = try engine.db.transaction(.deferred) { try Self(engine, centre, now: now) }
    }

    private init(_ engine: CentreEngine, _ centre: Centre, now: Int64) throws {
        let db = engine.db
        cursor = try engine.cursor()
        lastCommitAt = try engine.lastCommitTime()
        clock = try engine.clock(now: now)
        offices = try engine.replicas().map { Office(record: $0, lag: try engine.lag(of: $0)) }
        changeSets = try db.integer("SELECT count(*) FROM change_set WHERE replica > 0") ?? 0
        quarantineOpen =
            try db.integer("SELECT count(*) FROM quarantine WHERE closed_at IS NULL") ?? 0
        conflictsOpen = try db.integer("SELECT count(*) FROM conflicts") ?? 0
        databaseBytes = Self.bytes(centre.file) + Self.bytes(centre.file + "-wal")
        isServing = try centre.isServing()
    }

    private static func bytes(_ path: String) -> Int64 {
        var facts = stat()
        return stat(path, &facts) == 0 ? Int64(facts.st_size) : 0
    }
}

extension CentreEngine {
    /// Commits for an office that it had not seen when it was last heard of, its own left out; nil
    /// while it is not enrolled, or once it is revoked.
    package func lag(of record: ReplicaRecord) throws -> Int64? {
        guard record.enrolledAt != nil, record.revokedAt == nil else { return nil }
        let portfolios = Set(record.portfolios + [""])
        var commits: Set<Int64> = []
        try db.forEach(
            """
            SELECT p.number, p.portfolio FROM commit_part AS p
            JOIN commit_log AS l ON l.number = p.number
            WHERE p.number > ? AND NOT (l.replica = ? AND l.is_clean = 1)
            """, [.integer(record.seenCommit), .integer(record.number)]
        ) { if portfolios.contains($0.text(1)) { commits.insert($0.integer(0)) } }
        return Int64(commits.count)
    }
}
