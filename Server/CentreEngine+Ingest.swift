package import RientroProtocol
internal import RientroSQLite
internal import RientroStore

extension CentreEngine {
    /// Applies one change-set as it came. Its own hash decides whether it is known, and not what
    /// its sender says of it; the rows of one that is known are not read.
    package func ingest(
        _ sent: SentChangeSet, from replica: Int64, now: Int64
    ) throws -> Outcome {
        try ingest(sent.changeSet, partHash: sent.partHash, from: replica, now: now)
    }

    /// Applies one change-set of a replica inside the caller's transaction, and logs it as a
    /// commit. If it throws, undo that transaction, or the savepoint in which it was called.
    ///
    /// The rule of heads: n = L+1 is applied only if its hash of n−1 is the centre's hash at L;
    /// below, the same hash is `alreadyApplied`; n above L+1 is a `gap`; anything else is
    /// `foreign`. Gap and foreign change nothing.
    ///
    /// - Parameter partHash: the hash of its part, where it is known.
    package func ingest(
        _ set: ChangeSet, partHash: Hash? = nil, from replica: Int64, now: Int64
    ) throws -> Outcome {
        func outcome(_ status: Outcome.Status, _ items: [OutcomeItem] = []) -> Outcome {
            Outcome(number: set.number, status: status, items: items)
        }
        guard set.replica == replica else { return outcome(.foreign) }
        let head = try head(of: replica)
        let partHash = partHash ?? set.part.hash
        let hash = set.hash(ofPart: partHash)
        if set.number <= head.number {
            guard let known = try logged(replica: replica, number: set.number, hash: hash) else {
                return outcome(.foreign)
            }
            return outcome(.alreadyApplied, known.items)
        }
        guard set.number == head.number + 1 else { return outcome(.gap) }
        #if Mutations
            let isNext = set.previous == head.hash || Mutation.previousHashUnchecked.isChosen
        #else
            let isNext = set.previous == head.hash
        #endif
        guard isNext else { return outcome(.foreign) }
        let own = ChangeSetName(replica: replica, number: set.number, hash: hash)
        // Only of its line: another office's change-set is not what this file's was called once.
        let line = set.names.isEmpty ? [] : try self.line(of: replica)
        let names = set.names.filter { line.contains($0.replica) }
        // A copy that got another number may have brought it, as what was this one.
        if let known = try met(names + [own]) {
            // It came before under another name: its outcome stands, with its corrections.
            #if Mutations
                if Mutation.outcomeNotTold.isChosen {
                    try record(set, names, hash: hash, commit: known.commit, items: [])
                    return outcome(.alreadyApplied)
                }
            #endif
            try record(set, names, hash: hash, commit: known.commit, items: [])
            return outcome(.alreadyApplied, known.items)
        }
        let items = try apply(set, names, hash: hash, partHash: partHash, now: now)
        return outcome(.applied, items)
    }

    private struct Logged {
        let commit: Int64
        let items: [OutcomeItem]
    }

    private func logged(replica: Int64, number: Int64, hash: Hash) throws -> Logged? {
        try db.first(
            """
            SELECT c.number, first.outcome FROM change_set AS c \(Self.firstOfCommit)
            WHERE c.replica = ? AND c.n = ? AND c.hash = ?
            """,
            .integer(replica), .integer(number), .blob(hash.bytes), body: Self.logged)
    }

    private static func logged(_ row: Statement) throws -> Logged {
        Logged(
            commit: row.integer(0),
            items: row.isNull(1) ? [] : try OutcomeItem.decode(row.blob(1)))
    }

    /// Joins to the change-set `c` its commit `l`, and the change-set `first` whose name that
    /// commit bears. Its outcome is that of all its other names, which hold none.
    static var firstOfCommit: String {
        let joined = "JOIN commit_log AS l ON l.number = c.number JOIN change_set AS first"
        #if Mutations
            if Mutation.outcomeNotTold.isChosen {
                return joined + " ON first.replica = c.replica AND first.n = c.n"
            }
        #endif
        return joined + " ON first.replica = l.replica AND first.n = l.change_set"
    }

    /// The change-set that one of the names stands for, if it was applied.
    private func met(_ names: [ChangeSetName]) throws -> Logged? {
        for name in names.reversed() {
            if let known = try logged(replica: name.replica, number: name.number, hash: name.hash) {
                return known
            }
            let now = try db.first(
                """
                SELECT c.number, first.outcome FROM change_set_name AS a
                JOIN change_set AS c ON c.replica = a.now_replica AND c.n = a.now_n
                \(Self.firstOfCommit)
                WHERE a.replica = ? AND a.n = ? AND a.hash = ?
                """,
                .integer(name.replica), .integer(name.number), .blob(name.hash.bytes),
                body: Self.logged)
            if let now { return now }
        }
        return nil
    }

    private func apply(
        _ set: ChangeSet, _ names: [ChangeSetName], hash: Hash, partHash: Hash, now: Int64
    ) throws -> [OutcomeItem] {
        routeMemory.settle(at: try db.integer("PRAGMA data_version") ?? 0)
        let units = try UnitChanges.decode(set.part.content)
        var act = Act(
            author: set.replica, portfolios: Set(try portfolios(of: set.replica)),
            time: try commitTime(now), commit: try cursor().commit + 1, changeSet: set.number,
            sent: units)
        for unit in units {
            for change in unit.rows { try apply(change, claimed: unit.unit, to: &act) }
        }
        if act.isClean, try wasAnyRefused(units) { act.spoil() }
        let commit = try log(&act, reusing: SentPart(part: set.part, hash: partHash))
        try record(set, names, hash: hash, commit: commit, items: act.items)
        try retryQuarantine(born: act.born, now: now)
        // A row may have stood before its parent, which has come with it.
        guard act.items.contains(where: { $0.reason == .unknownParent }) else { return act.items }
        return try logged(replica: set.replica, number: set.number, hash: hash)?.items ?? []
    }

    /// Whether one of the rows was ever refused whole. Its author has taken it out of its file
    /// then; where it has come since, what was written to it before has to come with it.
    private func wasAnyRefused(_ units: [UnitChanges]) throws -> Bool {
        let refused = "SELECT 1 FROM quarantine WHERE register = 0"
        guard try db.integer("\(refused) LIMIT 1") == 1 else { return false }
        for change in units.lazy.flatMap(\.rows) {
            guard case .record(nil, _) = change.content else { continue }
            let found = try db.integer(
                "\(refused) AND tab = ? AND row = ?", SQLiteValue(change.table), .text(change.id))
            if found == 1 { return true }
        }
        return false
    }

    private func record(
        _ set: ChangeSet, _ names: [ChangeSetName], hash: Hash, commit: Int64,
        items: [OutcomeItem]
    ) throws {
        try db.run(
            "INSERT INTO change_set(replica, n, hash, number, outcome) VALUES (?, ?, ?, ?, ?)",
            .integer(set.replica), .integer(set.number), .blob(hash.bytes), .integer(commit),
            SQLiteValue(items.isEmpty ? nil : OutcomeItem.encode(items)))
        for name in names {
            try db.run(
                """
                INSERT INTO change_set_name(replica, n, hash, now_replica, now_n)
                VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """,
                .integer(name.replica), .integer(name.number), .blob(name.hash.bytes),
                .integer(set.replica), .integer(set.number))
        }
    }
}
