package import RientroProtocol
internal import RientroSQLite

/// One table of the schema with what is derived from it once: positions of columns and registers,
/// and the SQL that reads and writes whole rows.
package final class TableLayout: Sendable {
    /// The table.
    package let table: Schema.Table
    /// For each register the positions of its columns in `table.columns`.
    package let registerColumns: [[Int]]
    /// The positions of the columns that never change after the birth (all of a ledger row's).
    package let fixedColumns: [Int]
    /// The position of a register in `table.registers` by its number.
    package let registerIndex: [Int: Int]
    /// The column that leads to the parent, the portfolio, or nothing: its position.
    package let routingColumn: Int?

    /// The columns that name another row under the same parent.
    let siblings: [(position: Int, sibling: Schema.Sibling)]

    private let positions: [String: Int]
    /// What each column takes.
    let checks: [ColumnCheck]
    /// Whether its columns, full, are more than a row that travels may have.
    let mayOutgrow: Bool
    /// What a row grows by where every register gets a stamp of its own.
    var stampBytes: Int { 8 * table.registers.count }

    /// Reads all columns, then `born_stamp` and the registers' stamps, of one row.
    let selectSQL: String
    /// Finds one row.
    let findSQL: String
    /// Counts the rows under one parent, up to so many.
    let countSQL: String
    /// Inserts a whole row unless the id is there.
    let insertSQL: String
    /// Writes all columns and stamps of one row.
    let updateSQL: String
    /// Removes one row. Only a merge may.
    let deleteSQL: String

    /// The layout of `table`.
    package init(_ table: Schema.Table) {
        self.table = table
        let position = Dictionary(
            uniqueKeysWithValues: table.columns.enumerated().map { ($1.name, $0) })
        registerColumns = table.registers.map { $0.columns.compactMap { position[$0] } }
        let mutable = Set(registerColumns.joined())
        fixedColumns = table.columns.indices.filter { !mutable.contains($0) }
        registerIndex = Dictionary(
            uniqueKeysWithValues: table.registers.enumerated().map { ($1.number, $0) })
        routingColumn =
            switch table.routing {
            case .portfolio(let column), .parent(_, let column): position[column]
            case .everyone, .children, .unit: nil
            }

        siblings = table.columns.enumerated().compactMap { at, column in
            if case .sibling(let sibling) = column.limit { (at, sibling) } else { nil }
        }
        let bytes = table.columns.reduce(0) { $0 + $1.bytesMax + Self.columnHeadBytes }
        mayOutgrow = bytes + Self.rowHeadBytes > Limits.rowBytesMax

        positions = position
        checks = table.columns.map(ColumnCheck.init)
        let name = SQL.name(table.name)
        let columns = table.columns.map { SQL.name($0.name) } + Self.stampColumns(table)
        let list = columns.joined(separator: ", ")
        let marks = Array(repeating: "?", count: columns.count + 1).joined(separator: ", ")
        selectSQL = "SELECT \(list.isEmpty ? "NULL" : list) FROM \(name) WHERE id = ?"
        findSQL = "SELECT 1 FROM \(name) WHERE id = ?"
        let parent = routingColumn.map { SQL.name(table.columns[$0].name) } ?? "NULL"
        countSQL =
            "SELECT count(*) FROM (SELECT 1 FROM \(name) WHERE \(parent) = ? LIMIT ?)"
        insertSQL = """
            INSERT INTO \(name)(\((["id"] + columns).joined(separator: ", "))) VALUES (\(marks)) \
            ON CONFLICT(id) DO NOTHING
            """
        let assignments = columns.map { "\($0) = ?" }.joined(separator: ", ")
        updateSQL = "UPDATE \(name) SET \(assignments) WHERE id = ?"
        deleteSQL = "DELETE FROM \(name) WHERE id = ?"
    }

    /// The most that CBOR puts around one value: its head, and the write of a register of its own.
    private static let columnHeadBytes = 32
    /// The most that it puts around a row.
    private static let rowHeadBytes = 64

    /// The names of the stamp columns, quoted: `born_stamp`, then one for each register; none for a
    /// ledger table.
    static func stampColumns(_ table: Schema.Table) -> [String] {
        guard table.kind != .ledger else { return [] }
        return ["born_stamp"] + table.registers.map { SQL.name($0.name + "_stamp") }
    }

    /// The position of the column with this name in `table.columns`.
    package func position(of column: String) -> Int? { positions[column] }

    /// The register with this number.
    package func register(_ number: Int) -> Schema.Register? {
        registerIndex[number].map { table.registers[$0] }
    }
}
