package import RientroProtocol
internal import RientroSQLite
internal import RientroStore

extension CentreEngine {
    /// Outcomes in one answer: those that a replica has missed come in several answers where there
    /// are more, so that an answer stays bounded.
    static let outcomesMax = 1000
    /// Commits looked at for one answer. Most may be of other portfolios; the cursor still moves.
    static let commitsScannedMax = 20_000

    /// The answer to a sync request: outcomes, commits from the replica's cursor on, and where the
    /// centre stands. Call it in a read transaction.
    ///
    /// Throws `CentreError.unknownEpoch`, `CentreError.wasPutBack`.
    ///
    /// - Parameter ingested: the outcomes of the change-sets that the request carried.
    package func answer(
        to request: SyncRequest, ingested: [Outcome], now: Int64
    ) throws -> SyncAnswer {
        let replica = request.replica
        let from = try start(of: request.cursors)
        let held = try portfolios(of: replica)
        let head = try head(of: replica)
        var told = try storedOutcomes(
            of: replica, holding: held, after: request.outcomesMerged)
        told.add(ingested, above: request.outcomesMerged)
        let pull = try pull(from: from, request: request, portfolios: Set(held + [""]), after: told)
        return SyncAnswer(
            replica: replica, centreHead: head, outcomes: told.outcomes, from: from,
            commits: pull.commits, cursor: pull.cursor, hasMore: pull.hasMore, portfolios: held,
            centreTime: Self.told(now), covered: 0)
    }

    /// Of the cursors sent the newest whose epoch is known, cut to the last commit before the next
    /// epoch began.
    func start(of cursors: [Cursor]) throws -> Cursor {
        for cursor in cursors {
            let epoch = try db.first(
                "SELECT seq, first_commit FROM epoch WHERE epoch = ?", .blob(cursor.epoch)
            ) { ($0.integer(0), $0.integer(1)) }
            guard let (seq, _) = epoch else { continue }
            let next = try db.first(
                "SELECT epoch, first_commit FROM epoch WHERE seq > ? ORDER BY seq LIMIT 1",
                .integer(seq)
            ) { ($0.blob(0), $0.integer(1)) }
            if let (_, first) = next, cursor.commit >= first {
                return Cursor(
                    epoch: cursor.epoch, commit: first - 1, chain: try chain(at: first - 1) ?? .zero
                )
            }
            guard try chain(at: cursor.commit) == cursor.chain else {
                throw CentreError.wasPutBack(commit: cursor.commit)
            }
            return cursor
        }
        throw CentreError.unknownEpoch
    }

    /// The hash of the chain at a commit; nil if it is not in the log.
    func chain(at commit: Int64) throws -> Hash? {
        guard commit > 0 else { return .zero }
        return try db.first("SELECT chain FROM commit_log WHERE number = ?", .integer(commit)) {
            Hash(bytes: $0.blob(0)) ?? .zero
        }
    }

    /// The outcomes that one answer tells.
    fileprivate struct Told {
        var outcomes: [Outcome] = []
        var bytes = 0
        /// The last change-set whose outcome the replica knows with them; all of them: `Int64.max`.
        var last = Int64.max

        /// Adds, in the order of the numbers, what became of the change-sets of a request. What was
        /// applied now and has no room among the stored ones comes in the answer after this.
        mutating func add(_ ingested: [Outcome], above merged: Int64) {
            var places = Dictionary(
                uniqueKeysWithValues: outcomes.indices.map { (outcomes[$0].number, $0) })
            for outcome in ingested {
                let isStored = outcome.status == .applied || outcome.status == .alreadyApplied
                guard isStored && outcome.number > merged else {
                    append(outcome)
                    continue
                }
                guard let place = places[outcome.number] else { continue }
                outcomes[place].status = outcome.status
                places[outcome.number] = nil
            }
            outcomes = outcomes.enumerated().sorted {
                ($0.element.number, $0.offset) < ($1.element.number, $1.offset)
            }.map(\.element)
        }

        /// Of one that the replica has merged the items are told as far as there is room.
        private mutating func append(_ outcome: Outcome) {
            let size = OutcomeItem.encode(outcome.items).count + CentreEngine.outcomeHeadBytes
            let hasRoom = bytes + size <= ServerLimits.answerOutcomeBytesMax
            bytes += hasRoom ? size : CentreEngine.outcomeHeadBytes
            outcomes.append(
                Outcome(
                    number: outcome.number, status: outcome.status,
                    items: hasRoom ? outcome.items : []))
        }
    }

