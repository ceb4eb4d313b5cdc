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

    @Test("where a person says that the clock is right it starts, and goes on to look at the clock")
    func clockIsRight() async throws {
        let centre = try TestCentre()
        await centre.stop()
        let most = ServerLimits.clockBehindMillisecondsMax
        let last = try #require(try centre.centre.engine().lastCommitTime())
        let year: Int64 = 365 * 86_400_000
        let now = last - year
        let clock = TestClock()
        clock.set(now)
        func open(_ isRight: Bool = false) throws -> CentreServer {
            try CentreServer(
                dir: centre.centre.folder, listen: "127.0.0.1:0", clockIsRight: isRight,
                clock: { clock.now() }, log: { _ in })
        }
        #expect(throws: CentreError.clockBehind(milliseconds: year)) { try open() }
        do {
            let status = try CentreStatus(centre.centre, now: now).clock
            #expect(status.ahead == year && status.isLogAhead && status.isWrong)
        }
        let server = try open(true)
        #expect(server.clockAtStart.ahead == year)
        #expect(server.clockAtStart.isLogAhead && !server.clockAtStart.isWrong)
        await server.stop()
        // Said once, it holds: for this clock, and not for one that goes wrong later.
        clock.set(now + 60_000)
        await (try open()).stop()
        #expect(throws: CentreError.clockBehind(milliseconds: most + 1)) {
            try centre.centre.checkClock(now: now - most - 1)
        }
        try centre.centre.checkClock(now: now - most)
        // A commit keeps the time of the last one, and is known to.
        let engine = try centre.centre.engine()
        _ = try engine.db.transaction {
            try engine.act(now: now) { try $0.insert("portfolio", id: "X", ["name": .text("X")]) }
        }
        #expect(try engine.lastCommitTime() == last)
        await (try open()).stop()
        // Once the clock has passed it, the log is what it is held against again.
        _ = try engine.db.transaction {
            try engine.act(now: last + 1) {
                try $0.insert("portfolio", id: "Y", ["name": .text("Y")])
            }
        }
        #expect(throws: CentreError.clockBehind(milliseconds: year + 1 - 60_000)) { try open() }
    }

    @Test("to say that the clock is right where it is changes nothing")
    func clockIsRightAnyway() async throws {
        let centre = try TestCentre()
        await centre.stop()
        let last = try #require(try centre.centre.engine().lastCommitTime())
        let most = ServerLimits.clockBehindMillisecondsMax
        let clock = try centre.centre.checkClock(now: last - most, isRight: true)
        #expect(clock.ahead == most && clock.behind == most)
        #expect(!clock.isLogAhead && !clock.isWrong)
        #expect(throws: CentreError.clockBehind(milliseconds: most + 1)) {
            try centre.centre.checkClock(now: last - most - 1)
        }
        #expect(try centre.centre.checkClock(now: last + 5).ahead == 0)
    }

    @Test("offices are told what the clock says, though the last commit is ahead of it")
    func clockTold() async throws {
        let centre = try TestCentre()
        let a = try TestPush(centre, "MT")
        let now = SystemClock.now() - 365 * 86_400_000
        centre.clock.set(now)
        let reply = try await a.send([a.changeSet(1, note: TestRow.own(1))])
        #expect(try SyncAnswer(decoding: reply.body).centreTime == now)
        let code = try centre.add(["MT"]).code
        let request = EnrolRequest(
            code: code, tokenHash: SHA256.hash([5]), incarnation: Array(repeating: 5, count: 16))
        let enrolled = try await TestHTTP.send(
            "POST", centre.url + "/v1/enrol", TestOffice.message, body: request.encoded())
        #expect(try EnrolAnswer(decoding: enrolled.body).centreTime == now)
        // Commits do not go back.
        let times = try centre.centre.engine().db.rows(
            "SELECT time FROM commit_log ORDER BY number"
        ) { $0.integer(0) }
        #expect(times == times.sorted() && times.allSatisfy { $0 > now })
        await centre.stop()
    }

    @Test("a clock beyond what a stamp can hold is told as the last moment that it can")
    func clockAtTheEnd() throws {
        #expect(CentreEngine.told(.max) == Limits.stampMillisecondsMax)
        #expect(CentreEngine.told(-1) == 0)
        #expect(CentreEngine.told(5) == 5)
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
