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
        var tally = Tally()
        try db.forEach(
            "SELECT content FROM outbox WHERE n > (SELECT acknowledged FROM office) ORDER BY n"
        ) { try tally.add(sealed($0.blob(0))) }
        let (head, cursor, replica) = (try head(), try cursor(), try self.replica())
        let readers = formReaders
        var number = head.number
        var run = SealRun(
            try PendingList(db, plain: readers.plain), readers: readers,
            lookAt: { row in
                let sealing = try self.sealing(of: row)
                tally.setAside += sealing.refusals.count
                return try self.inUnit(sealing.change)
            },
            seal: { content, _, _ in
                number += 1
                // Random bytes and hashes do not change the size.
                try tally.add(
                    ChangeSet(
                        replica: replica, number: number, previous: head.hash, cursor: cursor,
                        names: [],
                        part: Part(salt: [UInt8](repeating: 0, count: 16), content: content)))
            })
        try run.run()
        let names = tally.rows.map { (store.layouts[$0]?.table.name ?? "\($0)", $1) }
        return SyncPreview(
            rowsByTable: Dictionary(names, uniquingKeysWith: +), changeSets: tally.sets,
            bytes: tally.bytes, setAside: tally.setAside)
    }

    /// What would travel, counted.
    private struct Tally {
        var rows: [Int: Int] = [:]
        var bytes = 0
        var sets = 0
        var setAside = 0

        mutating func add(_ set: ChangeSet) throws {
            sets += 1
            bytes += set.encoded().count
            for unit in try UnitChanges.decode(set.part.content) {
                for change in unit.rows { rows[change.table, default: 0] += 1 }
            }
        }
    }
}
