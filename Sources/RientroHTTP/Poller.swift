import CRientroLinux
import Glibc

/// An epoll instance. Connections are watched edge-triggered for everything from birth to death, so
/// that a request costs no call of `epoll_ctl`.
final class Poller {
    /// One thing that happened.
    struct Event {
        var token: UInt64
        private let bits: UInt32

        fileprivate init(_ event: epoll_event) {
            token = event.data.u64
            bits = event.events
        }

        /// Bytes, or the end of the client's side, can be read.
        var isReadable: Bool { bits & (EPOLLIN.rawValue | EPOLLRDHUP.rawValue) != 0 }
        /// The end of the client's side is among what can be read.
        var hasInputEnded: Bool { bits & EPOLLRDHUP.rawValue != 0 }
        /// Bytes can be sent.
        var isWritable: Bool { bits & EPOLLOUT.rawValue != 0 }
        /// The connection is reset, failed, or ended on both sides.
        var isBroken: Bool { bits & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 }
    }

    /// Events taken in one call; more of them wait for the next.
    private static let eventsMax = 256

    private let descriptor: FileDescriptor
    private let events: UnsafeMutableBufferPointer<epoll_event>

    /// Throws `system`.
    init() throws(HTTPError) {
        descriptor = try FileDescriptor(epoll_create1(Int32(EPOLL_CLOEXEC)), of: "epoll_create1")
        events = .allocate(capacity: Self.eventsMax)
        events.initialize(repeating: epoll_event())
    }

    deinit { events.deallocate() }

    /// Watches a connection until it is closed. Throws `system`.
    func watchConnection(_ number: Int32, token: UInt64) throws(HTTPError) {
        let bits = EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
        try control(EPOLL_CTL_ADD, number, bits, token)
    }

    /// Watches for something to read, as long as there is something. Throws `system`.
    func watchInput(_ number: Int32, token: UInt64) throws(HTTPError) {
        try control(EPOLL_CTL_ADD, number, EPOLLIN.rawValue, token)
    }

    /// Forgets a descriptor that stays open. Throws `system`.
    func forget(_ number: Int32) throws(HTTPError) {
        try control(EPOLL_CTL_DEL, number, 0, 0)
    }

    /// Waits up to so many milliseconds, -1 for ever; then `event(0)` to `event(count - 1)` can be
    /// asked for. 0 after a signal or when time is up.
    func wait(milliseconds: Int32) -> Int {
        let count = epoll_wait(
            descriptor.number, events.baseAddress, Int32(Self.eventsMax), milliseconds)
        return max(0, Int(count))
    }

    /// One of the events of the last `wait`.
    func event(_ index: Int) -> Event { Event(events[index]) }

    private func control(
        _ operation: Int32, _ number: Int32, _ bits: UInt32, _ token: UInt64
    ) throws(HTTPError) {
        var event = epoll_event(events: bits, data: epoll_data_t(u64: token))
        guard epoll_ctl(descriptor.number, operation, number, &event) == 0 else {
            throw .system(call: "epoll_ctl", errno: errno)
        }
    }
}