    private func storedOutcomes(
        of replica: Int64, holding portfolios: [String], after merged: Int64
    ) throws -> Told {
        var told = Told()
        // One that bears another name in the log was applied under that.
        let rows = try db.statement(
            """
            SELECT c.n, first.outcome, l.replica = c.replica AND l.change_set = c.n
            FROM change_set AS c \(Self.firstOfCommit)
            WHERE c.replica = ? AND c.n > ? ORDER BY c.n
            """)
        try rows.bind(1, replica)
        try rows.bind(2, merged)
        defer { rows.reset() }
        while try rows.step() {
            let isOwn = rows.integer(2) == 1
            var items = rows.isNull(1) ? [] : try OutcomeItem.decode(rows.blob(1))
            if !isOwn { items = try asItStands(items, in: portfolios) }
            let size = (items.isEmpty ? 0 : OutcomeItem.encode(items).count) + Self.outcomeHeadBytes
            told.bytes += size
            guard
                told.outcomes.isEmpty
                    || (told.outcomes.count < Self.outcomesMax
                        && told.bytes <= ServerLimits.answerOutcomeBytesMax)
            else {
                told.bytes -= size
                told.last = rows.integer(0) - 1
                break
            }
            told.outcomes.append(
                Outcome(
                    number: rows.integer(0), status: isOwn ? .applied : .alreadyApplied,
                    items: items))
        }
        return told
    }

    /// The most that CBOR puts around the items of an outcome.
    fileprivate static let outcomeHeadBytes = 16

    private struct Pull {
        var commits: [Commit] = []
        var cursor: Cursor
        var hasMore = false
    }

    /// Whole commits from a cursor on, until the answer is full. What is not for the replica is
    /// passed over; what is its own, was applied as sent, and is covered by its head, is left out.
    ///
    /// An own commit never comes before its outcome: the author, whose register still has a stamp
    /// that was corrected, would take what others wrote after it for older.
    private func pull(
        from: Cursor, request: SyncRequest, portfolios: Set<String>, after told: Told
    ) throws -> Pull {
        let covered = try coveredHead(of: request)
        var pull = Pull(cursor: from)
        let room = Limits.messageBytesMax - ServerLimits.answerHeadBytes - told.bytes
        let most = min(request.answerBytesMax, room)
        var bytes = 0
        var scanned = 0
        let log = try db.statement(
            """
            SELECT number, time, replica, change_set, hashes, chain, is_clean FROM commit_log
            WHERE number > ? ORDER BY number
            """)
        try log.bind(1, from.commit)
        defer { log.reset() }
        while try log.step() {
            scanned += 1
            guard scanned <= Self.commitsScannedMax else {
                pull.hasMore = true
                break
            }
            let number = log.integer(0)
            let chain = Hash(bytes: log.blob(5)) ?? .zero
            if log.integer(2) == request.replica, log.integer(3) > told.last {
                pull.hasMore = true
                break
            }
            let isOwn = log.integer(2) == request.replica && log.integer(6) == 1
            if !isOwn || log.integer(3) > covered {
                let parts = try self.parts(of: number, portfolios: portfolios)
                if !parts.isEmpty {
                    let size = parts.reduce(0) { $0 + $1.part.content.count + 64 }
                    let isFull =
                        pull.commits.isEmpty
                        ? !told.outcomes.isEmpty && size > room : bytes + size > most
                    if isFull {
                        #if Mutations
                            if Mutation.cursorPastRest.isChosen {
                                (pull.cursor.commit, pull.cursor.chain) = (number, chain)
                            }
                        #endif
                        pull.hasMore = true
                        break
                    }
                    bytes += size
                    pull.commits.append(
                        Commit(
                            number: number, time: log.integer(1), replica: log.integer(2),
                            changeSet: log.integer(3), hashes: Self.hashes(log.blob(4)),
                            chain: chain, parts: parts))
                }
            }
            pull.cursor.commit = number
            pull.cursor.chain = chain
        }
        return pull
    }

    /// Up to which change-set the request's head covers what the centre has of the replica: only
    /// where both have the same hash there.
    private func coveredHead(of request: SyncRequest) throws -> Int64 {
        let known = try db.integer(
            "SELECT 1 FROM change_set WHERE replica = ? AND n = ? AND hash = ?",
            .integer(request.replica), .integer(request.head.number),
            .blob(request.head.hash.bytes))
        return known == 1 ? request.head.number : 0
    }

    /// The parts of a commit for these portfolios, in the order of their names.
    func parts(of commit: Int64, portfolios: Set<String>) throws -> [CommitPart] {
        var found: [CommitPart] = []
        try db.forEach(
            "SELECT portfolio, salt, content FROM commit_part WHERE number = ? ORDER BY portfolio",
            [.integer(commit)]
        ) { row in
            let portfolio = row.text(0)
            guard portfolios.contains(portfolio) else { return }
            found.append(
                CommitPart(
                    portfolio: portfolio, part: Part(salt: row.blob(1), content: row.blob(2))))
        }
        return found
    }

    static func hashes(_ bytes: [UInt8]) -> [Hash] {
        stride(from: 0, to: bytes.count - 31, by: 32).compactMap {
            Hash(bytes: Array(bytes[$0..<$0 + 32]))
        }
    }
}
