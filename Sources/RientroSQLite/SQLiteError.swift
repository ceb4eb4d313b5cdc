internal import CRientroSQLite

/// What SQLite refused: its extended result code, its message, and the statement, never the bound
/// values, which may be private. Codes: <https://www.sqlite.org/rescode.html>.
package struct SQLiteError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The extended result code.
    package let code: Int32
    /// SQLite's message. A guard's sentence arrives here whole.
    package let message: String
    /// The statement, or its beginning; nil where there was none.
    package let sql: String?

    /// The error with an extended result code and SQLite's message; `sql` is the statement, if any.
    package init(code: Int32, message: String, sql: String?) {
        self.code = code
        self.message = message
        self.sql = sql
    }

    /// The primary result code: the lower 8 bits.
    package var primaryCode: Int32 { code & 0xff }

    /// Whether another connection held the lock for longer than the busy timeout.
    package var isBusy: Bool { primaryCode == SQLITE_BUSY }

    /// Whether the file is not a SQLite database, or is damaged.
    package var isDamaged: Bool { primaryCode == SQLITE_CORRUPT || primaryCode == SQLITE_NOTADB }

    /// Whether the disk is full.
    ///
    /// On a full disk the shared-memory file of WAL mode cannot grow either, so a database cannot
    /// even be opened; SQLite calls that `SQLITE_IOERR_SHMSIZE` and not `SQLITE_FULL`.
    package var isFull: Bool {
        primaryCode == SQLITE_FULL || code == Self.sharedMemoryCannotGrow
    }

    /// `SQLITE_IOERR_SHMSIZE`: a macro that Swift does not import.
    private static let sharedMemoryCannotGrow = SQLITE_IOERR | (19 << 8)

    /// Whether a trigger's guard or a CHECK refused the write.
    package var isConstraint: Bool { primaryCode == SQLITE_CONSTRAINT }

    /// Whether the file does not take this row, and may take others: a constraint of its tables or
    /// of an index that somebody has made, or such an index that cannot be computed, since its
    /// expression fails or names a function or a collation that this program does not have.
    package var isOfRow: Bool { isConstraint || primaryCode == Self.generic }

    /// `SQLITE_ERROR`: what SQLite has no code of its own for.
    package static let generic = SQLITE_ERROR

    /// Whether the write was refused because the file or its folder is read-only.
    package var isReadOnly: Bool { primaryCode == SQLITE_READONLY }

    /// Whether the file could not be opened.
    package var isCannotOpen: Bool { primaryCode == SQLITE_CANTOPEN }

    /// Code, message and statement, for logs.
    package var description: String {
        "SQLite \(code): \(message)" + (sql.map { " in: \($0.prefix(200))" } ?? "")
    }
}
