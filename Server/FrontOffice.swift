internal import RientroHTTP
internal import RientroProtocol
internal import RientroStore

/// Answers the routes: it knows who asks, sends what is written to the writer and what is read to
/// the readers, and lets long polls wait.
struct FrontOffice: Sendable {
    let readers: CentreReaders
    let writer: CentreWriter
    let watch: CommitWatch
    let shelf: SnapshotShelf
    let book: Metrics
    let clock: @Sendable () -> Int64
    let guesses: CodeGuesses
    let shares: LineShares
    let gate = PushGate()
    let pulse = Pulse()

    /// Answers an office: `body` runs with one of the places that its line has, which is given back
    /// once the client has taken the answer: until then it takes memory.
    func answering(
        _ request: HTTPRequest, _ trace: RequestTrace,
        _ body: (Caller) async throws -> HTTPResponse
    ) async throws -> HTTPResponse {
        let caller = try await authenticate(request, trace)
        let place = try shares.take(.request, for: caller.line)
        var response = try await body(caller)
        response.lease = place
        return response
    }

    /// The office whose token the request carries.
    ///
    /// The token is looked for in the database each time: one search of an index, and a token that
    /// another process has revoked is unknown at once.
    func authenticate(_ request: HTTPRequest, _ trace: RequestTrace) async throws -> Caller {
        guard let hash = Self.tokenHash(request) else { throw Problem.unknownToken }
        let caller = try await readers.read { engine in
            let replica = try engine.authenticate(tokenHash: hash)
            return Caller(replica: replica, line: try engine.root(ofLine: replica))
        }
        trace.replica = caller.replica
        return caller
    }

    /// The hash of a bearer token of 64 hexadecimal digits (RFC 6750, section 2.1); nil if there is
    /// none in that form.
    static func tokenHash(_ request: HTTPRequest) -> Hash? {
        let values = request.fields.values("Authorization")
        guard values.count == 1, let value = values.first?.utf8 else { return nil }
        let scheme = Array("bearer ".utf8)
        // The scheme's name has no case; the table is ASCII, so one bit tells the cases apart.
        guard value.count == scheme.count + 64,
            zip(value, scheme).allSatisfy({ $0 == $1 || ($0 < 128 && $0 | 32 == $1) }),
            let token = Hexadecimal.bytes(Substring(value.dropFirst(scheme.count)))
        else { return nil }
        return LoginToken.hash(token)
    }
}
