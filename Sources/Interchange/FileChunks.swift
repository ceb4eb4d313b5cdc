import Foundation

/// A file from outside, read in pieces of `InterchangeLimits.chunkBytes`.
struct FileChunks {
    private let handle: FileHandle
    private let path: String

    /// Opens the file and goes to `offset`; throws `.unreadable`.
    init(path: String, offset: UInt64 = 0) throws(HandOverError) {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw .unreadable(path: path)
        }
        self.handle = handle
        self.path = path
        if offset > 0 { try seek(to: offset) }
    }

    /// Goes on from `offset`.
    func seek(to offset: UInt64) throws(HandOverError) {
        do { try handle.seek(toOffset: offset) } catch { throw .unreadable(path: path) }
    }

    /// The next piece; empty at the end of the file.
    func next() throws(HandOverError) -> [UInt8] {
        do {
            return [UInt8](try handle.read(upToCount: InterchangeLimits.chunkBytes) ?? Data())
        } catch {
            throw .unreadable(path: path)
        }
    }
}

/// What shows that a file is still the one that was inspected.
struct FileState: Equatable {
    private let size: UInt64
    private let modified: Date

    /// The state of the file now; throws `.unreadable`.
    init(path: String) throws(HandOverError) {
        guard let facts = try? FileManager.default.attributesOfItem(atPath: path),
            let size = facts[.size] as? UInt64, let modified = facts[.modificationDate] as? Date
        else { throw .unreadable(path: path) }
        self.size = size
        self.modified = modified
    }
}
