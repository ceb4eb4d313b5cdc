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
    init(_ engine: CentreEngine, _ day: DayTables) throws {
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
        lines = try engine.replicas().filter {
            $0.enrolledAt != nil && $0.revokedAt == nil
        }.map { record in
            let hours = try record.lastSeen.map { try Self.hours(from: $0, day) }
            return OfficeLine(
                replica: record.number, name: record.name, portfolios: record.portfolios.sorted(),
                lastSeen: try record.lastSeen.flatMap { try Self.local($0, day.db) },
                hoursSilent: hours, isLate: hours.map { $0 > Self.hoursMax } ?? true,
                changeSets: record.headNumber,
                unsentKnown: record.unsent,
                behind: try engine.lag(of: record) ?? 0, provenCommit: record.provenCommit,
                lateFacts: late[record.number] ?? 0,
                quarantined: quarantined[record.number] ?? 0)
        }
    }

    private static func local(_ milliseconds: Int64, _ db: Connection) throws -> String? {
        try db.text(
            "SELECT strftime('%Y-%m-%d %H:%M', ? / 1000, 'unixepoch', 'localtime')",
            .integer(milliseconds))
    }

    /// Whole hours from an instant to the end of the day, local; 0 where it is after that.
    private static func hours(from milliseconds: Int64, _ day: DayTables) throws -> Int64 {
        let end =
            try day.db.integer(
                "SELECT CAST(strftime('%s', ?, '+1 day', 'utc') AS INTEGER)", .text(day.date)) ?? 0
        return max(0, (end - milliseconds / 1000) / 3600)
    }
}
