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
}
