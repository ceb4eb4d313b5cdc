internal import RientroProtocol
internal import RientroSQLite

/// The line of succession: a file that is found to be a copy goes on under a new number, and so
/// does an office that lost its token. Each number knows the one before it.
extension CentreEngine {
    /// The number and all that came before it: under these its file has written.
    func line(of replica: Int64) throws -> Set<Int64> {
        let numbers = try db.rows(
            """
            WITH RECURSIVE line(number) AS (
              SELECT ?1 UNION
              SELECT r.succeeds FROM line JOIN replica AS r ON r.number = line.number
              WHERE r.succeeds IS NOT NULL)
            SELECT number FROM line
            """, .integer(replica)
        ) { $0.integer(0) }
        return Set(numbers)
    }

    /// Revokes the token and the waiting code of a number and of all that came after it, at once:
    /// whoever has its token may have got a number by it. Returns what was revoked now, ascending.
    ///
    /// Call it inside a transaction. Throws `CentreError.unknown`.
    @discardableResult
    package func revoke(replica: Int64, now: Int64) throws -> [Int64] {
        guard
            try db.integer("SELECT 1 FROM replica WHERE number = ?", .integer(replica)) == 1
        else { throw CentreError.unknown(what: "replica", id: "\(replica)") }
        let live = try db.rows(
            """
            WITH RECURSIVE heirs(number) AS (
              SELECT ?1 UNION
              SELECT r.number FROM heirs JOIN replica AS r ON r.succeeds = heirs.number)
            SELECT number FROM heirs JOIN replica USING (number)
            WHERE revoked_at IS NULL ORDER BY number
            """, .integer(replica)
        ) { $0.integer(0) }
        for number in live { try end(number, now: now) }
        return live
    }

    /// Ends the token and the waiting code of one number.
    func end(_ number: Int64, now: Int64) throws {
        try db.run(
            """
            UPDATE replica SET revoked_at = coalesce(revoked_at, ?), code_hash = NULL
            WHERE number = ?
            """, .integer(now), .integer(number))
    }

    /// Throws `CentreError.badToken` where the number was revoked since its token was looked at: a
    /// request may have waited for the writer meanwhile.
    func checkNotRevoked(_ replica: Int64) throws {
        let isRevoked = try db.integer(
            "SELECT revoked_at IS NOT NULL FROM replica WHERE number = ?", .integer(replica))
        guard isRevoked != 1 else { throw CentreError.badToken }
    }

    /// Throws `CentreError.tooManyNumbers` where the line has got as many numbers lately as it may:
    /// each is gone for good, and one token could use up all of them.
    ///
    /// Numbers of a time that is still to come, by a clock that was ahead once, do not count.
    func checkMayRenumber(_ replica: Int64, now: Int64) throws {
        let window = ServerLimits.renumberingsMilliseconds
        let (most, after) = (ServerLimits.renumberingsMax, now - window)
        let oldest = try db.integer(
            """
            WITH RECURSIVE before(number, succeeds) AS (
              SELECT number, succeeds FROM replica WHERE number = ?1 UNION
              SELECT r.number, r.succeeds FROM before
              JOIN replica AS r ON r.number = before.succeeds),
            line(number) AS (
              SELECT number FROM before WHERE succeeds IS NULL UNION
              SELECT r.number FROM line JOIN replica AS r ON r.succeeds = line.number)
            SELECT r.added_at FROM line JOIN replica AS r USING (number)
            WHERE r.succeeds IS NOT NULL AND r.code_expires IS NULL
              AND r.added_at > ?2 AND r.added_at <= ?3
            ORDER BY r.added_at DESC LIMIT 1 OFFSET ?4
            """,
            .integer(replica), .integer(after), .integer(now), SQLiteValue(most - 1))
        guard let oldest else { return }
        // In whole seconds, never too early.
        let seconds = (oldest - after + 999) / 1_000
        throw CentreError.tooManyNumbers(retryAfterSeconds: Int(seconds))
    }
}
