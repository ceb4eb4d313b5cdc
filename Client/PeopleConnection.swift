package import RientroProtocol
package import RientroSQLite
internal import RientroStore

/// The connection for people's reads and writes: CHECKs and triggers are on, and every write is
/// one transaction that ends with a mark in `pending`.
package final class PeopleConnection {
    private(set) var db: Connection
    private(set) var store: Store
    private let vfs: String?
    private let mode: Connection.Mode
    private var texts = 0

    /// So many different statements stay prepared; then the connection is opened anew. An app that
    /// puts values into its SQL text instead of binding them does not fill the memory.
    private static let textsMax = 512

    /// A connection to the replica at `path`, on the VFS with this name (nil: the system's). Throws
    /// `SQLiteError`.
    package init(
        path: String, schema: Schema, mode: Connection.Mode = .readWrite, vfs: String? = nil
    ) throws {
        self.vfs = vfs
        self.mode = mode
        db = try Self.opened(path, mode, vfs)
        store = try Store(db: db, schema: schema)
    }

    private static func opened(
        _ path: String, _ mode: Connection.Mode, _ vfs: String?
    ) throws -> Connection {
        let db = try Connection(path: path, mode: mode, vfs: vfs)
        try db.allowOwnJSON()
        try db.beDurable()
        return db
    }

    /// Runs `body` on one unchanging state.
    func read<R>(_ body: (Database) throws -> R) throws -> R {
        let database = Database(db, canWrite: false)
        defer { count(database) }
        try db.execute("PRAGMA query_only = ON")
        defer { try? db.execute("PRAGMA query_only = OFF") }
        return try db.transaction(.deferred) { try body(database) }
    }

    /// Runs `body` in one transaction and returns what it returned with the numbers of the tables
    /// that it wrote to. Throws what `body` throws, `StoreError.unknownCode`, and `SQLiteError`;
    /// then nothing was written.
    package func write<R>(_ body: (Database) throws -> R) throws -> (R, Set<Int>) {
        let database = Database(db, canWrite: true)
        defer { count(database) }
        return try db.transaction {
            let before = try lastPending()
            let result = try body(database)
            guard db.isInTransaction else {
                throw ReplicaError.refused("an error before has undone this write { }")
            }
            let tables = try tables(pendingAfter: before)
            if !tables.isEmpty {
                try store.checkCodes(after: before)
                try store.noteEnd()
            }
            return (result, tables)
        }
    }

    /// The last entry of `pending`; 0 where nothing is pending.
    func lastPending() throws -> Int64 {
        try db.integer("SELECT max(seq) FROM pending") ?? 0
    }

    /// The tables of the entries after `seq`.
    func tables(pendingAfter seq: Int64) throws -> Set<Int> {
        Set(
            try db.rows(
                "SELECT DISTINCT tab FROM pending WHERE seq > ? AND tab > 0", .integer(seq)
            ) { Int($0.integer(0)) })
    }

    /// A number that changes when another connection has written
    /// (<https://www.sqlite.org/pragma.html#pragma_data_version>).
    func dataVersion() throws -> Int64 { try db.integer("PRAGMA data_version") ?? 0 }

    private func count(_ database: Database) {
        texts += database.texts.count
        guard texts > Self.textsMax, !db.isInTransaction,
            let fresh = try? Self.opened(db.path, mode, vfs),
            let store = try? Store(db: fresh, schema: self.store.schema)
        else { return }
        db = fresh
        self.store = store
        texts = 0
    }
}

extension Connection {
    /// Lets indexes, views and triggers that people have added to their own file call JSON
    /// functions, which SQLite before 3.41 or so counts among those that might do harm: an index of
    /// them would make the whole schema unreadable, and the file look damaged. To be called before
    /// anything else, since the schema is read with the first statement. Functions that reach
    /// outside of the file are refused all the same (`OutsideFunctions`).
    func allowOwnJSON() throws(SQLiteError) { try execute("PRAGMA trusted_schema = ON") }
}
