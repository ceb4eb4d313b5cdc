internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// What is told of a change-set that the centre has had under another name.
extension CentreEngine {
    /// The items of a stored outcome with what stands at the centre now.
    ///
    /// A file that goes on under a new number may have merged commits before it sends its
    /// change-sets again: a stamp of its own that was far ahead won over what others wrote, and the
    /// value that stood when the change-set first came would stay there for good.
    ///
    /// - Parameter portfolios: those of the office that is told. Of rows that it does not hold it
    ///   hears what it heard before.
    func asItStands(_ items: [OutcomeItem], in portfolios: [String]) throws -> [OutcomeItem] {
        #if Mutations
            if Mutation.outcomeToldAsStored.isChosen { return items }
        #endif
        var room = ValueRoom()
        var added = 0
        var compared: Set<Int> = []
        return try items.flatMap { item -> [OutcomeItem] in
            guard item.present != nil, let layout = store.layouts[item.table],
                layout.table.kind != .ledger, let row = try store.read(layout, id: item.id),
                try isHeld(row, item.id, layout, by: portfolios)
            else { return [item] }
            guard item.register == 0 else {
                return [present(item, item.register, layout, row, &room)]
            }
            let written = row.stamps.indices.filter { row.stamps[$0] != nil }.map { index in
                present(item, layout.table.registers[index].number, layout, row, &room)
            }
            added += written.count
            // The birth's comes last: it makes the stamps of the others those of the centre.
            if added <= ServerLimits.outcomeItemsAddedMax, written.allSatisfy({ $0.present != nil })
            {
                return written + [item]
            }
            // Without a stamp: the table is to be compared, once its births are right.
            var rest = item
            rest.present = nil
            return compared.insert(item.table).inserted ? [item, rest] : [item]
        }
    }

    private func isHeld(
        _ row: StoredRow, _ id: String, _ layout: TableLayout, by portfolios: [String]
    ) throws -> Bool {
        guard let unit = try store.unit(of: layout, id: id, columns: row.columns) else {
            return false
        }
        return try openRoutes(of: unit).contains { portfolios.contains($0) }
    }

    /// An item for a register, with what stands in it.
    private func present(
        _ item: OutcomeItem, _ register: Int, _ layout: TableLayout, _ row: StoredRow,
        _ room: inout ValueRoom
    ) -> OutcomeItem {
        var told = item
        told.register = register
        guard let index = layout.registerIndex[register] else { return item }
        return room.filled(
            told, present: Stamp(rawValue: row.effectiveStamp(index)),
            values: layout.registerColumns[index].map { Value(row.columns[$0]) ?? .null })
    }
}
