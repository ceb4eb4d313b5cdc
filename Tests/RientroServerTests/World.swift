import Foundation
import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore

/// A small trade for tests: everything that a schema can say, in five tables.
enum SmallTrade {
    static func schema() throws -> Schema {
        try Schema(
            name: "small trade", version: 1,
            tables: [
                .init(
                    number: 10, name: "label", kind: .reference, insertedBy: .centre,
                    routing: .everyone,
                    columns: [.init(number: 1, name: "text", type: .text)],
                    registers: [.init(number: 1, name: "text", writer: .centre)]),
                .init(
                    number: 11, name: "person", kind: .record, insertedBy: .centre,
                    routing: .children(table: "matter", column: "person_id"),
                    columns: [
                        .init(
                            number: 1, name: "name", type: .text, isRequired: true,
                            limit: .bytes(200)),
                        .init(number: 2, name: "street", type: .text),
                        .init(number: 3, name: "city", type: .text),
                    ],
                    registers: [
                        .init(number: 1, name: "name", rule: .kept),
                        .init(number: 2, name: "address", columns: ["street", "city"]),
                    ]),
                .init(
                    number: 12, name: "matter", kind: .record, insertedBy: .centre,
                    routing: .portfolio(column: "portfolio_id"),
                    columns: [
                        .init(number: 1, name: "person_id", type: .text, isRequired: true),
                        .init(number: 2, name: "portfolio_id", type: .text, isRequired: true),
                        .init(number: 3, name: "stage", type: .text, limit: .bytes(20)),
                    ],
                    registers: [
                        .init(number: 1, name: "portfolio_id", writer: .centre),
                        .init(number: 2, name: "stage"),
                    ]),
                .init(
                    number: 13, name: "phone", kind: .record,
                    routing: .parent(table: "person", column: "person_id"),
                    columns: [
                        .init(number: 1, name: "person_id", type: .text, isRequired: true),
                        .init(number: 2, name: "value", type: .text, limit: .bytes(100)),
                        .init(number: 3, name: "hint", type: .text),
                        .init(number: 4, name: "checked", type: .text),
                    ],
                    registers: [
                        .init(number: 1, name: "value", rule: .kept),
                        .init(number: 2, name: "hint"),
                        .init(number: 3, name: "checked", writer: .centre),
                    ]),
                .init(
                    number: 14, name: "paid", kind: .ledger,
                    routing: .parent(table: "matter", column: "matter_id"),
                    columns: [
                        .init(number: 1, name: "matter_id", type: .text, isRequired: true),
                        .init(number: 2, name: "amount", type: .integer, isRequired: true),
                        .init(number: 3, name: "text", type: .text),
                    ]),
            ])
    }
}

/// A centre and offices in one process and one thread: their engines talk in encoded messages.
final class World {
    let folder: URL
    let centre: CentreEngine
    private var fileCount = 0

    init(schema: Schema? = nil) throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("rientro-world-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let db = try Connection(path: folder.appendingPathComponent("centre.sqlite").path)
        try db.execute("PRAGMA synchronous = OFF")
        try CentreEngine.create(on: db, schema: schema ?? SmallTrade.schema())
        centre = try CentreEngine(db: db)
    }

    /// The world around a copy of a centre's file.
    init(copying file: URL) throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("rientro-world-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let own = folder.appendingPathComponent("centre.sqlite")
        try FileManager.default.copyItem(at: file, to: own)
        let db = try Connection(path: own.path, mode: .readWrite)
        try db.execute("PRAGMA synchronous = OFF")
        centre = try CentreEngine(db: db)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    static func now() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    func act(_ body: (inout CentreAct) throws -> Void) throws {
        _ = try centre.db.transaction { try centre.act(now: World.now(), body) }
    }

    func path() -> String {
        fileCount += 1
        return folder.appendingPathComponent("office\(fileCount).sqlite").path
    }

    /// Enrols an office that begins with nothing and pulls everything from the log.
    func office(_ name: String, _ portfolios: [String]) throws -> Office {
        let file = path()
        let incarnation = (0..<16).map { _ in UInt8.random(in: 0...255) }
        let token = (0..<32).map { _ in UInt8.random(in: 0...255) }
        let answer = try centre.db.transaction {
            let added = try centre.addReplica(name: name, portfolios: portfolios, now: World.now())
            return try centre.enrol(
                EnrolRequest(
                    code: added.code, tokenHash: LoginToken.hash(token), incarnation: incarnation),
                now: World.now())
        }
        let start = Cursor(epoch: try centre.cursor().epoch, commit: 0, chain: .zero)
        try {
            let db = try Connection(path: file)
            try db.transaction {
                try Store.create(
                    on: db, schema: try Schema(json: answer.schema), role: .replica)
            }
            let store = try Store(db: db, schema: try Schema(json: answer.schema))
            try store.setCursor(start)
        }()
        try ReplicaEngine.adoptSnapshot(
            at: file, answer: answer, server: "http://127.0.0.1:1", incarnation: incarnation,
            clockOffset: 0)
        return try Office(path: file)
    }

    /// The centre's half of one exchange, on encoded messages.
    func serve(_ bytes: [UInt8]) throws -> [UInt8] {
        let request = try SyncRequest(decoding: bytes)
        let ingested = try centre.db.transaction {
            try SentChangeSet.all(of: request).map {
                try centre.ingest($0, from: request.replica, now: World.now())
            }
        }
        return try centre.answer(to: request, ingested: ingested, now: World.now()).encoded()
    }

    /// Syncs until nothing is unfinished; returns how many exchanges it took.
    ///
    /// - Parameter setsMax: how many change-sets a request carries at most.
    @discardableResult
    func sync(_ office: Office, setsMax: Int = .max) throws -> Int {
        for round in 1...200 {
            let answer = try serve(try office.engine.request(setsMax: setsMax).encoded())
            let report = try office.engine.merge(
                SyncAnswer(decoding: answer), clockOffset: nil)
            if report.needsNewNumber {
                try mend(office)
            } else if !report.isUnfinished {
                return round
            }
        }
        throw ReplicaError.badAnswer("a sync that never ends")
    }

    func mend(_ office: Office) throws {
        guard let incarnation = try office.engine.mending() else { return }
        let old = try office.engine.replica()
        let token = LoginToken.hash(incarnation)
        let request = try office.engine.renumberRequest(
            incarnation: incarnation, tokenHash: token)
        let answer = try centre.db.transaction {
            try centre.renumber(
                RenumberRequest(decoding: request.encoded()), authenticated: old,
                now: World.now())
        }
        try office.engine.adopt(
            EnrolAnswer(decoding: answer.encoded()), incarnation: incarnation)
    }
}

/// One office's file with its engine, and a second connection as any program would open it.
final class Office {
    let path: String
    var engine: ReplicaEngine
    var sql: Connection

    init(path: String) throws {
        self.path = path
        engine = try ReplicaEngine(path: path)
        sql = try Connection(path: path, mode: .readWrite)
        // As every program has it that does not say otherwise: it stands for the shell.
        try sql.execute("PRAGMA trusted_schema = ON")
        for db in [engine.store.db, sql] { try db.execute("PRAGMA synchronous = OFF") }
    }

    /// A copy of the file as a person would make one while nothing runs.
    func copy(to other: String) throws -> Office {
        try sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        try? FileManager.default.removeItem(atPath: other)
        try FileManager.default.copyItem(atPath: path, toPath: other)
        return try Office(path: other)
    }

    func digests() throws -> [TableDigest] {
        try engine.store.digests(portfolios: try engine.portfolios())
    }
}
