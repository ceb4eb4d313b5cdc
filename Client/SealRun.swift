internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// One sealing: the rows of what is pending, in the order of the first write, gathered until a
/// change-set is full; then that is written and the next begins, so that memory is bounded.
///
/// Rows are read ahead, a window at a time, straight into the forms in which they travel. What is
/// unusual about a row (a value that cannot travel, a base, a birth, a size) leaves it to
/// `ReplicaEngine.sealing(of:)`, which knows all of it and looks at one row at a time.
///
/// What is done with a row that is looked at, and with a content that is full, is the caller's: a
/// preview counts what the seal writes.
struct SealRun {
    private let pending: PendingList
    private let readers: FormReaders
    private let lookAt: (PendingRow) throws -> SealedRow?
    private let seal: (_ content: [UInt8], _ rows: Int, _ isCut: Bool) throws -> Void
    private var forms = RowForms(capacity: 2 * Limits.changeSetBytesMax)
    private var weight = PartWeight()
    /// The rows of the next change-set: their entries, and their places in the forms.
    private var entries: [Int] = []
    private var rows: [Int32] = []
    /// The entry that the next change-set begins with.
    private var start = 0

    /// Entries that are read ahead: enough for ids of one time to lie together, and at a few
    /// kilobytes for the largest row that is read ahead still little memory.
    static let windowCount = 8192
    private let windowCount: Int

    /// - Parameters:
    ///   - lookAt: what travels of a row of which nothing may be assumed; nil where nothing does.
    ///   - seal: takes the content of the next change-set, the number of its rows, and whether it
    ///     ends only because it is full.
    init(
        _ pending: PendingList, readers: FormReaders, windowCount: Int = SealRun.windowCount,
        lookAt: @escaping (PendingRow) throws -> SealedRow?,
        seal: @escaping (_ content: [UInt8], _ rows: Int, _ isCut: Bool) throws -> Void
    ) {
        self.windowCount = windowCount
        self.pending = pending
        self.readers = readers
        self.lookAt = lookAt
        self.seal = seal
    }

    /// Seals everything.
    mutating func run() throws {
        var window = 0
        while window < pending.entries.count {
            let end = min(window + windowCount, pending.entries.count)
            forms.keep(rows)
            rows = rows.indices.map { Int32($0) }
            let read = try readers.read(window..<end, of: pending, into: &forms)
            for entry in window..<end {
                switch read[entry - window] {
                case .gone: continue
                case .row(let row): try add(row, entry)
                case .unusual:
                    guard let row = try lookAt(pending[entry]) else { continue }
                    forms.add(row.change, in: row.unit)
                    try add(Int32(forms.rows.count - 1), entry)
                }
            }
            window = end
        }
        try finish(entries.count, isCut: false)
    }

    /// Takes a row into the next change-set. Where it does not fit, that ends at the last end of a
    /// `write { }` that does; else before this row.
    private mutating func add(_ row: Int32, _ entry: Int) throws {
        weight.add(Int(row), of: forms)
        while !weight.fitsChangeSet {
            precondition(!entries.isEmpty, "a row that travels fits into a change-set")
            #if Mutations
                let end =
                    Mutation.writeCutAnywhere.isChosen
                    ? nil : pending.boundary(after: start, through: entry)
            #else
                let end = pending.boundary(after: start, through: entry)
            #endif
            let cut = end ?? entry
            try finish(entries.firstIndex { $0 >= cut } ?? entries.count, isCut: true)
            start = cut
            weight = PartWeight()
            for rest in rows { weight.add(Int(rest), of: forms) }
            weight.add(Int(row), of: forms)
        }
        entries.append(entry)
        rows.append(row)
    }

    /// Writes the first `count` rows as a change-set.
    private mutating func finish(_ count: Int, isCut: Bool) throws {
        guard count > 0 else { return }
        let content = forms.content(of: Array(rows[..<count]))
        try seal(content, count, isCut)
        rows.removeFirst(count)
        entries.removeFirst(count)
    }
}
