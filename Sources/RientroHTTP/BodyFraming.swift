/// Where a request's body ends. This is the one place that decides it: two readers of one stream
/// that decide differently are what request smuggling is made of (RFC 9112, sections 6.3 and 11.2).
enum BodyFraming: Equatable {
    /// No body.
    case none
    /// Exactly so many bytes; at least one.
    case length(Int)
    /// Chunks up to the empty one.
    case chunked

    /// The most bytes that the body may come to, where any body may have at most `limit`.
    func bytesMost(_ limit: Int) -> Int {
        switch self {
        case .none: 0
        case .length(let count): count
        case .chunked: limit
        }
    }

    /// Methods whose meaning is in their body: leaving its length out is a mistake, not an empty
    /// body.
    private static let methodsWithBody: Set<String> = ["POST", "PUT", "PATCH"]

    /// 18 digits always fit a signed 64-bit number.
    private static let lengthDigitsMax = 18

    /// Decides by the whole list of fields, in which a name can stand more than once.
    ///
    /// Throws `lengthWithCoding`, `unsupportedCoding`, `badContentLength`, `bodyTooLarge` or
    /// `lengthRequired`.
    static func decide(
        method: String, isVersion10: Bool, fields: HTTPFields, bodyBytesMax: Int
    ) throws(HTTPRefusal) -> BodyFraming {
        var coding: String?
        var length: String?
        for field in fields.list {
            if ByteClass.isSameText(field.name, "Transfer-Encoding") {
                guard coding == nil else { throw .unsupportedCoding }
                coding = field.value
            } else if ByteClass.isSameText(field.name, "Content-Length") {
                guard length == nil else { throw .badContentLength }
                length = field.value
            }
        }
        if let coding {
            guard length == nil else { throw .lengthWithCoding }
            guard ByteClass.isSameText(coding, "chunked") else { throw .unsupportedCoding }
            // HTTP/1.0 knows no codings; whoever sends one has been through a confused proxy.
            guard !isVersion10 else { throw .unsupportedCoding }
            return .chunked
        }
        if let length {
            let digits = length.utf8
            guard (1...lengthDigitsMax).contains(digits.count) else { throw .badContentLength }
            var count = 0
            for byte in digits {
                guard let digit = ByteClass.decimalValue(byte) else { throw .badContentLength }
                count = count * 10 + digit
            }
            guard count <= bodyBytesMax else { throw .bodyTooLarge }
            return count == 0 ? .none : .length(count)
        }
        guard !methodsWithBody.contains(method) else { throw .lengthRequired }
        return .none
    }
}
