import RientroServer

/// L: how many requests for `/healthz` the server answers a second, by wrk(1), against another
/// server where one is named.
struct HealthBench {
    let disk: String
    /// The address of the other server, up to its port.
    let peer: String?
    let pairs: Int
    let progress: (String) -> Void

    private static let load = ["-t1", "-c32", "-d5s"]

    func run() throws -> [Figure] {
        let scene = try Scene(disk: disk, hasIndexes: true)
        let server = try OpenCentre(scene).serve()
        defer { server.stop() }
        var ours: [Double] = []
        var theirs: [Double] = []
        for pair in 0..<pairs {
            progress("L: pair \(pair + 1) of \(pairs)")
            if pair % 2 == 1, let peer { theirs.append(try requests(peer, scene)) }
            ours.append(try requests(server.url, scene))
            if pair % 2 == 0, let peer { theirs.append(try requests(peer, scene)) }
        }
        let isCompared = !theirs.isEmpty
        return [
            Figure(
                name: "L", what: "GET /healthz, 32 connections" + (isCompared ? "; a peer" : ""),
                unit: "/s", value: Spread(ours).median,
                plain: isCompared ? Spread(theirs).median : nil,
                ratio: isCompared ? Spread(zip(ours, theirs).map { $0 / $1 }) : nil,
                sample: nil, target: isCompared ? .atLeast(1) : nil)
        ]
    }

    private func requests(_ url: String, _ scene: Scene) throws -> Double {
        let told = try ChildProgram.run(["wrk"] + Self.load + [url + "/healthz"], in: scene.folder)
        let lines = told.split(separator: "\n")
        // Answers that are not 2xx would be counted as well, and be cheap.
        guard !lines.contains(where: { $0.contains("Non-2xx") || $0.contains("Socket errors") })
        else { throw BenchError.unexpected("\(url)/healthz does not answer well") }
        let line = lines.first { $0.hasPrefix("Requests/sec:") }
        guard let count = line?.split(separator: " ").last.flatMap({ Double($0) }), count > 0
        else { throw BenchError.failed(program: "wrk") }
        return count
    }
}
