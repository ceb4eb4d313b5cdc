internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// Mending rows that differ from the centre's, of which nobody captured why.
///
/// What an office may write is taken for a write made now and goes up with the next request: a tool
/// that rebuilt a table may have carried a person's work. Everything else is put back.
extension ReplicaEngine {
    /// Mends the rows, in one transaction, and returns how many.
    ///
    /// Something may be on its way to the centre by then, from the repair or from people: each row
    /// is looked at by itself. What others wrote may not have been merged since the comparison, at
    /// `cursor`: then `NotComparable` is thrown.
    func mend(
        _ differences: [RowDifference], with rows: [String: RowChange], at cursor: Cursor
    ) throws -> Int {
        try transaction {
            try seal()
            guard try self.cursor() == cursor else { throw NotComparable.moved }
            return try store.quietly {
                var report = MergeReport()
                try retryParked(report: &report)
                return try differences.count { try mendOrLeave($0, with: rows[$0.id]) }
            }
        }
    }

    /// The hash of the row as it stands in the file; nil where it is not there.
    func digest(_ layout: TableLayout, id: String) throws -> RowDigest? {
        try store.read(layout, id: id).map { layout.digest(id: id, row: $0) }
    }

    /// A row that the file does not take, since a person's own index refuses it, stops no other.
    private func mendOrLeave(
        _ difference: RowDifference, with centre: RowChange?
    ) throws -> Bool {
        do {
            return try db.savepoint { try mend(difference, with: centre) }
        } catch let error as SQLiteError where error.isOfRow && db.isInTransaction {
            return false
        }
    }

    /// Mends one row, if it still is the one that was compared: what was written since is no part
    /// of the difference, and the next comparison sees it.
    private func mend(_ difference: RowDifference, with centre: RowChange?) throws -> Bool {
        guard let layout = store.layouts[difference.table] else { return false }
        let own = try store.read(layout, id: difference.id)
        let stored = own.map { layout.digest(id: difference.id, row: $0) }
        guard stored == difference.stored else { return false }
        guard difference.centre != nil else {
            guard let own else { return false }
            return try announce(layout, difference.id, own)
        }
        guard let centre else { return false }
        guard let own else {
            _ = try store.merge(centre)
            try closeRefusals(broughtBy: centre)
            return true
        }
        // The centre's, too, must be the one that was compared.
        guard let wanted = layout.stored(centre, inPlaceOf: own),
            layout.digest(id: centre.id, row: wanted) == difference.centre
        else { return false }
        if layout.table.kind == .ledger {
            try keepDiffering(centre)
            try store.replaceLedger(centre)
        } else {
            guard let row = try reconciled(layout, difference.id, own, wanted) else { return false }
            try store.update(layout, id: difference.id, row: row)
        }
        return true
    }

    /// A row that the centre does not know becomes a row inserted now, if offices insert such rows;
    /// else it is removed. What stands under it comes first: the centre refuses that too, and it
    /// must be here until then.
    private func announce(_ layout: TableLayout, _ id: String, _ own: StoredRow) throws -> Bool {
        guard layout.table.insertedBy == .offices, layout.table.kind != .reference else {
            guard try !store.isNeeded(layout, id: id, row: own) else { return false }
            try refuse(
                Refusal(
                    changeSet: try head().number, table: layout.table.number, id: id, register: 0,
                    reason: .readOnlyColumn,
                    detail: "the centre does not know the row, and it alone inserts such rows",
                    content: nil, raw: Self.raw(own.columns)))
            try store.remove(layout, id: id)
            return true
        }
        if layout.table.kind == .record, own.born == nil {
            var row = own
            row.born = try stampNow(after: nil)
            try store.update(layout, id: id, row: row)
        }
        try store.noteBirth(layout.table, id: id)
        return true
    }

