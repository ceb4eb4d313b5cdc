internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// Who made a row, and who wrote a register, is what its stamp says: an office gives only stamps of
/// its own number, and of those before it in its line.
extension CentreEngine {
    static let anothersStamp = "its stamp is another office's"

    /// Whether the author may give such a stamp.
    func isOwn(_ stamp: Stamp, _ act: inout Act) throws -> Bool {
        if act.isCentre || stamp.replica == act.author { return true }
        let line = try act.line ?? self.line(of: act.author)
        act.line = line
        return line.contains(stamp.replica)
    }

    /// Whether every stamp that a row is born with is the author's.
    func isAllOwn(_ change: RowChange, _ act: inout Act) throws -> Bool {
        guard case .record(let birth, let writes) = change.content else { return true }
        let stamps = [birth?.stamp] + writes.map(\.stamp)
        return try stamps.compactMap(\.self).allSatisfy { try isOwn($0, &act) }
    }

    /// Whether a write is its author's. Where it is another's, nothing is to be done if it stands
    /// here already, as he wrote it; else it is refused.
    func isOwn(
        _ write: RegisterWrite, of change: RowChange, _ layout: TableLayout, _ row: StoredRow?,
        _ act: inout Act
    ) throws -> Bool {
        guard let stamp = write.stamp, try !isOwn(stamp, &act) else { return true }
        if let row, let index = layout.registerIndex[write.register],
            row.effectiveStamp(index) == stamp.rawValue,
            layout.registerColumns[index].map({ row.columns[$0] }) == write.values?.map(\.stored)
        {
            act.spoil()
            return false
        }
        let refusal = ChangeRefusal(
            register: write.register, reason: .badValue, detail: Self.anothersStamp)
        try refuse(write, of: change, layout, row, refusal, &act)
        return false
    }

    /// Applies the birth of a row that is here: it is no birth. What never changes stays as the
    /// centre has it, and so does who made the row and when; what came with it are writes.
    ///
    /// A file and its copy may both bring a row that was made before the one became two, and two
    /// offices may give one id to two rows: those are refused, as ledger rows are.
    func applyBornAgain(
        _ change: RowChange, _ layout: TableLayout, _ unit: Unit, _ present: StoredRow?,
        _ birth: Birth, _ writes: [RegisterWrite], _ refusals: [ChangeRefusal], _ act: inout Act
    ) throws {
        guard let present, layout.isBorn(present, as: birth) else {
            return try refuse(change, .ledgerChanged, "another row has this id", &act)
        }
        act.spoil()
        let isEarlier = birth.stamp.rawValue < present.born ?? 0
        var rest: [RegisterWrite] = []
        for var write in writes {
            // What is as old as an earlier birth is older than all that stands, and lost; told only
            // that the row is younger, its author would keep it.
            let isLost = isEarlier && write.stamp == nil
            write.stamp = write.stamp ?? birth.stamp
            // Only the first birth brings a value of the centre's.
            let isCentres = layout.register(write.register)?.writer == .centre
            if isLost || isCentres { tellPresent(write, of: change, layout, present, &act) }
            if !isCentres { rest.append(write) }
        }
        if !rest.isEmpty {
            let change = RowChange(
                table: change.table, id: change.id, content: .record(birth: nil, writes: rest))
            try applyRecord(change, layout, unit, present, nil, rest, refusals, &act)
        }
        try tellBirth(birth, of: change, present, &act)
    }
}

extension TableLayout {
    /// Whether the columns that never change are those of the birth.
    fileprivate func isBorn(_ row: StoredRow, as birth: Birth) -> Bool {
        let defaults = birth.fixed.count < fixedColumns.count ? completed([]) : []
        return fixedColumns.enumerated().allSatisfy { index, position in
            let value = index < birth.fixed.count ? birth.fixed[index] : defaults[position]
            return row.columns[position] == value.stored
        }
    }
}
