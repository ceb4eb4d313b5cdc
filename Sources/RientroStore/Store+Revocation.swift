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

    /// Removes the rows of all units that are revoked. Must be called inside `quietly`.
    ///
    /// A unit that goes with its children (a debtor) stays while one of them is here, since another
    /// portfolio brought it.
    package func removeRevoked() throws {
        let units = try db.rows("SELECT unit_table, unit_id FROM revoked") {
            Unit(table: Int($0.integer(0)), id: $0.text(1))
        }
        guard !units.isEmpty else { return }
        for unit in units where childTable(of: unit) == nil { try remove(unit) }
        for unit in units {
            guard let (child, column) = childTable(of: unit) else { continue }
            let isHeld = try db.integer(
                "SELECT EXISTS (SELECT 1 FROM \(SQL.name(child)) WHERE \(SQL.name(column)) = ?)",
                .text(unit.id))
            if isHeld == 0 { try remove(unit) }
        }
        try db.run("DELETE FROM revoked")
    }

    private func childTable(of unit: Unit) -> (table: String, column: String)? {
        guard case .children(let table, let column) = layouts[unit.table]?.table.routing else {
            return nil
        }
        return (table, column)
    }

    private func remove(_ unit: Unit) throws {
        guard let root = layouts[unit.table] else { return }
        for table in schema.allTables {
            guard case .unit(let number, let id) = table.routing else { continue }
            try remove(
                table, where: "\(SQL.name(number)) = ?1 AND \(SQL.name(id)) = ?2",
                SQLiteValue(unit.table), .text(unit.id))
        }
        try remove(root.table, where: "id = ?1", .text(unit.id))
    }

    /// Removes the rows that fulfil a condition, and before them all rows under them.
    private func remove(
        _ table: Schema.Table, where condition: String, _ values: SQLiteValue...
    ) throws {
        let name = SQL.name(table.name)
        var ids: [String] = []
        try db.forEach("SELECT id FROM \(name) WHERE \(condition)", values) {
            ids.append($0.text(0))
        }
        for child in schema.allTables {
            guard case .parent(table.name, let column) = child.routing else { continue }
            for id in ids {
                try remove(child, where: "\(SQL.name(column)) = ?1", .text(id))
            }
        }
        for id in ids {
            try db.run("DELETE FROM \(name) WHERE id = ?", .text(id))
            // What waits for the birth of a row would wait for ever.
            try db.run(
                "DELETE FROM parked WHERE tab = ? AND row = ?", SQLiteValue(table.number),
                .text(id))
        }
    }
}
