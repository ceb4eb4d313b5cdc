package import RientroProtocol
internal import RientroSQLite
internal import RientroStore

extension ReplicaEngine {
    /// Seals what is pending and makes the next request. Nothing is in it that a power cut could
    /// take from this file: not even what a program sealed that was killed before it was durable.
    ///
    /// - Parameters:
    /// - waitSeconds: how long the centre may wait if there is nothing to say; ignored where there
    ///     is something to send.
    ///   - setsMax: how many change-sets it carries at most.
    package func request(waitSeconds: Int = 0, setsMax: Int = .max) throws -> SyncRequest {
        let changes = db.totalChanges
        let request = try transaction {
            try seal()
            let sets = try unacknowledged(
                count: setsMax, bytesMax: Limits.requestChangeSetBytesMax)
            #if Mutations
                if Mutation.outboxDroppedEarly.isChosen { try db.run("DELETE FROM outbox") }
            #endif
            return SyncRequest(
                schemaVersion: store.schema.version, replica: try replica(), head: try head(),
                outcomesMerged: try outcomesMerged(),
                cursors: try cursorsTold(),
                portfolios: try portfolios(), changeSets: sets,
                waitSeconds: sets.isEmpty ? min(max(waitSeconds, 0), Limits.waitSecondsMax) : 0,
                provenCommit: try provenCommit(), label: try label())
        }
        // A commit of its own has synced the log with all that was in it before.
        if db.totalChanges == changes { try db.makeDurable() }
        return request
    }

    /// The commit of the last proof, where that is one of the present epoch. A commit that an
    /// earlier epoch had too may have been proven before the centre was put back: it tells nothing.
    private func provenCommit() throws -> Int64? {
        try db.integer(
            """
            SELECT proven_commit FROM office WHERE proven_commit > coalesce(
              (SELECT max(number) FROM cursor WHERE seq < (SELECT max(seq) FROM cursor)), -1)
            AND proven_commit <= ?
            """, .integer(Limits.commitNumberMax))
    }

    /// The change-sets that the centre has not acknowledged, as they travel, in order: as many as
    /// fit, and at least one where there is one, but never more than `count`.
    private func unacknowledged(count: Int, bytesMax: Int) throws -> [[UInt8]] {
        var sets: [[UInt8]] = []
        var bytes = 0
        var next = try acknowledged()
        let last = try head().number
        while next < last, sets.count < count,
            let content = try db.first(
                "SELECT content FROM outbox WHERE n = ?", .integer(next + 1),
                body: { $0.blob(0) })
        {
            bytes += content.count
            if !sets.isEmpty, bytes > bytesMax { break }
            sets.append(content)
            next += 1
        }
        return sets
    }

    /// The last change-set that the centre is known to have.
    func acknowledged() throws -> Int64 { try position("acknowledged") }

    /// The last change-set whose outcome is in this file.
    func outcomesMerged() throws -> Int64 { try position("outcomes_merged") }

    /// A number of a change-set in the one row of `office`. Any program may have set it; one that
    /// no change-set has here is nobody's, and what stands in the outbox tells instead: nothing
    /// leaves that before it is acknowledged. The next answer puts it right.
    private func position(_ column: StaticString) throws -> Int64 {
        let stored = try db.integer("SELECT \(column) FROM office") ?? 0
        let last = try head().number
        guard !(0...last).contains(stored) else { return stored }
        let kept = try db.integer(
            "SELECT min(n) FROM outbox WHERE n BETWEEN 1 AND ?", .integer(last))
        return kept.map { $0 - 1 } ?? last
    }
}
