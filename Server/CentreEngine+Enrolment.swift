package import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// An office as the centre knows it. Times are milliseconds since 1970.
package struct ReplicaRecord: Equatable, Sendable {
    /// Its number.
    package let number: Int64
    /// The name that the centre's people gave it.
    package let name: String
    /// The portfolios granted.
    package let portfolios: [String]
    /// When it got its token; nil while the code waits.
    package let enrolledAt: Int64?
    /// When its token was revoked.
    package let revokedAt: Int64?
    /// When it was last heard of.
    package let lastSeen: Int64?
    /// The last commit that it had seen then.
    package let seenCommit: Int64
    /// The number that the same file had before it was found to be a copy.
    package let succeeds: Int64?
    /// The number of its last change-set.
    package let headNumber: Int64
    /// The number of the head that its last request told: what it had sealed by then. 0: none.
    package let toldHead: Int64
    /// How many of those change-sets the centre has not got, neither under this number nor under
    /// the one that its file has got since.
    package let unsent: Int64
    /// The last commit at which it found its digests equal to the centre's; nil: none was told.
    package let provenCommit: Int64?
}

/// A one-time code, as a person types it: 100 random bits in Crockford's base 32, which has no
/// letters that look like digits.
package enum EnrolmentCode {
    /// How long a code may be used: an office on holiday must still be able to, a lost note not.
    package static let lifetimeMilliseconds: Int64 = 7 * 86_400_000
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    private static let characterCount = 20

    /// A code from 20 random bytes, in groups of five: `7QK2M-…`.
    package static func make(random: [UInt8]) -> String {
        precondition(random.count == characterCount, "a code is made of 20 random bytes")
        let characters = random.map { alphabet[Int($0 & 31)] }
        return stride(from: 0, to: characterCount, by: 5)
            .map { String(characters[$0..<$0 + 5]) }.joined(separator: "-")
    }

    /// What is stored of a code: the hash of its characters, whatever case and dashes were typed,
    /// and with the letters that are mistaken for digits read as those.
    package static func hash(_ code: String) -> Hash {
        let typed = code.uppercased().filter { $0 != "-" && !$0.isWhitespace }
        let read = typed.map { $0 == "O" ? "0" : $0 == "I" || $0 == "L" ? "1" : String($0) }
        return SHA256.hash(Array("code".utf8) + Array(read.joined().utf8))
    }
}

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

    /// Revokes a token and a waiting code at once. Call it inside a transaction.
    package func revoke(replica: Int64, now: Int64) throws {
        try db.run(
            """
            UPDATE replica SET revoked_at = coalesce(revoked_at, ?), code_hash = NULL
            WHERE number = ?
            """, .integer(now), .integer(replica))
        guard db.changes == 1 else { throw CentreError.unknown(what: "replica", id: "\(replica)") }
    }

    /// All offices, by number.
    package func replicas() throws -> [ReplicaRecord] {
        // In a file that no program has opened for writing since, nothing was told yet.
        let told =
            try CentreTables.missingColumns(on: db).isEmpty
            ? "told_head, told_hash, proven_commit"
            : "0 AS told_head, NULL AS told_hash, NULL AS proven_commit"
        return try db.rows(
            """
            SELECT r.number, r.name, r.enrolled_at, r.revoked_at, r.last_seen, r.seen_commit,
              r.succeeds, (SELECT max(n) FROM change_set AS c WHERE c.replica = r.number),
              r.told_head, r.proven_commit,
              EXISTS (
                SELECT 1 FROM change_set_name AS a
                WHERE a.replica = r.number AND a.n = r.told_head AND a.hash = r.told_hash)
            FROM (
              SELECT number, name, enrolled_at, revoked_at, last_seen, seen_commit, succeeds,
                \(told)
              FROM replica) AS r ORDER BY r.number
            """
        ) {
            let (head, told) = ($0.integer(7), $0.integer(8))
            let cameUnderAnother = $0.integer(10) == 1
            return ReplicaRecord(
                number: $0.integer(0), name: $0.text(1),
                portfolios: try self.portfolios(of: $0.integer(0)),
                enrolledAt: $0.optionalInteger(2), revokedAt: $0.optionalInteger(3),
                lastSeen: $0.optionalInteger(4), seenCommit: $0.integer(5),
                succeeds: $0.optionalInteger(6), headNumber: head, toldHead: told,
                unsent: cameUnderAnother ? 0 : max(0, told - head),
                provenCommit: $0.optionalInteger(9))
        }
    }

    /// Enrols a file: the code is used up, and the same code from the same file again gets the same
    /// answer. Call it inside a transaction. Throws `CentreError.badCode`.
    package func enrol(_ request: EnrolRequest, now: Int64) throws -> EnrolAnswer {
        let code = EnrolmentCode.hash(request.code)
        let found = try db.first(
            """
            SELECT number, code_expires, incarnation, token_hash FROM replica
            WHERE code_hash = ? AND revoked_at IS NULL
            """, .blob(code.bytes)
        ) {
            (
                number: $0.integer(0), expires: $0.integer(1),
                incarnation: $0.isNull(2) ? nil : $0.blob(2), token: $0.blob(3)
            )
        }
        guard let found else { throw CentreError.badCode }
        if let incarnation = found.incarnation {
            guard incarnation == request.incarnation, found.token == request.tokenHash.bytes
            else { throw CentreError.badCode }
        } else {
            guard now < found.expires, request.incarnation.count == 16 else {
                throw CentreError.badCode
            }
            try db.run(
                """
                UPDATE replica SET token_hash = ?, incarnation = ?, enrolled_at = ?, last_seen = ?
                WHERE number = ?
                """,
                .blob(request.tokenHash.bytes), .blob(request.incarnation), .integer(now),
                .integer(now), .integer(found.number))
        }
        return try enrolment(of: found.number, now: now)
    }

    /// Gives a file that was found to be a copy a number of its own, with the same portfolios; the
    /// same incarnation id again gets the same answer. Call it inside a transaction.
    ///
    /// - Parameter authenticated: the number whose token the request carried.
    package func renumber(
        _ request: RenumberRequest, authenticated: Int64, now: Int64
    ) throws -> EnrolAnswer {
        guard request.replica == authenticated else {
            throw CentreError.notItsToken(replica: request.replica)
        }
        let known = try db.first(
            "SELECT number, succeeds, token_hash FROM replica WHERE incarnation = ?",
            .blob(request.incarnation)
        ) { ($0.integer(0), $0.integer(1), $0.blob(2)) }
        if let (number, succeeds, token) = known {
            guard succeeds == authenticated, token == request.tokenHash.bytes else {
                throw CentreError.badToken
            }
            return try enrolment(of: number, now: now)
        }
        guard request.incarnation.count == 16 else { throw CentreError.badToken }
        let number = try nextNumber()
        try db.run(
            """
            INSERT INTO replica(
              number, name, token_hash, incarnation, succeeds, added_at, enrolled_at, last_seen)
            SELECT ?1, name, ?2, ?3, number, ?4, ?4, ?4 FROM replica WHERE number = ?5
            """,
            .integer(number), .blob(request.tokenHash.bytes), .blob(request.incarnation),
            .integer(now), .integer(authenticated))
        try grant(try portfolios(of: authenticated), to: number)
        return try enrolment(of: number, now: now)
    }

    /// The number that a token belongs to. Throws `CentreError.badToken` where it is not known, or
    /// was revoked.
    package func authenticate(tokenHash: Hash) throws -> Int64 {
        let found = try db.first(
            "SELECT number, token_hash FROM replica WHERE token_hash = ? AND revoked_at IS NULL",
            .blob(tokenHash.bytes)
        ) { ($0.integer(0), Hash(bytes: $0.blob(1)) ?? .zero) }
        guard let (number, stored) = found, stored.isEqualInConstantTime(to: tokenHash) else {
            throw CentreError.badToken
        }
        return number
    }

    /// Notes when a replica was heard of, what it had seen, and what it told of itself. Call it
    /// inside a transaction.
    ///
    /// - Parameters:
    ///   - head: its last sealed change-set; nil: nothing new was told.
    ///   - proven: the commit at which it found its digests equal.
    package func noteSeen(
        replica: Int64, commit: Int64, head: Head?, proven: Int64?, now: Int64
    ) throws {
        try db.run(
            """
            UPDATE replica SET last_seen = ?2, seen_commit = max(seen_commit, ?3),
              told_head = coalesce(?4, told_head), told_hash = coalesce(?5, told_hash),
              proven_commit = max(coalesce(proven_commit, ?6), coalesce(?6, proven_commit))
            WHERE number = ?1
            """,
            .integer(replica), .integer(now), .integer(commit), SQLiteValue(head?.number),
            SQLiteValue(head?.hash.bytes), SQLiteValue(proven))
    }

    private func enrolment(of number: Int64, now: Int64) throws -> EnrolAnswer {
        EnrolAnswer(
            replica: number,
            name: try db.text("SELECT name FROM replica WHERE number = ?", .integer(number)) ?? "",
            portfolios: try portfolios(of: number), schema: try schemaJSON(),
            centreTime: try commitTime(now))
    }

    private func nextNumber() throws -> Int64 {
        let number = (try db.integer("SELECT max(number) FROM replica") ?? 0) + 1
        guard number <= Limits.replicaNumberMax else { throw CentreError.noNumberLeft }
        return number
    }

    private func grant(_ portfolios: [String], to replica: Int64) throws {
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
