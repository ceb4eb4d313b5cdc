/// The first line of a request (RFC 9112, section 3), in the narrow language of this server: one
/// space between the parts, a target in origin form, HTTP/1.1 or HTTP/1.0.
struct RequestLine: Equatable {
    var method: String
    var path: String
    var query: String?
    /// HTTP/1.0: served, and closed after the answer.
    var isVersion10: Bool

    /// Reads a line without its CR and LF.
    init(_ line: Span<UInt8>, limits: HTTPLimits) throws(HTTPRefusal) {
        let methodEnd = Self.firstIndex(of: ByteClass.space, in: line, from: 0)
        guard methodEnd < line.count else { throw .badRequestLine }
        method = try Self.method(line.extracting(0..<methodEnd))
        let targetStart = methodEnd + 1
        let targetEnd = Self.firstIndex(of: ByteClass.space, in: line, from: targetStart)
        guard targetEnd < line.count else { throw .badRequestLine }
        // Before the target, so that the preface of HTTP/2 (`PRI * HTTP/2.0`) gets the right
        // answer.
        isVersion10 = try Self.isVersion10(line.extracting((targetEnd + 1)..<line.count))
        guard targetEnd - targetStart <= limits.targetBytesMax else { throw .targetTooLong }
        (path, query) = try Self.target(line.extracting(targetStart..<targetEnd))
    }

    /// What is wrong with a line that is longer than a lawful one can be, judged by its beginning
    /// alone, so that the verdict does not depend on how much of it has come.
    static func refusalOfOverlong(_ beginning: Span<UInt8>) -> HTTPRefusal {
        let methodEnd = firstIndex(of: ByteClass.space, in: beginning, from: 0)
        guard methodEnd < beginning.count else { return .badMethod }
        do throws(HTTPRefusal) {
            _ = try method(beginning.extracting(0..<methodEnd))
            return .targetTooLong
        } catch {
            return error
        }
    }

    private static func method(_ bytes: Span<UInt8>) throws(HTTPRefusal) -> String {
        guard !bytes.isEmpty, bytes.count <= HTTPLimits.methodBytesMax else { throw .badMethod }
        for index in bytes.indices where !ByteClass.isToken(bytes[index]) { throw .badMethod }
        return try text(bytes, orRefuse: .badMethod)
    }

    private static func isVersion10(_ bytes: Span<UInt8>) throws(HTTPRefusal) -> Bool {
        guard bytes.count == HTTPLimits.versionBytes else { throw .badRequestLine }
        let pattern: StaticString = "HTTP/"
        for index in 0..<5 where bytes[index] != pattern.utf8Start[index] { throw .badRequestLine }
        guard let major = ByteClass.decimalValue(bytes[5]), bytes[6] == 0x2E,
            let minor = ByteClass.decimalValue(bytes[7])
        else { throw .badRequestLine }
        guard major == 1, minor <= 1 else { throw .unsupportedVersion }
        return minor == 0
    }

    private static func target(_ bytes: Span<UInt8>) throws(HTTPRefusal) -> (String, String?) {
        guard !bytes.isEmpty, bytes[0] == ByteClass.slash else { throw .badTarget }
        var pathEnd = bytes.count
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == ByteClass.percent {
                guard bytes.count - index > 2, ByteClass.hexValue(bytes[index + 1]) != nil,
                    ByteClass.hexValue(bytes[index + 2]) != nil
                else { throw .badTarget }
                index += 3
                continue
            }
            guard ByteClass.isTarget(byte) else { throw .badTarget }
            if byte == ByteClass.questionMark && pathEnd == bytes.count { pathEnd = index }
            index += 1
        }
        let path = try text(bytes.extracting(0..<pathEnd), orRefuse: .badTarget)
        guard pathEnd < bytes.count else { return (path, nil) }
        let query = try text(bytes.extracting((pathEnd + 1)..<bytes.count), orRefuse: .badTarget)
        return (path, query)
    }

    private static func text(
        _ bytes: Span<UInt8>, orRefuse refusal: HTTPRefusal
    ) throws(HTTPRefusal) -> String {
        do {
            return String(copying: try UTF8Span(validating: bytes))
        } catch {
            throw refusal
        }
    }

    private static func firstIndex(of byte: UInt8, in bytes: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < bytes.count && bytes[index] != byte { index += 1 }
        return index
    }
}
