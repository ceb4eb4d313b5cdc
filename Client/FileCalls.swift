internal import Foundation

/// The system's calls by which the files beside a replica are made, as values: a test sees their
/// order, and makes one of them fail. Each returns −1 and sets `errno` where it fails.
struct FileCalls: Sendable {
    /// Opens a file with the flags of open(2); a new one can be read by its owner alone.
    var open: @Sendable (_ path: String, _ flags: Int32) -> Int32 = {
        Foundation.open($0, $1, 0o600)
    }
    /// Sets what others may do with an open file, whatever the umask says.
    var setMode: @Sendable (_ file: Int32, _ mode: mode_t) -> Int32 = { fchmod($0, $1) }
    /// Writes bytes and returns how many.
    var write: @Sendable (_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int = {
        Foundation.write($0, $1.baseAddress, $1.count)
    }
    /// Makes an open file, or folder, durable.
    var sync: @Sendable (_ file: Int32) -> Int32 = { fsync($0) }
    /// Gives a file a name in place of what stands there.
    var rename: @Sendable (_ path: String, _ other: String) -> Int32 = {
        Foundation.rename($0, $1)
    }
    /// Gives a file a name only where nothing stands there.
    var renameKeeping: @Sendable (_ path: String, _ other: String) -> Int32 = {
        systemRenameKeeping($0, $1)
    }
    /// Removes a name.
    var remove: @Sendable (_ path: String) -> Int32 = { unlink($0) }
    /// Who runs this program.
    var user: @Sendable () -> uid_t = { geteuid() }

    /// The system's own.
    static let system = FileCalls()
}

#if canImport(Darwin)
    private func systemRenameKeeping(_ path: String, _ other: String) -> Int32 {
        renamex_np(path, other, UInt32(RENAME_EXCL))
    }
#else
    private typealias RenameAt2 =
        @convention(c) (
            Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
        ) -> Int32

    /// glibc has renameat2(2) since 2.28, but Swift does not see it: it stands behind a macro. Its
    /// type is that of the manual page.
    private let renameAt2 = dlsym(nil, "renameat2").map {
        unsafeBitCast($0, to: RenameAt2.self)
    }

    private func systemRenameKeeping(_ path: String, _ other: String) -> Int32 {
        guard let renameAt2 else {
            errno = ENOSYS
            return -1
        }
        let noReplace: UInt32 = 1
        return renameAt2(AT_FDCWD, path, AT_FDCWD, other, noReplace)
    }
#endif
