package import RientroProtocol
package import RientroSQLite

/// How the unit of a row is known from the row itself.
struct UnitAtHand {
    /// The table of the unit; nil: the row's own table, and its own id.
    let parent: Int?
    /// The position of the column that holds the unit's id.
    let column: Int?

    /// Nil where other rows would have to be read.
    init?(_ layout: TableLayout, in store: Store) {
        switch layout.table.routing {
        case .everyone, .unit: return nil
        case .portfolio, .children:
            parent = nil
            column = nil
        case .parent(let name, _):
            guard let above = store.layout(named: name), let position = layout.routingColumn
            else { return nil }
            switch above.table.routing {
            case .portfolio, .children: break
            case .everyone, .parent, .unit: return nil
            }
            parent = above.table.number
            column = position
        }
    }
}

extension Statement {
    /// The UUID in a column; nil where something else stands.
    package func uuid(_ index: Int) -> PackedID? {
        var found: PackedID?
        withColumn(index) { column in
            if column.storage == .text { found = PackedID(uuid: column.bytes.span) }
        }
        return found
    }
}

extension RowForms {
    /// Adds the columns of a range of the row that a statement stands on; false where a value
    /// cannot travel, or all of them together have more than `most` bytes.
    mutating func add(_ range: Range<Int>, of statement: Statement, most: Int) -> Bool {
        var left = most
        return statement.allColumns(range) { column in
            switch column.storage {
            case .null: null()
            case .integer: integer(column.integer)
            case .real: return false
            case .text:
                left -= column.bytes.count
                return left >= 0 && text(column.bytes.span)
            case .blob:
                left -= column.bytes.count
                guard left >= 0 else { return false }
                blob(column.bytes.span)
            }
            return true
        }
    }
}
