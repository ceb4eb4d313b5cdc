internal import CRientroSQLite

/// SQLite's own generator, of which there is one in the process, seeded by the default VFS
/// (<https://www.sqlite.org/c3ref/randomness.html>): `randomblob`, `random`, and the salts of logs
/// and journals come from it, whichever VFS a connection is on.
///
/// So that they come from a simulated disk all the same, a disk takes the generator over whenever
/// one of its connections opens a file or begins to read or write and another disk had it: it is
/// then seeded anew by this disk's `xRandomness`.
enum ProcessRandomness {
    // Safe as long as simulations keep to one thread, which `SimulatedDisk` demands.
    nonisolated(unsafe) private static var ownerNumber = 0
    nonisolated(unsafe) private static var lastNumber = 0

    /// A number that no disk of this process has had.
    static func nextNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    /// Makes `disk` the source of the process's randomness, unless it is that already.
    static func take(for disk: SimulatedDisk) {
        guard ownerNumber != disk.number else { return }
        ownerNumber = disk.number
        // Only a default VFS is asked for a seed, so this one is that for a moment.
        let usual = sqlite3_vfs_find(nil)
        let wasRegistered = disk.isRegistered
        sqlite3_vfs_register(disk.vfs, 1)
        sqlite3_randomness(0, nil)
        var first: UInt8 = 0
        sqlite3_randomness(1, &first)
        if let usual { sqlite3_vfs_register(usual, 1) }
        if !wasRegistered { sqlite3_vfs_unregister(disk.vfs) }
    }
}
