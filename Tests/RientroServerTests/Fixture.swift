import Foundation
import RientroProtocol
import RientroSQLite
import Testing

/// The files of version 1, as programs of that version wrote them. They are never made again:
/// whatever comes later must still read them.
enum Fixture {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../Fixtures/version-1").standardizedFileURL

    static func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

    /// A world around a copy of the centre's file.
    static func world() throws -> World { try World(copying: file("centre.sqlite")) }

    /// A copy of a file in the world's folder; its path.
    static func copy(_ name: String, into world: World) throws -> String {
        let path = world.path()
        try FileManager.default.copyItem(at: file(name), to: URL(fileURLWithPath: path))
        return path
    }

    /// One message of the exchange.
    struct Message: Codable {
        var name: String
        var hex: String

        var bytes: [UInt8] { Hexadecimal.bytes(hex) ?? [] }
    }

    static func messages() throws -> [Message] {
        try JSONDecoder().decode([Message].self, from: Data(contentsOf: file("exchange.json")))
    }

    static func message(_ name: String) throws -> [UInt8] {
        try #require(try messages().first { $0.name == name }, "no message \(name)").bytes
    }

    /// Everything in `sqlite_schema` that has a text, one line each, in its order.
    static func objects(_ path: String) throws -> [String] {
        try Connection(path: path, mode: .readWrite).rows(
            """
            SELECT type || ' ' || name || ': ' || sql FROM sqlite_schema
            WHERE sql IS NOT NULL ORDER BY rowid
            """
        ) { $0.text(0) }
    }

    /// Runs SQL in the `sqlite3` shell, which knows nothing of ours; gives its output.
    static func shell(_ path: String, _ sql: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sqlite3", "-batch", "-bail", path, sql]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let said = String(decoding: text, as: UTF8.self)
        guard process.terminationStatus == 0 else { throw ShellFailure(said: said) }
        return said.trimmingCharacters(in: .newlines)
    }

    /// What the shell said when it failed.
    struct ShellFailure: Error {
        var said: String
    }
}
