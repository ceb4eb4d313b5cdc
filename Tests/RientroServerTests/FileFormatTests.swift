import Dispatch
import Foundation
import RientroClient
import RientroProtocol
import RientroSQLite
import RientroStore
import Synchronization
import Testing

@testable import RientroServer

@Suite("the version of the file format")
struct FileFormatTests {
    private static let next = FileFormat.version + 1
    private let world: World
    private let path: String

    init() throws {
        world = try Fixture.world()
        path = try Fixture.copy("replica.sqlite", into: world)
    }

    @Test("an office's file of a newer version is refused by its number, and left as it is")
    func newerReplica() throws {
        _ = try Fixture.shell(path, "PRAGMA user_version = \(Self.next); DROP TABLE office")
        let before = try Fixture.objects(path)
        #expect(throws: ReplicaError.newerFormat(path: path, version: Self.next)) {
            try ReplicaEngine(path: path)
        }
        #expect(try Fixture.objects(path) == before)
    }

    @Test("a snapshot of a newer version is refused by its number, and gets no identity")
    func newerSnapshot() throws {
        let snapshot = try Fixture.copy("snapshot.sqlite", into: world)
        _ = try Fixture.shell(snapshot, "PRAGMA user_version = \(Self.next); DROP VIEW debtors")
        #expect(throws: ReplicaError.newerFormat(path: snapshot, version: Self.next)) {
            try ReplicaEngine.adoptSnapshot(
                at: snapshot, answer: EnrolAnswer(decoding: Fixture.message("enrol-answer")),
                server: "https://centre.example", incarnation: [], clockOffset: 0)
        }
        #expect(try Fixture.shell(snapshot, "SELECT count(*) FROM me") == "0")
    }

    @Test("a centre's file of a newer version is refused by its number, whoever opens it")
    func newerCentre() throws {
        try world.centre.db.execute("PRAGMA user_version = \(Self.next); DROP TABLE setting")
        let centre = try Centre.open(folder: world.folder.path)
        for mode in [Connection.Mode.readOnly, .readWrite] {
            #expect(throws: CentreError.newerFormat(path: centre.file, version: Self.next)) {
                try centre.engine(mode)
            }
        }
    }

    @Test(
        "a version that another program has wiped out locks nobody out, and is written again",
        arguments: [0, -1])
    func missing(version: Int) throws {
        let wipe = "PRAGMA user_version = \(version); PRAGMA application_id = 0"
        _ = try Fixture.shell(path, wipe)
        let office = try Office(path: path)
        #expect(try office.engine.suspects().isEmpty)
        try world.sync(office)
        #expect(try office.sql.integer("PRAGMA user_version") == FileFormat.version)
        #expect(try office.sql.integer("PRAGMA application_id") == FileFormat.replicaID)
        try world.centre.db.execute(wipe)
        let centre = try Centre.open(folder: world.folder.path)
        _ = try centre.engine(.readOnly)
        _ = try centre.engine()
        #expect(try world.centre.db.integer("PRAGMA user_version") == FileFormat.version)
        #expect(try world.centre.db.integer("PRAGMA application_id") == FileFormat.centreID)
    }

    @Test("a centre's file of before the told heads is read as it is, and gets the columns once")
    func addedColumns() throws {
        for name in CentreTables.addedIndexes.keys {
            try world.centre.db.execute("DROP INDEX \(name)")
        }
        for column in CentreTables.addedColumns {
            try world.centre.db.execute("ALTER TABLE \(column.table) DROP COLUMN \(column.name)")
        }
        let centre = try Centre.open(folder: world.folder.path)
        let before = try Fixture.objects(centre.file)
        let reader = try centre.engine(.readOnly)
        let found = try reader.replicas()
        #expect(found.count >= 3)
        #expect(found.allSatisfy { $0.toldHead == 0 && $0.unsent == 0 && $0.provenCommit == nil })
        #expect(try CentreStatus(centre).offices.map(\.record) == found)
        #expect(try Fixture.objects(centre.file) == before)
        let engine = try centre.engine()
        let mended = try Fixture.objects(centre.file)
        #expect(mended != before)
        #expect(try reader.replicas() == found)
        let first = try #require(found.first)
        let head = Head(number: first.headNumber + 2, hash: SHA256.hash([1]))
        let told = ToldBySync(
            SyncRequest(
                schemaVersion: 3, replica: first.number, head: head, outcomesMerged: 0,
                cursors: [], portfolios: ["A", "B"], changeSets: []))
        try engine.db.transaction {
            try engine.noteSeen(
                replica: first.number, commit: 1, told: told, proven: 1, now: World.now())
        }
        let known = try #require(try reader.replicas().first)
        #expect(known.toldHead == head.number && known.unsent == 2 && known.provenCommit == 1)
        #expect(known.schemaVersion == 3 && known.held == ["A", "B"])
        _ = try centre.engine()
        #expect(try Fixture.objects(centre.file) == mended)
        #expect(try reader.replicas().first == known)
        // A program from before the columns names those that it writes.
        try engine.db.run("INSERT INTO replica(number, name, added_at) VALUES (900, 'Old', 1)")
        #expect(try reader.replicas().last?.toldHead == 0)
    }

    /// What threads found wrong.
    private final class Failures: Sendable {
        let list = Mutex<[String]>([])
    }

    @Test("programs that open such a file for writing at once add the columns together")
    func addedAtOnce() throws {
        let folder = world.folder.path
        let failures = Failures()
        let all = DispatchGroup()
        // Nobody may write until all of them have seen that the columns are missing.
        try world.centre.db.execute("BEGIN IMMEDIATE")
        for _ in 0..<4 {
            all.enter()
            Thread.detachNewThread {
                defer { all.leave() }
                do {
                    _ = try Centre.open(folder: folder).engine().replicas()
                } catch { failures.list.withLock { $0.append("\(error)") } }
            }
        }
        Thread.sleep(forTimeInterval: 0.5)
        try world.centre.db.execute("COMMIT")
        all.wait()
        #expect(failures.list.withLock { $0 } == [])
        #expect(try CentreTables.missingColumns(on: world.centre.db).isEmpty)
    }

    @Test("an id that another program has put into the header stays, and decides nothing")
    func otherID() throws {
        _ = try Fixture.shell(path, "PRAGMA application_id = 42")
        _ = try ReplicaEngine(path: path)
        #expect(try Fixture.shell(path, "PRAGMA application_id") == "42")
    }

    @Test("VACUUM keeps the version, VACUUM INTO too, and what .dump loses is written again")
    func vacuum() throws {
        let (copy, dumped) = (world.path(), world.path())
        _ = try Fixture.shell(path, "VACUUM; VACUUM INTO '\(copy)'")
        for file in [path, copy] {
            #expect(try Fixture.shell(file, "PRAGMA user_version") == "1")
        }
        let script = try Fixture.shell(path, ".dump")
        try script.write(toFile: dumped + ".sql", atomically: true, encoding: .utf8)
        _ = try Fixture.shell(dumped, ".read \(dumped).sql")
        #expect(try Fixture.shell(dumped, "PRAGMA user_version") == "0")
        let engine = try ReplicaEngine(path: dumped)
        #expect(try engine.suspects().isEmpty)
        #expect(try Fixture.shell(dumped, "PRAGMA user_version") == "\(FileFormat.version)")
    }
}
