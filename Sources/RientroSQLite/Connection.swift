internal import CRientroSQLite

/// One connection to a SQLite file, with a cache of prepared statements.
///
/// It belongs to one thread at a time: the type is not `Sendable`, so the compiler keeps it inside
/// the actor or the function that opened it, and SQLite's own mutexes are off
/// (<https://www.sqlite.org/threadsafe.html>). It is a class, not a noncopyable value, because
/// statements must be able to name their connection, and closures to capture it.
package final class Connection {
    /// How a file is opened.
    package enum Mode: Sendable {
        case readOnly
        case readWrite
        case create
        /// For reading a file that nobody changes meanwhile: no lock is taken, and nothing is
        /// needed or made beside it (<https://www.sqlite.org/uri.html#uriimmutable>).
        case unchanging
    }

    /// The path that was opened.
    package let path: String
    let handle: OpaquePointer
    private var cache: [String: Statement] = [:]
    private var savepointDepth = 0

    /// How long a statement waits for another process's lock unless told otherwise, in
    /// milliseconds: longer than any write of ours takes, shorter than a person's patience.
    package static let busyTimeoutMilliseconds: Int32 = 15_000

    /// Opens the file on the VFS with this name (nil: the system's), which is where SQL's clock and
    /// random numbers come from. Foreign keys are off: the engine's merge order decides, not
    /// SQLite's.
    package init(path: String, mode: Mode = .create, vfs: String? = nil) throws(SQLiteError) {
        var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        switch mode {
        case .readOnly: flags |= SQLITE_OPEN_READONLY
        case .readWrite: flags |= SQLITE_OPEN_READWRITE
        case .create: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        case .unchanging: flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
        }
        var opened: OpaquePointer?
        let name = mode == .unchanging ? Self.unchangingURI(path) : path
        let code = sqlite3_open_v2(name, &opened, flags, vfs)
        guard code == SQLITE_OK, let opened else {
            let message = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close_v2(opened)
            throw SQLiteError(code: code, message: message, sql: nil)
        }
        handle = opened
        self.path = path
        sqlite3_busy_timeout(handle, Self.busyTimeoutMilliseconds)
        // REPLACE's hidden deletes stay silent, as the guards expect. And a file may come from
        // anybody: what its views and triggers call must be harmless
        // (<https://www.sqlite.org/pragma.html#pragma_trusted_schema>).
        try execute("PRAGMA recursive_triggers = OFF; PRAGMA trusted_schema = OFF")
    }

    private static func unchangingURI(_ path: String) -> String {
        let plain = path.utf8.map { byte in
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "/"), UInt8(ascii: "."):
                String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return "file:" + plain.joined() + "?immutable=1"
    }

    deinit {
        cache.removeAll()
        sqlite3_close_v2(handle)
    }

    /// Runs SQL text with any number of statements and no values.
    package func execute(_ sql: String) throws(SQLiteError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw error(code, sql: sql) }
    }

    /// A prepared statement, kept for the next call with the same text. It is reset and its values
    /// are forgotten. Only for texts of a bounded number; `execute` is for others.
    package func statement(_ sql: String) throws(SQLiteError) -> Statement {
        if let known = cache[sql] {
            known.reset()
            return known
        }
        let made = try Statement(sql: sql, handle: handle)
        cache[sql] = made
        return made
    }

    /// Runs one statement with its values and returns how many rows it changed directly.
    @discardableResult
    package func run(_ sql: String, _ values: SQLiteValue...) throws(SQLiteError) -> Int {
        let statement = try statement(sql)
        try statement.bind(values)
        while try statement.step() {}
        statement.reset()
        return Int(sqlite3_changes(handle))
    }

    /// Runs one query and gives each row to `body`; the row is valid only inside.
    package func forEach(
        _ sql: String, _ values: [SQLiteValue] = [], _ body: (Statement) throws -> Void
    ) throws {
        let statement = try statement(sql)
        try statement.bind(values)
        defer { statement.reset() }
        while try statement.step() { try body(statement) }
    }

    /// The rows of a query, each made by `body`.
    package func rows<R>(
        _ sql: String, _ values: SQLiteValue..., body: (Statement) throws -> R
    ) throws -> [R] {
        var result: [R] = []
        try forEach(sql, values) { result.append(try body($0)) }
        return result
    }

    /// The first row of a query, made by `body`; nil if there is none.
    package func first<R>(
        _ sql: String, _ values: SQLiteValue..., body: (Statement) throws -> R
    ) throws -> R? {
        let statement = try statement(sql)
        try statement.bind(values)
        defer { statement.reset() }
        return try statement.step() ? try body(statement) : nil
    }

    /// The integer in the first column of the first row; nil if there is no row, or NULL there.
    package func integer(_ sql: String, _ values: SQLiteValue...) throws(SQLiteError) -> Int64? {
        let statement = try statement(sql)
        try statement.bind(values)
        defer { statement.reset() }
        guard try statement.step(), !statement.isNull(0) else { return nil }
        return statement.integer(0)
    }

    /// The text in the first column of the first row; nil if there is no row, or NULL there.
    package func text(_ sql: String, _ values: SQLiteValue...) throws(SQLiteError) -> String? {
        let statement = try statement(sql)
        try statement.bind(values)
        defer { statement.reset() }
        guard try statement.step(), !statement.isNull(0) else { return nil }
        return statement.text(0)
    }

    /// How many rows the last statement changed directly.
    package var changes: Int { Int(sqlite3_changes(handle)) }

    /// How many rows this connection has changed in all, triggers included.
    package var totalChanges: Int64 { sqlite3_total_changes64(handle) }

    /// Whether a transaction is open.
    package var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Whether SQLite's main database was opened read-only.
    package var isReadOnly: Bool { sqlite3_db_readonly(handle, "main") == 1 }

    /// How long a statement waits for another process's lock, in milliseconds.
    package func setBusyTimeout(milliseconds: Int32) {
        sqlite3_busy_timeout(handle, milliseconds)
    }

    /// Lets a commit return only when it is on the disk: law 2.
    ///
    /// EXTRA and not FULL: a tool may have taken the file out of WAL mode, and there a power cut
    /// can undo the deletion of the journal, and so the last commit
    /// (<https://www.sqlite.org/pragma.html#pragma_synchronous>). In WAL mode they are the same.
    package func beDurable() throws(SQLiteError) { try execute("PRAGMA synchronous = EXTRA") }

    /// Makes durable what the write-ahead log shows: the last commit of a killed process can be
    /// read there though the disk does not have it, and a power cut would take it away again.
    ///
    /// A checkpoint syncs the log before it does anything else; that it then finds no room does
    /// not matter (<https://www.sqlite.org/wal.html#ckpt>). Does nothing outside WAL mode, where
    /// such a commit is rolled back. Must not be called inside a transaction.
    package func makeDurable() throws(SQLiteError) {
        do {
            try execute("PRAGMA wal_checkpoint(PASSIVE)")
        } catch let error where error.isFull {
            return
        }
    }

    /// Puts the file into WAL mode where it is not, and says whether it is then: other connections
    /// may be in the way, and there are file systems that cannot
    /// (<https://www.sqlite.org/wal.html>). It waits for nobody.
    package func enterWAL() throws(SQLiteError) -> Bool {
        if try text("PRAGMA journal_mode") == Self.wal { return true }
        setBusyTimeout(milliseconds: 0)
        defer { setBusyTimeout(milliseconds: Self.busyTimeoutMilliseconds) }
        do {
            return try text("PRAGMA journal_mode = WAL") == Self.wal
        } catch let error where error.isBusy || error.isReadOnly || error.isCannotOpen {
            return false
        }
    }

    private static let wal = "wal"

    /// Whether statements of this connection fire triggers; others are not concerned
    /// (<https://www.sqlite.org/c3ref/c_dbconfig_defensive.html>). A change makes SQLite prepare
    /// all statements anew.
    package func setTriggers(areOn: Bool) {
        _ = rientro_enable_triggers(handle, areOn ? 1 : 0)
    }

    func error(_ code: Int32, sql: String?) -> SQLiteError {
        SQLiteError(code: code, message: String(cString: sqlite3_errmsg(handle)), sql: sql)
    }
}

