/// Why the server answered by itself, without asking the handler; the raw value is short and
/// stable, so that it can label a metric or a log line. After each of them the connection is
/// closed.
package enum HTTPRefusal: String, Error, Equatable, Sendable, CaseIterable {
    /// The first line is not method, target and version with one space between (RFC 9112, 3).
    case badRequestLine = "bad_request_line"
    /// The method is not a token, or longer than any.
    case badMethod = "bad_method"
    /// The target is not in origin form, or has a byte that RFC 3986 does not allow.
    case badTarget = "bad_target"
    /// The target is longer than `targetBytesMax`.
    case targetTooLong = "target_too_long"
    /// Neither HTTP/1.1 nor HTTP/1.0.
    case unsupportedVersion = "unsupported_version"
    /// A field line is folded, has no token before its colon, or a control character (RFC 9112, 5).
    case badField = "bad_field"
    /// A field that decides something, such as `Authorization`, stands there twice.
    case repeatedField = "repeated_field"
    /// More field lines than `fieldsMax`.
    case tooManyFields = "too_many_fields"
    /// Request line and fields are longer than `headBytesMax`.
    case headTooLarge = "head_too_large"
    /// Not exactly one `Host`, or not a host (RFC 9112, 3.2).
    case badHost = "bad_host"
    /// `Content-Length` twice, or not 1 to 18 digits.
    case badContentLength = "bad_content_length"
    /// `Content-Length` beside `Transfer-Encoding`: the classic way to smuggle a request.
    case lengthWithCoding = "length_with_coding"
    /// A `Transfer-Encoding` other than exactly `chunked`.
    case unsupportedCoding = "unsupported_coding"
    /// A POST, PUT or PATCH that does not say where its body ends.
    case lengthRequired = "length_required"
    /// The body is, or says that it will be, larger than `bodyBytesMax`.
    case bodyTooLarge = "body_too_large"
    /// An `Expect` other than `100-continue`.
    case unsupportedExpectation = "unsupported_expectation"
    /// A chunk with a malformed size, an extension, a trailer, or without its CRLF (RFC 9112, 7.1).
    case badChunk = "bad_chunk"
    /// The client ended its side in the middle of a request.
    case incomplete = "incomplete"
    /// The head did not come in `headMilliseconds`.
    case headTooSlow = "head_too_slow"
    /// The body came more slowly than `bodyBytesPerSecondMin`.
    case bodyTooSlow = "body_too_slow"
    /// One address holds more connections than it may.
    case tooManyConnections = "too_many_connections"
    /// The requests and answers of all connections together hold more than `heldBytesMax`.
    case tooManyBytes = "too_many_bytes"

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
        case .tooManyConnections, .tooManyBytes: 503
        case .unsupportedVersion: 505
        }
    }
}
