internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// What is pending of one row.
struct PendingRow {
    var table: Int
    var id: String
    /// The bytes of an id that is not UTF-8, which `id` only shows.
    var malformedID: [UInt8]?
    var isBirth = false
    /// The registers that were written, with the first base of the kept ones.
    var bases: [Int: Int64?] = [:]
}

/// A change that travels, with the unit that it belongs to.
struct SealedRow {
    var change: RowChange
    var unit: Unit
}

extension ReplicaEngine {
    /// Turns what is pending into the next change-set, or into several where it does not fit into
    /// one. Does nothing where nothing is pending. Must be called inside a transaction; every
    /// transaction that merges calls it first, so that a change-set holds only its writer's own
    /// values, made at one cursor.
    package func seal() throws { try seal(windowCount: SealRun.windowCount) }

    /// The same, reading so many rows ahead.
    func seal(windowCount: Int) throws {
        precondition(db.isInTransaction, "sealing is part of a transaction")
        let readers = FormReaders(store)
        let pending = try PendingList(db, plain: readers.plain)
        guard !pending.entries.isEmpty else {
            if !pending.boundaries.isEmpty { try db.run("DELETE FROM pending") }
            return
        }
        var run = try SealRun(
            pending, readers: readers, of: self, windowCount: windowCount)
        try store.quietly { try run.run() }
        try db.run("DELETE FROM pending")
    }

    /// The change that says what is pending of a row, after what cannot travel was set aside.
    func change(of pending: PendingRow, firstNumber: Int64) throws -> RowChange? {
        let sealing = try sealing(of: pending)
        for var refusal in sealing.refusals {
            refusal.changeSet = firstNumber
            try refuse(refusal)
        }
        if sealing.removesRow, let layout = store.layouts[pending.table] {
            try db.run(
                "DELETE FROM \(SQL.name(layout.table.name)) WHERE id = CAST(? AS TEXT)",
                .blob(pending.malformedID ?? Array(pending.id.utf8)))
        }
        return sealing.change
    }

    /// The ranges of `changes` that become a change-set each; none where nothing travels.
    func cuts(_ changes: [SealedRow?], boundaries: [Int]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        while start < changes.count {
            let end = cut(changes, from: start, boundaries: boundaries)
            if changes[start..<end].contains(where: { $0 != nil }) { ranges.append(start..<end) }
            start = end
        }
        return ranges
    }

    /// The rows in the order of their first write, and after how many of them a `write { }` ended.
    func pendingRows() throws -> ([PendingRow], [Int]) {
        struct Key: Hashable {
            let table: Int
            let id: SQLiteValue
        }
        var rows: [PendingRow] = []
        var index: [Key: Int] = [:]
        var boundaries: [Int] = []
        try db.forEach("SELECT tab, row, registers, base FROM pending ORDER BY seq") { statement in
            let table = Int(statement.integer(0))
            guard table > 0 else {
                boundaries.append(rows.count)
                return
            }
            let key = Key(table: table, id: statement.value(1))
            let at = index[key] ?? rows.count
            if at == rows.count {
                index[key] = at
                var row = PendingRow(table: table, id: statement.text(1))
                if case .malformedText(let bytes) = key.id { row.malformedID = bytes }
                rows.append(row)
            }
            let entry = PendingEntry(
                registers: statement.integer(2), base: statement.optionalText(3))
            switch entry {
            case .birth: rows[at].isBirth = true
            case .writes(let bases): rows[at].bases.merge(bases) { first, _ in first }
            }
        }
        return (rows, boundaries)
    }

    /// Where the change-set that begins at `start` ends: where everything fits, at the end; else at
    /// the last end of a `write { }` that fits, else between rows.
    private func cut(_ changes: [SealedRow?], from start: Int, boundaries: [Int]) -> Int {
        var weight = PartWeight()
        for index in start..<changes.count {
            guard let row = changes[index] else { continue }
            weight.add(row.change, in: row.unit)
            if !weight.fitsChangeSet {
                let fitting = boundaries.last { $0 > start && $0 <= index }
                return fitting ?? max(index, start + 1)
            }
        }
        return changes.count
    }

    /// Puts a content with so many rows into the outbox as the next change-set.
    func append(_ content: [UInt8], rows: Int, isCut: Bool) throws {
        let head = try head()
        let set = ChangeSet(
            replica: try replica(), number: head.number + 1, previous: head.hash,
            cursor: try cursor(), names: [], part: Part(salt: try random(16), content: content))
        try keep(set, rows: rows, isCut: isCut, sealedAt: try now())
    }

    /// Puts a sealed change-set into outbox and history.
    func keep(_ set: ChangeSet, rows: Int, isCut: Bool, sealedAt: Int64) throws {
        let hash = set.hash.bytes
        try db.run(
            """
            INSERT INTO outbox(n, hash, content, rows, is_cut, sealed_at) VALUES (?, ?, ?, ?, ?, ?)
            """,
            .integer(set.number), .blob(hash), .blob(set.encoded()), SQLiteValue(rows),
            .integer(isCut ? 1 : 0), .integer(sealedAt))
        try db.run(
            "INSERT INTO history(replica, n, hash) VALUES (?, ?, ?)", .integer(set.replica),
            .integer(set.number), .blob(hash))
    }

    /// The changes with the units that they belong to.
    func inUnits(_ changes: [RowChange?]) throws -> [SealedRow?] {
        try changes.map { change in
            guard let change else { return nil }
            return SealedRow(change: change, unit: try unit(of: change))
        }
    }

    /// The unit that a row belongs to. A row whose parent is not here, or is no id at all, is sent
    /// all the same: the centre looks for the unit itself, and says what is wrong.
    func unit(of change: RowChange) throws -> Unit {
        let found = try store.unit(table: change.table, id: change.id)
        return found.flatMap { RowID.isCanonical($0.id) ? $0 : nil } ?? .everyone
    }

    func units(of batch: [SealedRow]) -> [UnitChanges] {
        var units: [UnitChanges] = []
        var index: [Unit: Int] = [:]
        for row in batch {
            if let at = index[row.unit] {
                units[at].rows.append(row.change)
            } else {
                index[row.unit] = units.count
                units.append(UnitChanges(unit: row.unit, rows: [row.change]))
            }
        }
        return units
    }
}
