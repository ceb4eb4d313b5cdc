internal import RientroProtocol

extension Replica {
    /// Syncs, and then compares digests over every row with the centre at the same commit: "in
    /// sync" as a checked statement, not "no messages left".
    ///
    /// Where rows are on their way to the centre after that sync, nothing can be proven, and the
    /// report says how many.
    ///
    /// - Parameters:
    ///   - repair: whether rows that differ are mended: what the office wrote is sent again as if
    ///     written now, and everything else is put back as the centre has it.
    ///   - report: what the syncs before the comparison did, also where it throws.
    ///   - progress: told how far it has come.
    ///
    /// Throws what `sync` throws.
    public func verify(
        repair: Bool = false, into report: inout SyncReport,
        progress: (@Sendable (SyncProgress) -> Void)? = nil
    ) async throws(ReplicaError) -> VerifyReport {
        await beginSync()
        defer { endSync() }
        try await exchangeAll(wait: 0, report: &report, progress: progress)
        try await repairSuspects(report: &report, progress: progress)
        var found = try await follow(
            VerifyCourse(.proof(repair: repair)), report: &report, progress: progress)
        found.rowsRepaired += report.rowsRepaired
        try typed { try conclude(&report) }
        return found
    }

    /// The same, for those who want to know only what differs.
    public func verify(
        repair: Bool = false, progress: (@Sendable (SyncProgress) -> Void)? = nil
    ) async throws(ReplicaError) -> VerifyReport {
        var report = SyncReport()
        return try await verify(repair: repair, into: &report, progress: progress)
    }

    /// Compares tables whose triggers were gone for a while, and mends what differs.
    func repairSuspects(
        report: inout SyncReport, progress: (@Sendable (SyncProgress) -> Void)?
    ) async throws(ReplicaError) {
        let found = try await follow(
            VerifyCourse(.suspects), report: &report, progress: progress)
        report.rowsRepaired += found.rowsRepaired
    }

    /// Does what the course says, to its end.
    private func follow(
        _ course: VerifyCourse, report: inout SyncReport,
        progress: (@Sendable (SyncProgress) -> Void)?
    ) async throws(ReplicaError) -> VerifyReport {
        var course = course
        while true {
            let step = try typed { try course.next(engine) }
            if let told = course.progress { progress?(told) }
            switch step {
            case .sync: try await exchangeAll(wait: 0, report: &report, progress: progress)
            case .ask(let question):
                let (centre, token) = try reach(progress)
                report.requests += 1
                let reply = try await centre.get(question.path, token: token)
                report.bytesDown += reply.body.count
                try typed { try course.answered(reply.body, engine) }
            case .mended(let tables): note(.sync, numbers: tables)
            case .done(let found): return found
            }
        }
    }
}
