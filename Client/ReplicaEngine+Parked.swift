internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// What the file does not take from the centre, since an index that somebody has made refuses it,
/// waits beside the tables: a replica never refuses a commit.
extension ReplicaEngine {
    /// Takes a change, or keeps it beside the tables.
    ///
    /// What fails is one statement, which SQLite undoes by itself; a savepoint around every row or
    /// part would cost a copy of each page that it touches.
    func takeOrPark(_ change: RowChange, report: inout MergeReport) throws {
        do {
            try take(change, report: &report)
        } catch let error as SQLiteError where error.isOfRow && db.isInTransaction {
            try store.keep(parked: change)
            report.parkedFact = error.message
        }
    }

    /// Tries again what waits: the index may be gone by now, or the row that was in the way. Must
    /// be called inside `quietly`.
    func retryParked(report: inout MergeReport) throws {
        #if Mutations
            if Mutation.parkedForgotten.isChosen { return }
        #endif
        guard store.mayHaveParked else { return }
        for number in try store.parkedAndReady() {
            guard let change = try store.parked(number) else { continue }
            do {
                try take(change, report: &report)
                try store.forget(parked: number)
            } catch let error as SQLiteError where error.isOfRow && db.isInTransaction {
                report.parkedFact = error.message
            }
        }
    }

    /// Writes a row as the centre has it, in one register. Where the file does not take the value,
    /// the register keeps its own, with a stamp just below the centre's: so it is behind, and takes
    /// the value when it can.
    func update(
        _ layout: TableLayout, id: String, row: StoredRow, from own: StoredRow, register index: Int
    ) throws {
        do {
            try store.update(layout, id: id, row: row)
        } catch let error as SQLiteError where error.isOfRow && db.isInTransaction {
            let values = layout.registerColumns[index].compactMap { Value(row.columns[$0]) }
            let present = row.effectiveStamp(index)
            var behind = own
            behind.stamps[index] = max(present - 1, 0)
            try store.update(layout, id: id, row: behind)
            let write = RegisterWrite(
                register: layout.table.registers[index].number, stamp: Stamp(rawValue: present),
                base: nil, values: values)
            try store.keep(
                parked: RowChange(
                    table: layout.table.number, id: id,
                    content: .record(birth: nil, writes: [write])))
        }
    }
}
