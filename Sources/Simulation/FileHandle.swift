internal import CRientroSQLite

/// One file that a connection has opened, until it closes it. Every operation returns a result
/// code of SQLite; once the machine has died, all of them fail.
final class FileHandle {
    let disk: SimulatedDisk
    let file: SimulatedFile
    let path: String?
    /// Tells handles apart in locks: unlike an address it is never used again.
    let number: Int
    private let life: Int
    private let isDeletedOnClose: Bool
    private var level = SQLITE_LOCK_NONE
    private var keepsLog = false
    var memory: SharedMemory?
    /// The lock slots that this handle shares, and owns, as bits.
    var sharedSlots: UInt8 = 0
    var ownedSlots: UInt8 = 0

    init(_ disk: SimulatedDisk, _ file: SimulatedFile, path: String?, isDeletedOnClose: Bool) {
        self.disk = disk
        self.file = file
        self.path = path
        self.isDeletedOnClose = isDeletedOnClose
        life = disk.life
        disk.handlesMade += 1
        disk.openHandles += 1
        number = disk.handlesMade
    }

    var isAlive: Bool { life == disk.life }

    func close() {
        disk.openHandles -= 1
        guard isAlive else { return }
        unmap()
        file.locks.lower(number, from: level, to: SQLITE_LOCK_NONE)
        if isDeletedOnClose, let path, disk.names[path] === file { disk.remove(path) }
    }

    func read(into target: UnsafeMutableRawBufferPointer, at offset: Int) -> Int32 {
        guard isAlive else { return SQLITE_IOERR }
        return file.read(into: target, at: offset) ? SQLITE_OK : ResultCode.shortRead
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int32 {
        guard isAlive else { return SQLITE_IOERR }
        let hasRoom = disk.hasRoom(for: file, size: offset + bytes.count)
        if disk.diesNow() {
            let part = disk.tornCount(of: bytes.count, at: offset)
            if hasRoom && part > 0 {
                file.write(UnsafeRawBufferPointer(rebasing: bytes[..<part]), at: offset)
            }
            return SQLITE_IOERR
        }
        guard hasRoom else { return SQLITE_FULL }
        file.write(bytes, at: offset)
        return SQLITE_OK
    }

    func truncate(to size: Int) -> Int32 {
        guard isAlive else { return SQLITE_IOERR }
        let hasRoom = disk.hasRoom(for: file, size: size)
        if disk.diesNow() {
            if hasRoom && disk.fate.below(2) == 0 { file.truncate(to: size) }
            return SQLITE_IOERR
        }
        guard hasRoom else { return SQLITE_FULL }
        file.truncate(to: size)
        return SQLITE_OK
    }

    /// A sync in which the machine dies has done nothing: what is not synced may arrive anyway.
    func sync() -> Int32 {
        guard isAlive else { return SQLITE_IOERR }
        guard !disk.diesNow(inSync: true) else { return SQLITE_IOERR }
        disk.syncs += 1
        file.sync()
        disk.syncName(of: file)
        return SQLITE_OK
    }

    func lock(_ wanted: Int32) -> Int32 {
        guard isAlive else { return SQLITE_IOERR }
        if level == SQLITE_LOCK_NONE { ProcessRandomness.take(for: disk) }
        level = file.locks.raise(number, from: level, to: wanted)
        return level >= wanted ? SQLITE_OK : SQLITE_BUSY
    }

    func unlock(_ wanted: Int32) -> Int32 {
        guard isAlive else { return SQLITE_IOERR }
        file.locks.lower(number, from: level, to: wanted)
        level = min(level, wanted)
        return SQLITE_OK
    }

    /// The questions of SQLite's pager that its own VFS answers
    /// (<https://www.sqlite.org/c3ref/c_fcntl_begin_atomic_write.html>). `argument` is an integer
    /// that is read, written, or both.
    func control(_ operation: Int32, _ argument: UnsafeMutableRawPointer?) -> Int32 {
        guard isAlive else { return SQLITE_IOERR }
        let value = argument?.assumingMemoryBound(to: Int32.self)
        switch operation {
        case SQLITE_FCNTL_SIZE_HINT, SQLITE_FCNTL_CHUNK_SIZE: break
        case SQLITE_FCNTL_LOCKSTATE: value?.pointee = level
        case SQLITE_FCNTL_LAST_ERRNO: value?.pointee = 0
        case SQLITE_FCNTL_HAS_MOVED:
            value?.pointee = path.map { disk.names[$0] !== file } == true ? 1 : 0
        case SQLITE_FCNTL_PERSIST_WAL:
            if let value, value.pointee >= 0 { keepsLog = value.pointee != 0 }
            value?.pointee = keepsLog ? 1 : 0
        case SQLITE_FCNTL_POWERSAFE_OVERWRITE: value?.pointee = 1
        default: return SQLITE_NOTFOUND
        }
        return SQLITE_OK
    }
}

extension SimulatedDisk {
    /// How much of a write is applied in which the machine dies: up to the end of some sector.
    func tornCount(of count: Int, at offset: Int) -> Int {
        let sector = SimulatedFile.sectorBytes
        let first = offset / sector
        let sectors = (offset + count + sector - 1) / sector - first
        let kept = fate.below(sectors + 1)
        return kept == 0 ? 0 : min(count, (first + kept) * sector - offset)
    }
}
