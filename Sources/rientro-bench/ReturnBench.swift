import Foundation
import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore

/// J: a hundred offices, each with a portfolio of its own, come back at the same moment, each with
/// a day's work, against merging the same change-sets in one process.
struct ReturnBench {
    let disk: String
    /// Changes of each office.
    let changes: Int
    let pairs: Int
    let progress: (String) -> Void

    private static let offices = 100
    private static let debtors = 100

    /// The centre before they come, and what each brings.
    private struct Morning {
        let centre: OpenCentre
        var replicas: [Int64] = []
        var sets: [[[UInt8]]] = []
        var requests: [[UInt8]] = []
    }

    private struct Results {
        var single = Pairs()
        var grouped = Pairs()
        var slowest: [Double] = []
        var groups: [Double] = []
    }

    func run() async throws -> [Figure] {
        progress("J: \(Self.offices) offices at work")
        let morning = try morning()
        var results = Results()
        for pair in 0..<pairs {
            progress("J: pair \(pair + 1) of \(pairs)")
            var plain = Sample.none
            if pair % 2 == 1 { plain = try merge(morning, bytesMax: 1) }
            let ours = try await comeBack(morning, &results)
            if pair % 2 == 0 { plain = try merge(morning, bytesMax: 1) }
            results.single.add((ours: ours, plain: plain))
            results.grouped.add(
                (
                    ours: ours, plain: try merge(morning, bytesMax: ServerLimits.groupBytesMax)
                ))
        }
        return figures(results)
    }

    private func figures(_ results: Results) -> [Figure] {
        [
            results.single.time(
                "J", "100 offices; plain: a transaction for each change-set", .atMost(1.5)),
            results.grouped.time(
                "J.grouped", "plain: transactions of 8 MiB, as the writer's groups",
                .atMost(1.5)),
            results.single.cpu("J", nil),
            Figure(
                name: "J.slowest", what: "slowest office's time by the median office's", unit: "",
                value: Spread(results.slowest).median, plain: nil,
                ratio: Spread(results.slowest), sample: nil, target: .atMost(3)),
            Figure(
                name: "J.groups", what: "transactions of the server for all of them", unit: "",
                value: Spread(results.groups).median, plain: nil, ratio: nil, sample: nil,
                target: nil),
            results.single.memory("J", .atMost(64)),
        ]
    }

    private func morning() throws -> Morning {
        let scene = try Scene(disk: disk, hasIndexes: true)
        let names = (0..<Self.offices).map { "P\($0)" }
        var morning = Morning(centre: try OpenCentre(scene, portfolios: names))
        let engine = morning.centre.engine
        for (index, name) in names.enumerated() {
            let work = BranchDay(
                debtors: Self.debtors, portfolio: name, seed: UInt64(1_000 + index))
            try LoadBench(work).loadCentre(engine)
            let office = try scene.office(name, of: engine, portfolio: name)
            try LoadBench.merge(LoadBench.answers(for: office, from: engine), into: office)
            try DayStatements.run(
                work.changes(changes, seed: UInt64(2_000 + index)), on: office.people,
                transactionsOf: 100)
            let request = try office.engine.request()
            morning.replicas.append(request.replica)
            morning.sets.append(request.changeSets)
            morning.requests.append(Self.wire(request.encoded(), token: office.token))
            scene.remove(office.path)
        }
        try morning.centre.settle()
        return morning
    }

    /// The request as it travels.
    private static func wire(_ body: [UInt8], token: [UInt8]) -> [UInt8] {
        let lines = [
            "POST /v1/sync HTTP/1.1", "Host: 127.0.0.1",
            "Authorization: Bearer \(Hexadecimal.text(token))",
            "Content-Type: application/cbor", "Content-Length: \(body.count)",
            "Connection: close",
        ]
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }

    /// Time from the first byte sent to the last answer's end; CPU time and memory of the server.
    private func comeBack(_ morning: Morning, _ results: inout Results) async throws -> Sample {
        let folder = morning.centre.scene.path("return") + ".d"
        try FileManager.default.copyItem(atPath: morning.centre.folder, toPath: folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let server = try ServerChild(centre: folder, in: morning.centre.scene.folder)
        defer { server.stop() }
        let load = try LoadOfRequests(morning.requests, port: server.port)
        let before = server.resident()
        server.forgetPeak()
        let cpu = server.processorSeconds()
        try load.run()
        let sample = Sample(
            seconds: load.seconds, cpu: server.processorSeconds() - cpu, written: 0,
            memory: max(0, server.peak() - before))
        for (client, sets) in zip(load.clients, morning.sets) {
            let answer = try SyncAnswer(decoding: client.body())
            guard answer.centreHead.number == sets.count else {
                throw BenchError.unexpected("an office's work was not taken")
            }
        }
        let metrics = try await server.metrics()
        results.groups.append(metrics["rientro_group_commits_total"] ?? 0)
        let times = load.clients.map(\.seconds)
        let spread = Spread(times)
        results.slowest.append(spread.greatest / spread.median)
        return sample
    }

    /// The same change-sets in this process, in transactions of at most so many bytes; a single
    /// change-set always fits.
    private func merge(_ morning: Morning, bytesMax: Int) throws -> Sample {
        let scene = morning.centre.scene
        let path = try scene.copy(of: morning.centre.folder + "/centre.sqlite", "merge")
        defer { scene.remove(path) }
        let engine = try scene.centreEngine(path)
        let all = zip(morning.replicas, morning.sets).flatMap { replica, sets in
            sets.map { (replica: replica, set: $0) }
        }
        return try Probe.measure {
            var next = 0
            while next < all.count {
                try engine.db.transaction {
                    var bytes = 0
                    repeat {
                        _ = try engine.ingest(
                            ChangeSet(decoding: all[next].set), from: all[next].replica,
                            now: SystemClock.now())
                        bytes += all[next].set.count
                        next += 1
                    } while next < all.count && bytes + all[next].set.count <= bytesMax
                }
            }
        }
    }
}
