import CRientroLinux
import Glibc
import Synchronization

/// The one door through which other threads reach the event loop: answers of handlers, and the wish
/// to stop. The loop is woken only if it sleeps, so an answer given on its own thread costs no
/// system call.
final class Mailbox: Sendable {
    /// What has been put in since it was last emptied.
    struct Contents: Sendable {
        /// Nil in place of a response for which there was no memory.
        var answers: [(token: UInt64, response: HTTPResponse?)] = []
        /// What was said of bodies that were asked about.
        var admissions: [(token: UInt64, admission: HTTPAdmission)] = []
        /// When to give up waiting for what still runs; nil if nobody wants to stop.
        var stopBy: Moment?
        fileprivate var isLoopAsleep = false
        /// Bytes of the answers here.
        fileprivate var answerBytes = 0
        /// Bytes that the loop holds, as it said last, and of the answers that it took since.
        fileprivate var loopBytes = 0
    }

    private let contents = Mutex(Contents())
    private let wakeup: FileDescriptor

    private let heldBytesMax: Int

    /// A mailbox that keeps answers only while they and what the loop holds are not more than so
    /// many bytes. Throws `system`.
    init(heldBytesMax: Int) throws(HTTPError) {
        self.heldBytesMax = heldBytesMax
        wakeup = try FileDescriptor(
            eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK)), of: "eventfd")
    }

    /// The descriptor that becomes readable when the loop has to wake.
    var wakeupNumber: Int32 { wakeup.number }

    /// Puts an answer in, if there is memory for it until its client takes it. A small one always
    /// goes: all connections together hold less of them than the limit. From any thread.
    ///
    /// It is decided here and not in the loop: handlers may make answers faster than it can look.
    func post(_ response: HTTPResponse, to token: UInt64) {
        let bytes = response.body.count
        change {
            let fits =
                bytes <= HTTPLimits.smallAnswerBytesMax
                || $0.answerBytes + $0.loopBytes + bytes <= heldBytesMax
            $0.answers.append((token, fits ? response : nil))
            if fits { $0.answerBytes += bytes }
        }
    }

    /// Puts in what was said of a body. From any thread.
    func post(_ admission: HTTPAdmission, to token: UInt64) {
        change { $0.admissions.append((token, admission)) }
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
            $0.admissions = []
            $0.stopBy = nil
            $0.loopBytes += $0.answerBytes
            $0.answerBytes = 0
            return taken
        }
    }

    /// Says that the loop goes to sleep, and how much its connections hold; false if there is
    /// something to take first. On its thread.
    func fallAsleep(holdingBytes heldBytes: Int) -> Bool {
        contents.withLock {
            $0.loopBytes = heldBytes
            $0.isLoopAsleep =
                $0.answers.isEmpty && $0.admissions.isEmpty && $0.stopBy == nil
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
