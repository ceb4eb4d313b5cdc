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
    ///   - progress: told how far it has come.
    ///
    /// Throws what `sync` throws.
    public func verify(
        repair: Bool = false, progress: (@Sendable (SyncProgress) -> Void)? = nil
    ) async throws(ReplicaError) -> VerifyReport {
        VerifyReport(
            commit: 0, isProven: false, onTheWay: 0, rowsCompared: 0, differences: [],
            differencesMore: 0, rowsRepaired: 0)
    }

    func repairSuspects(
        report: inout SyncReport, progress: (@Sendable (SyncProgress) -> Void)?
    ) async throws(ReplicaError) {}
}
