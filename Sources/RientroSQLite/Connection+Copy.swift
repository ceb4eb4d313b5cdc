internal import CRientroSQLite

/// Copies of a file that is in use (<https://www.sqlite.org/c3ref/backup_finish.html>).
extension Connection {
    /// Pages that are copied between two calls of `progress`: 16 MiB of ordinary pages.
    private static let copiedPages: Int32 = 4_096

    /// Copies the main database, as this connection sees it, over the file at `path`, which is made
    /// where it is not there. Inside a read transaction it is the state of that transaction,
    /// whatever others commit meanwhile.
    ///
    /// The copy is one file, in rollback mode, and on the disk when this returns. Throws
    /// `SQLiteError`; then what stands at `path` is not to be used.
    ///
    /// - Parameter progress: told how many pages were copied, and of how many.
    package func copy(
        to path: String, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws(SQLiteError) {
        let other = try Connection(path: path, mode: .create)
        try other.execute("PRAGMA journal_mode = DELETE")
        try other.beDurable()
        try other.take(from: self, progress: progress)
        // The header says that the original was in WAL mode.
        try other.execute("PRAGMA journal_mode = DELETE")
    }

    private func take(
        from source: Connection, progress: (Int, Int) -> Void
    ) throws(SQLiteError) {
        guard let backup = sqlite3_backup_init(handle, "main", source.handle, "main") else {
            throw error(sqlite3_errcode(handle), sql: nil)
        }
        var code = SQLITE_OK
        while code == SQLITE_OK {
            code = sqlite3_backup_step(backup, Self.copiedPages)
            let total = Int(sqlite3_backup_pagecount(backup))
            progress(total - Int(sqlite3_backup_remaining(backup)), total)
        }
        let end = sqlite3_backup_finish(backup)
        guard code == SQLITE_DONE, end == SQLITE_OK else {
            throw error(code == SQLITE_DONE ? end : code, sql: nil)
        }
    }
}
