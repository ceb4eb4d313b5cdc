internal import RientroSQLite
internal import Synchronization

/// A connection that only reads, on an executor of its own.
actor CentreReader {
    private let executor = ConnectionExecutor(label: "rientro.reader")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let engine: CentreEngine

    init(centre: Centre) throws { engine = try centre.engine(.readOnly) }

    /// Runs `body` in one read transaction, which sees everything that was committed before the
    /// call.
    func read<R: Sendable>(_ body: @Sendable (CentreEngine) throws -> R) throws -> R {
        try engine.db.transaction(.deferred) { try body(engine) }
    }
}

/// The reading connections of a server: some for what is answered at once, one for what takes long,
/// so that the sum over a large portfolio keeps no sync waiting.
final class CentreReaders: Sendable {
    private let quick: [CentreReader]
    private let thorough: CentreReader
    private let turn = Atomic<Int>(0)

    init(centre: Centre) throws {
        quick = try (0..<ServerLimits.readers).map { _ in try CentreReader(centre: centre) }
        thorough = try CentreReader(centre: centre)
    }

    /// Runs what is found by indexes, in one read transaction.
    func read<R: Sendable>(_ body: @Sendable (CentreEngine) throws -> R) async throws -> R {
        let next = turn.wrappingAdd(1, ordering: .relaxed).newValue & Int.max
        return try await quick[next % quick.count].read(body)
    }

    /// Runs what looks at whole tables, in one read transaction.
    func readAtLength<R: Sendable>(_ body: @Sendable (CentreEngine) throws -> R) async throws -> R {
        try await thorough.read(body)
    }
}
