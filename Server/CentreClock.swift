internal import RientroSQLite

/// How a machine's clock stands against the centre's log. Times are milliseconds since 1970.
///
/// The time of commits never goes back. So a clock that was ahead once leaves commits of a time
/// that is still to come, and a clock that is behind looks the same: a person must say which it is.
package struct CentreClock: Equatable, Sendable {
    /// How far the last commit is ahead of the clock; 0 where it is not.
    package let ahead: Int64
    /// How far the clock is behind what is known to be past: the last commit, or where a person has
    /// said that the clock was right while that was ahead already, the moment when he said so.
    package let behind: Int64

    /// Whether the last commit is so far ahead that people are told.
    package var isLogAhead: Bool { ahead > ServerLimits.clockBehindMillisecondsMax }
    /// Whether the clock must be taken for wrong.
    package var isWrong: Bool { behind > ServerLimits.clockBehindMillisecondsMax }

    init(_ engine: CentreEngine, now: Int64) throws {
        let last = try engine.lastCommitTime() ?? 0
        let until = try engine.setting(Self.untilName) ?? 0
        let known = last > until ? last : try engine.setting(Self.rightName) ?? 0
        ahead = max(0, last - max(now, 0))
        behind = max(0, known - max(now, 0))
    }

    /// The settings that a person's word is kept in: up to which time commits are known to be
    /// ahead, and when he said so.
    static let untilName = "clock_ahead_until"
    static let rightName = "clock_right_at"
}

extension CentreEngine {
    /// How the machine's clock stands against the log. Throws `SQLiteError`.
    package func clock(now: Int64) throws -> CentreClock { try CentreClock(self, now: now) }

    /// Keeps a person's word that the clock is right now, and that commits which are ahead of it
    /// were made while it was ahead. Call it inside a transaction. Throws `SQLiteError`.
    package func noteClockIsRight(now: Int64) throws {
        let settings = [
            (CentreClock.untilName, try lastCommitTime() ?? 0), (CentreClock.rightName, now),
        ]
        for (name, value) in settings {
            try db.run(
                """
                INSERT INTO setting(name, value) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """, .text(name), .text("\(value)"))
        }
    }

    func setting(_ name: String) throws -> Int64? {
        try db.text("SELECT value FROM setting WHERE name = ?", .text(name)).flatMap { Int64($0) }
            .map { max($0, 0) }
    }
}
