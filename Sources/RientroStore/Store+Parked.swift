package import RientroProtocol
internal import RientroSQLite

/// Changes that are kept beside the tables: of a table that a later schema knows, of a row that is
/// not here yet, or of one that its table does not take, since somebody has made an index that
/// refuses it.
///
/// What cannot be read there was not put there by this program. It stops no merge, and is counted
/// until a comparison has proven that nothing is missing with it.
extension Store {
    func park(_ change: RowChange) throws -> MergeResult {
        try keep(parked: change)
        return .parked
    }

    /// Keeps a change beside the tables, once, until its table takes it.
    package func keep(parked change: RowChange) throws {
        let content = change.encoded()
        let known = try db.integer(
            "SELECT 1 FROM parked WHERE tab = ? AND row = ? AND content = ?",
            SQLiteValue(change.table), .text(change.id), .blob(content))
        guard known == nil else { return }
        try db.run(
            "INSERT INTO parked(tab, row, content) VALUES (?, ?, ?)", SQLiteValue(change.table),
            .text(change.id), .blob(content))
        mayHaveParked = true
    }

    /// Merges what waited for the birth of a row.
    func unpark(table: Int, id: String) throws {
        guard mayHaveParked else { return }
        let waiting = try db.rows(
            "SELECT seq, content FROM parked WHERE tab = ? AND row = ? ORDER BY seq",
            SQLiteValue(table), .text(id)
        ) { ($0.integer(0), try? RowChange(decoding: $0.blob(1))) }
        for case (let number, let change?) in waiting {
            try forget(parked: number)
            try mergeOrKeep(change)
        }
    }

    /// What its table still cannot hold goes on waiting.
    private func mergeOrKeep(_ change: RowChange) throws {
        do {
            _ = try merge(change)
        } catch let error as SQLiteError where error.isOfRow && db.isInTransaction {
            #if Mutations
                if Mutation.parkedMergedOnce.isChosen { return }
            #endif
            try keep(parked: change)
        }
    }

    /// What this file's tables could take by now, the oldest first: their table is known, and the
    /// row is here or is born by the change. All else waits for another change. The numbers are
    /// for `parked(_:)`.
    package func parkedAndReady() throws -> [Int64] {
        var found: [Int64] = []
        try forEachParked { parked, layout in
            if try isReady(parked.change, layout) { found.append(parked.number) }
        }
        return found
    }

    /// The change of this number; nil where it waits no longer, or cannot be read.
    package func parked(_ number: Int64) throws -> RowChange? {
        try db.first("SELECT content FROM parked WHERE seq = ?", .integer(number)) {
            try? RowChange(decoding: $0.blob(0))
        } ?? nil
    }

    /// How many rows there are of which the file does not take what the centre has, or of which
    /// what waits cannot be read.
    package func parkedRowCount() throws -> Int {
        var rows = Set(try unreadableParked().map(\.row))
        try forEachParked { parked, layout in
            if try isReady(parked.change, layout) {
                rows.insert(RowName(table: parked.change.table, id: parked.change.id))
            }
        }
        return rows.count
    }

    /// Forgets what cannot be read: once the file is proven to have what the centre has.
    package func forgetUnreadableParked() throws {
        for parked in try unreadableParked() { try forget(parked: parked.number) }
    }

    /// What cannot be read, of tables that the schema knows.
    private func unreadableParked() throws -> [(number: Int64, row: RowName)] {
        var found: [(number: Int64, row: RowName)] = []
        try db.forEach("SELECT seq, tab, row, content FROM parked ORDER BY seq") { row in
            let table = Int(row.integer(1))
            guard layouts[table] != nil, (try? RowChange(decoding: row.blob(3))) == nil else {
                return
            }
            found.append((row.integer(0), RowName(table: table, id: row.text(2))))
        }
        return found
    }

    /// Forgets a change that its table has taken.
    package func forget(parked number: Int64) throws {
        try db.run("DELETE FROM parked WHERE seq = ?", .integer(number))
    }

    /// Every parked change of a table that the schema knows, the oldest first.
    func forEachParked(_ body: (ParkedChange, TableLayout) throws -> Void) throws {
        try db.forEach("SELECT seq, tab, content FROM parked ORDER BY seq") { row in
            guard let layout = layouts[Int(row.integer(1))] else { return }
            guard let change = try? RowChange(decoding: row.blob(2)) else { return }
            try body(ParkedChange(number: row.integer(0), change: change), layout)
        }
    }

    private func isReady(_ change: RowChange, _ layout: TableLayout) throws -> Bool {
        switch change.content {
        case .ledger: layout.table.kind == .ledger
        case .record(let birth, _):
            if layout.table.kind == .ledger {
                false
            } else if birth != nil {
                true
            } else {
                try contains(layout, id: change.id)
            }
        }
    }
}

/// A change that waits beside the tables, with its place in the order in which it came.
struct ParkedChange {
    /// `parked.seq`.
    let number: Int64
    /// What waits.
    let change: RowChange
}

/// A row by the number of its table and its id.
struct RowName: Hashable {
    let table: Int
    let id: String
}
