internal import Foundation
internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

extension Replica {
    /// The truth about the file, as of one moment, without asking the centre.
    ///
    /// Throws `.busy`, `.damaged`, `.database`.
    public func status() throws(ReplicaError) -> ReplicaStatus {
        try typed { try engine.store.db.transaction(.deferred) { try statusNow() } }
    }

    private func statusNow() throws -> ReplicaStatus {
        let db = engine.store.db
        let cursor = try engine.cursor()
        let head = try engine.head()
        let waiting = try engine.unacknowledged()
        let proof = try db.first(
            """
            SELECT proven_at, proven_commit FROM office
            WHERE proven_at IS NOT NULL AND proven_commit IS NOT NULL
            """
        ) { ReplicaStatus.Proof(date: Date(milliseconds: $0.integer(0)), commit: $0.integer(1)) }
        return ReplicaStatus(
            replica: try engine.replica(), name: try db.text("SELECT name FROM office") ?? "",
            server: try engine.server(), portfolios: try engine.portfolios(),
            pending: Int(try engine.pendingRowCount()),
            sealed: Int(waiting.count), sealedRows: Int(waiting.rows), cutBacklog: waiting.isCut,
            refused: Int(try db.integer("SELECT count(*) FROM refused") ?? 0),
            conflicts: try conflictCount(), parked: try engine.store.parkedRowCount(),
            cursor: ReplicaStatus.Position(
                epoch: Hexadecimal.text(cursor.epoch), commit: cursor.commit,
                chain: Hexadecimal.text(cursor.chain.bytes)),
            head: ReplicaStatus.Head(
                number: head.number, hash: Hexadecimal.text(head.hash.bytes)),
            lastSync: try db.integer("SELECT last_sync FROM office").map(Date.init(milliseconds:)),
            clockOffsetMilliseconds: try engine.clockOffset(), proven: proof,
            isInWAL: engine.isInWAL, needsNewNumber: try engine.mending() != nil,
            label: try engine.label(), succeeds: try engine.succeeds(),
            isReadOnly: !engine.canWrite, token: try tokenState())
    }

    /// Whether the next sync has a token to show, as far as can be told here.
    private func tokenState() throws -> ReplicaStatus.Token {
        do throws(ReplicaError) {
            let own: [UInt8]
            do { own = try engine.incarnation() } catch { throw ReplicaError(error, path: path) }
            let addresses = try CentreAddresses(stored: typed { try engine.server() })
            _ = try TokenFile(replica: path).token(of: own, for: addresses)
        } catch {
            return .unusable(error)
        }
        return try engine.tokenRefused().map { .refused(Date(milliseconds: $0)) } ?? .present
    }

    /// Conflicts that wait for a person.
    func conflictCount() throws -> Int {
        Int(try engine.store.db.integer("SELECT count(*) FROM conflicts") ?? 0)
    }
}

extension Date {
    /// The moment so many milliseconds after 1970-01-01T00:00:00Z.
    init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
