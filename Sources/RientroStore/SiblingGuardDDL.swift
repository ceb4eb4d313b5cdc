internal import RientroProtocol
internal import RientroSQLite

/// The guard of references to rows under the same parent: the file has all rows of a parent that
/// it has, so here a reference that names nothing is a mistake, and is refused at once.
///
/// What comes with a merge is not looked at: the centre has judged it, and it may come before what
/// it names.
enum SiblingGuardDDL {
    /// The statements at the end of the trigger of an insert, one for each such column.
    static func statements(_ table: Schema.Table) -> [String] {
        guard case .parent(_, let parent) = table.routing else { return [] }
        return table.columns.compactMap { column in
            guard case .sibling(let sibling) = column.limit else { return nil }
            let demand = sibling.demand(of: column.name, under: parent)
            let conditions = conditions(sibling, column.name, parent)
            return "SELECT raise(ABORT, \(SQL.text(demand)))"
                + " WHERE NEW.\(SQL.name(column.name)) IS NOT NULL AND \(CaptureDDL.awake)"
                + " AND NOT EXISTS (SELECT 1 FROM \(SQL.name(sibling.table)) AS named"
                + " WHERE \(conditions.joined(separator: " AND ")))"
        }
    }

    private static func conditions(
        _ sibling: Schema.Sibling, _ column: String, _ parent: String
    ) -> [String] {
        let name = SQL.name(column)
        var conditions = ["named.id = NEW.\(name)", "NEW.\(name) <> NEW.id"]
        conditions += ([parent] + sibling.alike).map(SQL.name).map { "named.\($0) IS NEW.\($0)" }
        if sibling.endsThere { conditions.append("named.\(name) IS NULL") }
        if let opposes = sibling.opposes.map(SQL.name) {
            // Never the sum of the two: it could be too large for 64 bits.
            conditions.append(
                "(NEW.\(opposes) < 0 AND NEW.\(opposes) >= -named.\(opposes)"
                    + " OR NEW.\(opposes) > 0 AND NEW.\(opposes) <= -named.\(opposes))")
        }
        return conditions
    }
}
