internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

extension Replica {
    /// Questions to the centre in one comparison, at most: enough to find every differing row where
    /// a hundred thousand differ. What is left then is counted by its ranges.
    private static let narrowingRequestsMax = 2_000

    /// Compares tables with the centre, at the commit up to which both have come.
    ///
    /// - Parameter tables: their numbers; nil: all.
    ///
    /// Throws `NotComparable`, and what asking the centre throws.
    func compare(
        tables: Set<Int>?, report: inout SyncReport,
        progress: (@Sendable (SyncProgress) -> Void)?
    ) async throws -> Comparison {
        let token = try currentToken()
        let answer = try DigestAnswer(
            decoding: try await ask("/v1/digest", token: token, report: &report))
        let (cursor, own) = try still(at: nil) { cursor in
            (cursor, try engine.store.digests(portfolios: try engine.portfolios()))
        }
        guard answer.cursor == cursor else { throw NotComparable.moved }
        var comparison = Comparison(cursor: cursor)
        var open = Self.unequal(own, answer.tables, in: tables)
        comparison.rows = own.filter { tables?.contains($0.table) != false }
            .reduce(0) { $0 + $1.digest.count }
        var questions = 0
        let total = Int64(open.count)
        while let range = open.popLast() {
            guard questions < Self.narrowingRequestsMax else {
                comparison.more += Int(clamping: range.rows)
                continue
            }
            questions += 1
            progress?(
                SyncProgress(
                    stage: .comparing, done: max(0, total - Int64(open.count)), total: total))
            let pieces = try RangeAnswer(
                decoding: try await ask(range.path, token: token, report: &report))
            guard pieces.cursor == cursor else { throw NotComparable.moved }
            try narrow(range, pieces, at: cursor, into: &comparison, open: &open)
        }
        return comparison
    }

    /// Asks the centre for something, in the report's counts.
    func ask(
        _ path: String, token: [UInt8], report: inout SyncReport
    ) async throws(ReplicaError) -> [UInt8] {
        report.requests += 1
        let reply = try await centre.get(path, token: token)
        report.bytesDown += reply.body.count
        return reply.body
    }

    /// Runs `body` on one unchanging state in which nothing is on its way to the centre.
    private func still<R>(at expected: Cursor?, _ body: (Cursor) throws -> R) throws -> R {
        try engine.store.db.transaction(.deferred) {
            let cursor = try engine.cursor()
            guard expected == nil || expected == cursor else { throw NotComparable.moved }
            let onTheWay = try engine.onTheWay()
            guard onTheWay == 0 else { throw NotComparable.onTheWay(onTheWay) }
            return try body(cursor)
        }
    }

    /// The tables whose digests are not equal; one that is named on one side only has no rows on
    /// the other.
    static func unequal(
        _ own: [TableDigest], _ centre: [TableDigest], in tables: Set<Int>?
    ) -> [OpenRange] {
        struct Key: Hashable {
            var portfolio: String
            var table: Int
        }
        var digests: [Key: (own: RowDigest, centre: RowDigest)] = [:]
        for digest in own {
            digests[
                Key(portfolio: digest.portfolio, table: digest.table), default: (.empty, .empty)
            ]
            .own = digest.digest
        }
        for digest in centre {
            digests[
                Key(portfolio: digest.portfolio, table: digest.table), default: (.empty, .empty)
            ]
            .centre = digest.digest
        }
        return digests.filter { key, both in
            both.own != both.centre && tables?.contains(key.table) != false
        }
        .map { key, both in
            OpenRange(
                portfolio: key.portfolio, table: key.table,
                rows: max(both.own.count, both.centre.count))
        }
        .sorted { ($0.portfolio, $0.table) > ($1.portfolio, $1.table) }
    }

    /// Looks into a range whose digests differ: by the rows, where the centre gave them, else by
    /// the pieces that differ.
    private func narrow(
        _ range: OpenRange, _ pieces: RangeAnswer, at cursor: Cursor,
        into comparison: inout Comparison, open: inout [OpenRange]
    ) throws {
        guard let layout = engine.store.layouts[range.table] else {
            throw ReplicaError.badAnswer("it has digests of the unknown table \(range.table)")
        }
        guard pieces.ranges.isEmpty else {
            try checkPieces(pieces.ranges, of: range)
            let unequal = try still(at: cursor) { _ in
                try pieces.ranges.filter { piece in
                    try engine.store.digest(
                        layout, portfolio: range.portfolio, from: piece.from, to: piece.to)
                        != piece.digest
                }
            }
            open += unequal.reversed().map { piece in
                OpenRange(
                    portfolio: range.portfolio, table: range.table, from: piece.from, to: piece.to,
                    rows: max(1, piece.digest.count))
            }
            return
        }
        let own = try still(at: cursor) { _ in
            try engine.store.rowHashes(
                layout, portfolio: range.portfolio, from: range.from, to: range.to)
        }
        for difference in Self.differences(own, pieces.rows, in: range) {
            if comparison.differences.count < VerifyReport.differencesMax {
                comparison.differences.append(difference)
            } else {
                comparison.more += 1
            }
        }
    }

    /// Pieces must make up the range without a gap, and be smaller than it.
    private func checkPieces(_ pieces: [RangeDigest], of range: OpenRange) throws {
        let isWhole = pieces.first?.from == range.from && pieces.last?.to == range.to
        let isJoined = zip(pieces, pieces.dropFirst()).allSatisfy { $0.to == $1.from }
        guard isWhole, isJoined, pieces.count > 1 else {
            throw ReplicaError.badAnswer("the pieces of a range do not make it up")
        }
    }

    /// The rows that are not the same in both lists.
    static func differences(
        _ own: [RowHash], _ centre: [RowHash], in range: OpenRange
    ) -> [RowDifference] {
        let here = Dictionary(
            own.map { ($0.id, $0.digest) }, uniquingKeysWith: { first, _ in first })
        let there = Dictionary(
            centre.map { ($0.id, $0.digest) }, uniquingKeysWith: { first, _ in first })
        return Set(here.keys).union(there.keys).filter { here[$0] != there[$0] }.sorted().map {
            RowDifference(
                table: range.table, portfolio: range.portfolio, id: $0, here: here[$0],
                centre: there[$0])
        }
    }
}
