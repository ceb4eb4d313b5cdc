internal import RientroSQLite

/// The client's own tables in a replica's file, beside the store's.
enum OfficeTables {
    /// One row: where the centre is, and how far the sync has come. Times are milliseconds since
    /// 1970 by the centre's clock.
    ///
    /// `outcomes_merged`: the last change-set whose outcome is in this file. `acknowledged`: the
    /// last that the centre has, judged by the rule of heads. `mending`: the incarnation id made
    /// for the request of a new number, while one is needed. `suspects`: tables whose triggers were
    /// gone for a while, to be compared with the centre after the next pull. `label`: what a person
    /// calls this file. `succeeds`: the number that the file had before the present one.
    /// `token_refused`: when the centre last did not know the token, by this machine's clock.
    static let office = """
        CREATE TABLE IF NOT EXISTS office(
          one INTEGER PRIMARY KEY CHECK (one = 1),
          server TEXT NOT NULL,
          name TEXT NOT NULL,
          portfolios TEXT NOT NULL,
          schema TEXT NOT NULL,
          outcomes_merged INTEGER NOT NULL DEFAULT 0,
          acknowledged INTEGER NOT NULL DEFAULT 0,
          covered INTEGER NOT NULL DEFAULT 0,
          last_sync INTEGER,
          proven_at INTEGER,
          proven_commit INTEGER,
          mending BLOB,
          suspects TEXT NOT NULL DEFAULT '',
          label TEXT,
          succeeds INTEGER,
          token_refused INTEGER
        ) STRICT
        """

    /// Sealed change-sets, as they travel, kept after their acknowledgement until they are covered.
    /// `is_cut`: a backlog did not fit, and this is not its end. `is_merged`: its outcome is in
    /// this file, under this number or an earlier one.
    static let outbox = """
        CREATE TABLE IF NOT EXISTS outbox(
          n INTEGER PRIMARY KEY,
          hash BLOB NOT NULL,
          content BLOB NOT NULL,
          rows INTEGER NOT NULL,
          is_cut INTEGER NOT NULL,
          sealed_at INTEGER NOT NULL,
          is_merged INTEGER NOT NULL DEFAULT 0
        ) STRICT
        """

    /// The hash of every change-set that was ever sealed here, under every number that the file
    /// had.
    static let history = """
        CREATE TABLE IF NOT EXISTS history(
          replica INTEGER NOT NULL,
          n INTEGER NOT NULL,
          hash BLOB NOT NULL,
          PRIMARY KEY (replica, n)
        ) STRICT, WITHOUT ROWID
        """

    /// All of them.
    static let all = [office, outbox, history]

    /// Columns that `office` did not have from the beginning, with their types.
    private static let added = [
        (name: "label", type: "TEXT"), (name: "succeeds", type: "INTEGER"),
        (name: "token_refused", type: "INTEGER"),
    ]

    /// Adds the columns that a file of an earlier program lacks. Writes nothing where none is
    /// missing.
    static func addMissing(on db: Connection) throws {
        guard try !missing(on: db).isEmpty else { return }
        try db.transaction {
            // Another process may have added them while this one waited for the lock.
            for column in try missing(on: db) {
                try db.execute("ALTER TABLE office ADD COLUMN \(column.name) \(column.type)")
            }
        }
    }

    private static func missing(on db: Connection) throws -> [(name: String, type: String)] {
        let present = try db.rows("SELECT name FROM pragma_table_info('office')") { $0.text(0) }
        return added.filter { !present.contains($0.name) }
    }
}
