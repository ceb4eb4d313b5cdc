import Foundation
import RientroClient
import RientroProtocol
import RientroStore

/// K: an office that was away for a month pulls what the others wrote, against merging the very
/// same answers where they lie in memory already.
struct MonthBench {
    let day: NetworkDay
    let rows: Int
    let pairs: Int
    let progress: (String) -> Void

    /// A month is so many of the workload's days.
    private static let days = 2

    func run() async throws -> [Figure] {
        progress("K: the month")
        let away = try await awayOffice()
        try day.write(rows * Self.days, seed: 3)
        let server = try day.centre.serve()
        defer { server.stop() }
        guard let url = URL(string: server.url), let way = SocketTransport(server: url) else {
            throw BenchError.unexpected("an address that is none")
        }
        let kept = KeptAnswers(way)
        try await firstPull(away, by: kept)
        var pull = Pairs()
        var waited: [Double] = []
        for pair in 0..<pairs {
            progress("K: pair \(pair + 1) of \(pairs)")
            var plain = Sample.none
            if pair % 2 == 1 { plain = try merge(kept.bodies, into: away) }
            let (ours, waiting) = try await self.pull(away, by: way, server)
            waited.append(waiting)
            if pair % 2 == 0 { plain = try merge(kept.bodies, into: away) }
            pull.add((ours: ours, plain: plain))
        }
        return [
            pull.time(
                "K", "pulling \(rows * Self.days) changes; plain: merging the answers kept",
                .atMost(1.5)),
            Figure(
                name: "K.waiting", what: "of that, until the answers were there", unit: "s",
                value: Spread(waited).median, plain: nil, ratio: nil, sample: nil, target: nil),
            pull.cpu("K", nil),
            pull.memory("K", nil),
        ]
    }

    /// A file as it was a month ago.
    private func awayOffice() async throws -> String {
        let server = try day.centre.serve()
        defer { server.stop() }
        let path: String
        do { path = try await day.centre.join(server, code: day.centre.code()).path }
        try Scene.checkpoint(path)
        return path
    }

    private func copy(of away: String) throws -> String {
        let target = try day.centre.scene.copy(of: away, "away")
        try FileManager.default.copyItem(atPath: away + ".token", toPath: target + ".token")
        return target
    }

    private func remove(_ path: String) {
        day.centre.scene.remove(path)
        try? FileManager.default.removeItem(atPath: path + ".token")
    }

    /// Keeps the answers, and proves that they bring what the centre has.
    private func firstPull(_ away: String, by way: KeptAnswers) async throws {
        let path = try copy(of: away)
        defer { remove(path) }
        let replica = try await Replica.open(at: path, transport: way)
        _ = try await replica.sync()
        let count = way.bodies.count
        guard try await replica.verify().isProven, count > 0 else { throw BenchError.filesDiffer }
        // The sync before the proof had nothing to bring.
        way.forget(after: count)
    }

    /// CPU time is of both processes; beside it how long the client waited for answers.
    private func pull(
        _ away: String, by way: any Transport, _ server: ServerChild
    ) async throws -> (Sample, Double) {
        let path = try copy(of: away)
        defer { remove(path) }
        let way = KeptAnswers(way)
        let replica = try await Replica.open(at: path, transport: way)
        let before = server.processorSeconds()
        var received = 0
        var sample = try await Probe.measure { received = try await replica.sync().commits }
        sample.cpu += server.processorSeconds() - before
        guard received > 0 else { throw BenchError.unexpected("the pull brought nothing") }
        return (sample, way.waitedSeconds)
    }

    private func merge(_ answers: [[UInt8]], into away: String) throws -> Sample {
        let path = try copy(of: away)
        defer { remove(path) }
        let engine = try ReplicaEngine(path: path)
        return try Probe.measure {
            for answer in answers {
                _ = try engine.merge(SyncAnswer(decoding: answer), clockOffset: nil)
            }
        }
    }
}
