internal import RientroSQLite
internal import RientroStore

extension CentreTables {
    /// A column that a table got after files of version 1 were made.
    struct AddedColumn: Equatable {
        /// The table.
        let table: String
        /// Its name.
        let name: String
        /// What `ALTER TABLE` is told of it beside its name: NULL or a constant stands in old rows.
        let definition: String
    }

    /// All of them, in order. New files get them in the same way, so all files are alike.
    ///
    /// `told_head` and `told_hash`: the head that the replica's last request told. `proven_commit`:
    /// the greatest commit at which it said that it found its digests equal. `told_schema` and
    /// `told_portfolios`, with a space between: what its last request said it holds.
    static let addedColumns = [
        AddedColumn(
            table: "replica", name: "told_head", definition: "INTEGER NOT NULL DEFAULT 0"),
        AddedColumn(table: "replica", name: "told_hash", definition: "BLOB"),
        AddedColumn(table: "replica", name: "proven_commit", definition: "INTEGER"),
        AddedColumn(table: "replica", name: "told_schema", definition: "INTEGER"),
        AddedColumn(table: "replica", name: "told_portfolios", definition: "TEXT"),
    ]

    /// Indexes that tables got after files of version 1 were made, by their names.
    ///
    /// `replica_succeeds`: what came after a number. `quarantine_open`: refusals of an office that
    /// wait. `quarantine_row`: rows that were refused whole, which their authors' files lack since.
    static let addedIndexes = [
        "replica_succeeds":
            "CREATE INDEX replica_succeeds ON replica(succeeds) WHERE succeeds IS NOT NULL",
        "quarantine_open":
            "CREATE INDEX quarantine_open ON quarantine(replica) WHERE closed_at IS NULL",
        "quarantine_row":
            "CREATE INDEX quarantine_row ON quarantine(tab, row) WHERE register = 0",
    ]

    /// The columns that a file does not have yet.
    static func missingColumns(on db: Connection) throws -> [AddedColumn] {
        try addedColumns.filter { column in
            try db.integer(
                "SELECT 1 FROM pragma_table_info(?) WHERE name = ?", .text(column.table),
                .text(column.name)) == nil
        }
    }

    /// The names of the indexes that a file does not have yet.
    static func missingIndexes(on db: Connection) throws -> [String] {
        try addedIndexes.keys.sorted().filter { name in
            try db.integer("SELECT 1 FROM sqlite_schema WHERE name = ?", .text(name)) == nil
        }
    }

    /// Adds what is missing. Call it inside a transaction.
    static func addMissing(on db: Connection) throws {
        for (name, definition) in addedIndexes where try missingIndexes(on: db).contains(name) {
            try db.execute(definition)
        }
        for column in try missingColumns(on: db) {
            try db.execute(
                "ALTER TABLE \(column.table) ADD COLUMN \(column.name) \(column.definition)")
        }
    }
}

extension CentreEngine {
    /// Brings a file that an earlier program has made up to date, beside whoever has it open. Call
    /// it outside a transaction, where the file is opened for writing. Throws `SQLiteError`.
    package func mend() throws {
        try FileFormat.mend(.centre, on: db)
        // Mostly nothing is missing, and nobody has to wait for the right to write.
        guard
            try !CentreTables.missingColumns(on: db).isEmpty
                || !CentreTables.missingIndexes(on: db).isEmpty
        else { return }
        try db.transaction { try CentreTables.addMissing(on: db) }
    }
}
