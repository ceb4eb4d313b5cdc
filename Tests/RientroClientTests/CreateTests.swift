import Foundation
import Portfolio
import RientroProtocol
import RientroSQLite
import Testing

@testable import RientroClient

@Suite("Making a replica", .timeLimit(.minutes(2)))
struct CreateTests {
    @Test("a new replica has the centre's rows, its number and a token that others cannot read")
    func create() async throws {
        let desk = try await Desk()
        let status = try await desk.replica.status()
        #expect(status.replica == 5)
        #expect(status.portfolios == ["P1"])
        #expect(status.cursor.commit == 3)
        #expect(status.sealed == 0 && status.pending == 0)
        let name = try await desk.replica.read { try $0.first("SELECT surname FROM debtor") }
        #expect(name?["surname"] == "Rossi")
        let mode = try FileManager.default.attributesOfItem(atPath: desk.path + ".token")
        #expect((mode[.posixPermissions] as? Int) == 0o600)
        let left = try FileManager.default.contentsOfDirectory(atPath: desk.folder.path)
        #expect(!left.contains { $0.contains("download") })
    }

    @Test("an existing file, or a journal left by one, is never overwritten")
    func existing() async throws {
        let desk = try await Desk()
        await #expect(throws: ReplicaError.fileExists(path: desk.path)) {
            try await Replica.create(
                at: desk.path, server: "http://x.invalid", code: "good", transport: desk.centre)
        }
        let other = desk.folder.file("potenza.db")
        try Data("old".utf8).write(to: URL(fileURLWithPath: other + "-wal"))
        await #expect(throws: ReplicaError.fileExists(path: other + "-wal")) {
            try await desk.other("potenza.db")
        }
    }

    @Test("a wrong code is the centre's refusal, and leaves no file")
    func wrongCode() async throws {
        let desk = try await Desk()
        let path = desk.folder.file("potenza.db")
        await #expect(
            throws: ReplicaError.centreRefused(
                status: 401, code: "unknown_code", detail: "ask for a new code")
        ) {
            try await Replica.create(
                at: path, server: "http://x.invalid", code: "bad", transport: desk.centre)
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test(
        "after any exchange is lost, before or after the centre did its work, the same call goes on"
    )
    func cutAnywhere() async throws {
        let desk = try await Desk()
        // Enrolling and one piece of the snapshot: the exchanges of a creation.
        for step in 0..<2 {
            for fault in [MiniCentre.Fault.lostRequest, .lostAnswer] {
                let name = "cut-\(step)-\(fault)".prefix(24) + "\(UUID().uuidString).db"
                let before = await desk.centre.requests.count
                if step == 1 { await desk.centre.fail(.meanwhile {}) }
                await desk.centre.fail(fault)
                await #expect(throws: ReplicaError.noContact("the test cut the line")) {
                    try await desk.other(String(name))
                }
                let replica = try await desk.other(String(name))
                let requests = await desk.centre.requests[before...]
                let enrolments = try requests.filter { $0.path == "/v1/enrol" }.map {
                    try EnrolRequest(decoding: $0.body)
                }
                #expect(enrolments.count == 2)
                #expect(enrolments.first == enrolments.last, "it asks the same again")
                #expect(try await replica.status().cursor.commit == 3)
            }
        }
    }

    @Test("a download goes on where it stopped, and begins anew when the snapshot is another")
    func resume() async throws {
        let desk = try await Desk()
        let big = desk.folder.file("big")
        try Snapshot.make(at: big, schema: desk.schema)
        let db = try Connection(path: big, mode: .readWrite)
        try db.execute("CREATE TABLE ballast AS SELECT randomblob(9000000) AS b")
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: big)))
        await desk.centre.setSnapshot(bytes, etag: "\"big\"")
        await desk.centre.fail(.meanwhile {}, .meanwhile {}, .lostAnswer)
        await #expect(throws: ReplicaError.noContact("the test cut the line")) {
            try await desk.other("big.db")
        }
        #expect(PlainFile.size(desk.folder.file("big.db.download")) == 4 << 20)
        await desk.centre.fail(.meanwhile {}, .meanwhile {}, .lostAnswer)
        await #expect(throws: ReplicaError.self) { try await desk.other("big.db") }
        #expect(PlainFile.size(desk.folder.file("big.db.download")) == 8 << 20)
        await desk.centre.setSnapshot(bytes, etag: "\"newer\"")
        let replica = try await desk.other("big.db")
        #expect(
            try await replica.read { try $0.first("SELECT length(b) AS n FROM ballast") }?["n"]
                == 9_000_000)
        let pieces = await desk.centre.requests.suffix(4).map { $0.header("range") }
        #expect(
            pieces == [
                "bytes=8388608-12582911", "bytes=0-4194303", "bytes=4194304-8388607",
                "bytes=8388608-12582911",
            ])
    }

    @Test(
        "a piece of another snapshot than the one that was begun is not kept",
        arguments: [("\"other\"", 0), ("\"big\"", 1)])
    func otherPiece(etag: String, longer: Int) async throws {
        let desk = try await Desk()
        let big = desk.folder.file("big")
        try Snapshot.make(at: big, schema: desk.schema)
        try Connection(path: big, mode: .readWrite).execute(
            "CREATE TABLE ballast AS SELECT randomblob(9000000) AS b")
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: big)))
        await desk.centre.setSnapshot(bytes, etag: "\"big\"")
        let piece = 4 << 20
        // A cache between that does not know If-Range.
        let foreign = TransportResponse(
            status: 206,
            headers: [
                "ETag": etag,
                "Content-Range": "bytes \(piece)-\(2 * piece - 1)/\(bytes.count + longer)",
            ], body: [UInt8](repeating: 0xAA, count: piece))
        await desk.centre.fail(.meanwhile {}, .meanwhile {}, .instead(foreign))
        let replica = try await desk.other("big.db")
        let ranges = await desk.centre.requests.suffix(5).compactMap { $0.header("range") }
        #expect(
            ranges.map { $0.split(separator: "-")[0] } == [
                "bytes=0", "bytes=\(piece)", "bytes=0", "bytes=\(piece)", "bytes=\(2 * piece)",
            ])
        let kept = try await replica.read { try $0.first("SELECT b FROM ballast") }
        let sent = try Connection(path: big, mode: .readOnly).first("SELECT b FROM ballast") {
            $0.blob(0)
        }
        #expect(kept?["b"] == .blob(try #require(sent)))
    }

    @Test("a snapshot that is said to be longer than any is refused before it is fetched")
    func endless() async throws {
        let desk = try await Desk()
        let most = SnapshotDownload.snapshotBytesMax
        func piece(_ total: Int64) -> TransportResponse {
            TransportResponse(
                status: 206, headers: ["ETag": "\"x\"", "Content-Range": "bytes 0-0/\(total)"],
                body: [1])
        }
        await desk.centre.fail(.meanwhile {}, .instead(piece(most + 1)))
        await #expect(throws: ReplicaError.badAnswer("a snapshot of \(most + 1) bytes is none")) {
            try await desk.other("long.db")
        }
        #expect(PlainFile.size(desk.folder.file("long.db.download")) == nil)
        await desk.centre.fail(.meanwhile {}, .instead(piece(most)), .lostRequest)
        await #expect(throws: ReplicaError.noContact("the test cut the line")) {
            try await desk.other("long.db")
        }
        #expect(PlainFile.size(desk.folder.file("long.db.download")) == 1)
        let note = desk.folder.file("long.db.download.etag")
        try Data("\"x\"\n\(most + 1)\n".utf8).write(to: URL(fileURLWithPath: note))
        #expect(try await desk.other("long.db").status().replica > 5, "such a note is no note")
    }

    @Test(
        "what cannot become a file is said before the code is spent",
        arguments: [
            ":memory:", "file:x.sqlite", "FILE:x?mode=memory", "", "x\u{0}y", "/", "a/", ".",
            "a/..",
            String(repeating: "x", count: 208),
        ])
    func badPath(path: String) async throws {
        let desk = try await Desk()
        let before = await desk.centre.requests.count
        await #expect {
            try await Replica.create(
                at: path, server: "http://centre.invalid", code: "good", transport: desk.centre)
        } throws: { if case .badPath(path, _) = $0 as? ReplicaError { true } else { false } }
        #expect(await desk.centre.requests.count == before)
        let longest = String(repeating: "x", count: 207)
        _ = try await desk.other(longest)
        #expect(try PlainFile.exists(desk.folder.file(longest)))
    }

    @Test("nor where a stranger's file waits in the download's name, or the folder is not there")
    func waiting() async throws {
        let desk = try await Desk()
        let before = await desk.centre.requests.count
        let download = desk.folder.file("n.db.download")
        try FileManager.default.createSymbolicLink(
            atPath: download, withDestinationPath: desk.folder.file("trap"))
        await #expect(throws: ReplicaError.self) { try await desk.other("n.db") }
        await #expect(throws: ReplicaError.self) { try await desk.other("none/n.db") }
        #expect(await desk.centre.requests.count == before)
        #expect(try !PlainFile.exists(desk.folder.file("trap")))
    }

    @Test("an empty name left by a power cut while the file got it is taken up again")
    func heldName() async throws {
        let desk = try await Desk()
        let path = desk.folder.file("held.db")
        try Data().write(to: URL(fileURLWithPath: path))
        await #expect(throws: ReplicaError.fileExists(path: path)) {
            try await desk.other("held.db")
        }
        await desk.centre.fail(
            .meanwhile {},
            .meanwhile {
                // The name as `move` takes it, and then no power.
                try Data().write(to: URL(fileURLWithPath: path))
            })
        try FileManager.default.removeItem(atPath: path)
        let replica = try await desk.other("held.db")
        #expect(try await replica.status().cursor.commit == 3)
    }

    @Test("a snapshot with a trigger or view that is not of the schema is refused")
    func strangeTrigger() async throws {
        let desk = try await Desk()
        for sql in [
            "CREATE TRIGGER mine AFTER INSERT ON payment BEGIN DELETE FROM pending; END",
            "CREATE VIEW mine AS SELECT 1",
        ] {
            let strange = desk.folder.file("strange-\(sql.count)")
            try Snapshot.make(at: strange, schema: desk.schema)
            try Connection(path: strange, mode: .readWrite).execute(sql)
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: strange)))
            await desk.centre.setSnapshot(bytes, etag: "\"\(sql.count)\"")
            await #expect {
                try await desk.other("s-\(sql.count).db")
            } throws: { if case .notAReplica = $0 as? ReplicaError { true } else { false } }
        }
    }

    @Test("a power cut after the file got its identity does not cost the download")
    func adopted() async throws {
        let desk = try await Desk()
        let path = desk.folder.file("again.db")
        _ = try await desk.other("again.db")
        // As it stood between adopting and the new name.
        try FileManager.default.moveItem(atPath: path, toPath: path + ".download")
        let size = try #require(PlainFile.size(path + ".download"))
        try Data("\"one\"\n\(size)\n".utf8).write(to: URL(fileURLWithPath: path + ".download.etag"))
        for suffix in ["-wal", "-shm"] { try PlainFile.remove(path + suffix) }
        let before = await desk.centre.count(of: "/v1/snapshot")
        let replica = try await desk.other("again.db")
        #expect(await desk.centre.count(of: "/v1/snapshot") == before)
        _ = try await replica.sync()
    }

    @Test("a damaged snapshot is thrown away, and the next try fetches it again")
    func damaged() async throws {
        let desk = try await Desk()
        var bytes = [UInt8](
            try Data(contentsOf: URL(fileURLWithPath: desk.folder.file("snapshot"))))
        let whole = bytes
        for index in 5000..<9000 { bytes[index] = 0xAA }
        await desk.centre.setSnapshot(bytes, etag: "\"one\"")
        await #expect(throws: ReplicaError.self) { try await desk.other("hurt.db") }
        #expect(try !PlainFile.exists(desk.folder.file("hurt.db")))
        await desk.centre.setSnapshot(whole, etag: "\"one\"")
        let replica = try await desk.other("hurt.db")
        #expect(try await replica.status().cursor.commit == 3)
    }

    @Test("a page of a captive portal, with 200, is no contact")
    func portal() async throws {
        let desk = try await Desk()
        let page = TransportResponse(
            status: 200, headers: ["Content-Type": "text/html; charset=utf-8"],
            body: Array("<html>Please log in</html>".utf8))
        await desk.centre.fail(.instead(page))
        await #expect {
            try await desk.other("portal.db")
        } throws: {
            if case .noContact(let fact) = $0 as? ReplicaError {
                fact.contains("text/html")
            } else {
                false
            }
        }
        await desk.centre.fail(.meanwhile {}, .instead(page))
        await #expect(throws: ReplicaError.self) { try await desk.other("portal.db") }
        #expect(try !PlainFile.exists(desk.folder.file("portal.db")))
        _ = try await desk.other("portal.db")
    }

    @Test("a snapshot of a newer version is refused, and kept for the program that knows it")
    func newerSnapshot() async throws {
        let desk = try await Desk()
        let newer = desk.folder.file("newer")
        try Snapshot.make(at: newer, schema: desk.schema)
        try Connection(path: newer, mode: .readWrite).execute(
            "PRAGMA user_version = 2; DROP TABLE me")
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: newer)))
        await desk.centre.setSnapshot(bytes, etag: "\"newer\"")
        let download = desk.folder.file("newer.db.download")
        await #expect(throws: ReplicaError.newerFormat(path: download, version: 2)) {
            try await desk.other("newer.db")
        }
        #expect(PlainFile.size(download) == Int64(bytes.count))
        #expect(try !PlainFile.exists(desk.folder.file("newer.db")))
    }

    @Test("opening what is no replica says what it is")
    func notAReplica() async throws {
        let folder = try Folder()
        await #expect(throws: ReplicaError.noFile(path: folder.file("none"))) {
            try await Replica.open(at: folder.file("none"))
        }
        try Data("This is a letter, not a database.".utf8)
            .write(to: URL(fileURLWithPath: folder.file("letter")))
        await #expect {
            try await Replica.open(at: folder.file("letter"))
        } throws: {
            if case .notAReplica = $0 as? ReplicaError { true } else { false }
        }
    }
}
