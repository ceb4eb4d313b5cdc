/// One answer. `Content-Length` and the closing of the connection are the server's business: what
/// the handler sets of `Content-Length` and `Transfer-Encoding` is left out, and `Connection:
/// close` is honoured.
package struct HTTPResponse: Sendable, Equatable {
    /// 200 to 599 (RFC 9110, section 15). Anything else is sent as 500, being the handler's
    /// mistake.
    package var status: Int
    /// The answer's fields.
    package var fields: HTTPFields
    /// The body. For HEAD it is measured but not sent; 204 and 304 have none.
    package var body: [UInt8]
    /// What is held until the client has taken the answer, or its connection is closed. It is no
    /// part of what is sent, nor of equality.
    package var lease: (any HTTPLease)?

    /// An answer from its parts.
    package init(status: Int, fields: HTTPFields = HTTPFields(), body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// Whether both are the same on the line.
    package static func == (one: HTTPResponse, other: HTTPResponse) -> Bool {
        one.status == other.status && one.fields == other.fields && one.body == other.body
    }
}
