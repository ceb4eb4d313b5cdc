internal import CRientroSQLite

/// The disk, the clock and the randomness of one simulated machine, as a SQLite VFS
/// (<https://www.sqlite.org/vfs.html>): no file of the host is touched, no time passes, and the
/// same seed with the same calls gives the same bytes.
///
/// Connections are opened with its name as their VFS. A simulation runs in one thread; nothing
/// here is guarded against a second one. A connection's handles keep the disk alive.
package final class SimulatedDisk {
    /// The name under which connections find it.
    package let name: String
    /// What SQL takes for the time: milliseconds since 1970, and any number at all. It moves only
    /// when it is set.
    package var now: Int64 = 1_735_689_600_000
    /// How long SQLite has asked to sleep, in microseconds, while it waited for locks. Nobody
    /// slept, and `now` does not move by it.
    package internal(set) var sleptMicroseconds: Int64 = 0
    /// How many bytes all files and the shared memory may have together; nil: any number. What
    /// would grow beyond it gets SQLite's *full* and changes nothing.
    package var capacity: Int?
    /// After how many further writes, truncations, syncs and deletions the machine dies: 1 means
    /// in the next one. A write in which it dies is cut at the end of a sector, or applied whole,
    /// or not at all. Nil: never, also once it has died.
    package var writesUntilDeath: Int?
    /// Whether the machine lives on, once that count has ended, until the next sync: it dies where
    /// everything is written and nothing is durable.
    package var diesInSync = false
    /// How many writes, truncations, syncs and deletions there have been.
    package private(set) var operations = 0
    /// How many of these were syncs.
    package internal(set) var syncs = 0
    /// Whether the machine has stopped and was not revived: nothing opens, every handle fails.
    package internal(set) var isDead = false
    /// How many files connections hold open, temporary ones and those of dead ones included.
    package internal(set) var openHandles = 0

    /// The files by name, as the operating system shows them.
    var names: [String: SimulatedFile] = [:]
    /// Creations and deletions of which the directory is not durable yet, in their order.
    var nameChanges: [NameChange] = []
    /// Which life of the machine this is. Handles of earlier ones are dead.
    var life = 0
    /// Draws what faults do. Apart from SQL's randomness, so that neither moves the other.
    var fate: SplitMix64
    /// What SQLite is given as randomness.
    var entropy: SplitMix64
    var handlesMade = 0
    private(set) var isRegistered = false
    let number: Int
    let vfs: UnsafeMutablePointer<sqlite3_vfs>

    /// Registers the disk as a VFS, not as the default one. The name must be free.
    package init(name: String, seed: UInt64) {
        precondition(sqlite3_vfs_find(name) == nil, "a VFS of this name is there already")
        self.name = name
        var seeds = SplitMix64(seed: seed)
        fate = SplitMix64(seed: seeds.next())
        entropy = SplitMix64(seed: seeds.next())
        number = ProcessRandomness.nextNumber()
        vfs = SimulatedVFS.allocate(name: name)
        vfs.pointee.pAppData = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_vfs_register(vfs, 0)
        isRegistered = true
    }

    /// Ends the registration: the name is free, and no connection opens on it any more. Open ones
    /// go on.
    package func unregister() {
        guard isRegistered else { return }
        sqlite3_vfs_unregister(vfs)
        isRegistered = false
    }

    deinit {
        unregister()
        SimulatedVFS.deallocate(vfs)
    }

    /// Counts an operation that changes the disk; true if the machine dies in it.
    func diesNow(inSync: Bool = false) -> Bool {
        operations += 1
        guard let left = writesUntilDeath else { return false }
        guard left <= 1, inSync || !diesInSync else {
            writesUntilDeath = max(left - 1, 1)
            return false
        }
        disarm()
        stop()
        return true
    }

    /// The machine does not die by itself any more.
    package func disarm() {
        writesUntilDeath = nil
        diesInSync = false
    }

    /// Whether a file may have this size.
    func hasRoom(for file: SimulatedFile, size: Int) -> Bool {
        guard let capacity, size > file.size else { return true }
        return bytesUsed - file.size + size <= capacity
    }

    /// Whether this many bytes more may be used.
    func hasRoom(forFurther bytes: Int) -> Bool {
        guard let capacity else { return true }
        return bytesUsed + bytes <= capacity
    }

    /// Bytes of all files and their shared memory.
    package var bytesUsed: Int {
        // A sum, so the order does not matter.
        names.values.reduce(0) { $0 + $1.size + ($1.memory?.byteCount ?? 0) }
    }
}
