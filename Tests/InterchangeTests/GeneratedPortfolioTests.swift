import Foundation
import Interchange
import Testing

/// Files of the generator that stands beside the project, where it does.
private let generator = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("../shared/portfolio/generate.py").path

@Suite(
    "Generated portfolios",
    .enabled(if: FileManager.default.fileExists(atPath: generator)), .timeLimit(.minutes(2)))
struct GeneratedPortfolioTests {
    @Test(
        "control totals are those that the generator gives",
        arguments: [[], ["--dirty"], ["--dirty", "--encoding", "windows-1252"]] as [[String]])
    func totals(arguments: [String]) throws {
        let made = try generate(["--accounts", "300"] + arguments)
        let file = try FileOnDisk(made.bytes)
        let handOver = try HandOver.inspect(path: file.path)
        let found = handOver.summary
        #expect(found.rows == made.totals["rows"])
        #expect(found.badRows == made.totals["faulty"])
        #expect(found.openAmounts["EUR"] == made.totals["open_cents"].map(Int64.init))
        if arguments.isEmpty {
            #expect(found.accounts == made.totals["accounts"])
            #expect(found.flagCounts == [:])
            #expect(found.statedTotal == nil)
        } else {
            #expect(found.differenceFromStated == 0)
            #expect(found.flagCounts.count >= 5)
        }
        var rows = 0
        try handOver.forEachAccount { rows += $0.rows.count }
        #expect(rows == found.goodRows)
        #expect(try handOver.writeRejected { _ in "x" } == found.badRows)
    }

    private func generate(
        _ arguments: [String]
    ) throws -> (bytes: [UInt8], totals: [String: Int]) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", generator] + arguments
        let output = Pipe()
        let totals = Pipe()
        process.standardOutput = output
        process.standardError = totals
        try process.run()
        let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
        let line = String(
            decoding: totals.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        var numbers: [String: Int] = [:]
        for word in line.split(whereSeparator: \.isWhitespace) {
            let parts = word.split(separator: "=")
            if parts.count == 2 { numbers[String(parts[0])] = Int(parts[1]) }
        }
        return (bytes, numbers)
    }
}
