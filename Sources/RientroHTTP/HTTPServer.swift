import Glibc
import Synchronization

/// An HTTP/1.1 server on one thread and epoll, in a narrow language: what is ambiguous is refused
/// and the connection closed (`HTTPRefusal`), and every limit is a value of `HTTPLimits`. It speaks
/// no TLS: a proxy in front of it does, which is why no request may be read in two ways.
///
///     let server = HTTPServer(listen: try HTTPAddress("127.0.0.1:0"), limits: HTTPLimits()) {
///     request in HTTPResponse(status: request.path == "/healthz" ? 200 : 404) } let address = try
///     server.start() await server.stop(graceSeconds: 10)
package final class HTTPServer: Sendable {
    private enum Phase: Sendable {
        case new
        case starting
        case running(Mailbox)
        case ended
    }

    private struct Life: Sendable {
        var phase = Phase.new
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let listen: HTTPAddress
    private let limits: HTTPLimits
    private let handler: @Sendable (HTTPRequest) async -> HTTPResponse
    private let admission: (@Sendable (HTTPRequest) async -> HTTPAdmission)?
    private let onRefusal: @Sendable (Int, HTTPRefusal) -> Void
    private let onShortage: @Sendable (HTTPShortage?) -> Void
    private let life = Mutex(Life())

    /// A server that does nothing until `start()`.
    ///
    /// `handler` is called once for each request, on the loop's own thread, and stays there until
    /// it first suspends: it must not block, and a large body (`inlineBodyBytesMax`) begins in
    /// Swift's pool instead. It may wait as long as it likes by `await`, holding no thread; its
    /// task is cancelled if the client's connection breaks, or when the grace of `stop` is over. A
    /// client that has merely ended its own side still gets its answer.
    ///
    /// `admission` is asked about a body over `HTTPLimits.unaskedBodyBytesMax` when the head is
    /// there, and nothing of the body is read before it has answered; it is called as `handler` is,
    /// with a request whose body is empty. Nil takes every body.
    ///
    /// `onRefusal` is told the status and the reason whenever the server answers by itself. It is
    /// called on the loop's thread and must not block.
    ///
    /// `onShortage` is told when new connections have to wait, and why; nil when nobody waits any
    /// more. It is called as `onRefusal` is.
    package init(
        listen: HTTPAddress, limits: HTTPLimits = HTTPLimits(),
        onRefusal: @escaping @Sendable (_ status: Int, _ reason: HTTPRefusal) -> Void = { _, _ in },
        onShortage: @escaping @Sendable (HTTPShortage?) -> Void = { _ in },
        admission: (@Sendable (HTTPRequest) async -> HTTPAdmission)? = nil,
        handler: @escaping @Sendable (HTTPRequest) async -> HTTPResponse
    ) {
        limits.checkInvariants()
        self.listen = listen
        self.limits = limits
        self.handler = handler
        self.admission = admission
        self.onRefusal = onRefusal
        self.onShortage = onShortage
    }

    /// Binds, listens and serves, until `stop`. Returns the address with the real port.
    ///
    /// Throws `alreadyStarted` on a second call, and `system` if the address cannot be had; then it
    /// may be called again. Not to be called at the same time as `stop`.
    @discardableResult
    package func start() throws(HTTPError) -> HTTPAddress {
        try claim()
        do throws(HTTPError) {
            let listener = try Listener(listen)
            let mailbox = try Mailbox(heldBytesMax: limits.heldBytesMax)
            let loop = try EventLoop(
                listener: listener, mailbox: mailbox, limits: limits, handler: handler,
                admission: admission, onRefusal: onRefusal, onShortage: onShortage,
                onEnd: { self.ended() })
            // Once the thread runs, the loop is the thread's.
            let address = listener.address
            life.withLock { $0.phase = .running(mailbox) }
            try Self.startThread(loop)
            return address
        } catch {
            // A port that was taken may be free later.
            life.withLock { $0.phase = .new }
            throw error
        }
    }

    private func claim() throws(HTTPError) {
        let isNew = life.withLock {
            guard case .new = $0.phase else { return false }
            $0.phase = .starting
            return true
        }
        guard isNew else { throw .alreadyStarted }
    }

    /// Stops: takes no new connection, closes idle ones, lets what has begun finish for so many
    /// seconds, then cancels and closes what is left. Returns when the last connection is closed.
    /// May be called by several; before `start()` it makes the server one that cannot start.
    package func stop(graceSeconds: Int) async {
        let milliseconds = Int64(clamping: max(0, graceSeconds)).multipliedReportingOverflow(
            by: 1_000)
        let moment = Moment.now() + (milliseconds.overflow ? .max : milliseconds.partialValue)
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let mailbox: Mailbox? = life.withLock {
                guard case .running(let mailbox) = $0.phase else {
                    $0.phase = .ended
                    return nil
                }
                $0.waiting.append(continuation)
                return mailbox
            }
            if let mailbox {
                mailbox.requestStop(by: moment)
            } else {
                continuation.resume()
            }
        }
    }

    private func ended() {
        let waiting = life.withLock { life in
            defer { life.waiting = [] }
            life.phase = .ended
            return life.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    private static func startThread(_ loop: EventLoop) throws(HTTPError) {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(loop)
        let result = pthread_create(
            &thread, nil,
            { pointer in
                if let pointer {
                    Unmanaged<EventLoop>.fromOpaque(pointer).takeRetainedValue().run()
                }
                return nil
            }, argument.toOpaque())
        guard result == 0 else {
            argument.release()
            throw .system(call: "pthread_create", errno: result)
        }
        pthread_detach(thread)
    }
}
