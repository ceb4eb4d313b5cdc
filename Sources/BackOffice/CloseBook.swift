internal import Glibc
package import RientroSQLite

/// The close's own book beside the centre: what was settled, and what earlier closes said.
///
/// It is `backoffice.sqlite` in the centre's folder, readable by its owner alone. Nothing in it is
/// replicated, and nothing that the centre's file says is repeated here.
package final class CloseBook {
    /// The connection.
    package let db: Connection

    /// The version of the file format that this program makes, and the newest that it opens.
    static let version: Int64 = 1
    /// `Rntb` in ASCII, for `file` and the like, as the centre's and the offices' files have one.
    static let applicationID: Int64 = 0x526E_7462

    /// Its tables. Each part of the close adds its own here.
    static let tables: [String] = settledTables + closeTables

    /// What people settled, and the findings that a close has listed, with the first that did.
    private static let settledTables = [
        """
        CREATE TABLE IF NOT EXISTS settled(
          key TEXT PRIMARY KEY,
          kind TEXT NOT NULL,
          choice TEXT NOT NULL,
          operator TEXT NOT NULL,
          note TEXT,
          settled_at INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE TABLE IF NOT EXISTS seen(key TEXT PRIMARY KEY, first_date TEXT NOT NULL) STRICT",
    ]

    /// The closes, and what the last one knew.
    private static let closeTables = [
        // A day that was closed, up to which commit of which history, in which language.
        """
        CREATE TABLE IF NOT EXISTS close(
          date TEXT PRIMARY KEY,
          previous TEXT,
          commit_number INTEGER NOT NULL,
          chain BLOB NOT NULL,
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
        // Its key figures, each as two whole numbers; those of operators stand on no page.
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
        // To tell at the next close what has changed.
        """
        CREATE TABLE IF NOT EXISTS promise_state(
          promise TEXT PRIMARY KEY,
          state TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE TABLE IF NOT EXISTS paid_in_full(account TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    ]

    init(_ db: Connection) { self.db = db }

    /// Where it is in a centre's folder.
    package static func path(in folder: String) -> String { folder + "/backoffice.sqlite" }

    /// The book in the centre's folder for writing; it is made where it is not there.
    ///
    /// Throws `CloseBookError`, `SQLiteError`.
    package static func open(folder: String) throws -> CloseBook {
        let path = path(in: folder)
        // SQLite gives the write-ahead log the permissions of the file that it finds.
        let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw CloseBookError.system(call: "open \(path)", errno: errno)
        }
        close(file)
        return try naming(path) {
            let db = try Connection(path: path, mode: .readWrite)
            try db.beDurable()
            try check(db)
            try db.execute("PRAGMA journal_mode = WAL")
            try db.transaction {
                try check(db)
                for table in tables { try db.execute(table) }
                try db.execute("PRAGMA user_version = \(version)")
                try db.execute("PRAGMA application_id = \(applicationID)")
            }
            // A book of years has a few megabytes, and everything that is said later rests on it.
            guard try db.text("PRAGMA quick_check") == "ok" else {
                throw CloseBookError.damaged(path: path)
            }
            return CloseBook(db)
        }
    }

    /// Says that it is the book that is damaged, and not the centre beside it.
    private static func naming<R>(_ path: String, _ body: () throws -> R) throws -> R {
        do {
            return try body()
        } catch let error as SQLiteError where error.isDamaged {
            throw CloseBookError.damaged(path: path)
        }
    }

    /// The book for reading; nil where nobody has made one yet.
    ///
    /// Throws `CloseBookError`, `SQLiteError`.
    package static func read(folder: String) throws -> CloseBook? {
        let path = path(in: folder)
        guard access(path, F_OK) == 0 else { return nil }
        return try naming(path) {
            let db = try Connection(path: path, mode: .readOnly)
            try check(db)
            // Somebody is about to make it, or was stopped while he did.
            guard try db.integer("PRAGMA user_version") == version else { return nil }
            return CloseBook(db)
        }
    }

    private static func check(_ db: Connection) throws {
        let found = try db.integer("PRAGMA user_version") ?? 0
        guard found <= version else {
            throw CloseBookError.newerFormat(path: db.path, version: found)
        }
    }
}

/// Why the close's book cannot be used. Sentences for people are made by the command.
package enum CloseBookError: Error, Equatable, Sendable {
    /// The file has this version of its format, which is newer than the program.
    case newerFormat(path: String, version: Int64)
    /// The file is damaged, or no book at all.
    case damaged(path: String)
    /// A call of the operating system failed with this `errno`.
    case system(call: String, errno: Int32)
}
