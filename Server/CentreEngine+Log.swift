internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// A part as an office sent it.
struct SentPart {
    let part: Part
    let hash: Hash
}

/// One part of a commit with its hash.
private struct LoggedPart {
    let portfolio: String
    let part: Part
    let hash: Hash
}

/// The log: a commit with its parts as they travel, chained by hash.
extension CentreEngine {
    /// Logs an act under the author's number of the change-set and returns the commit's number.
    ///
    /// - Parameter reusing: the author's own part, relayed as it came where everything in it was
    ///   applied as sent and belongs to one portfolio.
    func log(_ act: inout Act, reusing part: SentPart?) throws -> Int64 {
        let parts = try parts(of: &act, reusing: part)
        try append(act, parts: parts, author: act.author, changeSet: act.changeSet)
        try logRest(of: act)
        return act.commit
    }

    /// Logs what the act left for later, as acts of the centre that each fit into an answer.
    private func logRest(of act: Act) throws {
        guard !act.rest.isEmpty else { return }
        var next = Act(
            author: 0, portfolios: [], time: act.time, commit: try cursor().commit + 1,
            changeSet: 0)
        for (change, unit) in act.rest { next.acceptOrLeave(change, in: unit) }
        _ = try logAct(&next)
    }

    /// Logs an act of the centre: its number is the centre's own count.
    func logAct(_ act: inout Act) throws -> Int64 {
        let parts = try parts(of: &act, reusing: nil)
        let number = (try head(of: 0)).number + 1
        act.spoil()
        try append(act, parts: parts, author: 0, changeSet: number)
        try db.run(
            "INSERT INTO change_set(replica, n, hash, number) VALUES (0, ?, ?, ?)",
            .integer(number), .blob(try cursor().chain.bytes), .integer(act.commit))
        try logRest(of: act)
        return act.commit
    }

    private func append(
        _ act: Act, parts: [LoggedPart], author: Int64, changeSet: Int64
    ) throws {
        let hashes = parts.map(\.hash)
        let chain = Commit.chainHash(
            previous: try cursor().chain, number: act.commit, time: act.time, replica: author,
            changeSet: changeSet, hashes: hashes)
        #if Mutations
            let isClean = act.isClean || Mutation.ownCommitNotReturned.isChosen
        #else
            let isClean = act.isClean
        #endif
        try db.run(
            """
            INSERT INTO commit_log(number, time, replica, change_set, hashes, chain, is_clean)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            .integer(act.commit), .integer(act.time), .integer(author), .integer(changeSet),
            .blob(hashes.flatMap(\.bytes)), .blob(chain.bytes),
            .integer(isClean ? 1 : 0))
        for part in parts {
            try db.run(
                "INSERT INTO commit_part(number, portfolio, salt, content) VALUES (?, ?, ?, ?)",
                .integer(act.commit), .text(part.portfolio), .blob(part.part.salt),
                .blob(part.part.content))
        }
    }

    /// The parts of an act, one for each portfolio that it touches, in the order of their names.
    /// Routes that the act opens are written here, and what is granted by them is added whole.
    private func parts(
        of act: inout Act, reusing sent: SentPart?
    ) throws -> [LoggedPart] {
        if let sent, let portfolio = act.portfolioOfAllSent {
            return [LoggedPart(portfolio: portfolio, part: sent.part, hash: sent.hash)]
        }
        act.collect()
        let grants = try openRoutes(for: &act)
        var byPortfolio: [String: [UnitChanges]] = [:]
        for unit in act.units {
            guard unit.unit != .everyone else {
                byPortfolio["", default: []].append(unit)
                continue
            }
            for portfolio in try openRoutes(of: unit.unit, in: &act)
            where grants[portfolio]?.contains(unit.unit) != true {
                byPortfolio[portfolio, default: []].append(unit)
            }
        }
        for (portfolio, granted) in grants {
            for unit in granted.sorted(by: { ($0.table, $0.id) < ($1.table, $1.id) }) {
                let rows = try store.rows(of: unit)
                byPortfolio[portfolio, default: []].insert(
                    UnitChanges(unit: unit, kind: .grant, rows: rows), at: 0)
            }
        }
        return try byPortfolio.sorted { $0.key < $1.key }.map { portfolio, changes in
            let part = Part(salt: try random(16), content: UnitChanges.encode(changes))
            return LoggedPart(portfolio: portfolio, part: part, hash: part.hash)
        }
    }
}
