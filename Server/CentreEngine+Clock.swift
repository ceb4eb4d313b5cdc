internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// Clocks may lie: a stamp too far ahead is corrected, and its author is told.
extension CentreEngine {
    /// The stamp to apply: the sent one, or where it is more than the limit ahead of the centre's
    /// time, `max(centre's now, the register's present stamp + 1 ms)`.
    func correctedStamp(_ stamp: Stamp, present: Stamp?, _ act: Act) -> Stamp {
        guard stamp.milliseconds > act.time + Limits.stampAheadMillisecondsMax else {
            return stamp
        }
        let after = present.map { $0.milliseconds + 1 } ?? 0
        return Stamp(milliseconds: max(act.time, after), replica: stamp.replica)
    }

    /// The write with its stamp corrected where it must be, and its base read as corrected.
    func corrected(
        _ write: RegisterWrite, of change: RowChange, _ layout: TableLayout,
        _ row: StoredRow?, _ birth: Birth?, _ act: inout Act
    ) throws -> RegisterWrite {
        var write = write
        if let base = write.base {
            write.base = try given(change, write.register, base)
        }
        guard let sent = write.stamp, let index = layout.registerIndex[write.register] else {
            return write
        }
        let present = row.flatMap { Stamp(rawValue: $0.effectiveStamp(index)) }
        let stamp = correctedStamp(sent, present: present, act)
        guard stamp != sent else { return write }
        write.stamp = stamp
        try noteCorrection(change, write.register, sent, stamp, &act, values: write.values)
        return write
    }

    /// Tells the author, and remembers the pair for bases to come.
    func noteCorrection(
        _ change: RowChange, _ register: Int, _ sent: Stamp, _ given: Stamp, _ act: inout Act,
        values: [Value]? = nil
    ) throws {
        try db.run(
            """
            INSERT INTO correction(tab, row, register, sent, given) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            SQLiteValue(change.table), .text(change.id), SQLiteValue(register),
            .integer(sent.rawValue), .integer(given.rawValue))
        act.note(
            OutcomeItem(
                table: change.table, id: change.id, register: register, reason: nil, sent: sent,
                present: given, values: values))
    }

    /// A base as the centre knows it: itself, or what it was corrected to. A register that is as
    /// old as its row has the birth's correction.
    private func given(_ change: RowChange, _ register: Int, _ base: Stamp) throws -> Stamp {
        let found = try db.integer(
            """
            SELECT given FROM correction
            WHERE tab = ? AND row = ? AND register IN (0, ?) AND sent = ? ORDER BY register DESC
            """,
            SQLiteValue(change.table), .text(change.id), SQLiteValue(register),
            .integer(base.rawValue))
        return found.flatMap { Stamp(rawValue: $0) } ?? base
    }
}
