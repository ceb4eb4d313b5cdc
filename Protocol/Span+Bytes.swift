extension Span<UInt8> {
    /// Whether all bytes are ASCII, looked at by eights: most texts are, and then they are UTF-8.
    var isASCII: Bool {
        let raw = bytes
        var offset = 0
        var found: UInt64 = 0
        while offset &+ 8 <= count {
            found |= raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
            offset &+= 8
        }
        while offset < count {
            found |= UInt64(self[offset])
            offset &+= 1
        }
        return found & 0x8080_8080_8080_8080 == 0
    }
}

extension CBORWriter {
    /// Appends bytes as they are.
    mutating func append(_ span: Span<UInt8>) {
        span.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }
}
