internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// The search for the rows that differ, as a value: from the tables whose digests differ by smaller
/// and smaller ranges down to rows. Part of a `VerifyCourse`.
///
/// Both sides are looked at as of one commit, with nothing on its way to the centre; where that is
/// no longer so, `NotComparable` is thrown and the search is worth nothing any more.
struct Narrowing {
    /// Questions to the centre in one search, at most: enough to find every differing row where a
    /// hundred thousand differ. What is left then is counted by its ranges.
    private static let questionsMax = 2_000
    /// Rows of a range as the centre tells them, as far as they are counted: more than any table
    /// has, and so few that no sum of them overflows.
    private static let rowsToldMax: Int64 = 1 << 40

    /// What was found so far; all of it where `question` is nil.
    private(set) var found: Comparison
    /// Ranges that are still to be looked into, the next last.
    private var open: [OpenRange]
    /// The range that the centre is asked about.
    private var asked: OpenRange?
    private var questions = 0
    /// How many rows of the centre's are in `found.differences`.
    private var knownCount = 0
    /// How many tables differ.
    private let total: Int

    /// A search that begins with the digests of all tables at the centre.
    ///
    /// - Parameter tables: the numbers of those that are compared; nil: all.
    init(
        from answer: DigestAnswer, in tables: Set<Int>?, _ engine: ReplicaEngine
    ) throws {
        let own = try engine.still(at: answer.cursor) {
            try engine.store.digests(portfolios: try engine.portfolios())
        }
        found = Comparison(cursor: answer.cursor)
        found.rows = own.filter { tables?.contains($0.table) != false }
            .reduce(0) { $0 + $1.digest.count }
        open = Self.unequal(own, answer.tables, in: tables)
        total = open.count
        goOn()
    }

    /// What the centre has to be asked next; nil at the end.
    var question: DigestQuestion? { asked?.question }

    /// How far the search has come while that is asked.
    var progress: SyncProgress {
        let left = min(open.count, total)
        return SyncProgress(stage: .comparing, done: Int64(total - left), total: Int64(total))
    }

    /// Takes the answer to `question`. Throws `NotComparable`, `ReplicaError.badAnswer`,
    /// `SQLiteError`.
    mutating func answered(_ answer: RangeAnswer, _ engine: ReplicaEngine) throws {
        guard let range = asked else { preconditionFailure("no range was asked about") }
        guard answer.cursor == found.cursor else { throw NotComparable.moved }
        guard let layout = engine.store.layouts[range.table] else {
            throw ReplicaError.badAnswer("it has digests of the unknown table \(range.table)")
        }
        if answer.ranges.isEmpty {
            try compare(answer.rows, of: range, layout, engine)
        } else {
            try compare(answer.ranges, of: range, layout, engine)
        }
        goOn()
    }

    private mutating func goOn() {
        asked = nil
        while let range = open.popLast() {
            guard questions < Self.questionsMax else {
                // Told by the centre, of many ranges.
                found.more += Int(min(max(range.rows, 0), Self.rowsToldMax))
                found.leftOut.insert(range.place)
                continue
            }
            questions += 1
            asked = range
            return
        }
    }

    /// Opens the pieces of a range that differ.
    private mutating func compare(
        _ pieces: [RangeDigest], of range: OpenRange, _ layout: TableLayout,
        _ engine: ReplicaEngine
    ) throws {
        // They must make up the range without a gap, and be smaller than it.
        let isWhole = pieces.first?.from == range.from && pieces.last?.to == range.to
        let isJoined = zip(pieces, pieces.dropFirst()).allSatisfy { $0.to == $1.from }
        guard isWhole, isJoined, pieces.count > 1 else {
            throw ReplicaError.badAnswer("the pieces of a range do not make it up")
        }
        let unequal = try engine.still(at: found.cursor) {
            try pieces.filter { piece in
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
    }

    /// Finds the rows of a range that differ.
    private mutating func compare(
        _ rows: [RowHash], of range: OpenRange, _ layout: TableLayout, _ engine: ReplicaEngine
    ) throws {
        let differences = try engine.still(at: found.cursor) {
            let own = try engine.store.rowHashes(
                layout, portfolio: range.portfolio, from: range.from, to: range.to)
            return try Self.differences(own, rows, in: range).map { row in
                guard row.here == nil else { return row }
                var row = row
                row.stored = try engine.digest(layout, id: row.id)
                return row
            }
        }
        for row in differences { list(row) }
    }

    /// Rows that the centre has and rows that it does not know do not take each other's room: the
    /// repair can tell only from the one what the centre does not know in any portfolio.
    private mutating func list(_ row: RowDifference) {
        let isKnown = row.centre != nil
        let count = isKnown ? knownCount : found.differences.count - knownCount
        guard count < VerifyReport.differencesMax else {
            found.more += 1
            if isKnown { found.leftOut.insert(row.place) }
            return
        }
        if isKnown { knownCount += 1 }
        found.differences.append(row)
    }

    /// The tables whose digests are not equal, the first last; one that is named on one side only
    /// has no rows on the other.
    private static func unequal(
        _ own: [TableDigest], _ centre: [TableDigest], in tables: Set<Int>?
    ) -> [OpenRange] {
        var digests: [PortfolioTable: (own: RowDigest, centre: RowDigest)] = [:]
        for digest in own {
            digests[digest.place, default: (.empty, .empty)].own = digest.digest
        }
        for digest in centre {
            digests[digest.place, default: (.empty, .empty)].centre = digest.digest
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
                centre: there[$0], stored: here[$0])
        }
    }
}

/// A range of ids of one table in one portfolio that is still to be looked into.
struct OpenRange: Equatable, Sendable {
    var portfolio: String
    var table: Int
    /// The first id; empty: from the beginning.
    var from = ""
    /// The first id after it; empty: to the end.
    var to = ""
    /// How many rows it has, on the side that has more.
    var rows: Int64

    /// The question to the centre.
    var question: DigestQuestion {
        .range(table: table, portfolio: portfolio, from: from, to: to)
    }
}

extension OpenRange {
    fileprivate var place: PortfolioTable { PortfolioTable(portfolio: portfolio, table: table) }
}

extension RowDifference {
    /// Where it was found.
    var place: PortfolioTable { PortfolioTable(portfolio: portfolio, table: table) }
}

extension TableDigest {
    fileprivate var place: PortfolioTable { PortfolioTable(portfolio: portfolio, table: table) }
}

extension ReplicaEngine {
    /// Runs `body` on one unchanging state at the cursor `expected`, in which nothing is on its way
    /// to the centre. Throws `NotComparable` where the file is in no such state.
    fileprivate func still<R>(at expected: Cursor, _ body: () throws -> R) throws -> R {
        try db.transaction(.deferred) {
            let onTheWay = try onTheWay()
            guard onTheWay == 0 else { throw NotComparable.onTheWay(onTheWay) }
            guard try cursor() == expected else { throw NotComparable.moved }
            return try body()
        }
    }
}
