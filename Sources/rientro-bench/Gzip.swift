import Foundation

/// Runs gzip(1): what a proxy that compresses would send.
enum Gzip {
    static func byteCount(_ bytes: [UInt8]) throws -> Int {
        let folder = FileManager.default.temporaryDirectory
        let file = folder.appendingPathComponent("rientro-bench-\(UUID().uuidString)")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-6", "--stdout", file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchError.failed(program: "gzip") }
        return output.count
    }
}
