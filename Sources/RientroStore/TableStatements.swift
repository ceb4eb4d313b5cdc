internal import RientroProtocol
internal import RientroSQLite

/// The prepared statements of one table on one connection, so that a row that is read or written
/// costs no search for its SQL text.
final class TableStatements {
    private let db: Connection
    private let layout: TableLayout
    private var selecting: Statement?
    private var finding: Statement?
    private var inserting: Statement?
    private var updating: Statement?
    private var counting: Statement?
    private var taking: [UInt64: Statement] = [:]

    /// Sets of registers that are written together by people are few; beyond these, rows are
    /// written whole.
    private static let takingMax = 64

    init(_ layout: TableLayout, on db: Connection) {
        self.layout = layout
        self.db = db
    }

    /// Reads one row by its id: `TableLayout.selectSQL`.
    func select() throws(SQLiteError) -> Statement {
        try prepared(&selecting, layout.selectSQL)
    }

    /// Finds a row by its id.
    func find() throws(SQLiteError) -> Statement {
        try prepared(&finding, layout.findSQL)
    }

    /// Counts the rows under a parent, up to a number: `TableLayout.countSQL`.
    func count() throws(SQLiteError) -> Statement {
        try prepared(&counting, layout.countSQL)
    }

    /// Inserts a row unless its id is there: `TableLayout.insertSQL`.
    func insert() throws(SQLiteError) -> Statement {
        try prepared(&inserting, layout.insertSQL)
    }

    /// Writes a whole row: `TableLayout.updateSQL`.
    func update() throws(SQLiteError) -> Statement {
        try prepared(&updating, layout.updateSQL)
    }

    /// Takes a set of registers (bit i: the one at position i) where all their stamps are greater
    /// than those of the row; nil where that is better done row by row.
    func take(_ registers: UInt64) throws(SQLiteError) -> Statement? {
        if let known = taking[registers] { return known }
        guard taking.count < Self.takingMax else { return nil }
        let made = try db.statement(layout.takeSQL(registers))
        taking[registers] = made
        return made
    }

    private func prepared(
        _ statement: inout Statement?, _ sql: String
    ) throws(SQLiteError) -> Statement {
        if let statement { return statement }
        let made = try db.statement(sql)
        statement = made
        return made
    }
}

extension TableLayout {
    /// Writes the columns and stamps of the registers whose bits are set, in the order of their
    /// positions, to the row whose id comes next, if each of the stamps that follow is greater
    /// than the one it replaces, and the base behind each, unless NULL, is what it replaces.
    fileprivate func takeSQL(_ registers: UInt64) -> String {
        var assignments: [String] = []
        var conditions: [String] = []
        for (index, register) in table.registers.enumerated() where registers >> index & 1 == 1 {
            let stamp = SQL.name(register.name + "_stamp")
            assignments += register.columns.map { "\(SQL.name($0)) = ?" }
            assignments.append("\(stamp) = nullif(?, born_stamp)")
            let present = "coalesce(\(stamp), born_stamp, 0)"
            conditions.append("\(present) < ? AND \(present) IS coalesce(?, \(present))")
        }
        return "UPDATE \(SQL.name(table.name)) SET \(assignments.joined(separator: ", "))"
            + " WHERE id = ? AND \(conditions.joined(separator: " AND "))"
    }
}

extension Statement {
    /// Gives the parameter `index` a value as it travels.
    func bind(_ index: Int, _ value: Value) throws(SQLiteError) {
        switch value {
        case .null: try bindNull(index)
        case .integer(let number): try bind(index, number)
        case .text(let text): try bind(index, text)
        case .blob(let bytes): try bind(index, bytes)
        }
    }
}
