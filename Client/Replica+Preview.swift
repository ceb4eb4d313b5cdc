internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

extension Replica {
    /// What a sync would send now. Writes nothing.
    ///
    /// Throws `.busy`, `.damaged`, `.database`.
    public func preview() throws(ReplicaError) -> SyncPreview {
        try typed { try engine.store.db.transaction(.deferred) { try engine.preview() } }
    }
}

extension ReplicaEngine {
    /// What the next request would carry, computed without sealing. Must be called inside a
    /// transaction.
    func preview() throws -> SyncPreview {
        var rows: [Int: Int] = [:]
        var bytes = 0
        var sets = 0
        let sealed = try db.rows(
            "SELECT content FROM outbox WHERE n > (SELECT acknowledged FROM office) ORDER BY n"
        ) { $0.blob(0) }
        for content in sealed {
            sets += 1
            bytes += content.count
            for unit in try UnitChanges.decode(try ChangeSet(decoding: content).part.content) {
                for change in unit.rows { rows[change.table, default: 0] += 1 }
            }
        }
        let (pending, boundaries) = try pendingRows()
        let sealings = try pending.map { try sealing(of: $0) }
        let changes = try inUnits(sealings.map(\.change))
        let (head, cursor, replica) = (try head(), try cursor(), try self.replica())
        for range in cuts(changes, boundaries: boundaries) {
            let batch = changes[range].compactMap { $0 }
            for row in batch { rows[row.change.table, default: 0] += 1 }
            sets += 1
            // Random bytes and hashes do not change the size.
            let set = ChangeSet(
                replica: replica, number: head.number + 1, previous: head.hash, cursor: cursor,
                names: [],
                part: Part(
                    salt: [UInt8](repeating: 0, count: 16),
                    content: UnitChanges.encode(units(of: batch))))
            bytes += set.encoded().count
        }
        let names = rows.map { (store.layouts[$0.key]?.table.name ?? "\($0.key)", $0.value) }
        return SyncPreview(
            rowsByTable: Dictionary(names, uniquingKeysWith: +), changeSets: sets, bytes: bytes,
            setAside: sealings.reduce(0) { $0 + $1.refusals.count })
    }
}
