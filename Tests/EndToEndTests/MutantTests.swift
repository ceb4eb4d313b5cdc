import Foundation
import Testing

/// Errors built in on purpose: that the simulation's checkers bite. `make mutants` runs them all.
@Suite("Mutants")
struct MutantTests {
    let folder = try? Folder()

    /// The benchmark of a build with the package's trait `Mutations`, which `make test` makes.
    private static let program = "\(Programs.repository)/.build/mutants/release/rientro-bench"

    /// Three that are caught within 1,500 events.
    private static let quick = [
        "outbox-dropped-early", "refusal-not-listed", "stamp-without-floor",
    ]

    @Test("three errors that were built in are caught by the simulation")
    func caught() throws {
        try #require(
            FileManager.default.isExecutableFile(atPath: Self.program),
            "the program with the mutants is not built: run `make mutants-built`")
        let words = ["mutants", "--only", Self.quick.joined(separator: ","), "--events", "4000"]
        let answer = try #require(folder).run(Self.program, words + ["--json"], seconds: 120)
        try answer.expect(0)
        let found = try #require(
            try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [[String: Any]])
        #expect(found.compactMap { $0["mutant"] as? String } == Self.quick)
        for mutant in found {
            #expect(mutant["caught"] as? Bool == true, "\(mutant)")
        }
    }

    @Test("the ordinary program has no errors to choose from")
    func ordinary() throws {
        let folder = try #require(folder)
        try folder.run(Programs.bench, ["mutants"]).expect(2)
        try folder.run(Programs.bench, ["simulate", "--mutation", "digest-of-ids"]).expect(2)
    }
}
