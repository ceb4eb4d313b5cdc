import RientroClient

/// I: a sync with nothing to say, and one with ten changes each way: requests, and the time.
struct QuietSyncBench {
    let day: NetworkDay
    let pairs: Int
    let progress: (String) -> Void

    /// Changes in each direction.
    private static let changes = 10
    /// A sync takes milliseconds, so many are measured for each pair.
    private static let syncsPerPair = 4

    func run() async throws -> [Figure] {
        progress("I: \(pairs * Self.syncsPerPair) syncs of each kind")
        let server = try day.centre.serve()
        defer { server.stop() }
        let office = try await day.centre.join(server, code: day.centre.code())
        let other = try await day.centre.join(server, code: day.centre.code())
        var quiet = Counted()
        var busy = Counted()
        // The first sync of a new file may have more to do.
        _ = try await office.sync()
        for _ in 0..<pairs * Self.syncsPerPair {
            try await take(&quiet, office, server, isExpected: { $0.commits == 0 })
            try await write(in: other, from: 0)
            _ = try await other.sync()
            try await write(in: office, from: Self.changes)
            try await take(&busy, office, server) {
                $0.acknowledged == 1 && $0.rowsSent == Self.changes
                    && $0.rowsReceived == Self.changes
            }
        }
        return quiet.figures("I.quiet", "a sync with nothing to say")
            + busy.figures("I.ten", "a sync with 10 changes each way")
    }

    private struct Counted {
        var requests: [Double] = []
        var samples: [Sample] = []

        /// Of the requests the most that any needed, of the time the middle.
        func figures(_ name: String, _ what: String) -> [Figure] {
            [
                Figure(
                    name: name + ".requests", what: what, unit: "requests",
                    value: requests.max() ?? 0, plain: nil, ratio: nil, sample: nil,
                    target: .atMost(1)),
                Figure(
                    name: name + ".time", what: what, unit: "ms",
                    value: 1000 * Spread(samples.map(\.seconds)).median, plain: nil, ratio: nil,
                    sample: samples.last, target: nil),
            ]
        }
    }

    /// Requests are counted where they arrive.
    private func take(
        _ counted: inout Counted, _ office: Replica, _ server: ServerChild,
        isExpected: (SyncReport) -> Bool
    ) async throws {
        let before = try await server.requestCount()
        var report: SyncReport?
        let sample = try await Probe.measure { report = try await office.sync() }
        counted.requests.append(Double(try await server.requestCount() - before))
        counted.samples.append(sample)
        guard let report, isExpected(report) else {
            throw BenchError.unexpected("a sync did not bring what was written")
        }
    }

    private func write(in office: Replica, from first: Int) async throws {
        let accounts = day.workload.accounts[first..<first + Self.changes]
        try await office.write { db in
            for account in accounts {
                try db.execute(
                    """
                    INSERT INTO contact_attempt(account_id, channel, outcome, note)
                    VALUES (?, ?, ?, ?)
                    """, [.text(account), "phone", "NA", "Nessuna risposta, riprovare domani."])
            }
        }
    }
}
