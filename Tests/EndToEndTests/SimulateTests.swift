import Foundation
import Testing

/// The simulator as a program: the same seed is the same run, and what it tells is what happened.
@Suite("rientro-bench simulate")
struct SimulateTests {
    let folder = try? Folder()

    private func run(_ words: [String]) throws -> Answer {
        try #require(folder).run(Programs.bench, ["simulate"] + words, seconds: 120)
    }

    @Test("the same seed is the same run, to the last id, in another process and another zone")
    func deterministic() throws {
        let words = ["--seed", "11", "--events", "700", "--world", "700", "--trace", "--quiet"]
        let folder = try #require(folder)
        let first = try run(words)
        let again = try folder.run(
            "env", ["TZ=Pacific/Auckland", Programs.bench, "simulate"] + words, seconds: 120)
        #expect(first.errors == again.errors)
        #expect(first.errors.split(separator: "\n").count > 500)
        let other = try run(["--seed", "12"] + words.dropFirst(2))
        #expect(other.errors != first.errors)
    }

    @Test("it counts what happened by kind, and says where a kind never did")
    func counts() throws {
        let answer = try run(["--seed", "1", "--events", "300", "--json"])
        // In so short a run some kind has not happened, which is a failure and is told.
        try answer.expect(1).says("never happened")
        let told = try #require(
            try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any])
        #expect(told["events"] as? Int == 300)
        #expect(told["worlds"] as? Int == 1)
        #expect(told["failed"] as? Bool == false)
        let happened = try #require(told["happened"] as? [String: Int])
        #expect(happened["delivery", default: 0] > 10)
        #expect(happened["payment", default: 0] > 3)
    }

    @Test("a fault that it does not know is an error that names it")
    func unknownFault() throws {
        try run(["--faults", "network,gremlins"]).expect(2).says("gremlins")
    }
}
