import Foundation
import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

/// Random histories against the model. `RIENTRO_HISTORIES=N` runs N of them; `RIENTRO_SEEDS=1,2`
/// runs the named ones again.
@Suite("Merging, against a naive model", .timeLimit(.minutes(60)))
struct MergeHistoryTests {
    /// How many histories without being told otherwise: a few seconds in a debug build.
    static let historiesDefault = 2_000
    /// Histories are dealt to so many tests, which run side by side.
    static let hands = 4

    static func seeds(of hand: Int) -> [UInt64] {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["RIENTRO_SEEDS"] {
            let seeds = named.split(separator: ",").compactMap { UInt64($0) }
            return hand == 0 ? seeds : []
        }
        let count = environment["RIENTRO_HISTORIES"].flatMap(Int.init) ?? historiesDefault
        return (0..<max(count, 1)).filter { $0 % hands == hand }.map { UInt64($0) + 1 }
    }

    @Test(
        "merging is commutative, associative and idempotent, and digests tell states apart",
        arguments: 0..<hands)
    func histories(hand: Int) throws {
        let files = try (0..<3).map { _ in try HistoryFile() }
        for seed in Self.seeds(of: hand) {
            for file in files { try file.begin() }
            defer { for file in files { file.end() } }
            let findings = try Self.run(seed: seed, files)
            try #require(findings == [], "rerun with RIENTRO_SEEDS=\(seed)")
        }
    }

    /// What is wrong after one history; empty where all is right.
    private static func run(seed: UInt64, _ files: [HistoryFile]) throws -> [String] {
        var maker = HistoryMaker(seed: seed)
        let history = maker.history()
        var findings: [String] = []
        var judge = DigestJudge()
        var model = MergeModel()

        // One replica hears everything in one order, and is right after each change.
        for change in history {
            model.tell(change)
            let result = try files[0].merge(change)
            findings += try files[0].differences(from: model, "after \(change)")
            let again = try files[0].merge(change)
            if result != .parked, again != .unchanged { findings.append("\(change): \(again)") }
            findings += judge.hear(model.rows(), try files[0].digest())
        }

        // Two hear overlapping parts in other orders, then each other's rows whole, as in a grant.
        let parts = [
            history.filter { _ in maker.chance(60) }, history.filter { _ in maker.chance(60) },
        ]
        for (file, part) in zip(files[1...], parts) {
            for change in maker.shuffled(part) { _ = try file.merge(change) }
        }
        let exchanged = [try files[2].everything(), try files[1].everything()]
        for (file, rows) in zip(files[1...], exchanged) {
            for change in maker.shuffled(rows) { _ = try file.merge(change) }
        }
        var both = MergeModel()
        for change in parts.joined() { both.tell(change) }
        for file in files[1...] {
            findings += try file.differences(from: both, "after the exchange")
            findings += judge.hear(both.rows(), try file.digest())
        }

        // Everything in two more orders, on top of what they have.
        for file in files[1...] {
            for change in maker.shuffled(history) { _ = try file.merge(change) }
            findings += try file.differences(from: model, "at the end")
            findings += judge.hear(model.rows(), try file.digest())
        }
        return findings
    }
}

/// Digests must be equal if and only if the model's rows are.
struct DigestJudge {
    private var heard: [(rows: [MergeModel.Key: MergeModel.Row], digest: RowDigest)] = []

    mutating func hear(
        _ rows: [MergeModel.Key: MergeModel.Row], _ digest: RowDigest
    ) -> [String] {
        defer { heard.append((rows, digest)) }
        return heard.compactMap { other in
            (other.rows == rows) == (other.digest == digest)
                ? nil : "digest \(digest) and \(other.digest) for \(rows) and \(other.rows)"
        }
    }
}
