internal import CRientroSQLite

/// The functions by which SQLite works on a simulated disk as a whole
/// (<https://www.sqlite.org/c3ref/vfs.html>): each finds the disk behind the pointer.
enum SimulatedVFS {
    /// SQLite adds this to milliseconds since 1970: the epoch of its clock is noon of 24 November
    /// −4713 in the proleptic Gregorian calendar.
    private static let julianMillisecondsOf1970: Int64 = 210_866_760_000_000
    private static let millisecondsOfDay = 86_400_000.0
    /// As SQLite's own VFS for Unix has it.
    private static let pathBytesMax: Int32 = 512

    /// A table with all but `pAppData`, for `deallocate`.
    static func allocate(name: String) -> UnsafeMutablePointer<sqlite3_vfs> {
        let text = Array(name.utf8CString)
        let copy = UnsafeMutablePointer<CChar>.allocate(capacity: text.count)
        copy.initialize(from: text, count: text.count)
        let vfs = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        var table = sqlite3_vfs()
        // The version with a clock of milliseconds and without replaceable system calls.
        table.iVersion = 2
        table.szOsFile = Int32(MemoryLayout<OpenFile>.size)
        table.mxPathname = pathBytesMax
        table.zName = UnsafePointer(copy)
        fillFiles(&table)
        fillLibraries(&table)
        fillSurroundings(&table)
        vfs.initialize(to: table)
        return vfs
    }

    static func deallocate(_ vfs: UnsafeMutablePointer<sqlite3_vfs>) {
        vfs.pointee.zName?.deallocate()
        vfs.deallocate()
    }

    private static func disk(_ vfs: UnsafeMutablePointer<sqlite3_vfs>?) -> SimulatedDisk? {
        guard let data = vfs?.pointee.pAppData else { return nil }
        return Unmanaged<SimulatedDisk>.fromOpaque(data).takeUnretainedValue()
    }

    private static func fillFiles(_ table: inout sqlite3_vfs) {
        table.xOpen = { vfs, name, file, flags, outFlags in
            guard let disk = SimulatedVFS.disk(vfs), let file else { return SQLITE_CANTOPEN }
            // Without methods SQLite does not close what was not opened.
            file.pointee.pMethods = nil
            let path = name.map { String(cString: $0) }
            guard let handle = disk.open(path, flags: flags) else { return SQLITE_CANTOPEN }
            FileMethods.attach(handle, to: file)
            outFlags?.pointee = flags
            return SQLITE_OK
        }
        table.xDelete = { vfs, name, syncsDirectory in
            guard let disk = SimulatedVFS.disk(vfs), let name else { return SQLITE_IOERR }
            return disk.deleteFile(String(cString: name), isDurable: syncsDirectory != 0)
        }
        table.xAccess = { vfs, name, flags, result in
            guard let disk = SimulatedVFS.disk(vfs), let name, !disk.isDead else {
                return SQLITE_IOERR
            }
            let file = disk.names[String(cString: name)]
            // As SQLite's own VFS: an empty file is none, so that an empty journal is not hot.
            let isThere = flags == SQLITE_ACCESS_EXISTS ? (file?.size ?? 0) > 0 : file != nil
            result?.pointee = isThere ? 1 : 0
            return SQLITE_OK
        }
        table.xFullPathname = { _, name, count, target in
            guard let name, let target else { return SQLITE_CANTOPEN }
            let bytes = UnsafeBufferPointer(start: name, count: Int(count))
            guard let end = bytes.firstIndex(of: 0) else { return SQLITE_CANTOPEN }
            target.update(from: name, count: end + 1)
            return SQLITE_OK
        }
    }

    private static func fillLibraries(_ table: inout sqlite3_vfs) {
        table.xDlOpen = { _, _ in nil }
        table.xDlError = { _, count, message in
            if count > 0 { message?.pointee = 0 }
        }
        table.xDlSym = { _, _, _ in nil }
        table.xDlClose = { _, _ in }
    }

    private static func fillSurroundings(_ table: inout sqlite3_vfs) {
        table.xRandomness = { vfs, count, target in
            guard let disk = SimulatedVFS.disk(vfs), let target else { return 0 }
            let bytes = UnsafeMutableRawBufferPointer(start: target, count: Int(count))
            var random: UInt64 = 0
            for index in bytes.indices {
                if index % 8 == 0 { random = disk.entropy.next() }
                bytes[index] = UInt8(truncatingIfNeeded: random >> (UInt64(index % 8) * 8))
            }
            return count
        }
        table.xSleep = { vfs, microseconds in
            SimulatedVFS.disk(vfs)?.sleptMicroseconds &+= Int64(microseconds)
            return microseconds
        }
        table.xCurrentTimeInt64 = { vfs, time in
            guard let disk = SimulatedVFS.disk(vfs) else { return SQLITE_ERROR }
            time?.pointee = disk.now &+ SimulatedVFS.julianMillisecondsOf1970
            return SQLITE_OK
        }
        table.xCurrentTime = { vfs, days in
            guard let disk = SimulatedVFS.disk(vfs) else { return SQLITE_ERROR }
            days?.pointee =
                Double(disk.now &+ SimulatedVFS.julianMillisecondsOf1970)
                / SimulatedVFS.millisecondsOfDay
            return SQLITE_OK
        }
        table.xGetLastError = { _, _, _ in 0 }
    }
}

extension SimulatedDisk {
    /// Opens a file by SQLite's flags; without a path a temporary one that ends when it is closed.
    /// Nil if the machine is dead, or the file is missing and not to be made, or there and to be
    /// new.
    fileprivate func open(_ path: String?, flags: Int32) -> FileHandle? {
        guard !isDead else { return nil }
        ProcessRandomness.take(for: self)
        guard let path else {
            return FileHandle(
                self, SimulatedFile(isTemporary: true), path: nil, isDeletedOnClose: false)
        }
        let mayCreate = flags & SQLITE_OPEN_CREATE != 0
        let mustCreate = mayCreate && flags & SQLITE_OPEN_EXCLUSIVE != 0
        let known = names[path]
        if known != nil && mustCreate { return nil }
        guard let file = known ?? (mayCreate ? create(path) : nil) else { return nil }
        return FileHandle(
            self, file, path: path, isDeletedOnClose: flags & SQLITE_OPEN_DELETEONCLOSE != 0)
    }

    fileprivate func deleteFile(_ path: String, isDurable: Bool) -> Int32 {
        guard !isDead else { return SQLITE_IOERR }
        let isThere = names[path] != nil
        if diesNow() {
            if isThere && fate.below(2) == 0 { delete(path, isDurable: false) }
            return SQLITE_IOERR
        }
        guard isThere else { return ResultCode.nothingToDelete }
        delete(path, isDurable: isDurable)
        return SQLITE_OK
    }
}
