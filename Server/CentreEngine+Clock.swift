internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// Clocks may lie: a stamp too far ahead is corrected, and its author is told.
extension CentreEngine {
    /// The stamp to apply: what was put in its place when it came before, else the sent one, or
    /// where it is more than the limit ahead of the centre's time, `max(centre's now, the
    /// register's present stamp + 1 ms)`.
    ///
    /// A file that was put back sends a write again that nobody can know by its change-set's name.
    /// With a stamp made anew it would win over whatever was written since.
    func correctedStamp(
        _ stamp: Stamp, of change: RowChange, register: Int, present: Stamp?, _ act: inout Act
    ) throws -> Stamp {
        if try hasCorrections(&act) {
            let before = try given(change, register, stamp)
            #if Mutations
                let isKept = before != stamp && !Mutation.correctionMadeAnew.isChosen
            #else
                let isKept = before != stamp
            #endif
            if isKept { return before }
        }
        guard isFarAhead(stamp, act) else { return stamp }
        if act.isRetried, let present, try sent(change, register, given: present) > stamp {
            // What stands there was written later by the same clock, and corrected before.
            return Stamp(milliseconds: present.milliseconds - 1, replica: stamp.replica)
        }
        let after = present.map { $0.milliseconds + 1 } ?? 0
        return Stamp(milliseconds: max(act.time, after), replica: stamp.replica)
    }

    /// Whether a stamp is more than the limit ahead of the centre's time.
    func isFarAhead(_ stamp: Stamp, _ act: Act) -> Bool {
        #if Mutations
            if Mutation.farStampTaken.isChosen { return false }
        #endif
        return stamp.milliseconds > act.time + Limits.stampAheadMillisecondsMax
    }

    /// Whether any stamp of the row was ever corrected.
    func isCorrected(_ change: RowChange, _ act: inout Act) throws -> Bool {
        guard try hasCorrections(&act) else { return false }
        return try db.integer(
            "SELECT 1 FROM correction WHERE tab = ? AND row = ? LIMIT 1",
            SQLiteValue(change.table), .text(change.id)) == 1
    }

    /// Whether any stamp was ever corrected: looked up once for an act.
    private func hasCorrections(_ act: inout Act) throws -> Bool {
        if let known = act.hasCorrections { return known }
        let found = try db.integer("SELECT 1 FROM correction LIMIT 1") == 1
        act.hasCorrections = found
        return found
    }

    /// The write with its stamp corrected where it must be, and its base read as corrected.
    func corrected(
        _ write: RegisterWrite, of change: RowChange, _ layout: TableLayout,
        _ row: StoredRow?, _ birth: Birth?, _ act: inout Act
    ) throws -> RegisterWrite {
        var write = write
        if let base = write.base {
            write.base = try given(change, write.register, base)
            #if Mutations
                if Mutation.baseNotCorrected.isChosen { write.base = base }
            #endif
        }
        guard let sent = write.stamp, let index = layout.registerIndex[write.register] else {
            return write
        }
        var present = row.flatMap { Stamp(rawValue: $0.effectiveStamp(index)) }
        if row == nil, let birth, sent > birth.stamp {
            // What was written to a new row after its birth must stay later: a copy of the file may
            // send the row again as it was born.
            present = try correctedStamp(
                birth.stamp, of: change, register: 0, present: nil, &act)
        }
        let stamp = try correctedStamp(
            sent, of: change, register: write.register, present: present, &act)
        guard stamp != sent else { return write }
        write.stamp = stamp
        try keepCorrection(change, write.register, sent, stamp, &act)
        if try !tellWinner(over: write, stamp, sent, change, layout, row, &act) {
            noteCorrection(change, write.register, sent, stamp, &act, values: write.values)
        }
        return write
    }

    /// The stamp of the birth of a row that is new, corrected where it must be.
    func corrected(
        _ birth: Birth, of change: RowChange, _ act: inout Act
    ) throws -> Birth {
        let stamp = try correctedStamp(birth.stamp, of: change, register: 0, present: nil, &act)
        guard stamp != birth.stamp else { return birth }
        try keepCorrection(change, 0, birth.stamp, stamp, &act)
        noteCorrection(change, 0, birth.stamp, stamp, &act)
        return Birth(stamp: stamp, fixed: birth.fixed)
    }

