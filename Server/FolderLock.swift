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

    /// A process that gives the lock back while it starts a program leaves it with that child until
    /// the program runs: so it is tried again for a fifth of a second, which nobody notices.
    private static let attemptsMax = 10
    private static let attemptMicroseconds: UInt32 = 20_000

    /// Takes the lock. Throws `CentreError.isServing` or `CentreError.isClosing` where another
    /// process has it.
    init(folder: String, for task: Task) throws(CentreError) {
        file = try OpenFile("\(folder)/\(task.rawValue)", flags: O_RDWR | O_CREAT)
        var isHeld = flock(file.number, LOCK_EX | LOCK_NB) == 0
        for _ in 0..<Self.attemptsMax where !isHeld && errno == EWOULDBLOCK {
            usleep(Self.attemptMicroseconds)
            isHeld = flock(file.number, LOCK_EX | LOCK_NB) == 0
        }
        guard isHeld else {
            guard errno == EWOULDBLOCK else { throw .system(call: "flock", errno: errno) }
            switch task {
            case .serving: throw .isServing(path: folder)
            case .closing: throw .isClosing(path: folder)
            }
        }
    }
}
