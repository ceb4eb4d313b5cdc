package import RientroProtocol
package import RientroSQLite

extension Store {
    /// The unit that a row belongs to; nil where its parent, or the parent's parent, is not here.
    ///
    /// - Parameter columns: the row's columns, in the order of the schema.
    package func unit(
        of layout: TableLayout, id: String, columns: [SQLiteValue]
    ) throws -> Unit? {
        switch layout.table.routing {
        case .everyone: return .everyone
        case .portfolio, .children: return Unit(table: layout.table.number, id: id)
        case .unit(let table, let root):
            let names = layout.table.columns.map(\.name)
            guard let at = names.firstIndex(of: table), let idAt = names.firstIndex(of: root),
                case .integer(let number) = columns[at], case .text(let rootID) = columns[idAt]
            else { return nil }
            return Unit(table: Int(number), id: rootID)
        case .parent(let name, _):
            guard let position = layout.routingColumn, case .text(let parentID) = columns[position],
                let parent = self.layout(named: name)
            else { return nil }
            switch parent.table.routing {
            case .portfolio, .children:
                return Unit(table: parent.table.number, id: parentID)
            case .everyone, .parent, .unit:
                guard let row = try read(parent, id: parentID) else { return nil }
                return try unit(of: parent, id: parentID, columns: row.columns)
            }
        }
    }

    /// The unit of a row that is here; nil if it is not.
    package func unit(table: Int, id: String) throws -> Unit? {
        guard let layout = layouts[table], let row = try read(layout, id: id) else { return nil }
        return try unit(of: layout, id: id, columns: row.columns)
    }

    /// Whether other rows would be out of reach without this one: those under it, and the row that
    /// is where it is by this one alone.
    package func isNeeded(_ layout: TableLayout, id: String, row: StoredRow) throws -> Bool {
        for table in schema.allTables {
            let name = SQL.name(table.name)
            let found: Int64?
            switch table.routing {
            case .parent(layout.table.name, let column):
                found = try db.integer(
                    "SELECT EXISTS (SELECT 1 FROM \(name) WHERE \(SQL.name(column)) = ?)",
                    .text(id))
            case .unit(let number, let unit):
                found = try db.integer(
                    "SELECT EXISTS (SELECT 1 FROM \(name) WHERE \(SQL.name(unit)) = ?"
                        + " AND \(SQL.name(number)) = ?)",
                    .text(id), SQLiteValue(layout.table.number))
            case .children(layout.table.name, let column):
                guard let at = layout.table.columns.firstIndex(where: { $0.name == column })
                else { continue }
                found = try db.integer(
                    "SELECT EXISTS (SELECT 1 FROM \(name) WHERE id = ?1) AND NOT EXISTS"
                        + " (SELECT 1 FROM \(SQL.name(layout.table.name))"
                        + " WHERE \(SQL.name(column)) = ?1 AND id <> ?2)",
                    row.columns[at], .text(id))
            case .everyone, .portfolio, .parent, .children: continue
            }
            if found == 1 { return true }
        }
        return false
    }

    /// All rows of a unit, whole, with their original stamps, the root first: what a grant carries.
    package func rows(of unit: Unit) throws -> [RowChange] {
        guard let root = layouts[unit.table], let row = try read(root, id: unit.id),
            let whole = wholeChange(root, id: unit.id, row: row)
        else { return [] }
        var found = [whole]
        try collect(under: root, ids: [unit.id], into: &found)
        try collectNamed(unit, into: &found)
        return found
    }

    private func collect(
        under parent: TableLayout, ids: [String], into found: inout [RowChange]
    ) throws {
        for child in schema.allTables {
            guard case .parent(parent.table.name, let column) = child.routing,
                let layout = layouts[child.number]
            else { continue }
            var below: [String] = []
            for id in ids {
                below += try collect(
                    layout, where: "\(SQL.name(column)) = ?", [.text(id)], into: &found)
            }
            if !below.isEmpty { try collect(under: layout, ids: below, into: &found) }
        }
    }

    /// The engine's own rows that name the unit: conflicts, and what people decided about them.
    private func collectNamed(_ unit: Unit, into found: inout [RowChange]) throws {
        for table in schema.allTables {
            guard case .unit(let number, let id) = table.routing, let layout = layouts[table.number]
            else { continue }
            let below = try collect(
                layout, where: "\(SQL.name(number)) = ? AND \(SQL.name(id)) = ?",
                [SQLiteValue(unit.table), .text(unit.id)], into: &found)
            if !below.isEmpty { try collect(under: layout, ids: below, into: &found) }
        }
    }

    private func collect(
        _ layout: TableLayout, where condition: String, _ values: [SQLiteValue],
        into found: inout [RowChange]
    ) throws -> [String] {
        var ids: [String] = []
        let list = layout.listSQL(where: condition)
        try db.forEach(list, values) { statement in
            let id = statement.text(0)
            let row = self.row(layout, in: statement, from: 1)
            // What stands under a row travels also where the row itself cannot.
            ids.append(id)
            guard let change = self.wholeChange(layout, id: id, row: row) else { return }
            found.append(change)
        }
        return ids
    }
}

extension TableLayout {
    /// Reads id, then what `selectSQL` reads, of the rows that fulfil a condition, in the order of
    /// their ids.
    func listSQL(where condition: String) -> String {
        let columns =
            ["id"] + table.columns.map { SQL.name($0.name) } + Self.stampColumns(table)
        return "SELECT \(columns.joined(separator: ", ")) FROM \(SQL.name(table.name))"
            + " WHERE \(condition) ORDER BY id"
    }
}
