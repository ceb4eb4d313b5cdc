import Foundation
import RientroSQLite
import RientroStore
import Testing

@testable import RientroClient

/// The file system as somebody who may only read sees it. Of one thread, so nothing may suspend
/// inside; only root can become somebody else, and whoever is not root needs no more than modes.
@discardableResult
private func asReader<R>(_ body: () throws -> R) rethrows -> R {
    typealias SetUser = @convention(c) (UInt32) -> Int32
    let set = dlsym(nil, "setfsuid").map { unsafeBitCast($0, to: SetUser.self) }
    guard geteuid() == 0, let set else { return try body() }
    _ = set(65_534)
    defer { _ = set(0) }
    return try body()
}

@Suite("A file that may only be read", .timeLimit(.minutes(2)))
struct ReadingOnlyTests {
    /// A replica that nobody has open, with one row, and the modes of its folder and itself.
    private func closed(folder: mode_t, file: mode_t) async throws -> (Folder, String) {
        let place: Folder
        let path: String
        do {
            let desk = try await Desk()
            try await desk.call("there")
            place = desk.folder
            path = desk.path
        }
        #expect((PlainFile.size(path + "-wal") ?? 0) == 0, "the last to close has emptied the log")
        try #require(chmod(path, file) == 0)
        try #require(chmod(place.path, folder) == 0)
        return (place, path)
    }

    @Test(
        "is read, in a folder that may be written or not",
        arguments: [(mode_t(0o555), mode_t(0o444)), (0o555, 0o666), (0o777, 0o444)])
    func read(folder: mode_t, file: mode_t) async throws {
        let (place, path) = try await closed(folder: folder, file: file)
        defer { chmod(place.path, 0o700) }
        try asReader {
            let engine = try ReplicaEngine(path: path)
            #expect(!engine.canWrite)
            #expect(try engine.replica() == 5)
            #expect(try engine.onTheWay() == 1)
            #expect(try engine.label() == nil)
            let people = try PeopleConnection(
                path: path, schema: engine.store.schema, mode: engine.mode)
            let notes = try people.read { db in
                try db.rows("SELECT note FROM contact_attempt").map { $0["note"].text }
            }
            #expect(notes == ["there"])
            #expect(throws: (any Error).self) {
                try people.write { try $0.execute(Desk.insertCall, [.text("no")]) }
            }
            try engine.note(tokenIsRefused: true)
            #expect(throws: (any Error).self) { try engine.setServer("https://a.example") }
        }
        chmod(place.path, 0o700)
        let names = try FileManager.default.contentsOfDirectory(atPath: place.path)
        #expect(!names.contains { $0.hasSuffix("-journal") })
    }

    @Test("with a log that cannot be read there, says so instead of showing less than there is")
    func log() async throws {
        let (place, path) = try await closed(folder: 0o555, file: 0o444)
        defer { chmod(place.path, 0o700) }
        try Data(repeating: 1, count: 32).write(to: URL(fileURLWithPath: path + "-wal"))
        try? FileManager.default.removeItem(atPath: path + "-shm")
        asReader {
            #expect {
                try ReplicaEngine(path: path)
            } throws: {
                if case .file(path, let fact)? = $0 as? ReplicaError {
                    fact.contains("log")
                } else {
                    false
                }
            }
        }
    }

    @Test("an error of the file says that it may only be read")
    func error() {
        let readOnly = SQLiteError(code: 8, message: "attempt to write", sql: nil)
        #expect(ReplicaError(readOnly, path: "x") == .readOnly(path: "x"))
    }
}

@Suite("A replica behind a link", .timeLimit(.minutes(2)))
struct LinkTests {
    @Test("has its token beside the file itself")
    func link() async throws {
        let desk = try await Desk()
        let other = try Folder()
        let link = other.file("link.db")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: desk.path)
        let replica = try await Replica.open(at: link, transport: desk.centre)
        try await desk.call("by the link", on: replica)
        #expect(try await replica.sync().acknowledged == 1)
        #expect(replica.path.hasSuffix("/matera.db"))
        #expect(try await replica.status().token == .present)
        let second = other.file("second.db")
        try FileManager.default.createSymbolicLink(atPath: second, withDestinationPath: link)
        #expect(try await Replica.open(at: second, transport: desk.centre).sync().requests == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: other.path).count == 2)
        let broken = other.file("broken.db")
        try FileManager.default.createSymbolicLink(
            atPath: broken, withDestinationPath: other.file("none"))
        await #expect(throws: ReplicaError.noFile(path: broken)) {
            try await Replica.open(at: broken)
        }
    }
}
