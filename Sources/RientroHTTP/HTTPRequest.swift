/// One request, whole: the handler sees it after the last byte of its body has come.
package struct HTTPRequest: Sendable, Equatable {
    /// As sent; a token (RFC 9110, section 9.1). Whether it is known and allowed is for the
    /// handler.
    package let method: String
    /// The target before the question mark, as sent: percent signs are not decoded.
    package let path: String
    /// The target after the first question mark, as sent; nil if there is none. See `HTTPQuery`.
    package let query: String?
    /// As they came; exactly one `Host` among them.
    package let fields: HTTPFields
    /// The body with its transfer coding removed; empty if there was none.
    package let body: [UInt8]
    /// The numeric address of the other end of the connection, which may be a proxy.
    package let peer: String

    /// A request from its parts; for tests of handlers.
    package init(
        method: String, path: String, query: String? = nil, fields: HTTPFields = HTTPFields(),
        body: [UInt8] = [], peer: String = "127.0.0.1"
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.fields = fields
        self.body = body
        self.peer = peer
    }
}
