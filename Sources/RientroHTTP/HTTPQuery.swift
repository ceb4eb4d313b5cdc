/// The query of a target, taken apart.
package struct HTTPQuery {
    /// The pairs of a query such as `a=1&b=x%20y`, in order, with percent signs decoded. No query
    /// and an empty one have no pairs; a name without `=` has an empty value.
    ///
    /// A plus sign is itself (RFC 3986); with `plusIsSpace` it is a space, as HTML forms send it.
    ///
    /// Throws `malformedQuery` with the byte's offset: at an empty pair or name, a percent sign
    /// without two hexadecimal digits, a NUL, or at a part that is not UTF-8.
    package static func parse(
        _ query: String?, plusIsSpace: Bool = false
    ) throws(HTTPError) -> [(String, String)] {
        guard let query, !query.isEmpty else { return [] }
        var pairs: [(String, String)] = []
        let bytes = Array(query.utf8)
        var start = 0
        while start <= bytes.count {
            let end = bytes[start...].firstIndex(of: ByteClass.ampersand) ?? bytes.count
            let middle = bytes[start..<end].firstIndex(of: ByteClass.equals) ?? end
            guard middle > start else { throw .malformedQuery(offset: start) }
            let name = try decode(bytes, start..<middle, plusIsSpace)
            let value = middle < end ? try decode(bytes, (middle + 1)..<end, plusIsSpace) : ""
            pairs.append((name, value))
            start = end + 1
        }
        return pairs
    }

    private static func decode(
        _ bytes: [UInt8], _ range: Range<Int>, _ plusIsSpace: Bool
    ) throws(HTTPError) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            var byte = bytes[index]
            var width = 1
            if byte == ByteClass.percent {
                guard range.upperBound - index > 2,
                    let high = ByteClass.hexValue(bytes[index + 1]),
                    let low = ByteClass.hexValue(bytes[index + 2])
                else { throw .malformedQuery(offset: index) }
                byte = UInt8(high * 16 + low)
                width = 3
            } else if byte == ByteClass.plus && plusIsSpace {
                byte = ByteClass.space
            }
            guard byte != 0 else { throw .malformedQuery(offset: index) }
            decoded.append(byte)
            index += width
        }
        guard let text = String(validating: decoded, as: UTF8.self) else {
            throw .malformedQuery(offset: range.lowerBound)
        }
        return text
    }
}
