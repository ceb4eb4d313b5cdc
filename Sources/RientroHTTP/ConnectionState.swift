/// One connection's whole behaviour as a value: bytes, answers and moments go in, actions come out.
/// It touches no socket and no clock; `EventLoop` performs what it says.
struct ConnectionState {
    /// What the shell has to do next.
    enum Action: Equatable {
        /// Nothing, until something happens.
        case wait
        /// Read what there is and pass it to `received`, or `inputEnded`.
        case receive
        /// Send these, and pass on how far that got to `sent`.
        case send(OutgoingBytes)
        /// As `send`; the server answered by itself, which is to be reported.
        case refuse(HTTPRefusal, OutgoingBytes)
        /// Ask whether this request's body is taken, and pass the answer to `admitted` or
        /// `answered`.
        case admit(HTTPRequest)
        /// Give this to the handler, and its answer to `answered`.
        case handle(HTTPRequest)
        /// End our side of the stream, then go on as with `receive`.
        case endOutput
        /// Close, and cancel the handler if it runs.
        case close
    }

    /// Where the connection stands; the moments are those from which its deadline counts.
    enum Phase: Equatable {
        /// Between requests.
        case idle(since: Moment)
        case head(since: Moment)
        /// Nothing is read until it is known whether the body is taken.
        case admitting(isHead: Bool)
        case body(since: Moment)
        case handling(isHead: Bool, keepsAlive: Bool, bodyBytes: Int)
        case sending(Sending)
        /// All is said: what still comes is thrown away, until the client ends or time is up.
        /// Closing at once would reset the connection and take the answer from a client still
        /// sending.
        case lingering(since: Moment, discardedBytes: Int)
        case closed
    }

    /// An answer on its way.
    struct Sending: Equatable {
        var since: Moment
        var progressAt: Moment
        var sentBytes: Int64 = 0
        var closes: Bool
    }

    private let limits: HTTPLimits
    private var decoder: RequestDecoder
    private var requestCount = 0
    private var hasInputEnded = false
    private var isStopping = false
    private(set) var phase: Phase

    init(limits: HTTPLimits, peer: String, asks: Bool = false, at now: Moment) {
        self.limits = limits
        decoder = RequestDecoder(limits: limits, peer: peer, asks: asks)
        phase = .idle(since: now)
    }

    /// Whether bytes are wanted now. While a request is handled or answered they wait in the
    /// kernel, which tells the client to slow down.
    var wantsInput: Bool {
        switch phase {
        case .idle, .head, .body, .lingering: !hasInputEnded
        case .admitting, .handling, .sending, .closed: false
        }
    }

    /// Since when it has been without a whole request or anything to answer; nil where it is busy.
    var idleSince: Moment? {
        switch phase {
        case .idle(let since), .head(let since): since
        case .admitting, .body, .handling, .sending, .lingering, .closed: nil
        }
    }

    /// What the present request's body takes of the memory that all connections share.
    var bodyBytes: Int {
        switch phase {
        case .body: decoder.bodyByteCount
        case .handling(_, _, let bodyBytes): bodyBytes
        case .idle, .head, .admitting, .sending, .lingering, .closed: 0
        }
    }

    /// When `deadlinePassed` is to be called, if nothing else has happened; nil for never.
    var deadline: Moment? {
        switch phase {
        case .idle(let since): since + limits.idleMilliseconds
        case .head(let since): since + limits.headMilliseconds
        case .body(let since):
            // No absolute end is needed: a body is bounded, so this moment is too.
            since + limits.bodyGraceMilliseconds + atLeastRate(Int64(decoder.bodyByteCount))
        case .sending(let sending):
            // The second stops a client that takes one byte at the end of each stall, for hours.
            min(
                sending.progressAt + limits.writeStallMilliseconds,
                sending.since + limits.writeStallMilliseconds + atLeastRate(sending.sentBytes))
        case .lingering(let since, _): since + limits.lingerMilliseconds
        case .admitting, .handling, .closed: nil
        }
    }

    /// Bytes have come.
    mutating func received(_ bytes: UnsafeBufferPointer<UInt8>, at now: Moment) -> Action {
        switch phase {
        case .idle, .head, .body:
            decoder.append(bytes)
            return advance(at: now)
        case .lingering(let since, let discarded):
            let total = discarded + bytes.count
            phase = .lingering(since: since, discardedBytes: total)
            return total > limits.lingerBytesMax ? close() : .receive
        case .admitting, .handling, .sending, .closed:
            preconditionFailure("bytes are read only where wantsInput says so")
        }
    }

    /// The connections hold more memory together than they may. Only one whose body is still coming
    /// has to give way; what has come whole is finished.
    mutating func memoryExceeded(at now: Moment) -> Action? {
        guard case .body = phase else { return nil }
        return refuse(.tooManyBytes, at: now)
    }

    /// There is no memory for the handler's answer: other clients do not take theirs.
    mutating func answerExceedsMemory(at now: Moment) -> Action {
        guard case .handling = phase else { return .wait }
        return refuse(.tooManyBytes, at: now)
    }

