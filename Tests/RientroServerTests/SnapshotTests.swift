import Foundation
import RientroClient
import RientroProtocol
import RientroSQLite
import Testing

@testable import RientroServer

@Suite("the snapshot", .timeLimit(.minutes(2)))
struct SnapshotTests {
    /// A centre whose snapshot does not fit into one answer.
    private func largeCentre() throws -> TestCentre {
        let centre = try TestCentre()
        let engine = try centre.centre.engine()
        _ = try engine.db.transaction {
            try engine.act(now: SystemClock.now()) { act in
                for index in 10..<60 {
                    let status = String(repeating: "\(index)", count: 50_000)
                    try act.insert(
                        "account", id: TestRow.account("MT", index),
                        [
                            "debtor_id": .text(TestRow.debtor("MT", 1)),
                            "portfolio_id": .text("MT"), "status": .text(status),
                        ])
                }
            }
        }
        return centre
    }

    private func total(_ answer: TestHTTP.Answer) -> Int? {
        answer.fields["content-range"]?.split(separator: "/").last.flatMap { Int($0) }
    }

    @Test("a download in ranges goes on from the same file though the centre has gone on")
    func ranges() async throws {
        let centre = try largeCentre()
        let a = try TestPush(centre, "MT")
        let most = Limits.snapshotRangeBytes
        let first = try await a.get("/v1/snapshot", ["Range": "bytes=0-\(most * 2)"])
        #expect(first.status == 206)
        #expect(first.body.count == most)
        let tag = try #require(first.fields["etag"])
        let size = try #require(total(first))
        #expect(first.fields["content-range"] == "bytes 0-\(most - 1)/\(size)")
        _ = try await a.send([a.changeSet(1, note: TestRow.own(1))])
        let rest = try await a.get(
            "/v1/snapshot", ["Range": "bytes=\(most)-", "If-Range": tag])
        #expect(rest.status == 206)
        #expect(rest.fields["etag"] == tag)
        #expect(first.body.count + rest.body.count == size)
        let folder = try TestFolder()
        let path = folder.path + "/whole.sqlite"
        try Data(first.body + rest.body).write(to: URL(fileURLWithPath: path))
        let db = try Connection(path: path, mode: .readOnly)
        #expect(try db.text("PRAGMA integrity_check") == "ok")
        #expect(try db.integer("SELECT count(*) FROM account") == 53)
        #expect(try db.integer("SELECT count(*) FROM me") == 0)
        await centre.stop()
    }

