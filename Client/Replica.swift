internal import Dispatch
internal import Foundation
internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// An office's replica: one plain SQLite file that is read and written here, with or without a
/// network, and synced with the centre when there is one.
///
/// ```swift
/// let replica = try await Replica.open(at: "matera.db")
/// try await replica.write { db in
///     try db.execute(
///         "INSERT INTO contact_attempt(account_id, channel, outcome, note) VALUES (?, ?, ?, ?)",
///         [.text(account), "phone", "PTP", "calls back on Monday"])
/// }
/// let report = try await replica.sync()
/// ```
///
/// A write commits in the file and never waits for the network. Calls on one `Replica` run one
/// after another on a thread of its own, so none blocks Swift's shared threads; while a sync waits
/// for the centre, reads and writes go on. Any other program may use the file at the same time.
///
/// Errors are `ReplicaError`; `read` and `write` also throw what their body throws.
public actor Replica {
    private nonisolated let executor: ConnectionExecutor
    /// The thread that the actor's calls run on.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }
    /// The path of the file; of the file itself where it was opened by a link.
    public nonisolated let path: String

    let engine: ReplicaEngine
    let people: PeopleConnection
    /// How an address is reached.
    let transports: Transports
    /// The ways to the addresses that stood in the file last.
    var known: (addresses: CentreAddresses, ways: CentreWays)?
    let observers = ChangeObservers()
    /// What `PRAGMA data_version` said last, and the last entry of `pending` then.
    var seen = (version: Int64(0), pending: Int64(0))
    private var isSyncing = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    private init(
        path: String, executor: ConnectionExecutor, opened: sending Opened,
        transports: @escaping Transports
    ) {
        self.path = path
        self.executor = executor
        engine = opened.engine
        people = opened.people
        self.transports = transports
    }

    /// What is opened off Swift's shared threads and then handed to the actor.
    private struct Opened {
        let engine: ReplicaEngine
        let people: PeopleConnection
    }

    /// Opens a replica. The centre is not asked, and need not be there.
    ///
    /// Where a tool has rebuilt a table, its triggers are made anew here, and the next sync
    /// compares the table with the centre. A file that may only be read is opened for reading.
    ///
    /// Throws `.noFile`, `.notAReplica`, `.newerFormat`, `.damaged`, `.busy`, `.file`.
    public static func open(at path: String) async throws(ReplicaError) -> Replica {
        try await open(at: path) { address throws(ReplicaError) in
            try WayToCentre.transport(server: address.url)
        }
    }

    /// Opens a replica that reaches the centre by `transport`; with the errors of `open(at:)`.
    package static func open(
        at path: String, transport: any Transport
    ) async throws(ReplicaError) -> Replica {
        try await open(at: path) { _ in transport }
    }

    static func open(
        at given: String, transports: @escaping Transports
    ) async throws(ReplicaError) -> Replica {
        guard try PlainFile.exists(given) else { throw .noFile(path: given) }
        // What belongs to the file stands beside it, and not beside a link to it.
        let path = try PlainFile.resolved(given)
        let executor = ConnectionExecutor(label: "rientro \(path)")
        let opened: Opened
        do {
            opened = try await OwnThread.run {
                let engine = try ReplicaEngine(path: path)
                return Opened(
                    engine: engine,
                    people: try PeopleConnection(
                        path: path, schema: engine.store.schema, mode: engine.mode))
            }
        } catch {
            throw ReplicaError(error, path: path)
        }
        return Replica(path: path, executor: executor, opened: opened, transports: transports)
    }

    /// Reads on one unchanging state: what others write meanwhile is not seen.
    ///
    /// Throws what `body` throws, and `.busy`, `.damaged`, `.database`.
    public func read<R: Sendable>(_ body: @Sendable (Database) throws -> R) throws -> R {
        try mapped { try people.read(body) }
    }

    /// Writes in one transaction: everything in `body` is committed, or nothing. It commits without
    /// touching the network, survives a power cut from then on, and the next sync sends it.
    ///
    /// Throws what `body` throws, after undoing everything; `.unknownCode` for a code that is in no
    /// list, `.refused` with a guard's sentence, `.busy`, `.diskFull`, `.damaged`, `.database`.
    @discardableResult
    public func write<R: Sendable>(_ body: @Sendable (Database) throws -> R) throws -> R {
        let (result, tables) = try mapped { try people.write(body) }
        note(.local, numbers: tables)
        return result
    }

    /// Runs `body` with the errors of this module in place of those below.
    func mapped<R>(_ body: () throws -> R) throws -> R {
        do {
            return try body()
        } catch let error where error is SQLiteError || ReplicaError.isOurs(error) {
            throw ReplicaError(error, path: path)
        }
    }

    /// Runs `body` with nothing but `ReplicaError` coming out.
    func typed<R>(_ body: () throws -> R) throws(ReplicaError) -> R {
        do {
            return try body()
        } catch {
            throw ReplicaError(error, path: path)
        }
    }

    /// Waits until no other sync of this actor runs, and begins one.
    func beginSync() async {
        guard isSyncing else {
            isSyncing = true
            return
        }
        // Whoever ends hands the turn on, so `isSyncing` stays set.
        await withCheckedContinuation { waiting.append($0) }
    }

    /// Ends a sync and lets the next begin.
    func endSync() {
        guard !waiting.isEmpty else {
            isSyncing = false
            return
        }
        waiting.removeFirst().resume()
    }
}

/// How an address is reached.
typealias Transports = @Sendable (CentreAddress) throws(ReplicaError) -> any Transport

/// Work that blocks, away from Swift's shared threads.
enum OwnThread {
    /// Runs `body` on a thread of Dispatch and gives what it made to the caller.
    static func run<R>(
        _ body: @escaping @Sendable () throws -> sending R
    ) async throws -> sending R {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                do {
                    continuation.resume(returning: try body())
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }
}
