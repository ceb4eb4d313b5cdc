/// The rules for columns that name rows.
extension Schema {
    /// Throws the first column whose limit names a table, or columns of it, that are not there or
    /// of the wrong sort.
    func checkReferences() throws(SchemaError) {
        for table in tables {
            for column in table.columns where !isSound(column, of: table) {
                throw .badReference(column: "\(table.name).\(column.name)")
            }
        }
    }

    private func isSound(_ column: Column, of table: Table) -> Bool {
        switch column.limit {
        case .key(let name):
            return self.table(named: name)?.kind == .reference
        case .id(let name):
            guard let named = self.table(named: name), named.kind != .reference else {
                return false
            }
            if case .parent(let parent, column.name) = table.routing { return parent == name }
            return true
        case .sibling(let sibling):
            return isSound(sibling, of: column, of: table)
        default:
            return true
        }
    }

    /// Both rows stand under the same parent, and what is compared never changes: else a write
    /// could make a reference wrong that was right when it was judged.
    private func isSound(_ sibling: Sibling, of column: Column, of table: Table) -> Bool {
        guard let named = self.table(named: sibling.table), table.isFixed(column: column.name),
            case .parent(let parent, _) = table.routing,
            case .parent(parent, _) = named.routing
        else { return false }
        for name in sibling.alike {
            guard table.isFixed(column: name), named.isFixed(column: name),
                table.column(name)?.type == named.column(name)?.type
            else { return false }
        }
        if let number = sibling.opposes {
            for side in [table, named] {
                guard side.isFixed(column: number), let column = side.column(number),
                    column.type == .integer, column.isRequired
                else { return false }
            }
        }
        return !sibling.endsThere || named.isFixed(column: column.name)
    }

    /// The table of this name, the engine's own among them.
    private func table(named name: String) -> Table? { allTables.first { $0.name == name } }
}

extension Schema.Sibling {
    /// What is asked of the row that `column` names, as a sentence: `reverses_id must name another
    /// payment of the same account_id …`.
    package func demand(of column: String, under parent: String) -> String {
        let same = ([parent] + alike).joined(separator: " and ")
        var text = "\(column) must name another \(table) of the same \(same)"
        if endsThere { text += ", itself without \(column)" }
        if let opposes {
            text += ", and take back no more than its \(opposes), with its sign turned"
        }
        return text
    }
}