extension Connection {
    /// How a transaction begins.
    package enum TransactionKind: String, Sendable {
        /// Takes the write lock at once, so that it cannot fail half way for a lock.
        case immediate = "BEGIN IMMEDIATE"
        /// For reading: one unchanging state.
        case deferred = "BEGIN"
    }

    /// Runs `body` in a transaction: committed if it returns, rolled back if it throws. Must not
    /// be called inside another.
    package func transaction<R>(
        _ kind: TransactionKind = .immediate, _ body: () throws -> R
    ) throws -> R {
        precondition(!isInTransaction, "transactions do not nest; use a savepoint")
        try execute(kind.rawValue)
        do {
            let result = try body()
            try execute("COMMIT")
            return result
        } catch {
            // SQLite has rolled back by itself after some errors (a full disk, an I/O error).
            if isInTransaction { try? execute("ROLLBACK") }
            throw error
        }
    }

    /// Runs `body` in a savepoint: kept if it returns, undone if it throws.
    package func savepoint<R>(_ body: () throws -> R) throws -> R {
        savepointDepth += 1
        defer { savepointDepth -= 1 }
        let name = "level_\(savepointDepth)"
        try execute("SAVEPOINT \(name)")
        do {
            let result = try body()
            try execute("RELEASE \(name)")
            return result
        } catch {
            if isInTransaction { try? execute("ROLLBACK TO \(name); RELEASE \(name)") }
            throw error
        }
    }
}
