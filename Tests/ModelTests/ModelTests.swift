import Foundation
import Testing

/// The short form of `make model`: the smallest whole searches, and three rules left out. A missing
/// spin or compiler fails here.
@Suite("the model of the sync protocol", .serialized) struct ModelTests {
    @Test(
        "the smallest configurations hold and settle, and three broken rules are found",
        .timeLimit(.minutes(5)))
    func shortForm() throws {
        let said = try Check.run(["--short"])
        #expect(said.status == 0, "\(said.output)")
        let verdicts = said.output.split(separator: "\n").filter { $0.hasSuffix(" ok") }
        for kind in ["holds", "settles", "breaks"] {
            #expect(verdicts.contains { $0.hasPrefix(kind) }, "\(said.output)")
        }
        #expect(verdicts.filter { $0.hasPrefix("breaks") }.count >= 3, "\(said.output)")
    }

    @Test("a broken rule in a configuration that must hold makes the check fail")
    func checkFails() throws {
        let said = try Check.run(["--one", "holds", "broken", "BREAK_SEAL"])
        #expect(said.status != 0, "\(said.output)")
        #expect(said.output.contains("WRONG"), "\(said.output)")
    }

    @Test("a rule that is left out and not missed makes the check fail")
    func checkMisses() throws {
        let said = try Check.run(["--one", "breaks", "nothing", "CHANGES=1"])
        #expect(said.status != 0, "\(said.output)")
        #expect(said.output.contains("WRONG"), "\(said.output)")
    }
}

/// One run of `Protocol/Model/check`, whose folders lie in one that is removed afterwards.
private enum Check {
    static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("rientro-model-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = Process()
        process.executableURL = root.appendingPathComponent("Protocol/Model/check")
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["TMPDIR": folder.path]) { _, new in new }
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        // Read before waiting: a full pipe would stop the program.
        let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }
}
