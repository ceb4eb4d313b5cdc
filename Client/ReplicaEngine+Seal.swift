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
        // Mostly nothing is: every request and every merge asks.
        guard try db.integer("SELECT 1 FROM pending LIMIT 1") == 1 else { return }
        let readers = formReaders
        let pending = try PendingList(db, plain: readers.plain)
        guard !pending.entries.isEmpty else {
            if !pending.boundaries.isEmpty { try db.run("DELETE FROM pending") }
            return
        }
        // Every refusal says the change-set that its row would have been in; the first of them.
        let firstNumber = try head().number + 1
        var run = SealRun(
            pending, readers: readers, windowCount: windowCount,
            lookAt: { try self.change(of: $0, firstNumber: firstNumber) },
            seal: { try self.append($0, rows: $1, isCut: $2) })
        try store.quietly { try run.run() }
        try db.run("DELETE FROM pending")
    }

    /// The change that says what is pending of a row, after what cannot travel was set aside.
    private func change(of pending: PendingRow, firstNumber: Int64) throws -> SealedRow? {
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
        return try inUnit(sealing.change)
    }

    /// Puts a content with so many rows into the outbox as the next change-set.
    private func append(_ content: [UInt8], rows: Int, isCut: Bool) throws {
        let head = try head()
        try check(head.number, in: 0...Limits.changeSetNumberMax - 1, "history.n")
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

    /// A change with the unit that it belongs to. A row whose parent is not here, or is no id at
    /// all, is sent all the same: the centre looks for the unit itself, and says what is wrong.
    func inUnit(_ change: RowChange?) throws -> SealedRow? {
        guard let change else { return nil }
        let found = try store.unit(table: change.table, id: change.id)
        let unit = found.flatMap { RowID.isCanonical($0.id) ? $0 : nil } ?? .everyone
        return SealedRow(change: change, unit: unit)
    }
}
