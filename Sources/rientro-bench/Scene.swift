import Foundation
import Portfolio
import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore

/// Files that a benchmark works on, in a folder of its own that goes with it.
final class Scene {
    let folder: String
    let schema: Schema
    let hasIndexes: Bool
    private var fileCount = 0

    /// - Parameter disk: the folder in which the files are made; tmpfs unless told.
    init(disk: String, hasIndexes: Bool) throws {
        folder = disk + "/rientro-bench-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let trade = try DebtorPortfolio.schema()
        schema = hasIndexes ? trade : try Self.unbounded(trade)
        self.hasIndexes = hasIndexes
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The same without bounds of rows under a parent, which are counted by its indexes.
    private static func unbounded(_ schema: Schema) throws -> Schema {
        try Schema(
            name: schema.name, version: schema.version,
            tables: schema.tables.map { table in
                var table = table
                table.perParentMax = nil
                return table
            }, views: schema.views, indexes: schema.indexes, codes: schema.codes)
    }

    /// A path that is not used yet.
    func path(_ name: String) -> String {
        fileCount += 1
        return "\(folder)/\(fileCount)-\(name).sqlite"
    }

    /// A plain file with no rows.
    func plain() throws -> String {
        let path = path("plain")
        try PlainFile.create(at: path, schema: schema, hasIndexes: hasIndexes)
        return path
    }

    /// A centre with its code lists, the portfolio and the creditor.
    func centre() throws -> String {
        let path = path("centre")
        let db = try Connection(path: path)
        try CentreEngine.create(on: db, schema: schema) {
            try Scene.furnish($0, portfolios: [BranchDay.portfolio])
        }
        if !hasIndexes { try Scene.dropIndexes(db, except: Self.centreIndexes) }
        return path
    }

    /// What a new centre has before the first lot: code lists, portfolios, the creditor.
    static func furnish(_ engine: CentreEngine, portfolios: [String]) throws {
        try engine.act(now: SystemClock.now()) { act in
            for row in DebtorPortfolio.codes {
                let values = zip(CodeRow.columns, row.values)
                try act.insert(
                    "code", id: row.id, Dictionary(values, uniquingKeysWith: { first, _ in first }))
            }
            for portfolio in portfolios {
                try act.insert("portfolio", id: portfolio, ["name": .text(portfolio)])
            }
            try act.insert("creditor", id: BranchDay.creditor, ["name": .text("Energia")])
        }
    }

    /// An engine on a centre's file, with the settings of a server's writer.
    func centreEngine(_ path: String) throws -> CentreEngine {
        let db = try Connection(path: path, mode: .readWrite)
        try db.execute("PRAGMA synchronous = FULL")
        try db.execute("PRAGMA secure_delete = ON")
        return try CentreEngine(db: db)
    }

    /// An office that holds the portfolio's name and nothing of it yet.
    func office(
        _ name: String, of centre: CentreEngine, portfolio: String = BranchDay.portfolio
    ) throws -> OfficeFile {
        let path = path("office")
        var chance = Chance(seed: UInt64(fileCount))
        let incarnation = chance.bytes(16)
        let token = chance.bytes(32)
        let answer = try centre.db.transaction {
            let now = SystemClock.now()
            let added = try centre.addReplica(
                name: name, portfolios: [portfolio], now: now)
            return try centre.enrol(
                EnrolRequest(
                    code: added.code, tokenHash: LoginToken.hash(token), incarnation: incarnation),
                now: now)
        }
        try make(path, startingAt: Cursor(epoch: centre.cursor().epoch, commit: 0, chain: .zero))
        try ReplicaEngine.adoptSnapshot(
            at: path, answer: answer, server: "http://127.0.0.1:1", incarnation: incarnation,
            clockOffset: 0)
        return try OfficeFile(path: path, hasIndexes: hasIndexes, token: token)
    }

    /// A centre with the portfolio, an office that has pulled it, and a plain file that has it.
    func loaded(
        _ workload: BranchDay
    ) throws -> (centre: CentreEngine, office: OfficeFile, plain: Connection) {
        let load = LoadBench(workload)
        let file = try centre()
        try load.loadCentre(centreEngine(file))
        // A lot is imported by one process and merged into by another, the server.
        let centre = try centreEngine(file)
        let office = try office("first", of: centre)
        try LoadBench.merge(LoadBench.answers(for: office, from: centre), into: office)
        let plain = try PlainFile.open(plain())
        try load.loadPlain(plain, transactions: 1)
        return (centre, office, plain)
    }

    private func make(_ path: String, startingAt cursor: Cursor) throws {
        let db = try Connection(path: path)
        try db.transaction { try Store.create(on: db, schema: schema, role: .replica) }
        try Store(db: db, schema: schema).setCursor(cursor)
    }

    /// The centre's own, without which it could not find what waits.
    private static let centreIndexes: Set<String> = [
        "replica_token", "replica_incarnation", "quarantine_awaits", "rientro_parked_row",
    ]

    /// Removes the portfolio's indexes from an open file.
    static func dropIndexes(_ db: Connection, except kept: Set<String>) throws {
        let names = try db.rows(
            "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
        ) { $0.text(0) }
        for name in names where !kept.contains(name) { try db.execute("DROP INDEX \"\(name)\"") }
    }

    /// A copy of a file that nothing is writing to.
    func copy(of source: String, _ name: String) throws -> String {
        let target = path(name)
        try Scene.checkpoint(source)
        try FileManager.default.copyItem(atPath: source, toPath: target)
        return target
    }

    /// Puts all of the write-ahead log into the file.
    static func checkpoint(_ path: String) throws {
        let db = try Connection(path: path, mode: .readWrite)
        try db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    /// Removes a file that is no longer needed.
    func remove(_ path: String) {
        for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
    }
}
