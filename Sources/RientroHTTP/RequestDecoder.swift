/// Makes requests out of a stream of bytes that comes in pieces of any size. The result does not
/// depend on the pieces. It holds at most one head, one body and one piece that follows them.
package struct RequestDecoder {
    /// What the decoder has come to.
    package enum Step: Equatable {
        /// Every byte is used up; how far the next request has come.
        case needsMore(Progress)
        /// The head is whole, and so large a body is taken only of whom the server knows: the
        /// request without its body. Call `admit` before anything else.
        case wantsAdmission(HTTPRequest)
        /// As `needsMore(.body)`, and the client waits for `100 Continue`. Said once.
        case wantsContinue
        /// A whole request. Call `next` for the following one.
        case request(HTTPRequest, keepsAlive: Bool)
        /// The stream cannot be read any further. Said for ever after.
        case refused(HTTPRefusal)
    }

    /// How far a request has come.
    package enum Progress: Equatable { case nothing, head, body }

    private enum Phase {
        case head
        /// Between `wantsAdmission` and `admit`.
        case admission
        case length(remaining: Int)
        case chunked(ChunkedDecoder)
        case refused(HTTPRefusal)
    }

    private let limits: HTTPLimits
    private let peer: String
    private let asks: Bool
    private var phase = Phase.head
    /// Bytes received and not yet used up; the first `used` of them are used up.
    private var buffer: [UInt8] = []
    private var used = 0
    /// Where the head's current line begins, and up to where there is no line feed.
    private var lineStart = 0
    private var scanned = 0
    private var line: RequestLine?
    private var fields = HTTPFields()
    private var head: RequestHead?
    private var body: [UInt8] = []
    private var bodyBytesMax = 0
    /// Nothing of the present body has been looked at.
    private var isAtBeginning = false
    /// The line that was refused begins with HEAD.
    private var refusedHead = false

    /// A decoder at the beginning of a stream from `peer`.
    ///
    /// - Parameter asks: whether bodies over `HTTPLimits.unaskedBodyBytesMax` need `admit`.
    package init(limits: HTTPLimits, peer: String, asks: Bool = false) {
        self.limits = limits
        self.peer = peer
        self.asks = asks
    }

    /// The request being read is known to be a HEAD, whose answer has no body.
    package var isHead: Bool { refusedHead || line?.method == "HEAD" }

    /// Bytes of the present body that have come, decoded.
    package var bodyByteCount: Int { body.count }

    /// Takes bytes in; call `next` afterwards. After a refusal they are dropped.
    package mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        var rest = bytes[...]
        switch phase {
        case .refused: return
        case .length(let remaining) where used == buffer.count:
            // A large body goes straight to where it belongs.
            let direct = rest.prefix(remaining)
            body.append(contentsOf: direct)
            rest = rest.dropFirst(direct.count)
            phase = .length(remaining: remaining - direct.count)
        default: break
        }
        if used > 0 {
            buffer.removeSubrange(0..<used)
            lineStart -= used
            scanned -= used
            used = 0
        }
        buffer.append(contentsOf: rest)
    }

    /// Goes on as far as the bytes reach.
    package mutating func next() -> Step {
        do throws(HTTPRefusal) {
            return try advance()
        } catch {
            // A line that cannot be read may still say that its answer is read without a body.
            refusedHead = line == nil && buffer[used...].starts(with: "HEAD ".utf8)
            phase = .refused(error)
            buffer = []
            body = []
            used = 0
            return .refused(error)
        }
    }

    /// Takes the body of the request for which `wantsAdmission` was said, up to so many bytes; call
    /// `next` afterwards.
    package mutating func admit(bodyBytesMax: Int) {
        guard case .admission = phase, let head else {
            preconditionFailure("a body is admitted once, after it was asked for")
        }
        self.bodyBytesMax = min(bodyBytesMax, limits.bodyBytesMax)
        open(head.framing)
    }

    private mutating func advance() throws(HTTPRefusal) -> Step {
        switch phase {
        case .refused(let refusal): return .refused(refusal)
        case .admission: return .needsMore(.body)
        case .head:
            guard let head = try readHead() else {
                return .needsMore(used == buffer.count ? .nothing : .head)
            }
            return try begin(head)
        case .length, .chunked:
            return try readBody()
        }
    }

    /// Reads lines up to the empty one; nil if they have not all come.
    private mutating func readHead() throws(HTTPRefusal) -> RequestHead? {
        while true {
            let end = try endOfLine()
            scanned = end
            guard end < buffer.count else { return nil }
            guard end > lineStart, buffer[end - 1] == ByteClass.carriageReturn else {
                throw line == nil ? .badRequestLine : .badField
            }
            let start = lineStart
            lineStart = end + 1
            scanned = lineStart
            guard let line else {
                line = try RequestLine(
                    buffer.span.extracting(start..<(end - 1)), limits: limits)
                continue
            }
            if start == end - 1 {
                used = lineStart
                return try RequestHead(line: line, fields: fields, limits: limits)
            }
            guard fields.count < limits.fieldsMax else { throw .tooManyFields }
            let field = try FieldLine(buffer.span.extracting(start..<(end - 1)))
            fields.append(parsedName: field.name, value: field.value)
        }
    }

    /// The index of the line's LF, or the end of the buffer. All limits of a head are judged here,
    /// by what stands before that index, so that the pieces in which it came make no difference.
    private func endOfLine() throws(HTTPRefusal) -> Int {
        let bytes = buffer.span
        var end = scanned
        while end < bytes.count && bytes[end] != ByteClass.lineFeed { end += 1 }
        if line == nil && lineStart < bytes.count {
            // TLS and other binary talk is told at once, not after the head's deadline.
            guard ByteClass.isToken(bytes[lineStart]) else { throw .badRequestLine }
            let limit = limits.requestLineBytesMax
            if end - lineStart > limit {
                throw RequestLine.refusalOfOverlong(
                    bytes.extracting(lineStart..<(lineStart + limit)))
            }
        }
        guard end - used < limits.headBytesMax else { throw .headTooLarge }
        return end
    }

    private mutating func begin(_ head: RequestHead) throws(HTTPRefusal) -> Step {
        self.head = head
        isAtBeginning = true
        if asks, head.framing.bytesMost(limits.bodyBytesMax) > limits.unaskedBodyBytesMax {
            phase = .admission
            return .wantsAdmission(request(head))
        }
        bodyBytesMax = limits.bodyBytesMax
        guard head.framing != .none else { return finish(head) }
        open(head.framing)
        return try readBody()
    }

    private mutating func open(_ framing: BodyFraming) {
        switch framing {
        case .none: break
        case .length(let count):
            // Only address space: the pages are there when the bytes are.
            body.reserveCapacity(min(count, bodyBytesMax))
            phase = .length(remaining: count)
        case .chunked: phase = .chunked(ChunkedDecoder())
        }
    }

    private mutating func readBody() throws(HTTPRefusal) -> Step {
        if isAtBeginning {
            isAtBeginning = false
            if let head, head.expectsContinue, used == buffer.count { return .wantsContinue }
        }
        switch phase {
        case .length(let remaining):
            guard body.count + remaining <= bodyBytesMax else { throw .bodyTooLarge }
            let count = min(remaining, buffer.count - used)
            body.append(contentsOf: buffer[used..<(used + count)])
            used += count
            guard count == remaining else {
                phase = .length(remaining: remaining - count)
                return .needsMore(.body)
            }
        case .chunked(var decoder):
            let isDone = try decoder.decode(
                buffer, from: &used, into: &body, bodyBytesMax: bodyBytesMax)
            guard isDone else {
                phase = .chunked(decoder)
                return .needsMore(.body)
            }
        case .head, .admission, .refused: break
        }
        guard let head else { throw .incomplete }
        return finish(head)
    }

    private mutating func finish(_ head: RequestHead) -> Step {
        let request = request(head)
        if used == buffer.count {
            buffer.removeAll(keepingCapacity: buffer.capacity <= limits.headBytesMax)
            used = 0
        }
        phase = .head
        lineStart = used
        scanned = used
        line = nil
        fields = HTTPFields()
        self.head = nil
        body = []
        return .request(request, keepsAlive: head.keepsAlive)
    }

    /// The request with as much of its body as has come.
    private func request(_ head: RequestHead) -> HTTPRequest {
        HTTPRequest(
            method: head.line.method, path: head.line.path, query: head.line.query,
            fields: head.fields, body: body, peer: peer)
    }
}
