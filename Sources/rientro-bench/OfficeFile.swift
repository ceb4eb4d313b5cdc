import Portfolio
import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer

/// A replica with its engine, and a connection as any other program would open it.
final class OfficeFile {
    let path: String
    let token: [UInt8]
    let engine: ReplicaEngine
    let people: Connection

    init(path: String, hasIndexes: Bool, token: [UInt8] = []) throws {
        self.path = path
        self.token = token
        engine = try ReplicaEngine(path: path)
        people = try Connection(path: path, mode: .readWrite)
        try people.execute("PRAGMA synchronous = FULL")
        // The engine mends the file when it opens it, and has just put them back.
        if !hasIndexes { try Scene.dropIndexes(people, except: ["rientro_parked_row"]) }
    }

    /// The change-sets that it keeps, as they travel.
    func sets() throws -> [[UInt8]] {
        try people.rows("SELECT content FROM outbox ORDER BY n") { $0.blob(0) }
    }

    /// Pushes change-sets as one request would hold them, each in a transaction of its own.
    func push(_ sets: [[UInt8]], to centre: CentreEngine) throws {
        for set in try SentChangeSet.all(of: request(sending: sets)) {
            _ = try centre.db.transaction {
                try centre.ingest(set, from: set.changeSet.replica, now: SystemClock.now())
            }
        }
    }

    /// A request that carries `sets`, whatever their size.
    private func request(sending sets: [[UInt8]]) throws -> SyncRequest {
        SyncRequest(
            schemaVersion: DebtorPortfolio.version, replica: try engine.replica(),
            head: try engine.head(), outcomesMerged: 0, cursors: [], portfolios: [],
            changeSets: sets)
    }
}
