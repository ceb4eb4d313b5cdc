internal import RientroHTTP
internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// An answer that is not a success, for programs and people: `application/problem+json` (RFC 9457)
/// with the members status, title, code and detail. It never holds personal data.
struct Problem: Error, Equatable, Sendable {
    let status: Int
    /// A word for programs, in lower case with underscores.
    let code: String
    /// A sentence for people.
    let detail: String
    /// Further fields of the answer.
    var fields: [String: String] = [:]

    static let contentType = "application/problem+json"

    /// The status in words, the same for each status.
    private var title: String {
        switch status {
        case 400: "Bad request"
        case 401: "Not known"
        case 403: "Not allowed"
        case 404: "Not found"
        case 405: "Method not allowed"
        case 409: "The histories do not fit"
        case 412: "The file is no longer kept"
        case 415: "Wrong content type"
        case 416: "Range not there"
        case 426: "Another version is needed"
        case 429: "Too much at once"
        case 503: "Not now"
        default: "The server failed"
        }
    }

    /// The answer.
    var response: HTTPResponse {
        let json =
            "{\"status\":\(status),\"title\":\(JSONText.quoted(title)),"
            + "\"code\":\(JSONText.quoted(code)),\"detail\":\(JSONText.quoted(detail))}"
        return .make(
            status, Self.contentType, Array(json.utf8),
            fields.merging(["Cache-Control": "no-store"]) { own, _ in own })
    }
}

extension Problem {
    /// Whether the fault is the centre's own, so that whoever looks after it must read of it in the
    /// log: what is merely wrong in a request, or comes of much work, is not.
    static func isForTheLog(_ error: any Error) -> Bool {
        if error as? CentreError == .notCommitted { return true }
        let problem = Problem(error)
        return problem == .failed || problem == .diskFull
    }

