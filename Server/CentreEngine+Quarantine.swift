internal import RientroSQLite

extension CentreEngine {
    /// Closes a refusal that a person does not want: the row is not tried again and waits no more.
    /// It stays in the table and in the log, for audit. The same row of the same change-set, where
    /// it was refused more than once, is closed with it.
    ///
    /// Call it inside a transaction. Returns how many refusals were closed; 0 where it was closed
    /// already. Throws `CentreError.unknown` for a number that is not there.
    ///
    /// - Parameters:
    ///   - number: the refusal's number, `quarantine.seq`.
    ///   - now: the time, in milliseconds since 1970.
    package func discardRefusal(_ number: Int64, now: Int64) throws -> Int {
        guard
            try db.integer("SELECT 1 FROM quarantine WHERE seq = ?", .integer(number)) == 1
        else { throw CentreError.unknown(what: "refusal", id: "\(number)") }
        return try db.run(
            """
            UPDATE quarantine SET closed_at = ?1
            WHERE closed_at IS NULL AND (replica, n, tab, row, register) = (
              SELECT replica, n, tab, row, register FROM quarantine WHERE seq = ?2)
            """,
            .integer(now), .integer(number))
    }

    /// Closes all refusals of an office, of a table and for a reason: whatever one office sent, a
    /// person is rid of it in one step. Nil means any.
    ///
    /// Call it inside a transaction. Returns how many refusals were closed.
    ///
    /// - Parameters:
    ///   - replica: the number of the office.
    ///   - table: the number of the table.
    ///   - reason: the word of the reason.
    ///   - date: only those refused up to this local date.
    ///   - now: the time, in milliseconds since 1970.
    package func discardRefusals(
        replica: Int64?, table: Int64?, reason: String?, upTo date: String, now: Int64
    ) throws -> Int {
        try db.run(
            """
            UPDATE quarantine SET closed_at = ?1
            WHERE closed_at IS NULL AND (?2 IS NULL OR replica = ?2) AND (?3 IS NULL OR tab = ?3)
              AND (?4 IS NULL OR reason = ?4)
              AND date(refused_at / 1000, 'unixepoch', 'localtime') <= ?5
            """,
            .integer(now), replica.map { .integer($0) } ?? .null,
            table.map { .integer($0) } ?? .null, reason.map { .text($0) } ?? .null, .text(date))
    }
}