    /// Tells the author of a row that was here before, where his own says that it
    /// was made earlier, or at a time that was corrected. Of a later one he learns from the log,
    /// whose birth is the earlier.
    func tellBirth(
        _ birth: Birth, of change: RowChange, _ row: StoredRow, _ act: inout Act
    ) throws {
        guard let born = Stamp(rawValue: row.born ?? 0), born != birth.stamp else { return }
        let stamp = try correctedStamp(birth.stamp, of: change, register: 0, present: nil, &act)
        guard stamp != birth.stamp || birth.stamp < born else { return }
        noteCorrection(change, 0, birth.stamp, born, &act)
    }

    /// Tells the author what stands in a register, where it is not what he sent.
    func tellPresent(
        _ write: RegisterWrite, of change: RowChange, _ layout: TableLayout, _ row: StoredRow,
        _ act: inout Act
    ) {
        guard let index = layout.registerIndex[write.register], let sent = write.stamp,
            let present = Stamp(rawValue: row.effectiveStamp(index))
        else { return }
        let values = layout.registerColumns[index].map { Value(row.columns[$0]) ?? .null }
        guard present != sent || values != write.values else { return }
        noteCorrection(change, write.register, sent, present, &act, values: values)
    }

    /// Tells the author what stands at the centre, where that wins over his write as corrected;
    /// false where it does not.
    private func tellWinner(
        over write: RegisterWrite, _ stamp: Stamp, _ sent: Stamp, _ change: RowChange,
        _ layout: TableLayout, _ row: StoredRow?, _ act: inout Act
    ) throws -> Bool {
        guard let row, let index = layout.registerIndex[write.register],
            let present = Stamp(rawValue: row.effectiveStamp(index))
        else { return false }
        let values = layout.registerColumns[index].map { Value(row.columns[$0]) ?? .null }
        guard
            present > stamp
                || present == stamp && isGreater(values, than: write.values ?? [])
        else { return false }
        noteCorrection(change, write.register, sent, present, &act, values: values)
        return true
    }

    /// Tells the author.
    private func noteCorrection(
        _ change: RowChange, _ register: Int, _ sent: Stamp, _ present: Stamp, _ act: inout Act,
        values: [Value]? = nil
    ) {
        #if Mutations
            if Mutation.correctionNotTold.isChosen { return act.spoil() }
        #endif
        let item = OutcomeItem(
            table: change.table, id: change.id, register: register, reason: nil, sent: sent,
            present: present, values: nil)
        guard let values else { return act.note(item) }
        act.note(item, present: present, values: values)
    }

    /// Remembers the pair, for bases to come and for the same write sent again. A stamp given for
    /// itself is one that a file and its copy gave to two values.
    func keepCorrection(
        _ change: RowChange, _ register: Int, _ sent: Stamp, _ given: Stamp, _ act: inout Act
    ) throws {
        try db.run(
            """
            INSERT INTO correction(tab, row, register, sent, given) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            SQLiteValue(change.table), .text(change.id), SQLiteValue(register),
            .integer(sent.rawValue), .integer(given.rawValue))
        act.hasCorrections = true
    }

    /// Whether a stamp of a row's register was given to two values: a base that names it does not
    /// tell which of them was written over.
    func isOfTwoValues(
        _ stamp: Stamp, _ change: RowChange, _ register: Int, _ act: inout Act
    ) throws -> Bool {
        guard try hasCorrections(&act) else { return false }
        return try db.integer(
            """
            SELECT 1 FROM correction
            WHERE tab = ? AND row = ? AND register = ? AND sent = ? AND given = sent
            """,
            SQLiteValue(change.table), .text(change.id), SQLiteValue(register),
            .integer(stamp.rawValue)) == 1
    }

    /// The stamp that was sent for one that the centre gave; itself where it was not corrected.
    private func sent(_ change: RowChange, _ register: Int, given: Stamp) throws -> Stamp {
        let found = try db.integer(
            """
            SELECT max(sent) FROM correction
            WHERE tab = ? AND row = ? AND register IN (0, ?) AND given = ?
            """,
            SQLiteValue(change.table), .text(change.id), SQLiteValue(register),
            .integer(given.rawValue))
        return found.flatMap { Stamp(rawValue: $0) } ?? given
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
