/// Reads the CBOR of this protocol, and refuses every form that `CBORWriter` would not write.
///
/// A cursor over the bytes: each call reads one item and steps behind it, or throws what is wrong
/// with it. Every length is compared with what is left before anything is allocated.
struct CBORReader {
    let bytes: [UInt8]
    /// Where the next item begins.
    var offset = 0

    /// The initial byte of an item, its argument, and where it began.
    private struct Head {
        var type: CBORType
        var argument: UInt64
        var start: Int
    }

    /// A reader at the beginning of `bytes`; throws `.tooLong` if they are more than `most`.
    init(_ bytes: [UInt8], most: Int) throws(MalformedMessage) {
        guard bytes.count <= most else { throw .found(.tooLong, at: 0) }
        self.bytes = bytes
    }

    var left: Int { bytes.count - offset }

    /// Throws `.trailingBytes` unless everything has been read.
    func end() throws(MalformedMessage) {
        guard left == 0 else { throw .found(.trailingBytes, at: offset) }
    }

    private mutating func head() throws(MalformedMessage) -> Head {
        let start = offset
        guard left > 0 else { throw .found(.truncated, at: start) }
        let initial = bytes[start]
        let short = initial & 0x1F
        guard let type = CBORType(rawValue: initial >> 5) else {
            throw .found(.notAllowed, at: start)
        }
        switch type {
        case .tag: throw .found(.notAllowed, at: start)
        case .simple:
            // 20 false, 21 true, 22 null; the others are floats, undefined or unassigned.
            guard (20...22).contains(short) else { throw .found(.notAllowed, at: start) }
        default: break
        }
        offset += 1
        guard short >= 24 else { return Head(type: type, argument: UInt64(short), start: start) }
        // 28 to 30 are reserved, 31 is an indefinite length.
        guard short < 28 else { throw .found(.notAllowed, at: start) }
        let width = 1 << Int(short - 24)
        guard left >= width else { throw .found(.truncated, at: start) }
        var argument: UInt64 = 0
        for byte in bytes[offset..<offset + width] { argument = argument << 8 | UInt64(byte) }
        offset += width
        let least: UInt64 = width == 1 ? 24 : 1 << (UInt64(width) * 4)
        guard argument >= least else { throw .found(.notShortest, at: start) }
        return Head(type: type, argument: argument, start: start)
    }

    private mutating func head(_ type: CBORType) throws(MalformedMessage) -> Head {
        let head = try head()
        guard head.type == type else { throw .found(.wrongType, at: head.start) }
        return head
    }

    /// The length that a head names, if so many bytes are left: `itemBytes` for each item.
    ///
    /// The head must have been read in a statement before: as an argument of this call it would be
    /// read after `self` was loaded, and `left` would count the head's own bytes.
    private func length(
        of head: Head, most: Int, itemBytes: Int = 1
    ) throws(MalformedMessage) -> Int {
        guard head.argument <= UInt64(left / itemBytes) else {
            throw .found(.truncated, at: head.start)
        }
        let length = Int(head.argument)
        guard length <= most else { throw .found(.tooLong, at: head.start) }
        return length
    }

    private func integer(of head: Head) throws(MalformedMessage) -> Int64 {
        guard let argument = Int64(exactly: head.argument) else {
            throw .found(.outOfRange, at: head.start)
        }
        return head.type == .negative ? ~argument : argument
    }

    /// An integer of `range`, else `.outOfRange`.
    mutating func integer(in range: ClosedRange<Int64>) throws(MalformedMessage) -> Int64 {
        let head = try head()
        guard head.type == .unsigned || head.type == .negative else {
            throw .found(.wrongType, at: head.start)
        }
        let value = try integer(of: head)
        guard range.contains(value) else { throw .found(.outOfRange, at: head.start) }
        return value
    }

    /// A small integer of `range`, else `.outOfRange`.
    mutating func number(in range: ClosedRange<Int>) throws(MalformedMessage) -> Int {
        Int(try integer(in: Int64(range.lowerBound)...Int64(range.upperBound)))
    }

    /// A byte string of at most `most` bytes, else `.tooLong`.
    mutating func byteString(most: Int) throws(MalformedMessage) -> [UInt8] {
        let head = try head(.bytes)
        let length = try length(of: head, most: most)
        return take(length)
    }

    /// A byte string of exactly `count` bytes, else `.wrongCount`.
    mutating func byteString(count: Int) throws(MalformedMessage) -> [UInt8] {
        let head = try head(.bytes)
        let length = try length(of: head, most: .max)
        guard length == count else { throw .found(.wrongCount, at: head.start) }
        return take(length)
    }

    /// A byte string of any length.
    mutating func byteSlice() throws(MalformedMessage) -> ArraySlice<UInt8> {
        let head = try head(.bytes)
        let length = try length(of: head, most: .max)
        defer { offset += length }
        return bytes[offset..<offset + length]
    }

    /// The number of a tag of two bytes; every other tag is not allowed anywhere.
    mutating func tag() throws(MalformedMessage) -> UInt64 {
        guard bytes[offset] == 0xD8 else { throw .found(.notAllowed, at: offset) }
        guard left > 1 else { throw .found(.truncated, at: offset) }
        defer { offset += 2 }
        return UInt64(bytes[offset + 1])
    }

