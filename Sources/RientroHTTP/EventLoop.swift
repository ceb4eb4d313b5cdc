import Glibc

/// One thread that owns every socket: it waits for readiness, lets `ConnectionState` decide, and
/// does what that says. Handlers run as tasks; their answers come back through the `Mailbox`.
final class EventLoop {
    /// Tokens of the two descriptors that are not connections; no slot is as high.
    static let wakeupToken = UInt64.max
    static let listenerToken = UInt64.max - 1
    /// Bytes read at once: many requests, or a good part of a body.
    private static let readBytes = 64 << 10
    /// After this many reads in a row a fast sender waits for the others' turn.
    private static let readsPerTurnMax = 16

    let limits: HTTPLimits
    let mailbox: Mailbox
    let poller: Poller
    let onRefusal: @Sendable (Int, HTTPRefusal) -> Void
    let onShortage: @Sendable (HTTPShortage?) -> Void
    private let onEnd: @Sendable () -> Void
    private let handler: @Sendable (HTTPRequest) async -> HTTPResponse
    private let admission: (@Sendable (HTTPRequest) async -> HTTPAdmission)?
    private let readBuffer: UnsafeMutableRawBufferPointer

    var listener: Listener?
    var acceptance = Acceptance.open
    /// What `onShortage` was told last.
    var shortage: HTTPShortage?
    var connections = ConnectionTable()
    private var deadlines = DeadlineHeap()
    /// Connections that used up their turn and have more to read.
    private var interrupted: [UInt64] = []
    /// The sum of the connections' `heldBytes`.
    private var heldBytes = 0
    private var stopBy: Moment?
    var now = Moment.now()
    /// Whether large bodies are asked about.
    var asks: Bool { admission != nil }

    /// Throws `system`.
    init(
        listener: Listener, mailbox: Mailbox, limits: HTTPLimits,
        handler: @escaping @Sendable (HTTPRequest) async -> HTTPResponse,
        admission: (@Sendable (HTTPRequest) async -> HTTPAdmission)?,
        onRefusal: @escaping @Sendable (Int, HTTPRefusal) -> Void,
        onShortage: @escaping @Sendable (HTTPShortage?) -> Void,
        onEnd: @escaping @Sendable () -> Void
    ) throws(HTTPError) {
        self.listener = listener
        self.mailbox = mailbox
        self.limits = limits
        self.handler = handler
        self.admission = admission
        self.onRefusal = onRefusal
        self.onShortage = onShortage
        self.onEnd = onEnd
        poller = try Poller()
        readBuffer = .allocate(byteCount: Self.readBytes, alignment: 16)
        try poller.watchInput(mailbox.wakeupNumber, token: Self.wakeupToken)
        try poller.watchInput(listener.socket.number, token: Self.listenerToken)
    }

    deinit { readBuffer.deallocate() }

    /// Runs until a stop was asked for and is complete.
    func run() {
        while !isFinished {
            let count = poller.wait(
                milliseconds: mailbox.fallAsleep(holdingBytes: heldBytes) ? waitMilliseconds : 0)
            now = .now()
            mailbox.awake()
            for index in 0..<count { process(poller.event(index)) }
            resumeInterrupted()
            takeMail()
            processDeadlines()
            resumeAccepting()
        }
        for token in connections.tokens {
            if let connection = connections[token] {
                perform(connection.state.broken(), connection)
            }
        }
        onEnd()
    }

    /// Performs actions until one leaves nothing to do now.
    func perform(_ first: ConnectionState.Action, _ connection: Connection) {
        var action = first
        var reads = 0
        while true {
            switch action {
            case .wait:
                schedule(connection)
                return
            case .receive:
                guard connection.isReadable, connection.state.wantsInput else {
                    schedule(connection)
                    return
                }
                guard reads < Self.readsPerTurnMax else {
                    interrupted.append(connection.token)
                    schedule(connection)
                    return
                }
                reads += 1
                action = receive(connection)
            case .send(let bytes):
                connection.outgoing.append(bytes)
                action = flush(connection)
            case .refuse(let refusal, let bytes):
                onRefusal(refusal.status, refusal)
                connection.lease = nil
                connection.outgoing.append(bytes)
                action = flush(connection)
            case .admit(let request):
                askForAdmission(request, connection)
                action = .wait
            case .handle(let request):
                startHandler(request, connection)
                action = .wait
            case .endOutput:
                connection.endOutput()
                action = .receive
            case .close:
                close(connection)
                return
            }
        }
    }

    private var isFinished: Bool {
        guard let stopBy else { return false }
        return connections.count == 0 || stopBy <= now
    }

    private var waitMilliseconds: Int32 {
        guard interrupted.isEmpty else { return 0 }
        let moments = [deadlines.earliest, stopBy, acceptance.retryAt].compactMap { $0 }
        guard let earliest = moments.min() else { return -1 }
        let left = earliest.milliseconds - Moment.now().milliseconds
        return Int32(clamping: max(0, left))
    }

