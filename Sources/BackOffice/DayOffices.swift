internal import RientroProtocol
internal import RientroSQLite
internal import RientroServer

/// How the offices stand with the centre: who has synced up to when, and who is late.
struct DayOffices {
    /// Hours of silence after which an office is late: a whole day, so that an office that works
    /// by day and is switched off at night is not.
    static let hoursMax: Int64 = 24

    /// Every office that is live, by number.
    let lines: [OfficeLine]

    /// - Parameters:
    ///   - engine: of the frozen centre.
    ///   - day: its tables.
    ///   - moment: when it was frozen, in milliseconds since 1970.
    init(_ engine: CentreEngine, _ day: DayTables, at moment: Int64) throws {
        let late = Dictionary(
            try day.db.rows(
                "SELECT replica, count(*) FROM day_fact WHERE is_late GROUP BY replica"
            ) { ($0.integer(0), $0.integer(1)) }, uniquingKeysWith: +)
        let quarantined = Dictionary(
            try day.db.rows(
                """
                SELECT replica, count(*) FROM main.quarantine WHERE closed_at IS NULL
                GROUP BY replica
                """
            ) { ($0.integer(0), $0.integer(1)) }, uniquingKeysWith: +)
        let end = min(moment, try Self.end(of: day))
        let commit = try engine.cursor().commit
        lines = try engine.replicas().filter {
            $0.enrolledAt != nil && $0.revokedAt == nil
        }.map { record in
            let hours = record.lastSeen.map { max(0, end.clampedSubtracting($0) / 3_600_000) }
            return OfficeLine(
                replica: record.number, name: record.name, portfolios: record.portfolios.sorted(),
                lastSeen: try record.lastSeen.flatMap { try Self.local($0, day.db) },
                hoursSilent: hours, isLate: hours.map { $0 > Self.hoursMax } ?? true,
                changeSets: record.headNumber,
                // An office may tell what it likes of itself; none ends the night by it.
                unsentKnown: min(record.unsent, CloseLimits.unsentMax),
                behind: try engine.lag(of: record) ?? 0,
                provenCommit: record.provenCommit.map { min($0, commit) },
                lateFacts: late[record.number] ?? 0,
                quarantined: quarantined[record.number] ?? 0)
        }
    }

    private static func local(_ milliseconds: Int64, _ db: Connection) throws -> String? {
        try db.text(
            "SELECT strftime('%Y-%m-%d %H:%M', ? / 1000, 'unixepoch', 'localtime')",
            .integer(milliseconds))
    }

    /// The end of the day, local, in milliseconds since 1970.
    private static func end(of day: DayTables) throws -> Int64 {
        let seconds = try day.db.integer(
            "SELECT CAST(strftime('%s', ?, '+1 day', 'utc') AS INTEGER)", .text(day.date))
        return (seconds ?? 0) * 1000
    }
}
