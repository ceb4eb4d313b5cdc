internal import Glibc

/// The right to serve from a centre's folder, held by one process at a time and given back when it
/// ends, however it ends: an advisory lock of the operating system on an empty file.
package final class ServeLock: Sendable {
    private let file: OpenFile

    /// Takes the lock. Throws `CentreError.isServing` where another process has it.
    init(folder: String) throws(CentreError) {
        file = try OpenFile(folder + "/serve.lock", flags: O_RDWR | O_CREAT)
        guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else {
            throw errno == EWOULDBLOCK
                ? .isServing(path: folder) : .system(call: "flock", errno: errno)
        }
    }
}