    @Test("a small part of the centre and most of it both come with just their own rows")
    func shares() async throws {
        let centre = try largeCentre()
        let part = try await TestPush(centre, "PZ").get("/v1/snapshot")
        let folder = try TestFolder()
        let path = folder.path + "/part.sqlite"
        try Data(part.body).write(to: URL(fileURLWithPath: path))
        let small = try Connection(path: path, mode: .readOnly)
        #expect(
            try small.rows("SELECT id FROM account ORDER BY id") { $0.text(0) }
                == (0..<3).map { TestRow.account("PZ", $0) })
        #expect(try small.integer("SELECT count(*) FROM debtor") == 3)
        #expect(try small.integer("SELECT count(*) FROM phone") == 3)
        let most = try TestPush(centre, "MT")
        let end = Limits.snapshotRangeBytes
        let bytes =
            try await most.get("/v1/snapshot", ["Range": "bytes=0-"]).body
            + most.get("/v1/snapshot", ["Range": "bytes=\(end)-"]).body
        let other = folder.path + "/most.sqlite"
        try Data(bytes).write(to: URL(fileURLWithPath: other))
        let large = try Connection(path: other, mode: .readOnly)
        #expect(try large.integer("SELECT count(*) FROM account WHERE portfolio_id <> 'MT'") == 0)
        #expect(try large.integer("SELECT count(*) FROM account") == 53)
        #expect(try large.integer("SELECT count(*) FROM phone") == 3)
        await centre.stop()
    }

    @Test("what does not fit into one answer must be asked for in ranges; behind the end is 416")
    func unsatisfiable() async throws {
        let centre = try largeCentre()
        let a = try TestPush(centre, "MT")
        let whole = try await a.get("/v1/snapshot")
        #expect(whole.status == 416)
        let size = try #require(total(whole))
        #expect(whole.fields["content-range"] == "bytes */\(size)")
        let behind = try await a.get("/v1/snapshot", ["Range": "bytes=\(size)-"])
        #expect(behind.status == 416)
        let last = try await a.get("/v1/snapshot", ["Range": "bytes=\(size - 1)-\(size + 9)"])
        #expect(last.status == 206)
        #expect(last.body.count == 1)
        await centre.stop()
    }

    @Test("a small file is sent whole; a file that is gone is begun again, by If-Match it is 412")
    func small() async throws {
        let centre = try TestCentre()
        let a = try TestPush(centre, "MT")
        let whole = try await a.get("/v1/snapshot")
        #expect(whole.status == 200)
        #expect(whole.body.starts(with: Array("SQLite format 3\0".utf8)))
        let gone = "\"0123456789abcdef-1-0123456789abcdef\""
        let again = try await a.get(
            "/v1/snapshot", ["Range": "bytes=100-", "If-Range": gone])
        #expect(again.status == 200)
        #expect(again.body == whole.body)
        let match = try await a.get("/v1/snapshot", ["Range": "bytes=1-", "If-Match": gone])
        #expect(match.status == 412)
        await centre.stop()
    }

    @Test("offices with the same portfolios share a file, others cannot name it")
    func shared() async throws {
        let centre = try TestCentre()
        let (a, b) = (try TestPush(centre, "MT"), try TestPush(centre, "MT"))
        let other = try TestPush(centre, "PZ")
        let tag = try #require(try await a.get("/v1/snapshot").fields["etag"])
        #expect(try await b.get("/v1/snapshot").fields["etag"] == tag)
        #expect(try await centre.metric("rientro_snapshots_built_total") == 1)
        let theirs = try await other.get("/v1/snapshot", ["Range": "bytes=0-", "If-Range": tag])
        #expect(theirs.fields["etag"] != tag)
        // Nothing of others is in it, not even in a free page.
        let text = String(decoding: theirs.body, as: UTF8.self)
        #expect(text.contains(TestRow.account("PZ", 1)))
        #expect(!text.contains(TestRow.account("MT", 1)))
        await centre.stop()
    }

    @Test("a file of a history that the centre no longer has is given to nobody, named or not")
    func otherHistory() async throws {
        let centre = try TestCentre()
        let a = try TestPush(centre, "MT")
        let old = try #require(try await a.get("/v1/snapshot").fields["etag"])
        let db = try centre.centre.connect(.readWrite)
        let last = "WHERE number = (SELECT max(number) FROM commit_log)"
        func put(_ chain: [UInt8]) throws {
            try db.run("UPDATE commit_log SET chain = ? \(last)", .blob(chain))
        }
        // As if it had been put back, and gone on from there to the same number.
        try put(SHA256.hash([1]).bytes)
        let new = try #require(try await a.get("/v1/snapshot").fields["etag"])
        #expect(new != old)
        #expect(try await a.get("/v1/snapshot").fields["etag"] == new)
        #expect(try await centre.metric("rientro_snapshots_built_total") == 2)
        try put(SHA256.hash([2]).bytes)
        let match = try await a.get("/v1/snapshot", ["Range": "bytes=1-", "If-Match": new])
        #expect(match.status == 412)
        let range = try await a.get("/v1/snapshot", ["Range": "bytes=1-", "If-Range": new])
        #expect(range.status == 200 && range.fields["etag"] != new)
        let kept = try FileManager.default.contentsOfDirectory(atPath: centre.centre.snapshotFolder)
        #expect(kept.count == 1)
        await centre.stop()
    }

    @Test("no new file is built before the last one has rested, however many commits have come")
    func rest() {
        let (rest, most) = (ServerLimits.snapshotRestMilliseconds, ServerLimits.snapshotCommitsMax)
        let oldest = ServerLimits.snapshotAgeMillisecondsMax
        #expect(SnapshotShelf.isYoung(age: 0, commits: most + 1))
        #expect(SnapshotShelf.isYoung(age: rest - 1, commits: .max))
        #expect(!SnapshotShelf.isYoung(age: rest, commits: most + 1))
        #expect(SnapshotShelf.isYoung(age: rest, commits: most))
        #expect(SnapshotShelf.isYoung(age: oldest, commits: most))
        #expect(!SnapshotShelf.isYoung(age: oldest + 1, commits: 1))
        #expect(!SnapshotShelf.isYoung(age: -1, commits: 1))
    }

    @Test("a file that is young is given though commits have come since, and later none is")
    func young() async throws {
        let centre = try TestCentre()
        let office = try TestPush(centre, "MT")
        let tag = try #require(try await office.get("/v1/snapshot").fields["etag"])
        let set = office.changeSet(1, after: .zero, note: TestRow.own(1))
        #expect(try await office.send([set]).status == 200)
        #expect(try await office.get("/v1/snapshot").fields["etag"] == tag)
        centre.clock.set(SystemClock.now() + ServerLimits.snapshotAgeMillisecondsMax + 60_000)
        #expect(try await office.get("/v1/snapshot").fields["etag"] != tag)
        await centre.stop()
    }

    @Test("of the same portfolios only some files are kept, though each is still being read")
    func bounded() async throws {
        let centre = try TestCentre()
        let (a, other) = (try TestPush(centre, "MT"), try TestPush(centre, "PZ"))
        let theirs = try #require(try await other.get("/v1/snapshot").fields["etag"])
        var previous = Hash.zero
        var tags: [String] = []
        for number in 1...(ServerLimits.snapshotsPerSetMax + 2) {
            let set = a.changeSet(Int64(number), after: previous, note: TestRow.own(number))
            previous = set.head.hash
            #expect(try await a.send([set]).status == 200)
            let now = SystemClock.now()
            centre.clock.set(
                now + Int64(number) * (ServerLimits.snapshotAgeMillisecondsMax + 1_000))
            let file = try await a.get("/v1/snapshot", ["Range": "bytes=0-0"])
            tags.append(try #require(file.fields["etag"]))
        }
        #expect(Set(tags).count == tags.count)
        for (index, tag) in tags.enumerated() {
            let piece = try await a.get("/v1/snapshot", ["Range": "bytes=0-0", "If-Match": tag])
            let isKept = index >= tags.count - ServerLimits.snapshotsPerSetMax
            #expect(piece.status == (isKept ? 206 : 412), "file \(index)")
        }
        let kept = try FileManager.default.contentsOfDirectory(
            atPath: centre.centre.snapshotFolder)
        #expect(kept.count == ServerLimits.snapshotsPerSetMax + 1)
        #expect(kept.contains(theirs.filter { $0 != "\"" }))
        await centre.stop()
    }

    @Test("its cursor is where the next sync goes on, and its file is its owner's alone")
    func cursor() async throws {
        let centre = try TestCentre()
        let a = try TestPush(centre, "MT")
        _ = try await a.send([a.changeSet(1, note: TestRow.own(1))])
        let office = try await centre.office("MT")
        #expect(try office.count("note") == 1)
        #expect(try office.engine().cursor() == (try centre.centre.engine().cursor()))
        #expect(try await office.exchange().commits.isEmpty)
        let folder = centre.centre.snapshotFolder
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let facts = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)
            #expect((facts[.posixPermissions] as? Int) == 0o600)
        }
        await centre.stop()
    }

    @Test(
        "a range is read by RFC 9110, and what may be ignored is ignored",
        arguments: [
            ("bytes=0-9", 0..<10), ("bytes=5-", 5..<100), ("BYTES=99-200", 99..<100),
            ("bytes=0-0", 0..<1),
        ])
    func readRange(text: String, served: Range<Int>) throws {
        let range = try #require(ByteRange(text))
        #expect(ByteRange.served(range, of: 100) == served)
    }

    @Test(
        "other ranges are ignored",
        arguments: [
            "bytes=-5", "bytes=9-5", "bytes=0-1,3-4", "lines=0-1", "bytes=", "bytes=a-b",
            "bytes=0-99999999999999999999", "bytes= 0-1", "",
        ])
    func ignoredRange(text: String) { #expect(ByteRange(text) == nil) }
}
