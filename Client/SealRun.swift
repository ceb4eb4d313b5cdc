internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// One sealing: the rows of what is pending, in the order of the first write, gathered until a
/// change-set is full; then that is written and the next begins, so that memory is bounded.
///
/// Rows are read ahead, a window at a time, straight into the forms in which they travel. What is
/// unusual about a row (a value that cannot travel, a base, a birth, a size) leaves it to
/// `ReplicaEngine.sealing(of:)`, which knows all of it and looks at one row at a time.
struct SealRun {
    private let engine: ReplicaEngine
    private let pending: PendingList
    private let readers: FormReaders
    /// Every refusal says the change-set that its row would have been in; the first of them.
    private let firstNumber: Int64
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

    init(
        _ pending: PendingList, readers: FormReaders, of engine: ReplicaEngine, windowCount: Int
    ) throws {
        self.windowCount = windowCount
        self.engine = engine
        self.pending = pending
        self.readers = readers
        firstNumber = try engine.head().number + 1
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
                    guard let row = try lookAt(entry) else { continue }
                    try add(row, entry)
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
            let cut = pending.boundary(after: start, through: entry) ?? entry
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
        try engine.append(content, rows: count, isCut: isCut)
        rows.removeFirst(count)
        entries.removeFirst(count)
    }

    /// Seals a row as one of which nothing may be assumed; nil where nothing of it travels.
    private mutating func lookAt(_ entry: Int) throws -> Int32? {
        let change = try engine.change(of: pending[entry], firstNumber: firstNumber)
        guard let change else { return nil }
        forms.add(change, in: try engine.unit(of: change))
        return Int32(forms.rows.count - 1)
    }
}
