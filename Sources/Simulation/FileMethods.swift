internal import CRientroSQLite

/// What SQLite holds of an open file: it allocates this memory, and knows only its first part.
struct OpenFile {
    var base: sqlite3_file
    var handle: Unmanaged<FileHandle>?
}

/// The functions by which SQLite works on an open file: each finds the handle behind the pointer
/// and asks it (<https://www.sqlite.org/c3ref/io_methods.html>).
enum FileMethods {
    // Written once, before anyone reads it, and never freed.
    nonisolated(unsafe) static let table: UnsafePointer<sqlite3_io_methods> = {
        let table = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        var methods = sqlite3_io_methods()
        // The version with shared memory and without mapped files.
        methods.iVersion = 2
        fillData(&methods)
        fillLocks(&methods)
        fillSharedMemory(&methods)
        table.initialize(to: methods)
        return UnsafePointer(table)
    }()

    /// Makes `file`, memory of SQLite's, stand for the handle, which it keeps until `xClose`.
    static func attach(_ handle: FileHandle, to file: UnsafeMutablePointer<sqlite3_file>) {
        UnsafeMutableRawPointer(file).initializeMemory(
            as: OpenFile.self,
            to: OpenFile(
                base: sqlite3_file(pMethods: table), handle: Unmanaged.passRetained(handle)))
    }

    private static func handle(_ file: UnsafeMutablePointer<sqlite3_file>?) -> FileHandle? {
        FileMethods.openFile(file)?.pointee.handle?.takeUnretainedValue()
    }

    private static func openFile(
        _ file: UnsafeMutablePointer<sqlite3_file>?
    ) -> UnsafeMutablePointer<OpenFile>? {
        UnsafeMutableRawPointer(file)?.assumingMemoryBound(to: OpenFile.self)
    }

    private static func fillData(_ methods: inout sqlite3_io_methods) {
        methods.xClose = { file in
            guard let open = FileMethods.openFile(file), let handle = open.pointee.handle else {
                return SQLITE_OK
            }
            open.pointee.handle = nil
            handle.takeRetainedValue().close()
            return SQLITE_OK
        }
        methods.xRead = { file, target, count, offset in
            let bytes = UnsafeMutableRawBufferPointer(start: target, count: Int(count))
            return FileMethods.handle(file)?.read(into: bytes, at: Int(offset)) ?? SQLITE_IOERR
        }
        methods.xWrite = { file, source, count, offset in
            let bytes = UnsafeRawBufferPointer(start: source, count: Int(count))
            return FileMethods.handle(file)?.write(bytes, at: Int(offset)) ?? SQLITE_IOERR
        }
        methods.xTruncate = { file, size in
            FileMethods.handle(file)?.truncate(to: Int(size)) ?? SQLITE_IOERR
        }
        methods.xSync = { file, _ in FileMethods.handle(file)?.sync() ?? SQLITE_IOERR }
        methods.xFileSize = { file, size in
            guard let handle = FileMethods.handle(file), handle.isAlive else { return SQLITE_IOERR }
            size?.pointee = Int64(handle.file.size)
            return SQLITE_OK
        }
        methods.xFileControl = { file, operation, argument in
            FileMethods.handle(file)?.control(operation, argument) ?? SQLITE_IOERR
        }
        methods.xSectorSize = { _ in 4096 }
        // A write does no harm beside the bytes that it writes, as SQLite's own VFS says.
        methods.xDeviceCharacteristics = { _ in SQLITE_IOCAP_POWERSAFE_OVERWRITE }
    }

    private static func fillLocks(_ methods: inout sqlite3_io_methods) {
        methods.xLock = { file, level in FileMethods.handle(file)?.lock(level) ?? SQLITE_IOERR }
        methods.xUnlock = { file, level in FileMethods.handle(file)?.unlock(level) ?? SQLITE_IOERR }
        methods.xCheckReservedLock = { file, result in
            guard let handle = FileMethods.handle(file), handle.isAlive else { return SQLITE_IOERR }
            result?.pointee = handle.file.locks.isReserved ? 1 : 0
            return SQLITE_OK
        }
    }

    private static func fillSharedMemory(_ methods: inout sqlite3_io_methods) {
        methods.xShmMap = { file, index, regionBytes, extends, address in
            guard let handle = FileMethods.handle(file), let address else { return SQLITE_IOERR }
            return handle.map(
                Int(index), regionBytes: Int(regionBytes), extends: extends != 0, address)
        }
        methods.xShmLock = { file, first, count, flags in
            let slots = Int(first)..<Int(first + count)
            return FileMethods.handle(file)?.lockSlots(slots, flags: flags) ?? SQLITE_IOERR
        }
        // One thread sees its own writes in order.
        methods.xShmBarrier = { _ in }
        methods.xShmUnmap = { file, _ in
            FileMethods.handle(file)?.unmap()
            return SQLITE_OK
        }
    }
}
