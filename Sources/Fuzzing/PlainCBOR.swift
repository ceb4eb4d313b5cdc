/// CBOR read in the plainest way, to hold the protocol's own reader against: a tree of items, in
/// the deterministic form of RFC 8949, 4.2.1, and nothing else.
indirect enum PlainCBOR {
    /// A major type from 0 to 7 with its argument, and what follows the head.
    case number(type: UInt8, argument: UInt64)
    case bytes(isText: Bool, [UInt8])
    case array([PlainCBOR])
    case map([(key: PlainCBOR, value: PlainCBOR)])

    /// The one item that `bytes` are; nil if they are anything else, or items nest deeper than
    /// `depthMax`.
    init?(_ bytes: [UInt8], depthMax: Int) {
        var rest = bytes[...]
        guard let item = PlainCBOR(from: &rest, depthLeft: depthMax), rest.isEmpty else {
            return nil
        }
        self = item
    }

    private init?(from rest: inout ArraySlice<UInt8>, depthLeft: Int) {
        guard let initial = rest.popFirst() else { return nil }
        let type = initial / 32
        let short = initial % 32
        if type == 6 { return nil }
        if type == 7 && short != 20 && short != 21 && short != 22 { return nil }
        guard let argument = Self.argument(short, &rest) else { return nil }
        switch type {
        case 0, 1, 7:
            self = .number(type: type, argument: argument)
        case 2, 3:
            guard argument <= rest.count else { return nil }
            let content = Array(rest.prefix(Int(argument)))
            rest = rest.dropFirst(content.count)
            if type == 3 && String(validating: content, as: UTF8.self) == nil { return nil }
            self = .bytes(isText: type == 3, content)
        case 4:
            guard depthLeft > 0, argument <= rest.count else { return nil }
            var items: [PlainCBOR] = []
            for _ in 0..<Int(argument) {
                guard let item = PlainCBOR(from: &rest, depthLeft: depthLeft - 1) else {
                    return nil
                }
                items.append(item)
            }
            self = .array(items)
        default:
            guard depthLeft > 0, argument <= rest.count / 2 else { return nil }
            guard let pairs = Self.pairs(Int(argument), &rest, depthLeft - 1) else { return nil }
            self = .map(pairs)
        }
    }

    private static func argument(_ short: UInt8, _ rest: inout ArraySlice<UInt8>) -> UInt64? {
        guard short >= 24 else { return UInt64(short) }
        guard short <= 27 else { return nil }
        let count = [1, 2, 4, 8][Int(short) - 24]
        guard rest.count >= count else { return nil }
        var value: UInt64 = 0
        for byte in rest.prefix(count) { value = value * 256 + UInt64(byte) }
        rest = rest.dropFirst(count)
        let tooSmall: [UInt64] = [23, 0xFF, 0xFFFF, 0xFFFF_FFFF]
        return value > tooSmall[Int(short) - 24] ? value : nil
    }

    private static func pairs(
        _ count: Int, _ rest: inout ArraySlice<UInt8>, _ depthLeft: Int
    ) -> [(key: PlainCBOR, value: PlainCBOR)]? {
        var pairs: [(key: PlainCBOR, value: PlainCBOR)] = []
        var last: [UInt8]?
        for _ in 0..<count {
            guard let key = PlainCBOR(from: &rest, depthLeft: depthLeft),
                let value = PlainCBOR(from: &rest, depthLeft: depthLeft)
            else { return nil }
            let written = key.encoded
            if let last, !last.lexicographicallyPrecedes(written) { return nil }
            last = written
            pairs.append((key, value))
        }
        return pairs
    }

    /// The bytes of the item.
    var encoded: [UInt8] {
        switch self {
        case .number(let type, let argument): return Self.head(type, argument)
        case .bytes(let isText, let content):
            return Self.head(isText ? 3 : 2, UInt64(content.count)) + content
        case .array(let items):
            return Self.head(4, UInt64(items.count)) + items.flatMap(\.encoded)
        case .map(let pairs):
            return Self.head(5, UInt64(pairs.count))
                + pairs.flatMap { $0.key.encoded + $0.value.encoded }
        }
    }

    private static func head(_ type: UInt8, _ argument: UInt64) -> [UInt8] {
        func bytes(_ count: UInt64) -> [UInt8] {
            (0..<count).reversed().map { UInt8(argument >> ($0 * 8) & 0xFF) }
        }
        switch argument {
        case 0...23: return [type * 32 + UInt8(argument)]
        case 24...0xFF: return [type * 32 + 24] + bytes(1)
        case 0x100...0xFFFF: return [type * 32 + 25] + bytes(2)
        case 0x1_0000...0xFFFF_FFFF: return [type * 32 + 26] + bytes(4)
        default: return [type * 32 + 27] + bytes(8)
        }
    }

    /// A map without the keys that are unsigned numbers from `firstKey` on, but for those `kept`;
    /// others as they are.
    func withoutKeys(from firstKey: Int64, kept: Set<Int64>) -> PlainCBOR {
        guard case .map(let pairs) = self else { return self }
        return .map(
            pairs.filter {
                guard case .number(type: 0, let argument) = $0.key else { return true }
                return argument < UInt64(firstKey)
                    || kept.contains { UInt64($0) == argument }
            })
    }
}
