internal import RientroProtocol

/// The repair of rows that differ, as a value: which of them to ask the centre for, and the batch
/// that is mended when they are here. Part of a `VerifyCourse`.
///
/// A row that has moved on since it was compared is left for the next comparison. A row of two
/// portfolios may be listed twice; mending it twice changes nothing.
struct Repair {
    /// Differences of one table in one portfolio that are mended next; empty at the end.
    private var batch: [RowDifference] = []
    /// The differences after those.
    private var rest: ArraySlice<RowDifference>
    /// The ids in the batch whose rows the centre has yet to give.
    private var missing: [String] = []
    /// The centre's rows in the batch, whole.
    private var rows: [String: RowChange] = [:]
    private let total: Int

    /// A repair that has not begun.
    init(of differences: [RowDifference]) {
        rest = differences[...]
        total = differences.count
        takeBatch()
    }

    /// What the centre has to be asked before the batch can be mended; nil where it can be.
    var question: DigestQuestion? {
        guard let first = batch.first, !missing.isEmpty else { return nil }
        return .rows(table: first.table, portfolio: first.portfolio, ids: missing)
    }

    /// The number of the batch's table; nil where everything is mended.
    var table: Int? { batch.first?.table }

    /// How far the repair has come.
    var progress: SyncProgress {
        SyncProgress(
            stage: .repairing, done: Int64(total - rest.count - batch.count), total: Int64(total))
    }

    /// Takes the answer to `question`. The centre gives as many rows as fit into an answer, so the
    /// rest is asked for again, until it has none of them.
    mutating func answered(_ units: [UnitChanges]) {
        for row in units.flatMap(\.rows) where row.table == table { rows[row.id] = row }
        let left = missing.filter { rows[$0] == nil }
        missing = left.count < missing.count ? left : []
    }

    /// Mends the batch, in one transaction, and returns how many of its rows. Throws `SQLiteError`.
    mutating func mend(_ engine: ReplicaEngine) throws -> Int {
        precondition(question == nil, "the centre's rows are not here yet")
        let mended = try engine.mend(batch, with: rows)
        takeBatch()
        return mended
    }

    private mutating func takeBatch() {
        let first = rest.first
        batch = Array(
            rest.prefix(Limits.rowsAskedMax).prefix {
                $0.table == first?.table && $0.portfolio == first?.portfolio
            })
        rest = rest.dropFirst(batch.count)
        missing = batch.filter { $0.centre != nil }.map(\.id)
        rows = [:]
    }
}
