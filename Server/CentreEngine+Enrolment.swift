package import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// How a file gets its number and its token, and how it is known again.
extension CentreEngine {
    /// Enrols a file: the code is used up, and the same code from the same file again gets the same
    /// answer. An office that got its code again is known by its new token alone from then on. Call
    /// it inside a transaction.
    ///
    /// Throws `CentreError.badCode`, `CentreError.hashTaken`.
    package func enrol(_ request: EnrolRequest, now: Int64) throws -> EnrolAnswer {
        let code = EnrolmentCode.hash(request.code)
        let found = try db.first(
            """
            SELECT number, code_expires, incarnation, token_hash, succeeds FROM replica
            WHERE code_hash = ? AND revoked_at IS NULL
            """, .blob(code.bytes)
        ) {
            (
                number: $0.integer(0), expires: $0.integer(1),
                incarnation: $0.isNull(2) ? nil : $0.blob(2), token: $0.blob(3),
                before: $0.optionalInteger(4)
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
            try checkNotTaken(request.tokenHash, request.incarnation)
            try db.run(
                """
                UPDATE replica SET token_hash = ?, incarnation = ?, enrolled_at = ?, last_seen = ?
                WHERE number = ?
                """,
                .blob(request.tokenHash.bytes), .blob(request.incarnation), .integer(now),
                .integer(now), .integer(found.number))
            if let before = found.before { try end(before, now: now) }
        }
        return try enrolment(of: found.number, now: now)
    }

    /// Gives a file that was found to be a copy a number of its own, with the same portfolios; the
    /// same incarnation id again gets the same answer. Call it inside a transaction.
    ///
    /// Throws `CentreError.notItsToken`, `CentreError.badToken`, `CentreError.hashTaken`,
    /// `CentreError.tooManyNumbers`, `CentreError.noNumberLeft`.
    ///
    /// - Parameter authenticated: the number whose token the request carried.
    package func renumber(
        _ request: RenumberRequest, authenticated: Int64, now: Int64
    ) throws -> EnrolAnswer {
        guard request.replica == authenticated else {
            throw CentreError.notItsToken(replica: request.replica)
        }
        try checkNotRevoked(authenticated)
        let known = try db.first(
            """
            SELECT number, succeeds, token_hash FROM replica
            WHERE incarnation = ? AND revoked_at IS NULL
            """,
            .blob(request.incarnation)
        ) { ($0.integer(0), $0.integer(1), $0.blob(2)) }
        if let (number, succeeds, token) = known, succeeds == authenticated,
            token == request.tokenHash.bytes
        {
            return try enrolment(of: number, now: now)
        }
        guard request.incarnation.count == 16 else { throw CentreError.badToken }
        try checkNotTaken(request.tokenHash, request.incarnation)
        try checkMayRenumber(authenticated, now: now)
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

    /// Throws `CentreError.hashTaken` where somebody else's token has this hash, or his file this
    /// incarnation id: two could not be told apart.
    private func checkNotTaken(_ token: Hash, _ incarnation: [UInt8]) throws {
        let taken = try db.integer(
            "SELECT 1 FROM replica WHERE token_hash = ? OR incarnation = ? LIMIT 1",
            .blob(token.bytes), .blob(incarnation))
        guard taken == nil else { throw CentreError.hashTaken }
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
    ///   - told: what its last request told; nil: nothing new was told.
    ///   - proven: the commit at which it found its digests equal.
    package func noteSeen(
        replica: Int64, commit: Int64, told: ToldBySync?, proven: Int64?, now: Int64
    ) throws {
        try db.run(
            """
            UPDATE replica SET last_seen = ?2, seen_commit = max(seen_commit, ?3),
              told_head = coalesce(?4, told_head), told_hash = coalesce(?5, told_hash),
              proven_commit = max(coalesce(proven_commit, ?6), coalesce(?6, proven_commit)),
              told_schema = coalesce(?7, told_schema),
              told_portfolios = coalesce(?8, told_portfolios)
            WHERE number = ?1
            """,
            .integer(replica), .integer(now), .integer(commit), SQLiteValue(told?.head.number),
            SQLiteValue(told?.head.hash.bytes), SQLiteValue(proven),
            SQLiteValue(told.map { Int64($0.schemaVersion) }),
            SQLiteValue(told.map { $0.portfolios.joined(separator: " ") }))
    }

    private func enrolment(of number: Int64, now: Int64) throws -> EnrolAnswer {
        EnrolAnswer(
            replica: number,
            name: try db.text("SELECT name FROM replica WHERE number = ?", .integer(number)) ?? "",
            portfolios: try portfolios(of: number), schema: try schemaJSON(),
            centreTime: Self.told(now))
    }
}
