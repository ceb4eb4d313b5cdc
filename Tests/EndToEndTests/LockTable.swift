import Foundation
import Glibc

/// Whether a process stands inside a write transaction of SQLite, as the kernel's table of locks
/// tells it.
enum LockTable {
    /// `WAL_WRITE_LOCK`: the byte of the shared-memory file that a writer locks in WAL mode
    /// (SQLite's file `walformat.html`, section 2.3.1).
    private static let walWriteByte = 120
    /// The reserved byte of a database with a rollback journal: one after the pending byte.
    private static let reservedByte = 0x4000_0001

    /// Whether the process holds the write lock of the database.
    static func isWriting(_ pid: pid_t, _ database: String) -> Bool {
        guard let table = try? String(contentsOfFile: "/proc/locks", encoding: .utf8) else {
            return false
        }
        let wanted = [
            inode(database + "-shm").map { ($0, walWriteByte) },
            inode(database).map { ($0, reservedByte) },
        ].compactMap(\.self)
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count >= 8, words[3] == "WRITE", words[4] == "\(pid)",
                let inode = words[5].split(separator: ":").last.flatMap({ UInt64($0) }),
                let first = Int(words[6])
            else { continue }
            let last = Int(words[7]) ?? Int.max
            if wanted.contains(where: { $0.0 == inode && first <= $0.1 && $0.1 <= last }) {
                return true
            }
        }
        return false
    }

    private static func inode(_ path: String) -> UInt64? {
        var facts = stat()
        return stat(path, &facts) == 0 ? UInt64(facts.st_ino) : nil
    }
}
