/// The chunked coding (RFC 9112, section 7.1) without trailers, fed in pieces of any size.
/// Extensions are read over, as section 7.1.1 asks.
struct ChunkedDecoder: Equatable {
    private enum Phase: Equatable {
        case size(value: Int, digits: Int)
        /// In the blanks before an extension.
        case sizeBlank(value: Int)
        case chunkExtension(value: Int)
        case sizeLineFeed(value: Int)
        case data(remaining: Int)
        case dataCarriageReturn
        case dataLineFeed
        case lastCarriageReturn
        case lastLineFeed
        case done
    }

    /// Seven digits are 256 MiB: more than any body, and far from overflowing.
    private static let sizeDigitsMax = 7
    /// Bytes of extensions in one body: nobody sends any, and each chunk could bring some more than
    /// its data (RFC 9112, section 7.1.1).
    static let extensionBytesMax = 1 << 10

    private var phase = Phase.size(value: 0, digits: 0)
    private var extensionBytes = 0

    /// Reads from `bytes` at `index`, which moves, and appends the data to `body`. Returns true
    /// after the last byte of the coding; what follows is left alone.
    ///
    /// Throws `badChunk`, or `bodyTooLarge` at the size line that would exceed the limit.
    mutating func decode(
        _ bytes: [UInt8], from index: inout Int, into body: inout [UInt8], bodyBytesMax: Int
    ) throws(HTTPRefusal) -> Bool {
        while index < bytes.count && phase != .done {
            if case .data(let remaining) = phase {
                let count = min(remaining, bytes.count - index)
                body.append(contentsOf: bytes[index..<(index + count)])
                index += count
                phase =
                    count == remaining ? .dataCarriageReturn : .data(remaining: remaining - count)
            } else {
                phase = try following(bytes[index], bodyBytesLeft: bodyBytesMax - body.count)
                index += 1
            }
        }
        return phase == .done
    }

    /// The phase after one byte that is not data.
    private mutating func following(_ byte: UInt8, bodyBytesLeft: Int) throws(HTTPRefusal) -> Phase
    {
        switch phase {
        case .size(let value, let digits):
            if byte == ByteClass.carriageReturn && digits > 0 { return .sizeLineFeed(value: value) }
            if digits > 0, let phase = try opening(byte, of: value) { return phase }
            guard digits < Self.sizeDigitsMax, let digit = ByteClass.hexValue(byte) else {
                throw .badChunk
            }
            return .size(value: value * 16 + digit, digits: digits + 1)
        case .sizeBlank(let value):
            guard let phase = try opening(byte, of: value) else { throw .badChunk }
            return phase
        case .chunkExtension(let value):
            if byte == ByteClass.carriageReturn { return .sizeLineFeed(value: value) }
            return try inExtension(byte, of: value)
        case .sizeLineFeed(let value):
            guard byte == ByteClass.lineFeed else { throw .badChunk }
            guard value <= bodyBytesLeft else { throw .bodyTooLarge }
            return value == 0 ? .lastCarriageReturn : .data(remaining: value)
        case .dataCarriageReturn:
            guard byte == ByteClass.carriageReturn else { throw .badChunk }
            return .dataLineFeed
        case .dataLineFeed:
            guard byte == ByteClass.lineFeed else { throw .badChunk }
            return .size(value: 0, digits: 0)
        case .lastCarriageReturn:
            // Anything else begins a trailer, which nobody here would read.
            guard byte == ByteClass.carriageReturn else { throw .badChunk }
            return .lastLineFeed
        case .lastLineFeed:
            guard byte == ByteClass.lineFeed else { throw .badChunk }
            return .done
        case .data, .done:
            return phase
        }
    }

    /// The phase after a byte that begins an extension: a semicolon, or a blank before one; nil for
    /// others.
    private mutating func opening(
        _ byte: UInt8, of value: Int
    ) throws(HTTPRefusal) -> Phase? {
        switch byte {
        case UInt8(ascii: ";"): return try inExtension(byte, of: value)
        case ByteClass.space, ByteClass.tab:
            _ = try inExtension(byte, of: value)
            return .sizeBlank(value: value)
        default: return nil
        }
    }

    /// The phase after one more byte of an extension. A bare line feed would end the line for a
    /// reader that is less strict, so no control character is let in.
    private mutating func inExtension(_ byte: UInt8, of value: Int) throws(HTTPRefusal) -> Phase {
        extensionBytes += 1
        guard ByteClass.isFieldValue(byte), extensionBytes <= Self.extensionBytesMax else {
            throw .badChunk
        }
        return .chunkExtension(value: value)
    }
}
