internal import RientroHTTP
internal import RientroProtocol
internal import Synchronization

/// What is known of a request while it is answered, for the log.
final class RequestTrace: Sendable {
    private let number = Atomic<Int64>(0)

    /// The replica that the token belongs to; 0 before that is known.
    var replica: Int64 {
        get { number.load(ordering: .relaxed) }
        set { number.store(newValue, ordering: .relaxed) }
    }
}

/// The one table of what the centre answers over HTTP.
struct CentreRoutes: Sendable {
    /// The content type of every message.
    static let messageType = "application/cbor"

    private struct Route: Sendable {
        let method: String
        let path: String
        let answer: @Sendable (HTTPRequest, RequestTrace) async throws -> HTTPResponse

        init(
            _ method: String, _ path: String,
            _ answer: @escaping @Sendable (HTTPRequest, RequestTrace) async throws -> HTTPResponse
        ) {
            self.method = method
            self.path = path
            self.answer = answer
        }

        /// HEAD is allowed wherever GET is (RFC 9110, section 9.1).
        var allowed: String { method == "GET" ? "GET, HEAD" : method }
    }

    private let office: FrontOffice
    private let routes: [Route]
    private let metrics: Metrics
    private let log: RequestLog

    init(_ office: FrontOffice, metrics: Metrics, log: RequestLog) {
        self.office = office
        self.metrics = metrics
        self.log = log
        routes = [
            Route("POST", "/v1/sync", office.sync),
            Route("POST", "/v1/enrol", office.enrol),
            Route("POST", "/v1/renumber", office.renumber),
            Route("GET", "/v1/snapshot", office.snapshot),
            Route("GET", "/v1/digest", office.digest),
            Route("GET", "/v1/rows", office.rows),
            Route("GET", "/healthz", office.health),
            Route("GET", "/metrics", office.metrics),
        ]
    }

    /// Answers a request, counts it and logs it.
    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        let (start, trace) = (SystemClock.monotonic(), RequestTrace())
        do {
            let response = try await answer(request, by: route(of: request), trace)
            return tell(response, to: request, since: start, trace)
        } catch {
            return tell(Problem(error).response, to: request, since: start, trace, error)
        }
    }

    /// Whether a body over `HTTPLimits.unaskedBodyBytesMax` is taken, before any of it is read:
    /// only a sync of a known office brings one. Where it is not, the answer is counted and logged.
    func admit(_ request: HTTPRequest) async -> HTTPAdmission {
        let (start, trace) = (SystemClock.monotonic(), RequestTrace())
        guard let route = route(of: request), route.path == "/v1/sync",
            route.method == request.method
        else { return .body(bytesMax: HTTPLimits.Default.unaskedBodyBytesMax, lease: nil) }
        do {
            return try await admitSync(request, trace)
        } catch {
            return .answer(tell(Problem(error).response, to: request, since: start, trace, error))
        }
    }

    /// By itself, since Swift 6.3.1 cannot optimise `admit` with both calls in it.
    private func admitSync(
        _ request: HTTPRequest, _ trace: RequestTrace
    ) async throws -> HTTPAdmission {
        try checkType(request)
        return try await office.admitSync(request, trace)
    }

    private func route(of request: HTTPRequest) -> Route? {
        routes.first { $0.path == request.path }
    }

    /// Counts and logs what a request is answered.
    private func tell(
        _ response: HTTPResponse, to request: HTTPRequest, since start: Int64,
        _ trace: RequestTrace, _ failure: (any Error)? = nil
    ) -> HTTPResponse {
        // A path that is not in the table would make a new series for each wrong guess.
        let name = route(of: request)?.path ?? "other"
        metrics.addRequest(
            .init(route: name, status: response.status), bytesIn: request.body.count,
            bytesOut: response.body.count)
        log.write(
            route: name, status: response.status, milliseconds: SystemClock.monotonic() - start,
            bytesIn: request.body.count, bytesOut: response.body.count, replica: trace.replica,
            failure: failure.flatMap { Problem.isForTheLog($0) ? $0 : nil })
        return response
    }

    private func answer(
        _ request: HTTPRequest, by route: Route?, _ trace: RequestTrace
    ) async throws -> HTTPResponse {
        guard let route else {
            throw Problem(status: 404, code: "not_found", detail: "There is nothing at this path.")
        }
        let isHead = request.method == "HEAD" && route.method == "GET"
        guard request.method == route.method || isHead else {
            throw Problem(
                status: 405, code: "method_not_allowed", detail: "Allowed: \(route.allowed).",
                fields: ["Allow": route.allowed])
        }
        if route.method == "POST" { try checkType(request) }
        return try await route.answer(request, trace)
    }

    private func checkType(_ request: HTTPRequest) throws(Problem) {
        let given = request.fields["Content-Type"] ?? ""
        let type = given.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }.lowercased()
        guard type == Self.messageType else {
            throw Problem(
                status: 415, code: "wrong_type", detail: "A message is \(Self.messageType).")
        }
    }
}
