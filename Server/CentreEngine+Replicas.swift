internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// Who may come: offices with their portfolios and their codes.
extension CentreEngine {
    /// Makes room for an office and returns its number and its one-time code. Call it inside a
    /// transaction.
    ///
    /// Throws `CentreError.unknown` for a portfolio that is not there, `CentreError.noNumberLeft`.
    package func addReplica(
        name: String, portfolios: [String], now: Int64
    ) throws -> (replica: Int64, code: String) {
        try check(portfolios: portfolios)
        let number = try nextNumber()
        try db.run(
            "INSERT INTO replica(number, name, added_at) VALUES (?, ?, ?)", .integer(number),
            .text(name), .integer(now))
        try grant(portfolios, to: number)
        return (number, try newCode(for: number, now: now))
    }

    /// Makes a new code for an office that has not used its first. Call it inside a transaction.
    package func newCode(for replica: Int64, now: Int64) throws -> String {
        let code = EnrolmentCode.make(random: try random(20))
        try db.run(
            """
            UPDATE replica SET code_hash = ?, code_expires = ?
            WHERE number = ? AND enrolled_at IS NULL AND revoked_at IS NULL
            """,
            .blob(EnrolmentCode.hash(code).bytes),
            .integer(now + EnrolmentCode.lifetimeMilliseconds), .integer(replica))
        guard db.changes == 1 else {
            throw CentreError.unknown(what: "waiting replica", id: "\(replica)")
        }
        return code
    }

    /// Makes a code for an office that has enrolled and lost its token, or whose token was revoked:
    /// who enrols with it gets a new number with the same portfolios, and ends the token of the
    /// old one. Returns the new number; asked again before that, the same with another code.
    ///
    /// Call it inside a transaction. Throws `CentreError.unknown` for a number that never enrolled,
    /// `CentreError.noNumberLeft`.
    package func newCodeAgain(
        for replica: Int64, now: Int64
    ) throws -> (replica: Int64, code: String) {
        let enrolled = try db.integer(
            "SELECT 1 FROM replica WHERE number = ? AND enrolled_at IS NOT NULL",
            .integer(replica))
        guard enrolled == 1 else {
            throw CentreError.unknown(what: "enrolled replica", id: "\(replica)")
        }
        let waiting = try db.integer(
            """
            SELECT number FROM replica
            WHERE succeeds = ? AND enrolled_at IS NULL AND revoked_at IS NULL
            """, .integer(replica))
        if let waiting { return (waiting, try newCode(for: waiting, now: now)) }
        let number = try nextNumber()
        try db.run(
            """
            INSERT INTO replica(number, name, succeeds, added_at)
            SELECT ?1, name, number, ?2 FROM replica WHERE number = ?3
            """, .integer(number), .integer(now), .integer(replica))
        try grant(try portfolios(of: replica), to: number)
        return (number, try newCode(for: number, now: now))
    }

    /// All offices, by number.
    package func replicas() throws -> [ReplicaRecord] {
        // In a file that no program has opened for writing since, nothing was told yet. A number
        // that a program took from an office before it had a range is out of it, not believed.
        let told =
            try CentreTables.missingColumns(on: db).isEmpty
            ? """
            min(max(told_head, 0), \(Limits.changeSetNumberMax)) AS told_head, told_hash,
              min(max(proven_commit, 0), \(Limits.commitNumberMax)) AS proven_commit,
              told_schema, told_portfolios
            """
            : """
            0 AS told_head, NULL AS told_hash, NULL AS proven_commit,
              NULL AS told_schema, NULL AS told_portfolios
            """
        return try db.rows(
            """
            SELECT r.number, r.name, r.enrolled_at, r.revoked_at, r.last_seen, r.seen_commit,
              r.succeeds, r.succeeds IS NOT NULL AND r.code_expires IS NULL,
              (SELECT max(n) FROM change_set AS c WHERE c.replica = r.number),
              r.told_head, r.proven_commit,
              EXISTS (
                SELECT 1 FROM change_set_name AS a
                WHERE a.replica = r.number AND a.n = r.told_head AND a.hash = r.told_hash),
              r.told_schema, r.told_portfolios
            FROM (
              SELECT number, name, enrolled_at, revoked_at, last_seen, seen_commit, succeeds,
                code_expires, \(told)
              FROM replica) AS r ORDER BY r.number
            """
        ) { row in
            let (head, told) = (row.integer(8), row.integer(9))
            let cameUnderAnother = row.integer(11) == 1
            return ReplicaRecord(
                number: row.integer(0), name: row.text(1),
                portfolios: try self.portfolios(of: row.integer(0)),
                enrolledAt: row.optionalInteger(2), revokedAt: row.optionalInteger(3),
                lastSeen: row.optionalInteger(4), seenCommit: row.integer(5),
                succeeds: row.optionalInteger(6), isCopy: row.integer(7) == 1, headNumber: head,
                toldHead: told, unsent: cameUnderAnother ? 0 : max(0, told - head),
                provenCommit: row.optionalInteger(10), schemaVersion: row.optionalInteger(12),
                held: row.optionalText(13).map {
                    $0.split(separator: " ").map(String.init)
                })
        }
    }

    func nextNumber() throws -> Int64 {
        let number = (try db.integer("SELECT max(number) FROM replica") ?? 0) + 1
        guard number <= Limits.replicaNumberMax else { throw CentreError.noNumberLeft }
        return number
    }

    func grant(_ portfolios: [String], to replica: Int64) throws {
        for portfolio in portfolios {
            try db.run(
                "INSERT INTO replica_portfolio(replica, portfolio) VALUES (?, ?)"
                    + " ON CONFLICT DO NOTHING", .integer(replica), .text(portfolio))
        }
    }

    /// Portfolios are named by the values of the columns that route to them; where the schema has
    /// a reference table for them (a table named `portfolio`), they must stand there.
    private func check(portfolios: [String]) throws {
        guard !portfolios.isEmpty, portfolios.count <= Limits.portfoliosMax else {
            throw CentreError.badValue("an office holds 1 to \(Limits.portfoliosMax) portfolios")
        }
        for portfolio in portfolios {
            guard RowID.isCanonical(portfolio), !RowID.isUUID(portfolio) else {
                throw CentreError.badValue(
                    "a portfolio's id is 1 to \(Limits.referenceKeyBytesMax) of A–Z a–z 0–9 - _")
            }
            guard let table = store.layout(named: "portfolio"), table.table.kind == .reference
            else { continue }
            guard try store.contains(table, id: portfolio) else {
                throw CentreError.unknown(what: "portfolio", id: portfolio)
            }
        }
    }
}
