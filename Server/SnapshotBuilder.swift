internal import Glibc
internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// Builds the files that new replicas begin with, on a thread of its own.
actor SnapshotBuilder {
    private let executor = ConnectionExecutor(label: "rientro.snapshot")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let centre: Centre

    init(centre: Centre) { self.centre = centre }

    /// Builds a file for the replica's portfolios at `temporary`, and renames it to its name on the
    /// shelf. Throws `CentreError.system`, `SQLiteError`; then nothing is left behind.
    func build(portfolios: [String], temporary: String) throws -> SnapshotFile {
        defer { unlink(temporary) }
        let file = try OpenFile(temporary, flags: O_RDWR | O_CREAT | O_EXCL)
        let source = try centre.engine()
        let cursor = try SnapshotWriter(source, path: temporary).write(portfolios: portfolios)
        try file.synchronize()
        let built = SnapshotFile(
            portfolios: portfolios, schemaVersion: source.store.schema.version, cursor: cursor)
        guard rename(temporary, "\(centre.snapshotFolder)/\(built.name)") == 0 else {
            throw CentreError.system(call: "rename", errno: errno)
        }
        return built
    }
}
