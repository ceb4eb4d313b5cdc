package import RientroProtocol
internal import RientroSQLite

/// Units that a portfolio of this replica has no longer.
extension Store {
    /// Notes that a unit was revoked: from now on its rows are in no digest.
    package func revoke(_ unit: Unit) throws {
        try db.run(
            "INSERT INTO revoked(unit_table, unit_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
            SQLiteValue(unit.table), .text(unit.id))
    }

    /// Notes that a unit was granted: it stays, whatever was revoked before.
    package func grant(_ unit: Unit) throws {
        try db.run(
            "DELETE FROM revoked WHERE unit_table = ? AND unit_id = ?", SQLiteValue(unit.table),
            .text(unit.id))
    }

    /// Removes the rows of all units that are revoked, and what waits of them beside the tables.
    /// Must be called inside `quietly`.
    ///
    /// A unit that goes with its children (a debtor) stays while one of them is here, since another
    /// portfolio brought it.
    package func removeRevoked() throws {
        let units = try db.rows("SELECT unit_table, unit_id FROM revoked") {
            Unit(table: Int($0.integer(0)), id: $0.text(1))
        }
        guard !units.isEmpty else { return }
        for unit in units where childTable(of: unit) == nil {
            try remove(unit, try rowsWaiting())
        }
        for unit in units {
            guard let (child, column) = childTable(of: unit) else { continue }
            let isHeld = try db.integer(
                "SELECT EXISTS (SELECT 1 FROM \(SQL.name(child)) WHERE \(SQL.name(column)) = ?)",
                .text(unit.id))
            let waiting = try rowsWaiting()
            let name = RowName(table: unit.table, id: unit.id)
            if isHeld == 0, !waiting.children.contains(name) { try remove(unit, waiting) }
        }
        try db.run("DELETE FROM revoked")
    }

    private func childTable(of unit: Unit) -> (table: String, column: String)? {
        guard case .children(let table, let column) = layouts[unit.table]?.table.routing else {
            return nil
        }
        return (table, column)
    }

    private func remove(_ unit: Unit, _ waiting: RowsWaiting) throws {
        guard let root = layouts[unit.table] else { return }
        for table in schema.allTables {
            guard case .unit(let number, let id) = table.routing else { continue }
            let condition = "\(SQL.name(number)) = ?1 AND \(SQL.name(id)) = ?2"
            for row in try ids(of: table, condition, SQLiteValue(unit.table), .text(unit.id)) {
                try remove(table, row, waiting)
            }
        }
        try remove(root.table, unit.id, waiting)
    }

    /// Removes a row, and before it all rows under it, whether it is here itself or not: it may be
    /// one of those that wait.
    private func remove(_ table: Schema.Table, _ id: String, _ waiting: RowsWaiting) throws {
        for child in schema.allTables {
            guard case .parent(table.name, let column) = child.routing else { continue }
            for row in try ids(of: child, "\(SQL.name(column)) = ?1", .text(id)) {
                try remove(child, row, waiting)
            }
        }
        for row in waiting.under[RowName(table: table.number, id: id), default: []] {
            guard let layout = layouts[row.table] else { continue }
            try remove(layout.table, row.id, waiting)
        }
        try db.run("DELETE FROM \(SQL.name(table.name)) WHERE id = ?", .text(id))
        // What waits for the birth of a row would wait for ever.
        try db.run(
            "DELETE FROM parked WHERE tab = ? AND row = ?", SQLiteValue(table.number), .text(id))
    }

    private func ids(
        of table: Schema.Table, _ condition: String, _ values: SQLiteValue...
    ) throws -> [String] {
        var ids: [String] = []
        try db.forEach("SELECT id FROM \(SQL.name(table.name)) WHERE \(condition)", values) {
            ids.append($0.text(0))
        }
        return ids
    }
}

/// Whole rows that wait beside the tables, by what they belong to.
private struct RowsWaiting {
    /// Those under a row or a unit.
    var under: [RowName: [RowName]] = [:]
    /// Units that are held by a child which waits.
    var children: Set<RowName> = []
}

extension Store {
    private func rowsWaiting() throws -> RowsWaiting {
        var found = RowsWaiting()
        guard mayHaveParked else { return found }
        try forEachParked { parked, layout in
            let name = RowName(table: parked.change.table, id: parked.change.id)
            guard let values = layout.fixedValues(of: parked.change) else { return }
            switch layout.table.routing {
            case .parent(let parent, let column):
                if let table = self.layout(named: parent), case .text(let id)? = values[column] {
                    found.under[RowName(table: table.table.number, id: id), default: []]
                        .append(name)
                }
            case .unit(let number, let id):
                if case .integer(let table)? = values[number], case .text(let id)? = values[id] {
                    found.under[RowName(table: Int(clamping: table), id: id), default: []]
                        .append(name)
                }
            case .everyone, .portfolio, .children: break
            }
            for parent in schema.allTables {
                guard case .children(layout.table.name, let column) = parent.routing,
                    case .text(let id)? = values[column]
                else { continue }
                found.children.insert(RowName(table: parent.number, id: id))
            }
        }
        return found
    }
}

extension TableLayout {
    /// The columns of a whole row that never change, by name; nil for a change that is none.
    fileprivate func fixedValues(of change: RowChange) -> [String: Value]? {
        let values: [Value]
        switch change.content {
        case .ledger(let all) where table.kind == .ledger: values = all
        case .record(let birth?, _) where table.kind != .ledger: values = birth.fixed
        default: return nil
        }
        let names = fixedColumns.map { table.columns[$0].name }
        return Dictionary(zip(names, values), uniquingKeysWith: { first, _ in first })
    }
}
