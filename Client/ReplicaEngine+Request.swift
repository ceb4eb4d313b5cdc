package import RientroProtocol
internal import RientroSQLite
internal import RientroStore

extension ReplicaEngine {
    /// Seals what is pending and makes the next request. Nothing is in it that a power cut could
    /// take from this file: not even what a program sealed that was killed before it was durable.
    ///
    /// - Parameters:
    ///   - waitSeconds: how long the centre may wait if there is nothing to say; ignored where there
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
                outcomesMerged: try number("outcomes_merged"),
                cursors: Array(try store.cursors().prefix(Limits.cursorsMax)),
                portfolios: try portfolios(), changeSets: sets,
                waitSeconds: sets.isEmpty ? min(max(waitSeconds, 0), Limits.waitSecondsMax) : 0,
                provenCommit: try provenCommit())
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
            """)
    }

    /// The change-sets that the centre has not acknowledged, as they travel, in order: as many as
    /// fit, and at least one where there is one, but never more than `count`.
    private func unacknowledged(count: Int, bytesMax: Int) throws -> [[UInt8]] {
        var sets: [[UInt8]] = []
        var bytes = 0
        let acknowledged = try number("acknowledged")
        var next = acknowledged + 1
        while sets.count < count,
            let content = try db.first(
                "SELECT content FROM outbox WHERE n = ?", .integer(next), body: { $0.blob(0) })
        {
            bytes += content.count
            if !sets.isEmpty, bytes > bytesMax { break }
            sets.append(content)
            next += 1
        }
        return sets
    }

    /// A number of the one row in `office`.
    func number(_ column: StaticString) throws -> Int64 {
        try db.integer("SELECT \(column) FROM office") ?? 0
    }
}
