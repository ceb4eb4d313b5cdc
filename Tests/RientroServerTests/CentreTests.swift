import Foundation
import RientroProtocol
import RientroSQLite
import Testing

@testable import RientroServer

@Suite("a centre's folder", .timeLimit(.minutes(1)))
struct CentreTests {
    @Test("it is its owner's alone, and commits are durable and leave nothing behind")
    func made() throws {
        let folder = try TestFolder()
        let centre = try Centre.create(folder: folder.path + "/c", schema: TestSchema.make())
        let files = FileManager.default
        for (path, mode) in [(centre.folder, 0o700), (centre.file, 0o600)] {
            let facts = try files.attributesOfItem(atPath: path)
            #expect((facts[.posixPermissions] as? Int) == mode)
        }
        let db = try centre.engine().db
        #expect(try db.text("PRAGMA journal_mode") == "wal")
        #expect(try db.integer("PRAGMA synchronous") == 3)
        #expect(try db.integer("PRAGMA secure_delete") == 1)
    }

    @Test("a second one is not made over it, and none is opened where none is")
    func exists() throws {
        let folder = try TestFolder()
        _ = try Centre.create(folder: folder.path, schema: TestSchema.make())
        #expect(throws: CentreError.centreExists(path: folder.path)) {
            try Centre.create(folder: folder.path, schema: TestSchema.make())
        }
        #expect(throws: CentreError.noCentre(path: folder.path + "/x")) {
            try Centre.open(folder: folder.path + "/x")
        }
        // Where nobody may look, as where the name is none, it is not said that none is there.
        let long = folder.path + "/" + String(repeating: "x", count: 300)
        #expect {
            try Centre.open(folder: long)
        } throws: {
            if case .system(_, ENAMETOOLONG)? = $0 as? CentreError { true } else { false }
        }
    }

    @Test("only one process serves from it, and the next may when that has ended")
    func lock() async throws {
        let centre = try TestCentre()
        #expect(throws: CentreError.isServing(path: centre.centre.folder)) {
            try CentreServer(dir: centre.centre.folder, listen: "127.0.0.1:0") { _ in }
        }
        #expect(try centre.centre.isServing())
        await centre.stop()
        let folder = try TestFolder()
        let other = try Centre.create(folder: folder.path, schema: TestSchema.make())
        do {
            let lock = try other.lock()
            #expect(try other.isServing())
            withExtendedLifetime(lock) {}
        }
        #expect(try !other.isServing())
    }

    @Test("it does not start with a clock far behind its last commit, but does with one a bit off")
    func clock() async throws {
        let centre = try TestCentre()
        await centre.stop()
        let last = try #require(
            try centre.centre.engine().db.integer("SELECT max(time) FROM commit_log"))
        let most = ServerLimits.clockBehindMillisecondsMax
        try centre.centre.checkClock(now: last - most)
        #expect(throws: CentreError.clockBehind(milliseconds: most + 1)) {
            try centre.centre.checkClock(now: last - most - 1)
        }
    }

    @Test("who was seen is written when the server stops")
    func seen() async throws {
        let centre = try TestCentre()
        let a = try TestPush(centre, "MT")
        centre.clock.set(4_000_000_000_000)
        _ = try await a.send([])
        await centre.stop()
        let record = try #require(try centre.centre.engine().replicas().first)
        #expect(record.lastSeen == 4_000_000_000_000)
        #expect(record.seenCommit == a.cursor.commit)
    }
}
