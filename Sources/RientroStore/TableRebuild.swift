internal import RientroProtocol
internal import RientroSQLite

/// Makes one table as it should be and moves the rows over, losing nothing: what has no place in it
/// any more is kept beside it.
struct TableRebuild {
    /// The connection, in a transaction, with our triggers gone.
    let db: Connection
    /// The table as it should be.
    let table: SchemaObject
    /// Its number in the schema; nil for the store's own tables.
    let number: Int?

    private var quoted: String { SQL.name(table.name) }
    private static let birth = "born_stamp"
    private var fresh: String { "rientro_new_\(table.name)" }

    /// Throws `StoreError.tableUnusable` where a column is missing that is not a stamp.
    func run() throws {
        let head = "CREATE TABLE \(quoted)"
        precondition(
            table.sql.hasPrefix(head), "a table is made by its quoted name, as a renamed one")
        let present = try columns(of: table.name)
        let text = "CREATE TABLE \(SQL.name(fresh))" + table.sql.dropFirst(head.count)
        try db.make(SchemaObject(type: "table", name: fresh, sql: text))
        let wanted = try columns(of: fresh)
        for column in wanted where !present.contains(column) && !column.hasSuffix("_stamp") {
            throw StoreError.tableUnusable(table: table.name, column: column)
        }
        try keep(present.filter { !wanted.contains($0) })
        try db.execute("PRAGMA ignore_check_constraints = ON")
        defer { try? db.execute("PRAGMA ignore_check_constraints = OFF") }
        // A row whose registers have lost their stamps must not look as old as its birth: what a
        // tool wrote to it would be taken for what the centre had before.
        let isUnstamped = wanted.contains { !present.contains($0) }
        let shared = wanted.filter { present.contains($0) && !(isUnstamped && $0 == Self.birth) }
        do {
            try db.savepoint { try copyAll(shared) }
        } catch let error as SQLiteError where error.isConstraint {
            try copyEach(shared)
        }
        try db.execute("DROP TABLE \(quoted)")
        // Else SQLite refuses the name while a person's view of the dropped table is there.
        try db.execute("PRAGMA legacy_alter_table = ON")
        defer { try? db.execute("PRAGMA legacy_alter_table = OFF") }
        try db.execute("ALTER TABLE \(SQL.name(fresh)) RENAME TO \(quoted)")
    }

    /// Keeps columns that somebody had added, with the ids of their rows, in a table of their own.
    private func keep(_ columns: [String]) throws {
        guard !columns.isEmpty else { return }
        var name = "kept_\(table.name)"
        var count = 1
        while try !self.columns(of: name).isEmpty {
            count += 1
            name = "kept_\(table.name)_\(count)"
        }
        let list = (["id"] + columns).map(SQL.name).joined(separator: ", ")
        try db.execute("CREATE TABLE \(SQL.name(name)) AS SELECT \(list) FROM \(quoted)")
    }

    private func copyAll(_ columns: [String]) throws {
        let list = columns.map(SQL.name).joined(separator: ", ")
        try db.execute("INSERT INTO \(SQL.name(fresh))(\(list)) SELECT \(list) FROM \(quoted)")
    }

    /// Copies row by row; a row that the table cannot hold (an id twice, a number in a text's
    /// place, a value missing) is set aside as a refusal.
    private func copyEach(_ columns: [String]) throws {
        let list = columns.map(SQL.name).joined(separator: ", ")
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let select = try db.statement("SELECT \(list) FROM \(quoted)")
        let insert = try db.statement(
            "INSERT INTO \(SQL.name(fresh))(\(list)) VALUES (\(marks))")
        let idAt = columns.firstIndex(of: "id")
        while try select.step() {
            let values = columns.indices.map { select.value($0) }
            if let fact = try refusal(of: values, by: insert) {
                try setAside(values, id: idAt.map { values[$0] } ?? .null, because: fact)
            }
        }
        select.reset()
    }

    /// Why the table cannot hold the values; nil if it does now.
    private func refusal(
        of values: [SQLiteValue], by insert: Statement
    ) throws(SQLiteError) -> String? {
        do {
            try insert.bind(values)
            try insert.run()
            return nil
        } catch {
            guard error.isConstraint else { throw error }
            return error.message
        }
    }

    private func setAside(_ values: [SQLiteValue], id: SQLiteValue, because fact: String) throws {
        let row = if case .text(let text) = id { text } else { "" }
        try db.run(
            """
            INSERT INTO refused(change_set, tab, row, register, reason, detail, raw, refused_at)
            VALUES (0, ?, ?, 0, ?, ?, ?, \(TableDDL.now))
            """,
            SQLiteValue(number ?? 0), .text(row), .text(RefusalReason.badValue.code), .text(fact),
            .text(JSONText.array(values)))
    }

    private func columns(of name: String) throws -> [String] {
        try db.rows("SELECT name FROM pragma_table_info(?)", .text(name)) { $0.text(0) }
    }
}
