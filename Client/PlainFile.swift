internal import Foundation

/// The few things that are done with files beside the replica, each as durable as it says.
enum PlainFile {
    /// Whether something stands at the path, a broken link too.
    static func exists(_ path: String) -> Bool {
        var info = stat()
        return lstat(path, &info) == 0
    }

    /// The size in bytes; nil where there is no file.
    static func size(_ path: String) -> Int64? {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        return Int64(info.st_size)
    }

    /// The content; nil where there is no file.
    static func read(_ path: String) throws(ReplicaError) -> [UInt8]? {
        guard exists(path) else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .file(path: path, fact: "it cannot be read")
        }
        return [UInt8](data)
    }

    /// Puts the bytes in place of the file in one step: after a power cut there is the old content
    /// or the new. The file can be read by its owner alone.
    static func write(_ bytes: [UInt8], to path: String) throws(ReplicaError) {
        let fresh = path + ".new"
        try append(bytes, to: fresh, from: 0)
        guard rename(fresh, path) == 0 else { throw failure(path) }
        try syncFolder(of: path)
    }

    /// Writes the bytes at `offset`, which becomes the end of what was there, and makes them
    /// durable. The file is made where there is none, and can be read by its owner alone.
    static func append(
        _ bytes: [UInt8], to path: String, from offset: Int64
    ) throws(ReplicaError) {
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        guard ftruncate(file, off_t(offset)) == 0, lseek(file, off_t(offset), SEEK_SET) >= 0 else {
            throw failure(path)
        }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Foundation.write(
                    file, buffer.baseAddress.map { $0 + written }, bytes.count - written)
            }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw failure(path)
            }
            written += count
        }
        guard fsync(file) == 0 else { throw failure(path) }
    }

    /// Makes the content of the file durable.
    static func sync(_ path: String) throws(ReplicaError) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw failure(path) }
    }

    /// Gives the file its new name, only where nothing stands there.
    ///
    /// Throws `ReplicaError.fileExists` where something does.
    static func move(_ path: String, to other: String) throws(ReplicaError) {
        guard link(path, other) == 0 else {
            throw errno == EEXIST ? .fileExists(path: other) : failure(other)
        }
        unlink(path)
        try syncFolder(of: other)
    }

    /// Removes the file if it is there.
    static func remove(_ path: String) throws(ReplicaError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw failure(path) }
    }

    private static func syncFolder(of path: String) throws(ReplicaError) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        try sync(folder)
    }

    private static func failure(_ path: String) -> ReplicaError {
        if errno == ENOSPC || errno == EDQUOT { return .diskFull }
        return .file(path: path, fact: String(cString: strerror(errno)))
    }
}
