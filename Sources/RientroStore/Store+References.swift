package import RientroProtocol
internal import RientroSQLite

extension Store {
    /// Why a new row names, as a row under its own parent, one that it can never count with; nil if
    /// there is nothing to say against it, also where what it names is not here: it may come later,
    /// and nobody can tell an order of arrival from a mistake.
    package func strayReference(of change: RowChange) throws -> String? {
        guard let layout = layouts[change.table], !layout.siblings.isEmpty,
            case .parent(_, let parent) = layout.table.routing
        else { return nil }
        let row = layout.fixed(of: change)
        for (position, sibling) in layout.siblings {
            guard case .text(let id) = row[position] else { continue }
            guard let named = self.layout(named: sibling.table) else { continue }
            let column = layout.table.columns[position].name
            let isItself = named.table.number == change.table && id == change.id
            let isSound =
                try read(named, id: id).map { target in
                    sibling.isMet(
                        column: column, under: parent,
                        by: { name in layout.position(of: name).map { row[$0] } ?? .null },
                        named: { name in
                            named.position(of: name).flatMap { Value(target.columns[$0]) } ?? .null
                        })
                } ?? true
            if isItself || !isSound {
                return sibling.demand(of: column, under: parent) + ", not \(id)"
            }
        }
        return nil
    }

    /// Whether the table takes no further row under the parent that a new row names, for it has
    /// `Schema.Table.perParentMax` of them: the sentence that says so, else nil.
    package func crowding(of change: RowChange) throws -> String? {
        guard let layout = layouts[change.table], let most = layout.table.perParentMax,
            let position = layout.routingColumn,
            case .text(let parent) = layout.fixed(of: change)[position],
            case .parent(let table, _) = layout.table.routing
        else { return nil }
        if crowds.hasRoom(in: layout.table.number, under: parent, most: most) { return nil }
        let statement = try statements(layout).count()
        defer { statement.reset() }
        try statement.bind(1, parent)
        try statement.bind(2, Int64(most))
        let count = try statement.step() ? statement.integer(0) : 0
        crowds.note(Int(count) + 1, in: layout.table.number, under: parent)
        return count < most
            ? nil
            : "this \(table) has \(most) rows of \(layout.table.name), and takes no more"
    }
}

extension TableLayout {
    /// What a new row has in the columns that never change, each at its position; NULL in the
    /// others.
    fileprivate func fixed(of change: RowChange) -> [Value] {
        let said: [Value]
        switch change.content {
        case .ledger(let values): said = values
        case .record(let birth, _): said = birth?.fixed ?? []
        }
        var row = table.columns.map { _ in Value.null }
        for (position, value) in zip(fixedColumns, said) { row[position] = value }
        return row
    }
}

extension Schema.Sibling {
    /// Whether two rows are as the reference asks.
    fileprivate func isMet(
        column: String, under parent: String, by row: (String) -> Value,
        named: (String) -> Value
    ) -> Bool {
        guard ([parent] + alike).allSatisfy({ row($0) == named($0) }) else { return false }
        if endsThere, named(column) != .null { return false }
        guard let opposes else { return true }
        guard case .integer(let back) = row(opposes), case .integer(let there) = named(opposes)
        else { return false }
        // Magnitudes, since the negative of the least number is none.
        return back.signum() * there.signum() < 0 && back.magnitude <= there.magnitude
    }
}
