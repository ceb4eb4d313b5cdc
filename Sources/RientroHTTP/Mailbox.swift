import CRientroLinux
import Glibc
import Synchronization

/// The one door through which other threads reach the event loop: answers of handlers, and the wish
/// to stop. The loop is woken only if it sleeps, so an answer given on its own thread costs no
/// system call.
final class Mailbox: Sendable {
    /// What has been put in since it was last emptied.
    struct Contents: Sendable {
        var answers: [(token: UInt64, response: HTTPResponse)] = []
        /// When to give up waiting for what still runs; nil if nobody wants to stop.
        var stopBy: Moment?
        fileprivate var isLoopAsleep = false
    }

    private let contents = Mutex(Contents())
    private let wakeup: FileDescriptor

    /// Throws `system`.
    init() throws(HTTPError) {
        wakeup = try FileDescriptor(
            eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK)), of: "eventfd")
    }

    /// The descriptor that becomes readable when the loop has to wake.
    var wakeupNumber: Int32 { wakeup.number }

    /// Puts an answer in. From any thread.
    func post(_ response: HTTPResponse, to token: UInt64) {
        change { $0.answers.append((token, response)) }
    }

    /// Asks the loop to stop. From any thread; the earliest moment counts.
    func requestStop(by moment: Moment) {
        change { $0.stopBy = min($0.stopBy ?? moment, moment) }
    }

    /// Takes everything out. On the loop's thread.
    func empty() -> Contents {
        contents.withLock {
            let taken = $0
            $0.answers = []
            $0.stopBy = nil
            return taken
        }
    }

    /// Says that the loop goes to sleep; false if there is something to take first. On its thread.
    func fallAsleep() -> Bool {
        contents.withLock {
            $0.isLoopAsleep = $0.answers.isEmpty && $0.stopBy == nil
            return $0.isLoopAsleep
        }
    }

    /// Says that the loop is awake again. On its thread.
    func awake() {
        contents.withLock { $0.isLoopAsleep = false }
    }

    /// Makes the descriptor unreadable again, after it was found readable. On the loop's thread.
    func clearWakeup() {
        var count: eventfd_t = 0
        eventfd_read(wakeup.number, &count)
    }

    private func change(_ body: (inout Contents) -> Void) {
        let wakes = contents.withLock { contents in
            body(&contents)
            defer { contents.isLoopAsleep = false }
            return contents.isLoopAsleep
        }
        if wakes { eventfd_write(wakeup.number, 1) }
    }
}
