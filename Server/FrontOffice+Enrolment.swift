internal import RientroHTTP
internal import RientroProtocol

extension FrontOffice {
    /// `POST /v1/enrol`: a new file asks for its number, with a one-time code.
    func enrol(_ request: HTTPRequest, _ trace: RequestTrace) async throws -> HTTPResponse {
        let message = try EnrolRequest(decoding: request.body)
        let guess = try guesses.begin(
            from: CodeGuesses.source(of: request), at: SystemClock.monotonic())
        defer { withExtendedLifetime(guess) {} }
        do {
            let answer = try await writer.enrol(message)
            trace.replica = answer.replica
            return .message(answer.encoded())
        } catch CentreError.badCode {
            guess.wasWrong(at: SystemClock.monotonic())
            throw CentreError.badCode
        }
    }

    /// `POST /v1/renumber`: a file that was found to be a copy asks, with its old token, for a new
    /// number.
    func renumber(_ request: HTTPRequest, _ trace: RequestTrace) async throws -> HTTPResponse {
        try await answering(request, trace) { caller in
            let message = try RenumberRequest(decoding: request.body)
            guard message.replica == caller.replica else {
                throw CentreError.notItsToken(replica: message.replica)
            }
            return .message(try await writer.renumber(message, from: caller).encoded())
        }
    }
}
