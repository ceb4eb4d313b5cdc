import Foundation
import Portfolio
import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@testable import RientroClient

/// An office with its centre: a replica that is enrolled, in a folder of its own.
struct Desk {
    let folder: Folder
    let schema: Schema
    let centre: MiniCentre
    let replica: Replica

    var path: String { replica.path }

    init() async throws {
        let folder = try Folder()
        let schema = try DebtorPortfolio.schema()
        let centre = try MiniCentre(schema: schema)
        try Snapshot.make(at: folder.file("snapshot"), schema: schema)
        let data = try Data(contentsOf: URL(fileURLWithPath: folder.file("snapshot")))
        await centre.setSnapshot([UInt8](data), etag: "\"one\"")
        self.folder = folder
        self.schema = schema
        self.centre = centre
        replica = try await Replica.create(
            at: folder.file("matera.db"), server: "http://centre.invalid", code: "good",
            transport: centre)
    }

    /// A second office of the same centre.
    func other(_ name: String) async throws -> Replica {
        try await Replica.create(
            at: folder.file(name), server: "http://centre.invalid", code: "good",
            transport: centre)
    }

    /// The same file once more, as another program would open it.
    func reopened() async throws -> Replica {
        try await Replica.open(at: path, transport: centre)
    }

    /// Calls to add, one by one, each in a `write { }`.
    func call(_ notes: String..., on replica: Replica? = nil) async throws {
        for note in notes {
            try await (replica ?? self.replica).write {
                try $0.execute(Self.insertCall, [.text(note)])
            }
        }
    }

    static let insertCall = """
        INSERT INTO contact_attempt(account_id, channel, outcome, note)
        VALUES ('\(Known.account)', 'phone', 'PTP', ?)
        """

    static func notes(_ replica: Replica) async throws -> [String] {
        try await replica.read { db in
            try db.rows("SELECT note FROM contact_attempt ORDER BY note").map {
                $0["note"].text ?? ""
            }
        }
    }

    /// Runs SQL in the sqlite3 shell; returns what it said on standard error.
    @discardableResult
    static func shell(_ path: String, _ sql: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sqlite3", "-batch", "-cmd", ".timeout 15000", path, sql]
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let text = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: text, as: UTF8.self)
    }

    /// A connection of the test's own, to look behind the library.
    func peek() throws -> Connection { try Connection(path: path, mode: .readWrite) }
}

extension Tag {
    /// Tests that start other programs.
    @Tag static var processes: Self
}
