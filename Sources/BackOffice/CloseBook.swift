internal import Foundation
package import RientroSQLite

/// What the back office keeps of its own beside the centre's database: the closes, their figures,
/// and what was settled. One SQLite file in the centre's folder.
package struct CloseBook {
    /// The file's name in the centre's folder.
    package static let fileName = "backoffice.sqlite"
    /// The version of the tables, in SQLite's `user_version`.
    static let version: Int64 = 1

    /// The open file.
    package let db: Connection

    /// Opens the book in a centre's folder, and makes it where it is not there; nil where it is not
    /// there and may not be made.
    ///
    /// Throws `CloseError.newerBook`, `SQLiteError`.
    package init?(folder: String, isWriting: Bool) throws {
        let path = folder + "/" + Self.fileName
        if !FileManager.default.fileExists(atPath: path) {
            guard isWriting else { return nil }
            // Before SQLite makes it with whatever permissions the process gives.
            _ = FileManager.default.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        db = try Connection(path: path, mode: isWriting ? .readWrite : .readOnly)
        let found = try db.integer("PRAGMA user_version") ?? 0
        guard found <= Self.version else { throw CloseError.newerBook(path: path, version: found) }
        guard isWriting else { return }
        try db.beDurable()
        guard found < Self.version else { return }
        try db.execute("PRAGMA journal_mode = WAL")
        try db.transaction {
            for table in Self.tables { try db.execute(table) }
            try db.execute("PRAGMA user_version = \(Self.version)")
        }
    }

    /// Every table.
    static let tables = [
        // A day that was closed, up to which commit, in which language its tasks were written.
        """
        CREATE TABLE IF NOT EXISTS close(
          date TEXT PRIMARY KEY,
          previous TEXT,
          commit_number INTEGER NOT NULL,
          language TEXT NOT NULL
        ) STRICT
        """,
        // Its pages as JSON: what the report is drawn from, again and again the same.
        """
        CREATE TABLE IF NOT EXISTS page(
          date TEXT NOT NULL,
          kind TEXT NOT NULL,
          key TEXT NOT NULL,
          content TEXT NOT NULL,
          PRIMARY KEY (date, kind, key)
        ) STRICT, WITHOUT ROWID
        """,
        // Its key figures, each as two whole numbers.
        """
        CREATE TABLE IF NOT EXISTS measure(
          date TEXT NOT NULL,
          kind TEXT NOT NULL,
          key TEXT NOT NULL,
          name TEXT NOT NULL,
          period TEXT NOT NULL,
          currency TEXT NOT NULL,
          numerator INTEGER NOT NULL,
          denominator INTEGER NOT NULL,
          PRIMARY KEY (date, kind, key, name, period, currency)
        ) STRICT, WITHOUT ROWID
        """,
        // What the last close knew, to tell what has changed since.
        """
        CREATE TABLE IF NOT EXISTS promise_state(
          promise TEXT PRIMARY KEY,
          state TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE TABLE IF NOT EXISTS paid_in_full(account TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
        "CREATE TABLE IF NOT EXISTS seen(key TEXT PRIMARY KEY, first_date TEXT NOT NULL) STRICT",
        // What people settled of the review queue; it stays settled.
        """
        CREATE TABLE IF NOT EXISTS settled(
          key TEXT PRIMARY KEY,
          kind TEXT NOT NULL,
          choice TEXT NOT NULL,
          operator TEXT,
          note TEXT,
          settled_at TEXT NOT NULL
        ) STRICT
        """,
    ]
}
