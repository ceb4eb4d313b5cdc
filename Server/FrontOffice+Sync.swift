internal import RientroHTTP
internal import RientroProtocol

extension FrontOffice {
    /// `POST /v1/sync`: what the office wrote is committed, then the answer is built in a
    /// transaction that begins after that commit.
    func sync(_ request: HTTPRequest, _ trace: RequestTrace) async throws -> HTTPResponse {
        let caller = try await authenticate(request, trace)
        // One that waits for news gives this place back, and takes one of another kind.
        var place = try shares.take(.request, for: caller.line)
        let (message, isPull, outcomes) = try await gate.pass(bytes: request.body.count) {
            var message = try SyncRequest(decoding: request.body)
            guard message.replica == caller.replica else {
                throw CentreError.notItsToken(replica: message.replica)
            }
            let isPull = message.changeSets.isEmpty
            return (message, isPull, try await push(&message, from: caller))
        }
        let clock = clock
        var answer = try await readers.read {
            try $0.answer(to: message, ingested: outcomes, now: clock())
        }
        // What it tells of itself is of now: while this one waits, the same file may tell more.
        writer.noteSeen(caller.replica, commit: answer.from.commit, told: ToldBySync(message))
        if message.waitSeconds > 0, isPull, answer.isSilent {
            place = try shares.take(.longPoll, for: caller.line)
            answer = try await wait(for: message, instead: answer, request, trace)
            writer.noteSeen(caller.replica, commit: answer.from.commit)
        }
        var response = HTTPResponse.message(answer.encoded())
        response.lease = place
        return response
    }

    /// Takes the change-sets out of the message: while they wait for the writer they are held as
    /// they are read, not as they came too.
    private func push(
        _ message: inout SyncRequest, from caller: Caller
    ) async throws -> [Outcome] {
        guard !message.changeSets.isEmpty else { return [] }
        let sets = try SentChangeSet.all(of: message)
        message.changeSets = []
        return try await writer.push(sets, cursors: message.cursors, from: caller)
    }

    /// Waits until there is something to say, the time is over, or the server stops. The token is
    /// looked at again after each wait: it may have been revoked meanwhile.
    private func wait(
        for message: SyncRequest, instead first: SyncAnswer, _ request: HTTPRequest,
        _ trace: RequestTrace
    ) async throws -> SyncAnswer {
        let seconds = Int64(min(message.waitSeconds, Limits.waitSecondsMax))
        let until = SystemClock.monotonic() + seconds * 1_000
        let clock = clock
        var answer = first
        while answer.isSilent, SystemClock.monotonic() < until, !Task.isCancelled {
            guard
                await watch.wait(
                    replica: message.replica, portfolios: Set(answer.portfolios + [""]),
                    after: answer.cursor.commit, until: until)
            else { break }
            _ = try await authenticate(request, trace)
            answer = try await readers.read {
                try $0.answer(to: message, ingested: [], now: clock())
            }
        }
        return answer
    }
}

extension SyncAnswer {
    /// Whether it says nothing that the replica does not know, but for the time.
    fileprivate var isSilent: Bool { commits.isEmpty && outcomes.isEmpty && !hasMore }
}
