package import RientroProtocol
package import RientroSQLite
package import RientroStore

/// The centre on one connection: it merges, logs, routes and answers. Plain calls; no thread, timer
/// or socket; time comes as an argument, random bytes from SQL, and so from the connection's VFS.
///
/// One connection writes, in transactions that its owner opens; readers have engines of their own
/// on read-only connections.
package final class CentreEngine {
    /// The replicated tables.
    package let store: Store
    /// The connection that all of it is read and written on.
    package var db: Connection { store.db }

    /// What is known of open routes beyond an act.
    var routeMemory = RouteMemory()
    /// Conflicts that were listed since the engine was made, those undone afterwards among them.
    package internal(set) var conflictsListed = 0
    /// Finds the open routes of a unit: kept, since every row of every office asks it.
    private var openRouteStatement: Statement?

    /// The engine on an open connection to a centre's file.
    ///
    /// Throws `CentreError.notACentre`, `CentreError.newerFormat`, `SchemaError`, `SQLiteError`.
    package init(db: Connection) throws {
        let version: Int64
        let text: String?
        do {
            version = try FileFormat.version(of: db)
            let isNewer = version > FileFormat.version
            text =
                isNewer ? nil : try db.text("SELECT value FROM setting WHERE name = 'schema'")
        } catch {
            // The file is right, and the log beside it cannot be opened for lack of room.
            guard !CentreError.isDiskFull(error) else { throw error }
            throw CentreError.notACentre(path: db.path, fact: error.message)
        }
        guard version <= FileFormat.version else {
            throw CentreError.newerFormat(path: db.path, version: version)
        }
        guard let text else {
            throw CentreError.notACentre(path: db.path, fact: "it has no schema")
        }
        store = try Store(db: db, schema: try Schema(json: Array(text.utf8)))
    }

    /// Makes the tables of a new centre and its first epoch, in one transaction.
    ///
    /// - Parameter first: what the centre writes in the same transaction, such as its code lists.
    package static func create(
        on db: Connection, schema: Schema, first: (CentreEngine) throws -> Void = { _ in }
    ) throws {
        try db.execute("PRAGMA journal_mode = WAL")
        try db.transaction {
            try Store.create(on: db, schema: schema, role: .centre)
            for table in CentreTables.all { try db.execute(table) }
            try CentreTables.addMissing(on: db)
            try db.run(
                "INSERT INTO setting(name, value) VALUES ('schema', ?)",
                .text(String(decoding: try schema.json(), as: UTF8.self)))
            try db.execute("INSERT INTO epoch(epoch, first_commit) VALUES (randomblob(16), 1)")
            try first(try CentreEngine(db: db))
        }
    }

    /// The centre's schema, as it is given to offices.
    package func schemaJSON() throws -> [UInt8] {
        Array((try db.text("SELECT value FROM setting WHERE name = 'schema'") ?? "").utf8)
    }

    /// The cursor at the last commit.
    package func cursor() throws -> Cursor {
        guard
            let epoch = try db.first(
                "SELECT epoch FROM epoch ORDER BY seq DESC LIMIT 1", body: { $0.blob(0) })
        else { throw CentreError.notACentre(path: db.path, fact: "it has no epoch") }
        let last = try db.first("SELECT number, chain FROM commit_log ORDER BY number DESC LIMIT 1")
        {
            ($0.integer(0), Hash(bytes: $0.blob(1)) ?? .zero)
        }
        return Cursor(epoch: epoch, commit: last?.0 ?? 0, chain: last?.1 ?? .zero)
    }

    /// The centre's last change-set of a replica.
    package func head(of replica: Int64) throws -> Head {
        try db.first(
            "SELECT n, hash FROM change_set WHERE replica = ? ORDER BY n DESC LIMIT 1",
            .integer(replica)
        ) { Head(number: $0.integer(0), hash: Hash(bytes: $0.blob(1)) ?? .zero) } ?? .none
    }

    /// The portfolios granted to a replica.
    package func portfolios(of replica: Int64) throws -> [String] {
        try db.rows(
            "SELECT portfolio FROM replica_portfolio WHERE replica = ? ORDER BY portfolio",
            .integer(replica)
        ) { $0.text(0) }
    }

    /// The centre's time for the next commit: never below the last commit's.
    func commitTime(_ now: Int64) throws -> Int64 {
        // Beyond it no later stamp could be put in the place of one.
        min(max(Self.told(now), try lastCommitTime() ?? 0), Limits.clockMillisecondsMax)
    }

    /// The time of the last commit, in milliseconds since 1970; nil before the first.
    package func lastCommitTime() throws -> Int64? {
        try db.integer("SELECT time FROM commit_log ORDER BY number DESC LIMIT 1")
    }

    /// The machine's time as offices are told it: what it says now, though its last commit may be
    /// of a time that is still to come, when its clock was ahead. Told that, an office whose clock
    /// is right would take it for wrong.
    static func told(_ now: Int64) -> Int64 { min(max(now, 0), Limits.clockMillisecondsMax) }

    /// Makes durable what a killed process has left in the write-ahead log: its last commit can be
    /// read there though the disk does not have it, and an office that was told of it would know
    /// what a power cut then takes from the centre. Call it before anybody is answered. Throws
    /// `SQLiteError`.
    package func makeDurable() throws(SQLiteError) {
        #if Mutations
            if Mutation.startedUnsynced.isChosen { return }
        #endif
        try db.makeDurable()
    }

    func openRoute() throws(SQLiteError) -> Statement {
        if let openRouteStatement { return openRouteStatement }
        let made = try db.statement(
            """
            SELECT portfolio FROM route
            WHERE unit_table = ? AND unit_id = ? AND to_commit IS NULL ORDER BY portfolio
            """)
        openRouteStatement = made
        return made
    }

    func random(_ count: Int) throws -> [UInt8] {
        try db.first("SELECT randomblob(?)", SQLiteValue(count)) { $0.blob(0) } ?? []
    }
}
