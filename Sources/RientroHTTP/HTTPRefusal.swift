/// Why the server answered by itself, without asking the handler; the raw value is short and stable,
/// so that it can label a metric or a log line. After each of them the connection is closed.
package enum HTTPRefusal: String, Error, Equatable, Sendable, CaseIterable {
    case badRequestLine = "bad_request_line"
    case badMethod = "bad_method"
    case badTarget = "bad_target"
    case targetTooLong = "target_too_long"
    case unsupportedVersion = "unsupported_version"
    case badField = "bad_field"
    case repeatedField = "repeated_field"
    case tooManyFields = "too_many_fields"
    case headTooLarge = "head_too_large"
    case badHost = "bad_host"
    case badContentLength = "bad_content_length"
    case lengthWithCoding = "length_with_coding"
    case unsupportedCoding = "unsupported_coding"
    case lengthRequired = "length_required"
    case bodyTooLarge = "body_too_large"
    case unsupportedExpectation = "unsupported_expectation"
    case badChunk = "bad_chunk"
    /// The client ended its side in the middle of a request.
    case incomplete = "incomplete"
    case headTooSlow = "head_too_slow"
    case bodyTooSlow = "body_too_slow"
    /// One address holds more connections than it may.
    case tooManyConnections = "too_many_connections"

    /// The status that is sent for it (RFC 9110, section 15; 431 from RFC 6585).
    package var status: Int {
        switch self {
        case .badRequestLine, .badMethod, .badTarget, .badField, .repeatedField, .badHost,
            .badContentLength, .lengthWithCoding, .badChunk, .incomplete:
            400
        case .headTooSlow, .bodyTooSlow: 408
        case .lengthRequired: 411
        case .bodyTooLarge: 413
        case .targetTooLong: 414
        case .unsupportedExpectation: 417
        case .tooManyFields, .headTooLarge: 431
        case .unsupportedCoding: 501
        case .tooManyConnections: 503
        case .unsupportedVersion: 505
        }
    }
}
