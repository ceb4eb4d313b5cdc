internal import Foundation
internal import RientroProtocol

/// The centre's routes as calls: what is sent, and what counts as an answer.
struct CentreClient: Sendable {
    /// The ways there.
    let ways: CentreWays
    /// Told before each request whom it goes to, and how long an answer may take.
    var onAsk: (@Sendable (SyncProgress.Asked) -> Void)?

    /// How long the centre may stay silent beyond what it was asked to wait, in seconds: a slow
    /// line with a full request needs about ten.
    static let patienceSeconds = 30
    /// What a request gets that is longer than its way allows (RFC 9110, 15.5.14), whoever says it.
    private static let tooLarge = 413
    /// The content type of every message.
    static let messageType = "application/cbor"

    /// The body of an answer, and how long it took.
    struct Answer: Sendable {
        var body: [UInt8]
        /// From the beginning of sending to the end of receiving.
        var roundTrip: Duration
    }

    /// Sends a message. `token` is nil only where the request needs none.
    func post(
        _ path: String, _ body: [UInt8], token: [UInt8]?, waitSeconds: Int = 0
    ) async throws(ReplicaError) -> Answer {
        var request = TransportRequest(
            method: .post, path: path, headers: [("Content-Type", Self.messageType)], body: body,
            timeoutSeconds: waitSeconds + Self.patienceSeconds,
            answerBytesMax: Limits.messageBytesMax)
        authorize(&request, token)
        return try await message(request, waitSeconds: waitSeconds)
    }

    /// Asks for a message.
    func get(_ path: String, token: [UInt8]) async throws(ReplicaError) -> Answer {
        var request = TransportRequest(
            method: .get, path: path, timeoutSeconds: Self.patienceSeconds,
            answerBytesMax: Limits.messageBytesMax)
        authorize(&request, token)
        return try await message(request, waitSeconds: 0)
    }

    /// Asks for something that is not a message, and gives the answer as it came: one of the
    /// centre's, whatever its status.
    func raw(
        _ path: String, headers: [(name: String, value: String)], token: [UInt8],
        answerBytesMax: Int
    ) async throws(ReplicaError) -> TransportResponse {
        var request = TransportRequest(
            method: .get, path: path, headers: headers, timeoutSeconds: Self.patienceSeconds,
            answerBytesMax: answerBytesMax)
        authorize(&request, token)
        return try await ways.inTurn { way throws(ReplicaError) in
            let response = try await send(request, by: way, waitSeconds: 0)
            if !(200...299).contains(response.status), case .noContact = Self.refusal(response) {
                throw Self.refusal(response)
            }
            return response
        }
    }

    /// The error that an answer other than 2xx stands for.
    static func refusal(_ response: TransportResponse) -> ReplicaError {
        struct Problem: Decodable {
            var title: String?
            var code: String?
            var detail: String?
        }
        // A proxy's own page has no code, and does not speak for the centre.
        guard mediaType(response) == "application/problem+json",
            let problem = try? JSONDecoder().decode(Problem.self, from: Data(response.body)),
            let code = problem.code
        else {
            if let refusal = earlyRefusal(response) { return refusal }
            if (300...399).contains(response.status), let target = response.header("location") {
                return .noContact(
                    "HTTP \(response.status) leads to \(shown(target)), where this office's token"
                        + " does not go: a portal or proxy may stand between, or the centre has"
                        + " moved")
            }
            return .noContact(
                "HTTP \(response.status) that is not the centre's: a proxy may stand between")
        }
        return .centreRefused(
            status: response.status, code: code, detail: problem.detail ?? problem.title ?? "")
    }

    /// What the centre's HTTP server says by itself, before anybody looks into the request: a word
    /// as `text/plain` (`sync.md`, the table of errors). Nil for what it never says to a request of
    /// ours.
    private static func earlyRefusal(_ response: TransportResponse) -> ReplicaError? {
        guard mediaType(response) == "text/plain", response.body.count < earlyWordBytesMax else {
            return nil
        }
        let word = String(decoding: response.body, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        switch (response.status, word) {
        case (503, "too_many_bytes"), (503, "too_many_connections"):
            return .centreRefused(
                status: 503, code: word, detail: "The centre has too much to do.")
        case (408, "body_too_slow"), (408, "head_too_slow"):
            return .noContact("the line is too slow: the centre did not wait for all of it")
        default: return nil
        }
    }

    /// Longer than any of those words.
    private static let earlyWordBytesMax = 64

    /// A text of a stranger, short and without what could command a terminal.
    private static func shown(_ text: String) -> String {
        let plain = text.unicodeScalars.filter { (0x20...0x7E).contains($0.value) }
        return String(String.UnicodeScalarView(plain.prefix(shownCharactersMax)))
    }

    /// A line on a terminal has room for so much of a stranger's address.
    private static let shownCharactersMax = 200

    private func message(
        _ request: TransportRequest, waitSeconds: Int
    ) async throws(ReplicaError) -> Answer {
        try await ways.inTurn { way throws(ReplicaError) in
            let clock = ContinuousClock()
            let start = clock.now
            let response = try await send(request, by: way, waitSeconds: waitSeconds)
            let roundTrip = clock.now - start
            if response.status == Self.tooLarge {
                throw .requestTooLarge(bytes: request.body.count)
            }
            return Answer(body: try Self.message(in: response), roundTrip: roundTrip)
        }
    }

    /// The message that an answer carries.
    private static func message(
        in response: TransportResponse
    ) throws(ReplicaError) -> [UInt8] {
        guard (200...299).contains(response.status) else { throw refusal(response) }
        let type = mediaType(response)
        guard type == messageType else {
            throw .noContact(
                "the answer is \(type.isEmpty ? "of no type" : shown(type)), not the centre's:"
                    + " a portal or proxy may stand between")
        }
        guard !response.isCut else {
            throw .badAnswer("it is longer than \(Limits.messageBytesMax) bytes")
        }
        return response.body
    }

    private func send(
        _ request: TransportRequest, by way: CentreWays.Way, waitSeconds: Int
    ) async throws(ReplicaError) -> TransportResponse {
        onAsk?(
            SyncProgress.Asked(
                address: way.address, waitSeconds: waitSeconds,
                patienceSeconds: request.timeoutSeconds))
        let response: TransportResponse
        do {
            response = try await way.transport.send(request)
        } catch {
            throw error.fact
        }
        let coding = (response.header("content-encoding") ?? "").lowercased()
        guard coding.isEmpty || coding == "identity" else {
            throw .noContact(
                "the answer is packed (\(Self.shown(coding))), which nobody asked for: a proxy may"
                    + " stand between")
        }
        return response
    }

    private func authorize(_ request: inout TransportRequest, _ token: [UInt8]?) {
        guard let token else { return }
        request.headers.append(("Authorization", "Bearer \(Hexadecimal.text(token))"))
    }

    /// The media type without its parameters, in lower case (RFC 9110, section 8.3.1).
    private static func mediaType(_ response: TransportResponse) -> String {
        let type = (response.header("content-type") ?? "").prefix { $0 != ";" }
        return type.filter { $0 != " " }.lowercased()
    }
}
