internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// Two values of a kept register that were written without seeing each other.
struct ConflictFound {
    let register: Schema.Register
    let won: [Value]
    let wonStamp: Stamp
    let lost: [Value]
    let lostStamp: Stamp
}

/// No loser vanishes: where the present stamp is not the base that a write names, both values are
/// listed. It is what If-Match does, and needs no search of the log.
///
/// A write is later than its base. One that is not has a stamp that a file gave to another value
/// before it was put back, and that was corrected for that one: it loses to what it was written
/// over, and is listed too.
extension CentreEngine {
    /// The conflicts that the writes make with the row as it stands.
    func conflicts(
        in writes: [RegisterWrite], of change: RowChange, _ layout: TableLayout, _ row: StoredRow?,
        _ birth: Birth?, _ act: inout Act
    ) throws -> [ConflictFound] {
        guard let row else { return [] }
        return try writes.compactMap { write in
            guard let index = layout.registerIndex[write.register], let sent = write.values,
                layout.table.registers[index].rule == .kept,
                let stamp = write.stamp ?? birth?.stamp,
                let present = Stamp(rawValue: row.effectiveStamp(index)),
                try present != write.base || stamp <= present
                    || isOfTwoValues(present, change, write.register, &act)
            else { return nil }
            let columns = layout.registerColumns[index].map { row.columns[$0] }
            let values = columns.compactMap { Value($0) }
            // Both wrote the same: there is nothing to choose.
            guard values.count == columns.count, values != sent else { return nil }
            let isSentLater =
                stamp > present
                || (stamp == present && isGreater(sent, than: values))
            #if Mutations
                if Mutation.conflictNotListed.isChosen, isSentLater { return nil }
            #endif
            return ConflictFound(
                register: layout.table.registers[index], won: isSentLater ? sent : values,
                wonStamp: isSentLater ? stamp : present, lost: isSentLater ? values : sent,
                lostStamp: isSentLater ? present : stamp)
        }
    }

    /// Whether `a` wins where both have one stamp.
    func isGreater(_ a: [Value], than b: [Value]) -> Bool {
        Value.encode(b).lexicographicallyPrecedes(Value.encode(a))
    }

    /// Lists a conflict, as a row of the centre's in the same commit, or where that is full in one
    /// that follows.
    func record(
        _ conflict: ConflictFound, _ unit: Unit, _ layout: TableLayout, _ id: String,
        _ act: inout Act
    ) throws {
        let table = layout.table
        // The lost values are in the name: a file and its copies may have given one stamp to
        // several, and none of them may vanish.
        let name = Value.encode(
            [
                .integer(Int64(table.number)), .text(id), .integer(Int64(conflict.register.number)),
                .integer(conflict.lostStamp.rawValue),
            ] + conflict.lost)
        let change = RowChange(
            table: SystemTables.conflict.number, id: RowID.derived(from: name),
            content: .ledger([
                .integer(Int64(unit.table)), .text(unit.id), .text(table.name), .text(id),
                .text(conflict.register.name), .text(JSONText.array(conflict.won.map(\.stored))),
                .integer(conflict.wonStamp.rawValue),
                .text(JSONText.array(conflict.lost.map(\.stored))),
                .integer(conflict.lostStamp.rawValue),
                .text(UTCTime.text(milliseconds: act.time)),
            ]))
        guard try store.merge(change) == .inserted else { return }
        conflictsListed += 1
        act.noteBirth(change.id, root: nil)
        act.acceptOrLeave(change, in: unit)
        act.spoil()
    }
}
