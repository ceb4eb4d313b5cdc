package import RientroProtocol
package import RientroSQLite
package import RientroStore

/// What a replica does to its file: seal, ask, merge, judge, mend. Plain calls on one connection;
/// no thread, timer, socket or clock of its own: time and random bytes come from SQL, and so from
/// the VFS that the connection was opened on.
///
/// The connection ignores CHECKs, so that a merge is never stopped by a limit that this office's
/// schema has and the centre's has not; a person's writes go through another connection.
package final class ReplicaEngine {
    /// The replicated tables.
    package let store: Store
    /// How the file could be opened.
    package let mode: Connection.Mode
    var db: Connection { store.db }
    /// Whether the file can be written by who runs this.
    var canWrite: Bool { mode == .readWrite }
    /// How rows are read ahead for a seal: kept, since it is the same for the file's life.
    lazy var formReaders = FormReaders(store)
    /// Whether there are refusals that a commit may close; looked up as a merge begins.
    var hasRefusals = false
    /// How many rows and registers were listed as refused since somebody was told of them.
    private var untold = 0
    /// Whether the file is in WAL mode. Outside it a long reader stops all who write.
    package let isInWAL: Bool

    /// The engine on the file at `path`, which must be a replica.
    ///
    /// Mends triggers and tables that a tool has rebuilt, and notes which were concerned; where the
    /// file can only be read, it is read as it is. Throws `ReplicaError.notAReplica`,
    /// `ReplicaError.newerFormat`, `SchemaError`, `StoreError`, `SQLiteError`.
    package init(path: String, vfs: String? = nil) throws {
        let db: Connection
        let version: Int64
        let text: String?
        do {
            (db, mode) = try Self.opened(path, vfs: vfs)
            version = try FileFormat.version(of: db)
            let isNewer = version > FileFormat.version
            isInWAL = isNewer ? true : try db.enterWAL()
            text = isNewer ? nil : try db.text("SELECT schema FROM office")
        } catch let error where error.isBusy {
            throw ReplicaError.busy
        } catch let error where error.isFull {
            throw ReplicaError.diskFull
        } catch let error where error.isCannotOpen || error.isReadOnly {
            throw ReplicaError.file(path: path, fact: error.message)
        } catch let error where error.isDamaged && error.primaryCode != Self.notADatabase {
            throw ReplicaError.damaged(path: path, fact: error.message)
        } catch {
            throw ReplicaError.notAReplica(path: path, fact: error.message)
        }
        guard version <= FileFormat.version else {
            throw ReplicaError.newerFormat(path: path, version: version)
        }
        guard let text else {
            throw ReplicaError.notAReplica(path: path, fact: "it is not enrolled")
        }
        let schema = try Schema(json: Array(text.utf8))
        if mode == .readWrite {
            try StoreCheck(db: db, schema: schema).mend { try Self.add(suspects: $0, on: db) }
            try FileFormat.mend(.replica, on: db)
            try OfficeTables.addMissing(on: db)
        }
        try db.execute("PRAGMA ignore_check_constraints = ON")
        store = try Store(db: db, schema: schema, isForMerging: true)
    }

    /// Runs `body` in a transaction; what it lists as refused counts only if it is committed.
    func transaction<R>(_ body: () throws -> R) throws -> R {
        let before = untold
        do {
            return try db.transaction { try body() }
        } catch {
            untold = before
            throw error
        }
    }

    /// Counts a refusal that was listed just now.
    func countUntold() { untold += 1 }

    /// Runs `body`, which tells by itself what it lists.
    func tellingItself(_ body: () throws -> Void) rethrows {
        let before = untold
        try body()
        untold = before
    }

    /// How many rows and registers were listed as refused since this was asked last, but by what
    /// the centre says of a change-set: they cannot travel, or the centre's stand in their place.
    package func setAside() -> Int {
        defer { untold = 0 }
        return untold
    }

    /// A connection for writing, or one for reading where the file or its folder allows no more.
    private static func opened(
        _ path: String, vfs: String?
    ) throws(SQLiteError) -> (Connection, Connection.Mode) {
        do throws(SQLiteError) {
            let db = try Connection(path: path, mode: .readWrite, vfs: vfs)
            try db.beDurable()
            #if Mutations
                if Mutation.officeUnsynced.isChosen { try db.execute("PRAGMA synchronous = OFF") }
            #endif
            // In WAL mode even reading needs files beside this one, which perhaps cannot be made.
            _ = try FileFormat.version(of: db)
            return (db, db.isReadOnly ? .readOnly : .readWrite)
        } catch  where error.isCannotOpen || error.isReadOnly {
            guard PlainFile.size(path) != nil else { throw error }
            // Without those files nobody is writing now, and all that was written is in this one.
            guard (PlainFile.size(path + "-wal") ?? 0) == 0 else {
                throw SQLiteError(
                    code: error.code,
                    message: "its log beside it cannot be read without leave to write there",
                    sql: nil)
            }
            return (try Connection(path: path, mode: .unchanging, vfs: vfs), .unchanging)
        }
    }

    /// SQLITE_NOTADB: the file is something else, which is no damage.
    private static let notADatabase: Int32 = 26

    /// The file's number.
    package func replica() throws -> Int64 {
        guard let number = try db.integer("SELECT replica FROM me") else {
            throw ReplicaError.notAReplica(path: db.path, fact: "it has no number")
        }
        try check(number, in: 1...Limits.replicaNumberMax, "me.replica")
        return number
    }

    /// Throws `ReplicaError.strangeNumber` for a number of the file that is out of its range: any
    /// program may have set it, and what is computed from it would be worth nothing.
    func check(_ value: Int64, in range: ClosedRange<Int64>, _ column: String) throws {
        guard range.contains(value) else {
            throw ReplicaError.strangeNumber(path: db.path, column: column, value: value)
        }
    }

    /// The last sealed change-set under the present number.
    ///
    /// What has a number that none can have was not sealed here, and does not count.
    package func head() throws -> Head {
        try db.first(
            """
            SELECT n, hash FROM history
            WHERE replica = (SELECT replica FROM me) AND n BETWEEN 1 AND ?
            ORDER BY n DESC LIMIT 1
            """, .integer(Limits.changeSetNumberMax)
        ) { Head(number: $0.integer(0), hash: Hash(bytes: $0.blob(1)) ?? .zero) } ?? .none
    }

    /// What the file has seen of the present epoch. Every replica has a cursor from its snapshot.
    package func cursor() throws -> Cursor {
        guard let cursor = try store.cursors().first else {
            throw ReplicaError.notAReplica(path: db.path, fact: "it has no cursor")
        }
        try check(cursor.commit, in: 0...Limits.commitNumberMax, "cursor.number")
        guard cursor.epoch.count == Self.epochBytes else {
            throw ReplicaError.notAReplica(path: db.path, fact: "its cursor has no epoch")
        }
        return cursor
    }

    /// Bytes of an epoch's id.
    static let epochBytes = 16

    /// The cursors that are told to the centre, the present one first.
    func cursorsTold() throws -> [Cursor] {
        let present = try cursor()
        let earlier = try store.cursors().dropFirst().filter {
            $0.epoch.count == Self.epochBytes
                && (0...Limits.commitNumberMax).contains($0.commit)
        }
        return [present] + earlier.prefix(Limits.cursorsMax - 1)
    }

    /// The portfolios that the file holds.
    package func portfolios() throws -> [String] {
        let all = Portfolios.split(try db.text("SELECT portfolios FROM office") ?? "")
        return Array(all.filter(RowID.isReferenceKey).prefix(Limits.portfoliosMax))
    }

    /// Milliseconds since 1970 by this machine's clock, through SQL.
    package func now() throws -> Int64 {
        try db.integer("SELECT CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER)") ?? 0
    }

    /// Random bytes, through SQL.
    func random(_ count: Int) throws -> [UInt8] {
        try db.first("SELECT randomblob(?)", SQLiteValue(count)) { $0.blob(0) } ?? []
    }

    /// Tables whose triggers were gone for a while.
    package func suspects() throws -> Set<Int> { try Self.suspects(on: db) }

    func add(suspects: Set<Int>) throws { try Self.add(suspects: suspects, on: db) }

    private static func suspects(on db: Connection) throws -> Set<Int> {
        let text = try db.text("SELECT suspects FROM office") ?? ""
        return Set(text.split(separator: " ").compactMap { Int($0) })
    }

    private static func add(suspects: Set<Int>, on db: Connection) throws {
        let all = try Self.suspects(on: db).union(suspects).sorted()
        try db.run(
            "UPDATE office SET suspects = ?", .text(all.map(String.init).joined(separator: " ")))
    }
}

/// A list of portfolio ids in one column. The ids are reference keys, which hold no space.
package enum Portfolios {
    /// The ids as one text.
    package static func joined(_ ids: [String]) -> String { ids.sorted().joined(separator: " ") }

    /// The ids of such a text.
    package static func split(_ text: String) -> [String] {
        text.split(separator: " ").map(String.init)
    }
}
