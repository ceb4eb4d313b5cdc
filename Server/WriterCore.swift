internal import RientroProtocol
internal import RientroSQLite

/// What a group waits for: the disk's commit, and the passing of time.
struct WriterDisk: Sendable {
    /// Ends the transaction, durably.
    var commit: @Sendable (Connection) throws -> Void = { try $0.execute("COMMIT") }
    /// Monotonic milliseconds.
    var moment: @Sendable () -> Int64 = { SystemClock.monotonic() }
}

/// The one connection that writes, on an executor of its own.
actor WriterCore {
    private let executor = ConnectionExecutor(label: "rientro.writer")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let writer: GroupWriter

    init(
        centre: Centre, line: WriterLine, metrics: Metrics, clock: @escaping @Sendable () -> Int64,
        disk: WriterDisk, onCommit: @escaping @Sendable () -> Void
    ) throws {
        let engine = try centre.engine()
        try engine.makeDurable()
        writer = GroupWriter(
            engine: engine, line: line, metrics: metrics, clock: clock, disk: disk,
            onCommit: onCommit)
    }

    /// Works until nothing waits.
    func work() { writer.work() }

    /// Writes what is known of who was seen, in a transaction of its own.
    func writeSeen() { writer.writeSeen() }
}
