internal import Glibc
internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// The snapshot files that are kept: one is given to every replica with the same portfolios while
/// it is young enough, and stays while a download of it goes on.
actor SnapshotShelf {
    private struct Kept {
        let builtAt: Int64
        var readAt: Int64
    }

    private let executor = ConnectionExecutor(label: "rientro.shelf")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let centre: Centre
    private let metrics: Metrics
    private let clock: @Sendable () -> Int64
    private var files: [SnapshotFile: Kept] = [:]
    private var builds: [String: Task<SnapshotFile, any Error>] = [:]
    private var nextBuild = 0

    /// The shelf of a centre, with the files that an earlier process has left.
    init(centre: Centre, metrics: Metrics, clock: @escaping @Sendable () -> Int64) throws {
        self.centre = centre
        self.metrics = metrics
        self.clock = clock
        guard mkdir(centre.snapshotFolder, 0o700) == 0 || errno == EEXIST else {
            throw CentreError.system(call: "mkdir", errno: errno)
        }
        for name in try Self.names(in: centre.snapshotFolder) {
            let path = "\(centre.snapshotFolder)/\(name)"
            guard let file = SnapshotFile(name: name) else {
                // A build that was cut off.
                unlink(path)
                continue
            }
            files[file] = Kept(builtAt: Self.changed(path), readAt: clock())
        }
    }

    /// The file that a download goes on from, if it is kept, for these portfolios, and of the
    /// centre's history.
    func file(
        named tag: String, set: String, isInLog: @Sendable (SnapshotFile) async throws -> Bool
    ) async throws -> SnapshotFile? {
        guard tag.hasPrefix("\""), tag.hasSuffix("\""), tag.utf8.count > 2,
            let file = SnapshotFile(name: tag.dropFirst().dropLast()), file.set == set
        else { return nil }
        guard files[file] != nil else { return nil }
        guard try await isInLog(file) else {
            remove(file)
            return nil
        }
        return file
    }

    /// A file for these portfolios that is young enough, else a new one. `isInLog` says whether a
    /// file's commit is in the centre's log, which a centre put back from a backup may lack.
    ///
    /// Throws `CentreError.busy` where too many are being built.
    func file(
        for portfolios: [String], set: String, at last: Int64,
        isInLog: @Sendable (SnapshotFile) async throws -> Bool
    ) async throws -> SnapshotFile {
        let young = files.filter { file, kept in
            file.set == set && file.commit <= last
                && (file.commit == last
                    || Self.isYoung(age: clock() - kept.builtAt, commits: last - file.commit))
        }
        for file in young.keys.sorted(by: { $0.commit > $1.commit }) {
            if try await isInLog(file) { return file }
            remove(file)
        }
        return try await build(portfolios, set: set)
    }

    /// The bytes of a range of a file, and the file's length.
    func read(_ file: SnapshotFile, _ range: ByteRange?) throws -> (bytes: [UInt8], total: Int) {
        let open = try OpenFile("\(centre.snapshotFolder)/\(file.name)", flags: O_RDONLY)
        files[file]?.readAt = clock()
        let total = try open.length()
        guard let wanted = ByteRange.served(range, of: total) else { return ([], total) }
        return (try open.read(wanted), total)
    }

    private func build(_ portfolios: [String], set: String) async throws -> SnapshotFile {
        if let running = builds[set] { return try await running.value }
        guard builds.count < ServerLimits.snapshotBuildsMax else { throw CentreError.busy }
        nextBuild += 1
        let temporary = "\(centre.snapshotFolder)/building-\(nextBuild)"
        let builder = SnapshotBuilder(centre: centre)
        let task = Task { try await builder.build(portfolios: portfolios, temporary: temporary) }
        builds[set] = task
        defer { builds[set] = nil }
        let file = try await task.value
        files[file] = Kept(builtAt: clock(), readAt: clock())
        metrics.addSnapshot()
        removeOld()
        return file
    }

    /// Whether a file of this age in milliseconds, so many commits behind, is given to others.
    static func isYoung(age: Int64, commits: Int64) -> Bool {
        // A clock that was put back makes no file young for ever.
        guard age >= 0 else { return false }
        if age < ServerLimits.snapshotRestMilliseconds { return true }
        return commits <= ServerLimits.snapshotCommitsMax
            && age <= ServerLimits.snapshotAgeMillisecondsMax
    }

    /// Keeps the newest of each set, and of what was read lately as many as there may be.
    private func removeOld() {
        for set in Set(files.keys.map(\.set)) {
            let newestFirst = files.keys.filter { $0.set == set }.sorted { $0.commit > $1.commit }
            for file in newestFirst.dropFirst(ServerLimits.snapshotsPerSetMax) {
                unlink("\(centre.snapshotFolder)/\(file.name)")
                files[file] = nil
            }
        }
        let now = clock()
        for (file, kept) in files where now - kept.readAt > ServerLimits.snapshotKeptMilliseconds {
            let isNewest = !files.keys.contains { $0.set == file.set && $0.commit > file.commit }
            guard !isNewest else { continue }
            remove(file)
        }
    }

    private func remove(_ file: SnapshotFile) {
        unlink("\(centre.snapshotFolder)/\(file.name)")
        files[file] = nil
    }

    private static func names(in folder: String) throws(CentreError) -> [String] {
        guard let stream = opendir(folder) else {
            throw .system(call: "opendir", errno: errno)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// When a file was last written, in milliseconds since 1970.
    private static func changed(_ path: String) -> Int64 {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return 0 }
        return Int64(facts.st_mtim.tv_sec) * 1_000
    }
}
