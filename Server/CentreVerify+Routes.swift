internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// Which unit goes where must follow from the rows: an account to its portfolio, a debtor to those
/// of its accounts.
extension CentreVerify {
    mutating func checkRoutes() throws {
        let roots = engine.store.schema.tables.filter(\.isRoot)
        for (index, table) in roots.enumerated() {
            progress(.routes, Int64(index), Int64(roots.count))
            guard let derived = derivedRoutes(of: table) else { continue }
            let number = String(table.number)
            try compare(
                table,
                """
                SELECT unit, portfolio FROM (\(derived))
                EXCEPT SELECT unit_id, portfolio FROM route
                WHERE unit_table = \(number) AND to_commit IS NULL
                """, isOpen: false)
            try compare(
                table,
                """
                SELECT unit_id, portfolio FROM route
                WHERE unit_table = \(number) AND to_commit IS NULL
                EXCEPT SELECT unit, portfolio FROM (\(derived))
                """, isOpen: true)
        }
        progress(.routes, Int64(roots.count), Int64(roots.count))
    }

    /// The routes that the rows of a root table say, as a query of unit and portfolio.
    private func derivedRoutes(of table: Schema.Table) -> String? {
        switch table.routing {
        case .portfolio(let column):
            return
                "SELECT id AS unit, \(SQL.name(column)) AS portfolio FROM \(SQL.name(table.name))"
        case .children(let child, let column):
            guard let below = engine.store.layout(named: child)?.table,
                case .portfolio(let portfolio) = below.routing
            else { return nil }
            return """
                SELECT DISTINCT p.id AS unit, c.\(SQL.name(portfolio)) AS portfolio
                FROM \(SQL.name(child)) AS c
                JOIN \(SQL.name(table.name)) AS p ON p.id = c.\(SQL.name(column))
                """
        case .everyone, .parent, .unit: return nil
        }
    }

    private mutating func compare(
        _ table: Schema.Table, _ query: String, isOpen: Bool
    ) throws {
        for (id, portfolio) in try db.rows(query, body: { ($0.text(0), $0.text(1)) }) {
            report.add(
                .routeWrong(table: table.name, id: id, portfolio: portfolio, isOpen: isOpen))
        }
    }
}