    mutating func hash() throws(MalformedMessage) -> Hash {
        Hash(unchecked: try byteString(count: 32))
    }

    /// A text of at most `most` bytes, else `.tooLong`; `.invalidText` if it is not UTF-8.
    mutating func text(most: Int) throws(MalformedMessage) -> String {
        let head = try head(.text)
        return try text(after: head, most: most)
    }

    private mutating func text(after head: Head, most: Int) throws(MalformedMessage) -> String {
        let length = try length(of: head, most: most)
        let range = offset..<offset + length
        do throws(UTF8.ValidationError) {
            let text = String(copying: try UTF8Span(validating: bytes.span.extracting(range)))
            offset += length
            return text
        } catch {
            throw .found(.invalidText, at: head.start)
        }
    }

    mutating func bool() throws(MalformedMessage) -> Bool {
        let head = try head(.simple)
        guard head.argument != 22 else { throw .found(.wrongType, at: head.start) }
        return head.argument == 21
    }

    /// Whether the next item is null; it is then read.
    mutating func isNull() -> Bool {
        guard left > 0, bytes[offset] == 0xF6 else { return false }
        offset += 1
        return true
    }

    private mutating func take(_ length: Int) -> [UInt8] {
        defer { offset += length }
        return Array(bytes[offset..<offset + length])
    }
}

extension CBORReader {
    /// The head of an array of at most `most` items, else `.tooLong`: how many items follow.
    mutating func array(most: Int) throws(MalformedMessage) -> Int {
        let head = try head(.array)
        return try length(of: head, most: most)
    }

    /// The head of an array of exactly `count` items, else `.wrongCount`.
    mutating func array(count: Int) throws(MalformedMessage) {
        let start = offset
        guard try array(most: .max) == count else { throw .found(.wrongCount, at: start) }
    }

    /// An array of at most `most` items, each read by `read`.
    mutating func list<Element>(
        most: Int, _ read: (inout CBORReader) throws(MalformedMessage) -> Element
    ) throws(MalformedMessage) -> [Element] {
        let count = try array(most: most)
        var elements: [Element] = []
        // The input vouches for a byte an item; an element in memory is far larger.
        elements.reserveCapacity(min(count, 256))
        for _ in 0..<count { elements.append(try read(&self)) }
        return elements
    }

    /// The head of a map: how many keys follow.
    mutating func map() throws(MalformedMessage) -> Int {
        let head = try head(.map)
        return try length(of: head, most: .max, itemBytes: 2)
    }

    /// Any integer, text, byte string or null.
    mutating func value() throws(MalformedMessage) -> Value {
        let head = try head()
        switch head.type {
        case .unsigned, .negative:
            return .integer(try integer(of: head))
        case .text:
            return .text(try text(after: head, most: Limits.textBytesMax))
        case .bytes:
            let length = try length(of: head, most: Limits.textBytesMax)
            return .blob(take(length))
        case .simple where head.argument == 22:
            return .null
        default:
            throw .found(.wrongType, at: head.start)
        }
    }

    /// The id of a row: a UUID as 16 bytes, or a reference key as a text.
    mutating func id() throws(MalformedMessage) -> String {
        let (id, start) = try idOrEmpty()
        guard !id.isEmpty else { throw .found(.invalidID, at: start) }
        return id
    }

    /// The id of a row, or an empty text, and where it began.
    mutating func idOrEmpty() throws(MalformedMessage) -> (id: String, start: Int) {
        let head = try head()
        switch head.type {
        case .bytes:
            let length = try length(of: head, most: .max)
            guard length == 16 else { throw .found(.invalidID, at: head.start) }
            let uuid = UUIDBits(bytes[offset..<offset + 16])
            offset += 16
            return (uuid.text, head.start)
        case .text:
            let text = try text(after: head, most: .max)
            guard text.isEmpty || RowID.isReferenceKey(text) else {
                throw .found(.invalidID, at: head.start)
            }
            return (text, head.start)
        default:
            throw .found(.wrongType, at: head.start)
        }
    }

    /// Reads one item of any kind, with `depth` items open around it, and drops it.
    mutating func skip(depth: Int) throws(MalformedMessage) {
        let head = try head()
        switch head.type {
        case .unsigned, .negative, .simple, .tag:
            return
        case .bytes:
            let length = try length(of: head, most: .max)
            offset += length
        case .text:
            _ = try text(after: head, most: .max)
        case .array:
            guard depth < Limits.nestingMax else { throw .found(.tooDeep, at: head.start) }
            for _ in 0..<(try length(of: head, most: .max)) { try skip(depth: depth + 1) }
        case .map:
            guard depth < Limits.nestingMax else { throw .found(.tooDeep, at: head.start) }
            var last: ArraySlice<UInt8>?
            for _ in 0..<(try length(of: head, most: .max, itemBytes: 2)) {
                let start = offset
                try skip(depth: depth + 1)
                let key = bytes[start..<offset]
                if let last, !last.lexicographicallyPrecedes(key) {
                    throw .found(.notAscending, at: start)
                }
                last = key
                try skip(depth: depth + 1)
            }
        }
    }
}
