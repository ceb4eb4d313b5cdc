/// The fields of a message: a map with small unsigned keys in ascending order.
///
/// Keys from `ProtocolVersion.firstSkippedKey` are what later programs may add; one that does not
/// know a key reads over it. Any other key that the message does not know is an error.
struct MessageFields {
    /// The keys from there on that the message knows.
    private let added: Set<Int64>
    private var count: Int
    private var last: Int64 = -1
    /// Where the present key began.
    private var start = 0

    /// Reads the head of the map.
    init(_ reader: inout CBORReader, added: Set<Int64> = []) throws(MalformedMessage) {
        self.added = added
        count = try reader.map()
    }

    /// The next key, whose value must be read next; nil after the last.
    mutating func next(_ reader: inout CBORReader) throws(MalformedMessage) -> Int64? {
        while count > 0 {
            count -= 1
            start = reader.offset
            let key = try reader.integer(in: 0...Int64.max)
            guard key > last else { throw .found(.notAscending, at: start) }
            last = key
            if key < ProtocolVersion.firstSkippedKey || added.contains(key) { return key }
            try reader.skip(depth: 1)
        }
        return nil
    }

    /// What to throw for a key that the message does not have.
    var unknown: MalformedMessage { .found(.unknownKey, at: start) }

    /// Throws `.defaultWritten` if the present key should have been left out.
    func refuseDefault(_ isDefault: Bool) throws(MalformedMessage) {
        if isDefault { throw .found(.defaultWritten, at: start) }
    }

    /// `value`, or `.missingKey` at the end of the message.
    static func required<T>(_ value: T?, _ reader: CBORReader) throws(MalformedMessage) -> T {
        guard let value else { throw .found(.missingKey, at: reader.offset) }
        return value
    }
}
