internal import Glibc

/// The right to do in a centre's folder what one process may do at a time, such as to serve; given
/// back when that ends, however it ends: an advisory lock of the operating system on an empty file.
package final class FolderLock: Sendable {
    private let file: OpenFile

    /// What is locked. The raw value is the file's name.
    package enum Task: String, Sendable {
        /// To serve, or what must not be done beside a server.
        case serving = "serve.lock"
        /// To close a day.
        case closing = "nightly.lock"
    }

    /// Takes the lock. Throws `CentreError.isServing` or `CentreError.isClosing` where another
    /// process has it.
    init(folder: String, for task: Task) throws(CentreError) {
        file = try OpenFile("\(folder)/\(task.rawValue)", flags: O_RDWR | O_CREAT)
        guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else { throw .system(call: "flock", errno: errno) }
            switch task {
            case .serving: throw .isServing(path: folder)
            case .closing: throw .isClosing(path: folder)
            }
        }
    }
}
