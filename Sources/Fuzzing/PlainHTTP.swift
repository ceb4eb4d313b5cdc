import RientroHTTP

/// A stream of requests read in the plainest way (RFC 9112): whole, by splitting. It says where
/// requests end, which is what readers must not differ in; why one is refused is not its matter.
struct PlainHTTP {
    /// A request that was read, with the bytes that it took.
    struct Request {
        var method: String
        var target: String
        var fields: [Field]
        var body: [UInt8]
        var closes: Bool
    }

    /// One field line; `key` is the name in lower case.
    struct Field {
        var name: String
        var key: String
        var value: String
    }

    /// How a stream ended.
    enum End: Equatable {
        /// Every byte was used.
        case clean
        /// A request has not come to its end.
        case unfinished
        /// No request of this server's language begins like this.
        case wrong
    }

    /// What was read of a piece of a stream.
    private enum Reading<T> {
        case read(T, rest: ArraySlice<UInt8>)
        case unfinished
        case wrong
    }

    private(set) var requests: [Request] = []
    private(set) var end = End.clean
    private let limits: HTTPLimits

    init(_ stream: [UInt8], limits: HTTPLimits) {
        self.limits = limits
        var rest = stream[...]
        while !rest.isEmpty {
            switch request(rest) {
            case .read(let request, let after):
                requests.append(request)
                rest = after
            case .unfinished:
                end = .unfinished
                return
            case .wrong:
                end = .wrong
                return
            }
        }
    }

    private func request(_ bytes: ArraySlice<UInt8>) -> Reading<Request> {
        guard let ending = Self.place(of: Array("\r\n\r\n".utf8), in: bytes),
            ending + 4 - bytes.startIndex <= limits.headBytesMax
        else {
            // Whether a head that has not ended can still be right is not said here.
            return .unfinished
        }
        let head = bytes[..<ending]
        // What is no text is in no head: no name, target or value may be of another code.
        guard let text = String(validating: head, as: UTF8.self) else { return .wrong }
        // By scalars: a character may be CR and LF together.
        var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        for index in lines.indices.dropLast() {
            guard lines[index].popLast() == "\r" else { return .wrong }
        }
        var fields: [Field] = []
        for line in lines.dropFirst() {
            guard let field = Self.field(line) else { return .wrong }
            fields.append(field)
        }
        guard fields.count <= limits.fieldsMax, let first = lines.first,
            let line = line(first), Self.hasRightFields(fields)
        else { return .wrong }
        var request = Request(
            method: line.method, target: line.target, fields: fields, body: [],
            closes: line.isOld || Self.members("connection", fields).contains("close"))
        switch body(of: request, isOld: line.isOld, in: bytes[(ending + 4)...]) {
        case .read(let body, let rest):
            request.body = body
            return .read(request, rest: rest)
        case .unfinished: return .unfinished
        case .wrong: return .wrong
        }
    }

    /// Method, target and whether it is HTTP/1.0.
    private func line(
        _ line: Substring.UnicodeScalarView
    ) -> (method: String, target: String, isOld: Bool)? {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 3 else { return nil }
        let (method, target, version) = (parts[0], parts[1], parts[2])
        guard Self.isToken(method), method.utf8.count <= 32, target.utf8.first == 0x2F,
            target.utf8.count <= limits.targetBytesMax,
            version == "HTTP/1.1" || version == "HTTP/1.0"
        else { return nil }
        guard target.unicodeScalars.allSatisfy(Self.target.contains) else { return nil }
        for escape in target.unicodeScalars.split(
            separator: "%", omittingEmptySubsequences: false
        ).dropFirst() {
            let digits = escape.prefix(2)
            guard digits.count == 2, digits.allSatisfy(\.properties.isASCIIHexDigit) else {
                return nil
            }
        }
        return (method, target, version == "HTTP/1.0")
    }

    private func body(
        of request: Request, isOld: Bool, in bytes: ArraySlice<UInt8>
    ) -> Reading<[UInt8]> {
        let codings = Self.values("transfer-encoding", request.fields)
        let lengths = Self.values("content-length", request.fields)
        if !codings.isEmpty {
            guard codings.count == 1, codings[0].lowercasedASCII == "chunked", lengths.isEmpty,
                !isOld
            else { return .wrong }
            return chunks(bytes)
        }
        guard let length = lengths.first else {
            return ["POST", "PUT", "PATCH"].contains(request.method)
                ? .wrong : .read([], rest: bytes)
        }
        guard lengths.count == 1, !length.isEmpty, length.utf8.count <= 18,
            length.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int(length),
            count <= limits.bodyBytesMax
        else { return .wrong }
        return bytes.count < count
            ? .unfinished : .read(Array(bytes.prefix(count)), rest: bytes.dropFirst(count))
    }

    private func chunks(_ bytes: ArraySlice<UInt8>) -> Reading<[UInt8]> {
        var rest = bytes
        var body: [UInt8] = []
        var extensionBytes = 0
        while true {
            guard let ending = Self.place(of: [13, 10], in: rest) else {
                // The size line has not ended; it may be wrong already.
                return .unfinished
            }
            // RFC 9112, section 7.1.1: blanks and a semicolon, then what nobody here reads.
            let line = rest[..<ending]
            let digits = line.prefix { $0 != 0x3B && $0 != 0x20 && $0 != 0x09 }
            let more = line.dropFirst(digits.count)
            extensionBytes += more.count
            let afterBlanks = more.drop { $0 == 0x20 || $0 == 0x09 }
            guard more.isEmpty || afterBlanks.first == 0x3B, extensionBytes <= 1_024,
                more.allSatisfy({ $0 == 9 || ($0 >= 0x20 && $0 != 0x7F) })
            else { return .wrong }
            guard (1...7).contains(digits.count),
                let size = Int(String(decoding: digits, as: UTF8.self), radix: 16),
                digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }),
                body.count + size <= limits.bodyBytesMax
            else { return .wrong }
            rest = rest[(ending + 2)...]
            guard rest.count >= size + 2 else { return .unfinished }
            body += rest.prefix(size)
            rest = rest.dropFirst(size)
            guard rest.starts(with: [13, 10]) else { return .wrong }
            rest = rest.dropFirst(2)
            if size == 0 { return .read(body, rest: rest) }
        }
    }
}