    /// The one table from errors to answers.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error where CentreError.isDiskFull(error): self = .diskFull
        case let error as CentreError: self = Self.of(error)
        case let error as MalformedMessage: self = Self.of(error)
        case let error as SQLiteError where error.isBusy: self = .busy
        default: self = .failed
        }
    }

    /// Nothing was changed; the same may be asked again.
    static let busy = Problem(
        status: 503, code: "busy", detail: "The centre is busy; nothing was changed.",
        fields: ["Retry-After": String(ServerLimits.retryAfterSeconds)])

    /// The same may be asked again, but nothing will change before a person makes room.
    static let diskFull = Problem(
        status: 503, code: "disk_full",
        detail: "The centre's disk is full; nothing was changed. Whoever runs the centre must"
            + " make room.",
        fields: ["Retry-After": String(ServerLimits.retryAfterFullSeconds)])

    /// What no client can mend.
    static let failed = Problem(
        status: 500, code: "failed", detail: "The centre could not do it; its log says more.")

    /// No token, or not one in its form.
    static let unknownToken = Problem(
        status: 401, code: "unknown_token",
        detail: "The token is not known here, or was revoked.",
        fields: ["WWW-Authenticate": "Bearer"])

    /// A line of succession has as many of a kind under way as it may. The connection is closed
    /// after it, so that who sends without end cannot hold connections by it.
    static func tooMuch(_ kind: LineShares.Kind) -> Problem {
        Problem(
            status: 429, code: "too_many_\(kind.rawValue)",
            detail: "The office has \(kind.most) of these under way, as many as it may. Nothing was"
                + " changed.",
            fields: [
                "Retry-After": String(ServerLimits.retryAfterSeconds), "Connection": "close",
            ])
    }

    /// Wrong enrolment codes came from this source, or too many are being judged.
    static func tooManyCodes(retryAfterSeconds: Int64) -> Problem {
        Problem(
            status: 429, code: "too_many_codes",
            detail: "Too many codes were tried within a minute.",
            fields: ["Retry-After": String(retryAfterSeconds), "Connection": "close"])
    }

    /// A portfolio or file of somebody else's.
    static let notYours = Problem(
        status: 403, code: "not_yours", detail: "The office does not hold this portfolio.")

    /// A query that cannot be read.
    static func badQuery(_ fact: String) -> Problem {
        Problem(status: 400, code: "bad_query", detail: fact)
    }

    private static func of(_ error: CentreError) -> Problem {
        switch error {
        case .badToken: unknownToken
        case .notItsToken(let replica):
            Problem(
                status: 403, code: "not_its_token",
                detail: "The token is not the one of replica \(replica).")
        case .badCode:
            Problem(
                status: 403, code: "bad_code",
                detail: "The code is wrong, used by another file, or too old.")
        case .unknownEpoch:
            Problem(
                status: 409, code: "unknown_epoch", detail: "The replica belongs to another centre."
            )
        case .wasPutBack(let commit):
            Problem(
                status: 409, code: "centre_was_put_back",
                detail: "The centre does not know its own commit \(commit) any more: it was put"
                    + " back from a backup. Nothing here is lost: work goes on, and syncs once the"
                    + " centre has its newest file again.")
        case .busy, .notCommitted: busy
        case .diskFull: diskFull
        case .notItsCode:
            Problem(
                status: 403, code: "not_its_code",
                detail: "The code was made for another office than the file's. The centre makes one"
                    + " for it by `replica code --again`.")
        case .hashTaken:
            Problem(
                status: 409, code: "hash_taken",
                detail: "Another file has this token hash or incarnation id.")
        case .tooManyRefused(let most):
            Problem(
                status: 429, code: "too_many_refused",
                detail: "\(most) refused rows of the office wait for a person at the centre; what"
                    + " makes more is taken once some are settled. Nothing was changed.",
                fields: ["Retry-After": String(ServerLimits.retryAfterPersonSeconds)])
        case .tooManyConflicts(let seconds):
            Problem(
                status: 429, code: "too_many_conflicts",
                detail: "The office has made as many conflicts within an hour as it may; what makes"
                    + " more is taken later. Nothing was changed.",
                fields: ["Retry-After": String(seconds)])
        case .tooManyNumbers(let seconds):
            Problem(
                status: 429, code: "too_many_numbers",
                detail: "The office has got as many new numbers lately as it may.",
                fields: ["Retry-After": String(seconds)])
        case .noNumberLeft:
            Problem(status: 503, code: "no_number_left", detail: "All replica numbers are used.")
        case .noCentre, .centreExists, .isServing, .isClosing, .damagedCopy, .notACentre,
            .newerFormat, .unknown, .exists,
            .badValue, .clockBehind, .system:
            failed
        }
    }

    private static func of(_ error: MalformedMessage) -> Problem {
        guard error.fact != .unknownVersion else {
            // RFC 9110, section 15.5.22: what to change to is said in Upgrade.
            return Problem(
                status: 426, code: "unknown_version",
                detail: "This centre speaks version \(ProtocolVersion.current) of the protocol.",
                fields: ["Upgrade": "rientro/\(ProtocolVersion.current)"])
        }
        return Problem(
            status: 400, code: "malformed_message",
            detail: "\(error.fact.rawValue) at byte \(error.offset)")
    }
}

extension HTTPResponse {
    /// An answer with a content type and further fields, which must be valid: they are ours.
    static func make(
        _ status: Int, _ type: String, _ body: [UInt8], _ more: [String: String] = [:]
    ) -> HTTPResponse {
        var fields = HTTPFields()
        do {
            try fields.set("Content-Type", type)
            for (name, value) in more.sorted(by: { $0.key < $1.key }) {
                try fields.set(name, value)
            }
        } catch {
            preconditionFailure("the server's own fields are valid: \(error)")
        }
        return HTTPResponse(status: status, fields: fields, body: body)
    }

    /// A message of the protocol.
    static func message(_ body: [UInt8]) -> HTTPResponse {
        .make(200, CentreRoutes.messageType, body, ["Cache-Control": "no-store"])
    }
}
