internal import RientroProtocol

/// The repair of rows that differ, as a value: which of them to ask the centre for, and the batch
/// that is mended when they are here. Part of a `VerifyCourse`.
///
/// What was found of one row in several portfolios is looked at together, and a row that has moved
/// on since it was compared is left for the next comparison. What a batch leaves on its way to the
/// centre is sent when all batches are mended.
struct Repair {
    /// The point of the centre's history at which both sides were compared.
    private let cursor: Cursor
    /// Rows that are mended next; empty at the end.
    private var batch: [RowDifference] = []
    /// Rows that the centre has and that are mended after those, a table of a portfolio together.
    private var rest: ArraySlice<RowDifference>
    /// Rows that the centre does not know, which are one batch, the last: it asks for none of them.
    private var unknown: [RowDifference]
    /// The ids in the batch whose rows the centre has yet to give.
    private var missing: [String] = []
    /// The centre's rows in the batch, whole.
    private var rows: [String: RowChange] = [:]
    private let total: Int

    /// A repair that has not begun.
    init(of comparison: Comparison) {
        let rows = Self.rows(of: comparison)
        cursor = comparison.cursor
        rest = rows.filter { $0.centre != nil }[...]
        unknown = rows.filter { $0.centre == nil }
        total = rows.count
        takeBatch()
    }

    /// The rows that have to be mended, each once: where the centre has it, else where it is here.
    ///
    /// A row that was found in another portfolio than the centre's may itself be the centre's: then
    /// it goes where it belongs when the row that routes it is mended. One that the centre does not
    /// know in its portfolio is none of the centre's only if all that the centre has of the table
    /// in the others was compared.
    private static func rows(of comparison: Comparison) -> [RowDifference] {
        struct Key: Hashable {
            let table: Int
            let id: String
        }
        var rows: [Key: RowDifference] = [:]
        for row in comparison.differences {
            let key = Key(table: row.table, id: row.id)
            if rows[key]?.centre == nil { rows[key] = row }
        }
        return rows.values.filter { row in
            if row.centre != nil { return row.stored != row.centre }
            return !comparison.leftOut.contains {
                $0.table == row.table && $0.portfolio != row.portfolio
            }
        }
        .sorted { ($0.portfolio, $0.table, $0.id) < ($1.portfolio, $1.table, $1.id) }
    }

    /// What the centre has to be asked before the batch can be mended; nil where it can be.
    var question: DigestQuestion? {
        guard let first = batch.first, !missing.isEmpty else { return nil }
        return .rows(table: first.table, portfolio: first.portfolio, ids: missing)
    }

    /// The numbers of the batch's tables; empty where everything is mended.
    var tables: Set<Int> { Set(batch.map(\.table)) }

    /// How far the repair has come.
    var progress: SyncProgress {
        let left = batch.count + rest.count + unknown.count
        return SyncProgress(stage: .repairing, done: Int64(total - left), total: Int64(total))
    }

    /// Takes the answer to `question`. The centre gives as many rows as fit into an answer, so the
    /// rest is asked for again, until it has none of them.
    mutating func answered(_ units: [UnitChanges]) {
        let table = batch.first?.table
        for row in units.flatMap(\.rows) where row.table == table { rows[row.id] = row }
        let left = missing.filter { rows[$0] == nil }
        missing = left.count < missing.count ? left : []
    }

    /// Mends the batch, in one transaction, and returns how many of its rows. Throws
    /// `NotComparable` where the file has moved on, `SQLiteError`.
    mutating func mend(_ engine: ReplicaEngine) throws -> Int {
        precondition(question == nil, "the centre's rows are not here yet")
        let mended = try engine.mend(batch, with: rows, at: cursor)
        takeBatch()
        return mended
    }

    private mutating func takeBatch() {
        let place = rest.first?.place
        batch = Array(rest.prefix(Limits.rowsAskedMax).prefix { $0.place == place })
        rest = rest.dropFirst(batch.count)
        if batch.isEmpty { swap(&batch, &unknown) }
        missing = batch.filter { $0.centre != nil }.map(\.id)
        rows = [:]
    }
}
