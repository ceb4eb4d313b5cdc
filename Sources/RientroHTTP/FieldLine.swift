/// One field line (RFC 9112, section 5): a token, a colon at once after it, a value between
/// optional spaces. Folded lines and control characters are refused.
struct FieldLine: Equatable {
    var name: String
    var value: String

    /// Reads a line without its CR and LF. Throws `badField`.
    init(_ line: Span<UInt8>) throws(HTTPRefusal) {
        var colon = 0
        while colon < line.count && ByteClass.isToken(line[colon]) { colon += 1 }
        guard colon > 0, colon < line.count, line[colon] == ByteClass.colon else { throw .badField }
        var start = colon + 1
        var end = line.count
        while start < end && Self.isBlank(line[start]) { start += 1 }
        while end > start && Self.isBlank(line[end - 1]) { end -= 1 }
        for index in start..<end where !ByteClass.isFieldValue(line[index]) { throw .badField }
        do {
            name = String(copying: try UTF8Span(validating: line.extracting(0..<colon)))
            value = String(copying: try UTF8Span(validating: line.extracting(start..<end)))
        } catch {
            // A value in an old eight-bit code: nobody could say which, so it is not guessed.
            throw .badField
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == ByteClass.space || byte == ByteClass.tab
    }
}
