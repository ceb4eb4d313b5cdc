internal import RientroProtocol
internal import RientroStore

extension Replica {
    /// How often a comparison begins anew because one side has moved on.
    private static let attemptsMax = 5

    /// Syncs, and then compares digests over every row with the centre at the same commit: "in
    /// sync" as a checked statement, not "no messages left".
    ///
    /// Where rows are on their way to the centre after that sync, nothing can be proven, and the
    /// report says how many.
    ///
    /// - Parameters:
    ///   - repair: whether rows that differ are mended: what the office wrote is sent again as if
    ///     written now, and everything else is put back as the centre has it.
    ///   - progress: told how far it has come.
    ///
    /// Throws what `sync` throws.
    public func verify(
        repair: Bool = false, progress: (@Sendable (SyncProgress) -> Void)? = nil
    ) async throws(ReplicaError) -> VerifyReport {
        await beginSync()
        defer { endSync() }
        var report = SyncReport()
        var found = VerifyReport()
        try await exchangeAll(wait: 0, report: &report, progress: progress)
        try await repairSuspects(report: &report, progress: progress)
        for _ in 0..<Self.attemptsMax {
            switch try await compared(nil, report: &report, progress: progress) {
            case .success(let comparison):
                found.take(comparison, layouts: engine.store.layouts)
                if found.isProven {
                    try typed { try engine.noteProof(at: comparison.cursor) }
                    return found
                }
                guard repair else { return found }
                found.rowsRepaired += try await mend(
                    comparison.differences, report: &report, progress: progress)
            case .failure(.onTheWay(let count)):
                found.onTheWay = count
                found.hasMoved = false
            case .failure(.moved):
                found.onTheWay = 0
                found.hasMoved = true
            }
            try await exchangeAll(wait: 0, report: &report, progress: progress)
        }
        return found
    }

    /// Compares tables whose triggers were gone for a while, and mends what differs, until they
    /// are equal: whatever a tool wrote into them uncaptured is sent, or put back.
    func repairSuspects(
        report: inout SyncReport, progress: (@Sendable (SyncProgress) -> Void)?
    ) async throws(ReplicaError) {
        for _ in 0..<Self.attemptsMax {
            let suspects = try typed { try engine.suspects() }
            guard !suspects.isEmpty else { return }
            if case .success(let comparison) = try await compared(
                suspects, report: &report, progress: progress)
            {
                guard !comparison.differences.isEmpty else {
                    try typed { try engine.forget(suspects: suspects) }
                    return
                }
                report.rowsRepaired += try await mend(
                    comparison.differences, report: &report, progress: progress)
            }
            try await exchangeAll(wait: 0, report: &report, progress: progress)
        }
    }

    private func compared(
        _ tables: Set<Int>?, report: inout SyncReport,
        progress: (@Sendable (SyncProgress) -> Void)?
    ) async throws(ReplicaError) -> Result<Comparison, NotComparable> {
        do {
            return .success(try await compare(tables: tables, report: &report, progress: progress))
        } catch let reason as NotComparable {
            return .failure(reason)
        } catch {
            throw ReplicaError(error, path: path)
        }
    }
}

extension VerifyReport {
    init() {
        self.init(
            commit: 0, isProven: false, onTheWay: 0, hasMoved: false, rowsCompared: 0,
            differences: [], differencesMore: 0, rowsRepaired: 0)
    }

    fileprivate mutating func take(_ comparison: Comparison, layouts: [Int: TableLayout]) {
        commit = comparison.cursor.commit
        onTheWay = 0
        hasMoved = false
        rowsCompared = comparison.rows
        differences = comparison.differences.map { row in
            Difference(
                table: layouts[row.table]?.table.name ?? "\(row.table)",
                portfolio: row.portfolio, id: row.id,
                kind: row.here == nil
                    ? .missingHere : row.centre == nil ? .unknownAtCentre : .different)
        }
        differencesMore = comparison.more
        isProven = differences.isEmpty && differencesMore == 0
    }
}
