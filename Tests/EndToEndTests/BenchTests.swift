import Foundation
import Testing

/// The benchmark as a program: that it runs, tells what it promises, and notices a loss. What it
/// measures is not judged here.
@Suite("rientro-bench")
struct BenchTests {
    let folder = try? Folder()

    private func run(_ words: [String]) throws -> Answer {
        try #require(folder).run(Programs.bench, words, seconds: 120)
    }

    private func figures(_ answer: Answer) throws -> [[String: Any]] {
        let parsed = try JSONSerialization.jsonObject(with: Data(answer.output.utf8))
        return try #require(parsed as? [[String: Any]])
    }

    private static let short = [
        "--rows", "1000", "--pairs", "1", "--indexes", "none", "--only", "CDE", "--quiet",
    ]

    @Test("a short run measures every figure that it was asked for, as JSON")
    func json() throws {
        let found = try figures(try run(Self.short + ["--json"]).expect(0))
        let names = Set(found.compactMap { $0["name"] as? String })
        for name in [
            "C.speed", "C.cpu", "C.written", "C.memory", "D.speed", "D.bytes", "D.gzip",
            "E.office.speed", "E.centre.speed", "E2.office", "E2.centre",
        ] {
            #expect(names.contains(name))
        }
        #expect(!names.contains { $0.hasPrefix("G") || $0.hasPrefix("A") })
        for figure in found {
            for key in ["value", "ratio", "ratio_min", "ratio_max", "cpu_seconds", "met"] {
                #expect(figure[key] != nil, "\(figure)")
            }
        }
        let bytes = try #require(found.first { $0["name"] as? String == "D.bytes" })
        // The notes alone are 72 of them.
        #expect(try #require(bytes["value"] as? Double) > 72)
    }

    @Test("a ratio that fell by more than a third fails the run, and is named")
    func losses() throws {
        let folder = try #require(folder)
        let record = folder("record.json")
        try run(Self.short + ["--record", record]).expect(0)
        var written = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: record)))
                as? [String: [String: Double]])
        #expect(written["figures"]?["E2.office"] == nil)
        let bytes = try #require(written["figures"]?["D.bytes"])
        written["figures"] = ["D.bytes": bytes]
        try save(written, to: record)
        try run(Self.short + ["--compare", record]).expect(0)
        written["figures"] = ["D.bytes": bytes / 2]
        try save(written, to: record)
        try run(Self.short + ["--compare", record]).expect(1).says("D.bytes was")
        try folder.write("record.json", "no record")
        try run(Self.short + ["--compare", record]).expect(1).says("is no record of a run")
    }

    private func save(_ record: [String: [String: Double]], to path: String) throws {
        try JSONSerialization.data(withJSONObject: record).write(to: URL(filePath: path))
    }
}
