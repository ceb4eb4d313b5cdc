internal import RientroProtocol

extension Replica {
    /// Mends rows that differ and returns how many. A row that has moved on since it was compared
    /// is left for the next comparison.
    func mend(
        _ differences: [RowDifference], report: inout SyncReport,
        progress: (@Sendable (SyncProgress) -> Void)?
    ) async throws(ReplicaError) -> Int {
        let token = try currentToken()
        var mended = 0
        var tables = Set<Int>()
        var rest = differences[...]
        while let first = rest.first {
            // A row of two portfolios may be listed twice; mending it twice changes nothing.
            let batch = rest.prefix(Limits.rowsAskedMax).prefix {
                $0.table == first.table && $0.portfolio == first.portfolio
            }
            rest = rest.dropFirst(batch.count)
            let rows = try await rows(
                batch.filter { $0.centre != nil }.map(\.id), of: first, token: token,
                report: &report)
            mended += try typed { try engine.mend(Array(batch), with: rows) }
            tables.insert(first.table)
            progress?(
                SyncProgress(
                    stage: .repairing, done: Int64(differences.count - rest.count),
                    total: Int64(differences.count)))
        }
        note(.sync, numbers: tables)
        return mended
    }

    /// The centre's rows with these ids, whole. It gives as many as fit into an answer, so the rest
    /// is asked for again.
    private func rows(
        _ ids: [String], of first: RowDifference, token: [UInt8], report: inout SyncReport
    ) async throws(ReplicaError) -> [String: RowChange] {
        var rows: [String: RowChange] = [:]
        var missing = ids
        while !missing.isEmpty {
            let list = missing.map { "&id=\($0)" }.joined()
            let path = "/v1/rows?table=\(first.table)&portfolio=\(first.portfolio)\(list)"
            let body = try await ask(path, token: token, report: &report)
            let units = try typed { try UnitChanges.decode(body) }
            for row in units.flatMap(\.rows) where row.table == first.table { rows[row.id] = row }
            let left = missing.filter { rows[$0] == nil }
            guard left.count < missing.count else { break }
            missing = left
        }
        return rows
    }
}
