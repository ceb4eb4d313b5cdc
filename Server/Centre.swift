internal import Glibc
package import RientroProtocol
package import RientroSQLite
internal import RientroStore

/// A centre's folder: its database, the lock of the process that serves, and what is made from it.
///
/// Commands open it beside a running server, which notices what they commit.
package struct Centre: Sendable {
    /// The folder.
    package let folder: String

    /// The database file.
    package var file: String { folder + "/centre.sqlite" }
    /// The folder of the files that new replicas fetch.
    var snapshotFolder: String { folder + "/snapshots" }

    private init(folder: String) { self.folder = folder }

    /// Makes a new centre in `folder`, which is made where it is not there, readable by its owner
    /// alone.
    ///
    /// Throws `CentreError.centreExists`, `CentreError.isServing`, `CentreError.system`,
    /// `SQLiteError`, and what `first` throws; then nothing is left behind.
    ///
    /// - Parameter first: what the centre writes in the same transaction, such as its code lists.
    package static func create(
        folder: String, schema: Schema, first: (CentreEngine) throws -> Void = { _ in }
    ) throws -> Centre {
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
            throw CentreError.system(call: "mkdir", errno: errno)
        }
        let centre = Centre(folder: folder)
        guard access(centre.file, F_OK) != 0 else { throw CentreError.centreExists(path: folder) }
        guard chmod(folder, 0o700) == 0 else {
            throw CentreError.system(call: "chmod", errno: errno)
        }
        let lock = try centre.lock()
        defer { withExtendedLifetime(lock) {} }
        do {
            // SQLite gives the write-ahead log the permissions of the file that it finds.
            _ = try OpenFile(centre.file, flags: O_RDWR | O_CREAT | O_EXCL)
            try CentreEngine.create(
                on: try centre.connect(.readWrite), schema: schema, first: first)
        } catch CentreError.system(_, EEXIST) {
            throw CentreError.centreExists(path: folder)
        } catch {
            for end in ["", "-wal", "-shm"] { unlink(centre.file + end) }
            throw error
        }
        return centre
    }

    /// The centre in `folder`. Throws `CentreError.noCentre`; `CentreError.system` where nobody can
    /// tell, as in a folder that must not be searched.
    package static func open(folder: String) throws(CentreError) -> Centre {
        let centre = Centre(folder: folder)
        guard access(centre.file, F_OK) == 0 else {
            let code = errno
            guard code == ENOENT || code == ENOTDIR else {
                throw .system(call: "looking for \(centre.file)", errno: code)
            }
            throw .noCentre(path: folder)
        }
        return centre
    }

    /// An engine on a connection of its own, for a command beside a running server.
    ///
    /// Throws `CentreError.notACentre`, `CentreError.newerFormat`, `SQLiteError`.
    package func engine(_ mode: Connection.Mode = .readWrite) throws -> CentreEngine {
        let engine = try CentreEngine(db: try connect(mode))
        if mode != .readOnly { try engine.mend() }
        return engine
    }

    /// Takes the right to serve, or to do what must not be done beside a server, for as long as the
    /// lock is kept. Throws `CentreError.isServing`, or `CentreError.isClosing`.
    package func lock(for task: FolderLock.Task = .serving) throws(CentreError) -> FolderLock {
        try FolderLock(folder: folder, for: task)
    }

    /// Whether a process serves from the folder.
    package func isServing() throws(CentreError) -> Bool {
        do {
            _ = try lock()
            return false
        } catch CentreError.isServing {
            return true
        }
    }

    /// How the machine's clock stands against the log.
    ///
    /// Throws `CentreError.clockBehind` where `now` is far below the time of the last commit: the
    /// clock is wrong, or was ahead once. With `isRight` a person says that it is the latter, and
    /// his word is kept.
    @discardableResult
    package func checkClock(now: Int64, isRight: Bool = false) throws -> CentreClock {
        let engine = try engine(isRight ? .readWrite : .readOnly)
        if isRight, try engine.clock(now: now).isWrong {
            try engine.db.transaction { try engine.noteClockIsRight(now: now) }
        }
        let clock = try engine.clock(now: now)
        guard !clock.isWrong else { throw CentreError.clockBehind(milliseconds: clock.behind) }
        return clock
    }

    /// A connection as every program must open it: a commit is on the disk when it returns, and
    /// what is overwritten is gone from the file.
    func connect(_ mode: Connection.Mode) throws(SQLiteError) -> Connection {
        try Self.connect(file, mode)
    }

    /// The same for a file that is in no folder of a centre, on the VFS with this name.
    package static func connect(
        _ file: String, _ mode: Connection.Mode, vfs: String? = nil
    ) throws(SQLiteError) -> Connection {
        let db = try Connection(path: file, mode: mode, vfs: vfs)
        guard mode != .readOnly else { return db }
        try db.beDurable()
        try db.execute("PRAGMA secure_delete = ON")
        #if Mutations
            if Mutation.centreUnsynced.isChosen { try db.execute("PRAGMA synchronous = OFF") }
        #endif
        return db
    }
}
