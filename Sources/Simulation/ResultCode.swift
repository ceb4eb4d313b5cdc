internal import CRientroSQLite

/// Extended result codes (<https://www.sqlite.org/rescode.html>): macros that compute, which Swift
/// does not import.
enum ResultCode {
    /// Fewer bytes were there than asked for; the rest was filled with zeros.
    static let shortRead = SQLITE_IOERR | (2 << 8)
    /// The file to be deleted is not there.
    static let nothingToDelete = SQLITE_IOERR | (23 << 8)
    /// The shared memory cannot grow.
    static let sharedMemoryCannotGrow = SQLITE_IOERR | (19 << 8)
}
