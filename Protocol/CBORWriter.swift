/// Writes CBOR (RFC 8949) in its deterministic form (4.2.1) to the end of an array of bytes.
///
/// The forms of this protocol only: integers of 64 bits, byte strings, texts, arrays, maps with
/// small unsigned keys, false, true and null. `Specification/wire.md` has the profile.
struct CBORWriter {
    /// What has been written.
    var bytes: [UInt8] = []

    /// A map whose keys are being written.
    struct Map {
        fileprivate let head: Int
        fileprivate var last = -1
    }

    init(capacity: Int = 256) {
        bytes.reserveCapacity(capacity)
    }

    /// The initial byte and its argument, as short as it can be.
    mutating func head(_ type: CBORType, _ argument: UInt64) {
        let major = type.rawValue << 5
        let width: Int
        switch argument {
        case 0..<24:
            bytes.append(major | UInt8(truncatingIfNeeded: argument))
            return
        case ..<0x100:
            bytes.append(major | 24)
            width = 1
        case ..<0x1_0000:
            bytes.append(major | 25)
            width = 2
        case ..<0x1_0000_0000:
            bytes.append(major | 26)
            width = 4
        default:
            bytes.append(major | 27)
            width = 8
        }
        var shift = UInt64(width) &* 8
        while shift > 0 {
            shift &-= 8
            bytes.append(UInt8(truncatingIfNeeded: argument &>> shift))
        }
    }

    mutating func integer(_ value: Int64) {
        if value >= 0 {
            head(.unsigned, UInt64(value))
        } else {
            // −1 − n for the argument n: the complement of the bits.
            head(.negative, UInt64(bitPattern: ~value))
        }
    }

    mutating func integer(_ value: Int) { integer(Int64(value)) }

    mutating func byteString(_ value: [UInt8]) {
        head(.bytes, UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    mutating func hash(_ value: Hash) { byteString(value.bytes) }

    mutating func text(_ value: String) {
        let utf8 = value.utf8
        head(.text, UInt64(utf8.count))
        bytes.append(contentsOf: utf8)
    }

    mutating func array(count: Int) { head(.array, UInt64(count)) }

    mutating func null() { bytes.append(0xF6) }

    mutating func bool(_ value: Bool) { bytes.append(value ? 0xF5 : 0xF4) }

    /// A UUID as 16 bytes, anything else as a text.
    mutating func id(_ value: String) {
        guard let uuid = UUIDBits(value) else { return text(value) }
        head(.bytes, 16)
        uuid.append(to: &bytes)
    }

    /// A stamp, or null.
    mutating func stamp(_ value: Stamp?) {
        if let value { integer(value.rawValue) } else { null() }
    }

    /// An array of `elements`, each written by `write`.
    mutating func list<Element>(
        _ elements: [Element], _ write: (inout CBORWriter, Element) -> Void
    ) {
        array(count: elements.count)
        for element in elements { write(&self, element) }
    }

    /// Begins a map of at most 23 keys: its head is one byte, which `key(_:of:)` counts up.
    mutating func map() -> Map {
        bytes.append(CBORType.map.rawValue << 5)
        return Map(head: bytes.count - 1)
    }

    /// The next key of `map`; its value must be written next.
    mutating func key(_ key: Int, of map: inout Map) {
        precondition(key > map.last, "the keys of a map are written in ascending order")
        precondition(bytes[map.head] & 0x1F < 23, "the head of a map has room for 23 keys")
        map.last = key
        bytes[map.head] += 1
        integer(key)
    }
}

/// The major types of CBOR (RFC 8949, 3.1).
enum CBORType: UInt8 {
    case unsigned = 0
    case negative = 1
    case bytes = 2
    case text = 3
    case array = 4
    case map = 5
    case tag = 6
    case simple = 7
}
