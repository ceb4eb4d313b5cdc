/// One HTTP request to the centre.
package struct TransportRequest: Equatable, Sendable {
    /// What a request does.
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    /// The method.
    package var method: Method
    /// The path with its query, beginning with a slash, such as `/v1/digest?table=3`.
    package var path: String
    /// The header fields.
    package var headers: [(name: String, value: String)]
    /// The body; empty for none.
    package var body: [UInt8]
    /// How long the centre may stay silent, in seconds.
    package var timeoutSeconds: Int
    /// The longest body that is taken, in bytes; a longer one is cut.
    package var answerBytesMax: Int

    /// A request.
    package init(
        method: Method, path: String, headers: [(name: String, value: String)] = [],
        body: [UInt8] = [], timeoutSeconds: Int, answerBytesMax: Int
    ) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
        self.timeoutSeconds = timeoutSeconds
        self.answerBytesMax = answerBytesMax
    }

    /// The value of the first field with this name, whatever its case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    package static func == (a: TransportRequest, b: TransportRequest) -> Bool {
        a.method == b.method && a.path == b.path && a.body == b.body
            && a.headers.map(\.name) == b.headers.map(\.name)
            && a.headers.map(\.value) == b.headers.map(\.value)
            && a.timeoutSeconds == b.timeoutSeconds && a.answerBytesMax == b.answerBytesMax
    }
}

/// What came back.
package struct TransportResponse: Equatable, Sendable {
    /// The status code.
    package var status: Int
    /// The header fields; names in lower case.
    package var headers: [String: String]
    /// The body, or the beginning of it.
    package var body: [UInt8]
    /// Whether the body was longer than what the request takes.
    package var isCut: Bool

    /// A response; the names of `headers` may have any case.
    package init(
        status: Int, headers: [String: String], body: [UInt8], isCut: Bool = false
    ) {
        self.status = status
        self.headers = Dictionary(
            headers.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first }
        )
        self.body = body
        self.isCut = isCut
    }

    /// The value of a field, whatever the case of its name.
    package func header(_ name: String) -> String? { headers[name.lowercased()] }
}

/// There was no answer.
package enum TransportError: Error, Equatable, Sendable {
    /// There was no contact with the centre; why, in a few words.
    case noContact(String)

    var fact: ReplicaError {
        switch self {
        case .noContact(let fact): .noContact(fact)
        }
    }
}

/// The way to the centre: URLSession in an office, a function call in a test.
///
/// It repeats nothing and follows no redirect, which could carry the token to a stranger.
package protocol Transport: Sendable {
    /// Sends one request and waits for its answer, whatever its status.
    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse
}
