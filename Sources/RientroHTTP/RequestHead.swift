/// A request without its body: the line, the fields, and what follows from both.
struct RequestHead: Equatable {
    var line: RequestLine
    var fields: HTTPFields
    var framing: BodyFraming
    /// The client waits for `100 Continue` before it sends the body.
    var expectsContinue: Bool
    /// The connection may serve another request after this one.
    var keepsAlive: Bool

    /// Fields of which a second one would let two readers choose differently.
    private static let singletons = [
        "Authorization", "Content-Type", "Range", "If-Range", "Expect",
    ]

    /// Checks the fields as a whole.
    ///
    /// Throws `badHost` unless there is exactly one Host (RFC 9112, section 3.2, asked of HTTP/1.0
    /// too), `repeatedField`, `unsupportedExpectation`, and what `BodyFraming.decide` throws.
    init(line: RequestLine, fields: HTTPFields, limits: HTTPLimits) throws(HTTPRefusal) {
        var hosts = 0
        var closes = line.isVersion10
        var expectation: String?
        for field in fields.list {
            if ByteClass.isSameText(field.name, "Host") {
                hosts += 1
                guard !field.value.isEmpty, field.value.utf8.allSatisfy(ByteClass.isHost) else {
                    throw .badHost
                }
            } else if ByteClass.isSameText(field.name, "Connection") {
                closes = closes || fields.contains("Connection", member: "close")
            } else if ByteClass.isSameText(field.name, "Expect") {
                expectation = field.value
            }
        }
        guard hosts == 1 else { throw .badHost }
        for name in Self.singletons where fields.values(name).count > 1 { throw .repeatedField }
        framing = try BodyFraming.decide(
            method: line.method, isVersion10: line.isVersion10, fields: fields,
            bodyBytesMax: limits.bodyBytesMax)
        if let expectation, !ByteClass.isSameText(expectation, "100-continue") {
            throw .unsupportedExpectation
        }
        self.line = line
        self.fields = fields
        // HTTP/1.0 has no interim answers (RFC 9110, section 10.1.1).
        expectsContinue = expectation != nil && framing != .none && !line.isVersion10
        keepsAlive = !closes
    }
}
