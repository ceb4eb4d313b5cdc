internal import RientroHTTP
internal import RientroProtocol
internal import Synchronization

extension FrontOffice {
    /// `POST /v1/enrol`: a new file asks for its number, with a one-time code.
    func enrol(_ request: HTTPRequest, _ trace: RequestTrace) async throws -> HTTPResponse {
        let message = try EnrolRequest(decoding: request.body)
        guard wrongCodes.mayTry(at: SystemClock.monotonic()) else {
            throw Problem(
                status: 429, code: "too_many_codes",
                detail: "Too many wrong codes came within a minute.", fields: ["Retry-After": "60"])
        }
        do {
            let answer = try await writer.enrol(message)
            trace.replica = answer.replica
            return .message(answer.encoded())
        } catch CentreError.badCode {
            wrongCodes.note(at: SystemClock.monotonic())
            throw CentreError.badCode
        }
    }

    /// `POST /v1/renumber`: a file that was found to be a copy asks, with its old token, for a new
    /// number.
    func renumber(_ request: HTTPRequest, _ trace: RequestTrace) async throws -> HTTPResponse {
        let replica = try await authenticate(request, trace)
        let message = try RenumberRequest(decoding: request.body)
        guard message.replica == replica else {
            throw CentreError.notItsToken(replica: message.replica)
        }
        return .message(try await writer.renumber(message, authenticated: replica).encoded())
    }
}

/// The wrong codes of the last minute, from everybody together: behind a proxy all have its
/// address, and a code that is guessed does not care from where.
final class WrongCodes: Sendable {
    private static let windowMilliseconds: Int64 = 60_000
    private let times = Mutex<[Int64]>([])

    /// Whether a code may be tried at this monotonic time.
    func mayTry(at now: Int64) -> Bool {
        times.withLock {
            $0.removeAll { now - $0 >= Self.windowMilliseconds }
            return $0.count < ServerLimits.wrongCodesPerMinuteMax
        }
    }

    /// Notes that one was wrong.
    func note(at now: Int64) { times.withLock { $0.append(now) } }
}