    /// The centre's row with the registers that somebody has written here past the triggers, as if
    /// written now; nil where nothing can be later than what stands there.
    ///
    /// A register whose stamp here is older than the centre's was not written here: nothing of it
    /// is pending, or its stamp would be later. It is behind, since the file did not take what
    /// others wrote, and is put right.
    private func reconciled(
        _ layout: TableLayout, _ id: String, _ own: StoredRow, _ centre: StoredRow
    ) throws -> StoredRow? {
        var row = centre
        guard layout.table.kind == .record else { return row }
        for (index, register) in layout.table.registers.enumerated()
        where register.writer == .offices {
            let positions = layout.registerColumns[index]
            let values = positions.map { own.columns[$0] }
            guard values != positions.map({ centre.columns[$0] }) else { continue }
            // A rebuilt table may have lost its stamps; then it overwrote what the centre has.
            let last = centre.effectiveStamp(index)
            let base = own.stamps[index] ?? own.born ?? last
            #if Mutations
                let isWritten = base >= last || Mutation.behindTakenForWritten.isChosen
            #else
                let isWritten = base >= last
            #endif
            guard isWritten else { continue }
            guard let stamp = try stampNow(after: max(base, last)) else { return nil }
            for (position, value) in zip(positions, values) { row.columns[position] = value }
            row.stamps[index] = stamp
            try store.noteWrite(layout.table, id: id, register: register, base: base)
        }
        return row
    }

    /// `max(now + offset, floor, base + 1 ms)` with the replica's number, as the triggers make it.
    /// Nil where nothing can be later than the base.
    private func stampNow(after base: Int64?) throws -> Int64? {
        let floor = try db.integer("SELECT floor FROM me") ?? 0
        let (now, isOver) = try self.now().addingReportingOverflow(try clockOffset())
        let stamp = Stamp(
            clock: isOver ? 0 : now, floor: floor, after: base.flatMap { Stamp(rawValue: $0) },
            replica: try replica())
        return stamp?.rawValue
    }

    /// A number that is another after every change of tables and triggers.
    func schemaVersion() throws -> Int64 { try db.integer("PRAGMA schema_version") ?? 0 }

    /// Forgets tables that were compared and found equal, unless a table has been rebuilt since the
    /// file had that schema: then its suspicion is a new one.
    func forget(suspects: Set<Int>, ifSchema version: Int64) throws {
        try db.transaction {
            guard try schemaVersion() == version else { return }
            let rest = try self.suspects().subtracting(suspects).sorted()
            try db.run(
                "UPDATE office SET suspects = ?",
                .text(rest.map(String.init).joined(separator: " ")))
        }
    }

    /// Records that replica and centre were found equal.
    func noteProof(at cursor: Cursor) throws {
        try db.run(
            "UPDATE office SET proven_at = ?, proven_commit = ?",
            .integer(try now() + clockOffset()),
            .integer(cursor.commit))
        try store.forgetUnreadableParked()
    }
}

extension TableLayout {
    /// A whole row as it would stand in the file; nil where the change is not a whole row.
    fileprivate func stored(_ change: RowChange, inPlaceOf own: StoredRow) -> StoredRow? {
        var row = own
        switch change.content {
        case .ledger(let values):
            guard table.kind == .ledger, values.count == table.columns.count else { return nil }
            row.columns = values.map(\.stored)
            return row
        case .record(let birth?, let writes):
            guard table.kind != .ledger, birth.fixed.count == fixedColumns.count,
                Set(writes.map(\.register)) == Set(registerIndex.keys)
            else { return nil }
            row.born = birth.stamp.rawValue
            for (position, value) in zip(fixedColumns, birth.fixed) {
                row.columns[position] = value.stored
            }
            for write in writes {
                guard let index = registerIndex[write.register], let values = write.values,
                    values.count == registerColumns[index].count
                else { return nil }
                for (position, value) in zip(registerColumns[index], values) {
                    row.columns[position] = value.stored
                }
                let stamp = write.stamp?.rawValue
                row.stamps[index] = stamp == row.born ? nil : stamp
            }
            return row
        case .record(nil, _):
            return nil
        }
    }
}
