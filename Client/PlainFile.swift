internal import Foundation

/// The few things that are done with files beside the replica, each as durable as it says.
///
/// The folder may be one where others write too. So what is made is made by us alone, in a name
/// where nobody waits; and what is there already is used only if it is a plain file of ours.
enum PlainFile {
    /// Whether something stands at the path, a broken link too. Throws `ReplicaError.file` where
    /// nobody can tell, as in a folder that must not be searched.
    static func exists(_ path: String) throws(ReplicaError) -> Bool {
        var info = stat()
        if lstat(path, &info) == 0 { return true }
        guard errno == ENOENT || errno == ENOTDIR else { throw failure(path) }
        return false
    }

    /// The path of the file itself, behind all links.
    static func resolved(_ path: String) throws(ReplicaError) -> String {
        guard let found = realpath(path, nil) else {
            throw errno == ENOENT ? .noFile(path: path) : failure(path)
        }
        defer { free(found) }
        return String(cString: found)
    }

    /// The size in bytes; nil where there is no file.
    static func size(_ path: String) -> Int64? {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        return Int64(info.st_size)
    }

    /// The content of a plain file of ours; nil where there is none.
    ///
    /// Throws `ReplicaError.file` for what is no plain file, is somebody else's, or is longer than
    /// `bytesMax`: nothing is read of that.
    static func read(
        _ path: String, bytesMax: Int, calls: FileCalls = .system
    ) throws(ReplicaError) -> [UInt8]? {
        guard try exists(path) else { return nil }
        // O_NONBLOCK: opening a pipe would wait for whoever writes to it.
        let file = calls.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        let size = try checkedSize(file, path, calls)
        guard size <= bytesMax else {
            throw .file(path: path, fact: "it is longer than \(bytesMax) bytes")
        }
        var bytes = [UInt8](repeating: 0, count: Int(size))
        var count = 0
        while count < bytes.count {
            let more = bytes.withUnsafeMutableBytes { buffer in
                Foundation.read(
                    file, buffer.baseAddress.map { $0 + count }, buffer.count - count)
            }
            if more < 0, errno == EINTR { continue }
            guard more >= 0 else { throw failure(path) }
            if more == 0 { break }
            count += more
        }
        return Array(bytes.prefix(count))
    }

    /// Puts the bytes in place of the file in one step: after a power cut there is the old content
    /// or the new. The file can be read by its owner alone.
    static func write(
        _ bytes: [UInt8], to path: String, calls: FileCalls = .system
    ) throws(ReplicaError) {
        let fresh = path + ".new-" + nonce()
        let file = calls.open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else { throw failure(fresh) }
        do throws(ReplicaError) {
            do throws(ReplicaError) {
                guard calls.setMode(file, 0o600) == 0 else { throw failure(fresh) }
                try put(bytes, into: file, fresh, calls)
            } catch {
                close(file)
                throw error
            }
            close(file)
            guard calls.rename(fresh, path) == 0 else { throw failure(path) }
        } catch {
            _ = calls.remove(fresh)
            throw error
        }
        try syncFolder(of: path, calls)
    }

    /// Writes the bytes at `offset`, which becomes the end of what was there, and makes them
    /// durable. The file is made where there is none, and can be read by its owner alone; one that
    /// is no plain file, or somebody else's, is left alone.
    static func append(
        _ bytes: [UInt8], to path: String, from offset: Int64, calls: FileCalls = .system
    ) throws(ReplicaError) {
        var file = calls.open(path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        if file < 0, errno == ENOENT {
            file = calls.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC)
        }
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        _ = try checkedSize(file, path, calls)
        guard calls.setMode(file, 0o600) == 0 else { throw failure(path) }
        guard ftruncate(file, off_t(offset)) == 0, lseek(file, off_t(offset), SEEK_SET) >= 0 else {
            throw failure(path)
        }
        try put(bytes, into: file, path, calls)
    }

    private static func put(
        _ bytes: [UInt8], into file: Int32, _ path: String, _ calls: FileCalls
    ) throws(ReplicaError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                calls.write(file, UnsafeRawBufferPointer(rebasing: buffer[written...]))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure(path) }
            written += count
        }
        guard calls.sync(file) == 0 else { throw failure(path) }
    }

    /// Makes the content of the file durable.
    static func sync(_ path: String, calls: FileCalls = .system) throws(ReplicaError) {
        let file = calls.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        guard calls.sync(file) == 0 else { throw failure(path) }
    }

    /// Gives the file its new name, only where nothing stands there.
    ///
    /// Throws `ReplicaError.fileExists` where something does. Where the file system cannot rename
    /// so (exFAT, some on networks), the name is taken by an empty file first, which is ours to
    /// replace; a power cut between the two leaves that, with the file beside it (`isHeldFree`).
    static func move(
        _ path: String, to other: String, calls: FileCalls = .system
    ) throws(ReplicaError) {
        if calls.renameKeeping(path, other) != 0 {
            switch errno {
            case EEXIST: throw .fileExists(path: other)
            case EINVAL, ENOSYS, ENOTSUP, EPERM: try moveOntoHeldName(path, other, calls)
            default: throw failure(other)
            }
        }
        try syncFolder(of: other, calls)
    }

    private static func moveOntoHeldName(
        _ path: String, _ other: String, _ calls: FileCalls
    ) throws(ReplicaError) {
        let file = calls.open(other, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else {
            throw errno == EEXIST ? .fileExists(path: other) : failure(other)
        }
        close(file)
        guard calls.rename(path, other) == 0 else {
            let error = failure(other)
            _ = calls.remove(other)
            throw error
        }
    }

    /// Whether the path holds nothing but a name that `move` has taken for the file at `source`.
    static func isHeldFree(_ path: String, for source: String) -> Bool {
        var info = stat()
        guard lstat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_size == 0 else {
            return false
        }
        return (size(source) ?? 0) > 0
    }

    /// Throws `ReplicaError.file` where something stands at the path that is no plain file of ours.
    static func checkOwn(_ path: String, calls: FileCalls = .system) throws(ReplicaError) {
        guard try exists(path) else { return }
        let file = calls.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        _ = try checkedSize(file, path, calls)
    }

    /// Removes the file if it is there.
    static func remove(_ path: String) throws(ReplicaError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw failure(path) }
    }

    /// The size of an open file, if it is a plain one and belongs to who runs this, or to root.
    private static func checkedSize(
        _ file: Int32, _ path: String, _ calls: FileCalls
    ) throws(ReplicaError) -> Int64 {
        var info = stat()
        guard fstat(file, &info) == 0 else { throw failure(path) }
        guard info.st_mode & S_IFMT == S_IFREG else {
            throw .file(path: path, fact: "it is not a plain file")
        }
        let user = calls.user()
        guard user == 0 || info.st_uid == user || info.st_uid == 0 else {
            throw .file(path: path, fact: "it belongs to somebody else")
        }
        return Int64(info.st_size)
    }

    private static func syncFolder(of path: String, _ calls: FileCalls) throws(ReplicaError) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        try sync(folder, calls: calls)
    }

    private static func nonce() -> String {
        var system = SystemRandomNumberGenerator()
        return String(UInt64.random(in: 0...UInt64.max, using: &system), radix: 36)
    }

    private static func failure(_ path: String) -> ReplicaError {
        switch errno {
        case ENOSPC, EDQUOT: .diskFull
        case ELOOP: .file(path: path, fact: "it is a link, and not the file itself")
        case let code: .file(path: path, fact: String(cString: strerror(code)))
        }
    }
}
