import RientroProtocol
import Testing

@Suite("Damaged messages")
struct DamageTests {
    @Test("every beginning of a valid message is refused", arguments: Vector.valid)
    func prefixes(vector: Vector) {
        let message = vector.message
        for count in 0..<message.count {
            #expect(throws: MalformedMessage.self, "\(count) bytes of \(message.count)") {
                try Vector.reencoded(vector.kind, Array(message[..<count]))
            }
        }
    }

    @Test("a damaged message is refused, or is another message's one form", arguments: 0..<6)
    func mutations(seed: Int) {
        var random = SplitMix(state: UInt64(seed))
        var accepted = 0
        for vector in Vector.valid where vector.hex.count < 4000 {
            for _ in 0..<60 {
                var message = vector.message
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    Self.damage(&message, &random)
                }
                guard let again = try? Vector.reencoded(vector.kind, message) else { continue }
                accepted += 1
                // Keys that are read over are the one thing that is not written again.
                if again.count < message.count, vector.isMap { continue }
                #expect(again == message, "\(vector.testDescription) \(hex(message))")
            }
        }
        // Otherwise this would prove nothing about what is accepted.
        #expect(accepted > 40)
    }

    @Test("a message that is the others' damage in no way is noise, and refused", arguments: 0..<4)
    func noise(seed: Int) {
        var random = SplitMix(state: UInt64(1000 + seed))
        let kinds = Set(Vector.valid.map(\.kind)).sorted()
        for _ in 0..<500 {
            let count = Int.random(in: 20...60, using: &random)
            let message = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            for kind in kinds {
                #expect(throws: MalformedMessage.self, "\(kind) \(hex(message))") {
                    try Vector.reencoded(kind, message)
                }
            }
        }
    }

    static func damage(_ message: inout [UInt8], _ random: inout SplitMix) {
        guard !message.isEmpty else { return }
        let index = Int.random(in: 0..<message.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: message[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: message[index] = UInt8.random(in: 0...255, using: &random)
        case 2: message.remove(at: index)
        case 3: message.insert(UInt8.random(in: 0...255, using: &random), at: index)
        default:
            message[index] =
                [0xF6, 0x00, 0x1B, 0x5F, 0x80, 0xFF].randomElement(using: &random) ?? 0
        }
    }
}

extension Vector {
    fileprivate var isMap: Bool { message.first.map { $0 >> 5 == 5 } ?? false }
}

/// A small generator of random numbers that a seed repeats (SplitMix64, Steele et al. 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