    private func process(_ event: Poller.Event) {
        switch event.token {
        case Self.wakeupToken: mailbox.clearWakeup()
        case Self.listenerToken: acceptWaiting()
        default:
            guard let connection = connections[event.token] else { return }
            if event.isBroken {
                perform(connection.state.broken(), connection)
                return
            }
            if event.isReadable { connection.isReadable = true }
            if event.hasInputEnded { connection.isEndAnnounced = true }
            if event.isWritable { connection.isWritable = true }
            perform(connection.outgoing.count > 0 ? flush(connection) : .receive, connection)
        }
    }

    private func receive(_ connection: Connection) -> ConnectionState.Action {
        switch connection.read(into: readBuffer) {
        case .bytes(let count):
            let bytes = UnsafeBufferPointer(
                rebasing: readBuffer.bindMemory(to: UInt8.self)[0..<count])
            let action = connection.state.received(bytes, at: now)
            account(connection)
            guard heldBytes > limits.heldBytesMax else { return action }
            return connection.state.memoryExceeded(at: now) ?? action
        case .end: return connection.state.inputEnded(at: now)
        case .nothing: return .receive
        case .failed: return connection.state.broken()
        }
    }

    private func flush(_ connection: Connection) -> ConnectionState.Action {
        guard let count = connection.flush() else { return connection.state.broken() }
        if connection.outgoing.count == 0 { connection.outgoingLease = nil }
        return connection.state.sent(count, remaining: connection.outgoing.count, at: now)
    }

    /// A handler that returns without suspending has answered when this returns: no other thread
    /// has seen the request. One that suspends goes on in Swift's pool and holds no thread
    /// meanwhile.
    private func startHandler(_ request: HTTPRequest, _ connection: Connection) {
        let (handler, mailbox, token) = (handler, mailbox, connection.token)
        let answer: @Sendable () async -> Void = {
            mailbox.post(await handler(request), to: token)
        }
        connection.handler =
            request.body.count > limits.inlineBodyBytesMax
            ? Task(operation: answer) : Task.immediate(operation: answer)
    }

    /// Asks about a body of which nothing is read meanwhile.
    private func askForAdmission(_ request: HTTPRequest, _ connection: Connection) {
        guard let admission else { preconditionFailure("only a server with admission asks") }
        let (mailbox, token) = (mailbox, connection.token)
        connection.handler = Task.immediate { mailbox.post(await admission(request), to: token) }
    }

    func close(_ connection: Connection) {
        connection.handler?.cancel()
        connection.lease = nil
        connection.outgoingLease = nil
        heldBytes -= connection.heldBytes
        connections.remove(connection)
    }

    private func takeMail() {
        let mail = mailbox.empty()
        for (token, admission) in mail.admissions {
            guard let connection = connections[token] else { continue }
            connection.handler = nil
            switch admission {
            case .body(let bytesMax, let lease):
                connection.lease = lease
                perform(connection.state.admitted(bodyBytesMax: bytesMax, at: now), connection)
            case .answer(let response):
                connection.outgoingLease = response.lease
                perform(connection.state.answered(response, at: now), connection)
            }
        }
        for (token, response) in mail.answers {
            guard let connection = connections[token] else { continue }
            connection.handler = nil
            connection.lease = nil
            connection.outgoingLease = response?.lease
            let action =
                response.map { connection.state.answered($0, at: now) }
                ?? connection.state.answerExceedsMemory(at: now)
            perform(action, connection)
        }
        if let wanted = mail.stopBy {
            if stopBy == nil { beginStop() }
            stopBy = min(stopBy ?? wanted, wanted)
        }
    }

    private func beginStop() {
        listener = nil
        acceptance = .ended
        for token in connections.tokens {
            guard let connection = connections[token] else { continue }
            // A request may have come that no event has told of yet; it is still served.
            connection.isReadable = true
            perform(.receive, connection)
            guard connections[token] === connection else { continue }
            perform(connection.state.stop(), connection)
        }
    }

    private func resumeInterrupted() {
        let tokens = interrupted
        interrupted = []
        for token in tokens {
            if let connection = connections[token] { perform(.receive, connection) }
        }
    }

    private func account(_ connection: Connection) {
        let bytes = connection.state.bodyBytes + connection.outgoing.heldBytes
        heldBytes += bytes - connection.heldBytes
        connection.heldBytes = bytes
    }

    private func schedule(_ connection: Connection) {
        account(connection)
        guard let deadline = connection.state.deadline,
            let entry = connections.schedule(deadline, for: connection.token)
        else { return }
        deadlines.insert(entry)
    }

    private func processDeadlines() {
        while let entry = deadlines.removeDue(at: now) {
            guard connections.unschedule(entry),
                let connection = connections.connection(inSlot: entry.slot)
            else { continue }
            perform(connection.state.deadlinePassed(at: now), connection)
        }
    }
}