    /// The client has ended its side. It may still be waiting for an answer.
    mutating func inputEnded(at now: Moment) -> Action {
        hasInputEnded = true
        switch phase {
        case .idle, .lingering: return close()
        case .head, .body: return refuse(.incomplete, at: now)
        case .admitting, .handling, .sending, .closed: return .wait
        }
    }

    /// The body that was asked about is taken, up to so many bytes.
    mutating func admitted(bodyBytesMax: Int, at now: Moment) -> Action {
        guard case .admitting = phase else { return .wait }
        decoder.admit(bodyBytesMax: bodyBytesMax)
        phase = .body(since: now)
        return advance(at: now)
    }

    /// The handler has answered, or a body is not taken: then the connection is closed, since what
    /// comes next on it is that body.
    mutating func answered(_ response: HTTPResponse, at now: Moment) -> Action {
        let isHead: Bool
        let keepsAlive: Bool
        switch phase {
        case .admitting(let head): (isHead, keepsAlive) = (head, false)
        case .handling(let head, let keeps, _): (isHead, keepsAlive) = (head, keeps)
        default: return .wait
        }
        requestCount += 1
        let closes =
            !keepsAlive || isStopping || requestCount >= limits.requestsPerConnectionMax
            || response.fields.contains("Connection", member: "close")
        phase = .sending(Sending(since: now, progressAt: now, closes: closes))
        return .send(OutgoingBytes(response, closes: closes, sendsBody: !isHead))
    }

    /// So many bytes have been taken by the kernel, and so many are left.
    mutating func sent(_ byteCount: Int, remaining: Int, at now: Moment) -> Action {
        guard case .sending(var sending) = phase else {
            // An interim answer: it has no deadline of its own, the body's goes on.
            return wantsInput ? .receive : .wait
        }
        if byteCount > 0 {
            sending.progressAt = now
            sending.sentBytes += Int64(byteCount)
        }
        phase = .sending(sending)
        guard remaining == 0 else { return .wait }
        guard sending.closes else {
            phase = .idle(since: now)
            return advance(at: now)
        }
        guard !hasInputEnded else { return close() }
        phase = .lingering(since: now, discardedBytes: 0)
        return .endOutput
    }

    /// The moment of `deadline` has come.
    mutating func deadlinePassed(at now: Moment) -> Action {
        guard let deadline, deadline <= now else { return .wait }
        switch phase {
        case .head: return refuse(.headTooSlow, at: now)
        case .body: return refuse(.bodyTooSlow, at: now)
        case .idle, .sending, .lingering: return close()
        case .admitting, .handling, .closed: return .wait
        }
    }

    /// The server is stopping: nothing new is begun, what has begun is finished.
    mutating func stop() -> Action {
        isStopping = true
        if case .idle = phase { return close() }
        return .wait
    }

    /// The connection is gone: reset by the client, or failed.
    mutating func broken() -> Action { close() }

    private mutating func advance(at now: Moment) -> Action {
        switch decoder.next() {
        case .request(let request, let keepsAlive):
            phase = .handling(
                isHead: request.method == "HEAD", keepsAlive: keepsAlive,
                bodyBytes: request.body.count)
            return .handle(request)
        case .refused(let refusal):
            return refuse(refusal, at: now)
        case .wantsAdmission(let request):
            phase = .admitting(isHead: request.method == "HEAD")
            return .admit(request)
        case .wantsContinue:
            phase = .body(since: now)
            return hasInputEnded
                ? inputEnded(at: now) : .send(OutgoingBytes(ResponseEncoder.interimContinue))
        case .needsMore(let progress):
            phase = phaseWaiting(for: progress, at: now)
            if hasInputEnded { return inputEnded(at: now) }
            if isStopping, case .idle = phase { return close() }
            return .receive
        }
    }

    /// The deadline of a part counts from its beginning, however many pieces it comes in.
    private func phaseWaiting(for progress: RequestDecoder.Progress, at now: Moment) -> Phase {
        switch (progress, phase) {
        case (.nothing, .idle), (.head, .head), (.body, .body): phase
        case (.nothing, _): .idle(since: now)
        case (.head, _): .head(since: now)
        case (.body, _): .body(since: now)
        }
    }

    private mutating func refuse(_ refusal: HTTPRefusal, at now: Moment) -> Action {
        let isHead = decoder.isHead
        phase = .sending(Sending(since: now, progressAt: now, closes: true))
        var response = HTTPResponse(
            status: refusal.status, body: Array((refusal.rawValue + "\n").utf8))
        response.fields.append(parsedName: "Content-Type", value: "text/plain")
        return .refuse(
            refusal, OutgoingBytes(response, closes: true, sendsBody: !isHead))
    }

    private mutating func close() -> Action {
        phase = .closed
        return .close
    }

    /// How long so many bytes may take, in milliseconds.
    private func atLeastRate(_ byteCount: Int64) -> Int64 {
        let (product, overflow) = byteCount.multipliedReportingOverflow(by: 1_000)
        return overflow ? .max : product / limits.bodyBytesPerSecondMin
    }
}
