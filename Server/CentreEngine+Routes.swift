internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// Which unit goes where: a table that is written in the same commit as what changes it.
extension CentreEngine {
    /// The portfolios that a unit goes to now.
    func openRoutes(of unit: Unit) throws -> [String] {
        let select = try openRoute()
        defer { select.reset() }
        try select.bind(1, Int64(unit.table))
        try select.bind(2, unit.id)
        var portfolios: [String] = []
        while try select.step() { portfolios.append(select.text(0)) }
        return portfolios
    }

    /// The same, looked up once for each unit of an act.
    func openRoutes(of unit: Unit, in act: inout Act) throws -> [String] {
        if let last = act.lastRoute, last.unit == unit { return last.portfolios }
        let found = try act.routes[unit] ?? routeMemory[unit] ?? lookUp(unit, in: &act)
        act.lastRoute = (unit, found)
        return found
    }

    private func lookUp(_ unit: Unit, in act: inout Act) throws -> [String] {
        let found = try openRoutes(of: unit)
        if !routeMemory.keep(found, of: unit) { act.routes[unit] = found }
        return found
    }

    /// Opens the routes of the roots that are new with the act, and of the debtors that they bring
    /// to a portfolio; returns the units that are granted whole, because they were there before.
    func openRoutes(for act: inout Act) throws -> [String: Set<Unit>] {
        var grants: [String: Set<Unit>] = [:]
        for unit in act.bornRoots.sorted(by: { ($0.table, $0.id) < ($1.table, $1.id) }) {
            guard let layout = store.layouts[unit.table],
                case .portfolio(let column) = layout.table.routing,
                let position = layout.table.columns.firstIndex(where: { $0.name == column }),
                let row = try store.read(layout, id: unit.id),
                case .text(let portfolio) = row.columns[position]
            else { continue }
            try open(unit, to: portfolio, in: &act)
            for parent in try parents(of: layout.table, row: row)
            where try open(parent, to: portfolio, in: &act) {
                #if Mutations
                    if Mutation.debtorNotGranted.isChosen { continue }
                #endif
                if !act.bornRoots.contains(parent) {
                    grants[portfolio, default: []].insert(parent)
                }
            }
        }
        return grants
    }

    /// About how many bytes of granted units, which are whole, a new root brings into the commit.
    func grantBytes(of change: RowChange, in act: inout Act) throws -> Int {
        guard let layout = store.layouts[change.table],
            case .portfolio(let column) = layout.table.routing,
            let position = layout.table.columns.firstIndex(where: { $0.name == column }),
            act.bornRoots.contains(Unit(table: change.table, id: change.id)),
            let row = try store.read(layout, id: change.id),
            case .text(let portfolio) = row.columns[position]
        else { return 0 }
        var bytes = 0
        for parent in try parents(of: layout.table, row: row)
        where try !act.bornRoots.contains(parent)
            && !openRoutes(of: parent, in: &act).contains(portfolio)
        {
            bytes += try store.rows(of: parent).reduce(0) { $0 + $1.encoded().count }
        }
        return bytes
    }

    /// The units that go wherever this row goes.
    private func parents(of table: Schema.Table, row: StoredRow) throws -> [Unit] {
        store.schema.tables.compactMap { parent in
            guard case .children(table.name, let column) = parent.routing,
                let position = table.columns.firstIndex(where: { $0.name == column }),
                case .text(let id) = row.columns[position]
            else { return nil }
            return Unit(table: parent.number, id: id)
        }
    }

    /// Opens a route; false if it is open already.
    @discardableResult
    private func open(_ unit: Unit, to portfolio: String, in act: inout Act) throws -> Bool {
        let routes = try openRoutes(of: unit, in: &act)
        guard !routes.contains(portfolio) else { return false }
        act.routes[unit] = (routes + [portfolio]).sorted()
        act.lastRoute = nil
        routeMemory.open(unit)
        try db.run(
            """
            INSERT INTO route(unit_table, unit_id, portfolio, from_commit) VALUES (?, ?, ?, ?)
            """,
            SQLiteValue(unit.table), .text(unit.id), .text(portfolio), .integer(act.commit))
        return true
    }
}
