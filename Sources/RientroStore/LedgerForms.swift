package import RientroProtocol
internal import RientroSQLite

/// Reads ledger rows of one table, many at once, straight into the forms of a content.
///
/// The ids of rows that an office wrote one after the other lie together, since they begin with
/// the time, and so do the rows, which are kept by their ids: they are read in one walk, which
/// costs a third of finding each of them.
package final class LedgerForms {
    private let layout: TableLayout
    private let unit: UnitAtHand
    private let db: Connection
    /// Made when the first row is asked for: most tables of a schema have nothing pending.
    private var statement: Statement?

    /// So many rows that nobody asked for are walked over before the next is looked for: about as
    /// many as a search costs.
    private static let strangersMax = 3
    /// A row above this is left to be read by itself, so that what is read ahead stays small; far
    /// above any row that a person writes. Every limit of a row is far above it too.
    static let rowBytesMax = 2048

    /// Nil where the table is no ledger, or the unit of a row is known only from other rows.
    package init?(_ layout: TableLayout, in store: Store) {
        guard layout.table.kind == .ledger, let unit = UnitAtHand(layout, in: store) else {
            return nil
        }
        self.layout = layout
        self.unit = unit
        db = store.db
    }

    /// Reads the rows with these ids, which ascend, and tells `found` of each that is there: its
    /// place among `ids`, and whether it is now the last of the forms; if not, it is a row that
    /// must be looked at by itself.
    package func read(
        _ ids: [PackedID], into forms: inout RowForms, _ found: (Int, Bool) -> Void
    ) throws {
        guard let last = ids.last else { return }
        let statement = try prepared()
        var next = 0
        var strangers = Self.strangersMax
        defer { statement.reset() }
        while next < ids.count {
            if strangers >= Self.strangersMax {
                statement.reset()
                try statement.bind(1, ids[next].text)
                try statement.bind(2, last.text)
                strangers = 0
            }
            guard try statement.step() else { return }
            // Nobody waits for an id that is no UUID, and looking for the next could end here
            // again: the seal removes such rows, so there are few.
            guard let id = statement.uuid(0) else { continue }
            while next < ids.count, ids[next] < id { next += 1 }
            guard next < ids.count else { return }
            guard ids[next] == id else {
                strangers += 1
                continue
            }
            found(next, add(id, statement, to: &forms))
            strangers = 0
            next += 1
        }
    }

    private func prepared() throws(SQLiteError) -> Statement {
        if let statement { return statement }
        let columns = ["id"] + layout.table.columns.map { SQL.name($0.name) }
        let made = try db.statement(
            "SELECT \(columns.joined(separator: ", ")) FROM \(SQL.name(layout.table.name))"
                + " WHERE id >= ? AND id <= ? ORDER BY id")
        statement = made
        return made
    }

    private func add(_ id: PackedID, _ statement: Statement, to forms: inout RowForms) -> Bool {
        let table = layout.table.number
        let root: PackedID
        if let column = unit.column {
            guard let parent = statement.uuid(1 + column) else { return false }
            root = parent
        } else {
            root = id
        }
        forms.begin(id, table: table, unit: root, unitTable: unit.parent ?? table)
        let all = 1..<1 + layout.table.columns.count
        guard forms.add(all, of: statement, most: Self.rowBytesMax) else {
            forms.cancel()
            return false
        }
        forms.endLedger()
        return true
    }
}
