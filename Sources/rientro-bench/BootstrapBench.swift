import RientroClient
import RientroSQLite

/// H: a new office gets its file from the running centre, against a copy of the finished file and
/// the check that every new file is given.
struct BootstrapBench {
    let day: NetworkDay
    let pairs: Int
    let progress: (String) -> Void

    func run() async throws -> [Figure] {
        let centre = day.centre
        var first = Pairs()
        var shelf = Pairs()
        let finished = try await finishedFile()
        for pair in 0..<pairs {
            progress("H: pair \(pair + 1) of \(pairs)")
            centre.forgetSnapshots()
            let codes = (try centre.code(), try centre.code())
            let server = try centre.serve()
            defer { server.stop() }
            var plain = Sample.none
            if pair % 2 == 1 { plain = try copy(of: finished) }
            let built = try await join(server, codes.0)
            let kept = try await join(server, codes.1)
            if pair % 2 == 0 { plain = try copy(of: finished) }
            guard try await server.metrics()["rientro_snapshots_built_total"] == 1 else {
                throw BenchError.unexpected("the second office got no file from the shelf")
            }
            first.add((ours: built, plain: plain))
            shelf.add((ours: kept, plain: plain))
        }
        return [
            first.time("H.first", "a new office; the centre builds the snapshot", .atMost(3)),
            first.memory("H.first", nil),
            shelf.time("H.shelf", "a new office; the snapshot is on the shelf", .atMost(3)),
            shelf.memory("H.shelf", nil),
        ]
    }

    /// CPU time is of both processes.
    private func join(_ server: ServerChild, _ code: String) async throws -> Sample {
        let before = server.processorSeconds()
        var path = ""
        var sample = try await Probe.measure {
            path = try await day.centre.join(server, code: code).path
        }
        sample.cpu += server.processorSeconds() - before
        day.centre.scene.remove(path)
        return sample
    }

    /// What a new office ends with, after it was compared with the centre.
    private func finishedFile() async throws -> String {
        let server = try day.centre.serve()
        defer { server.stop() }
        let path: String
        do {
            let replica = try await day.centre.join(server, code: day.centre.code())
            let report = try await replica.verify()
            guard report.isProven else { throw BenchError.filesDiffer }
            path = replica.path
        }
        return try day.centre.scene.copy(of: path, "finished")
    }

    private func copy(of finished: String) throws -> Sample {
        let scene = day.centre.scene
        let target = scene.path("copy")
        defer { scene.remove(target) }
        return try Probe.measure {
            _ = try ChildProgram.run(["cp", finished, target], in: scene.folder)
            let db = try Connection(path: target, mode: .readWrite)
            guard try db.text("PRAGMA quick_check") == "ok" else { throw BenchError.filesDiffer }
        }
    }
}
