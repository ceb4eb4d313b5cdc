import Testing

@testable import RientroHTTP

/// SplitMix64: small, and the same on every machine for one seed.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

@Suite("random bytes")
struct RandomBytesTests {
    /// Alternates noise with pieces that lead the parser deep before they go wrong.
    private static let pieces = [
        "GET / HTTP/1.1\r\n", "POST /a?b HTTP/1.1\r\n", "Host: a\r\n", "Content-Length: 3\r\n",
        "Content-Length: ", "999999999999999999", "Transfer-Encoding: chunked\r\n", "\r\n",
        "\r\n\r\n",
        "0\r\n\r\n", "3\r\nabc\r\n", "fffffff\r\n", ";", ":", " ", "\t", "\n", "\r", "%", "%41",
        "\0",
        "Expect: 100-continue\r\n", "Connection: close\r\n", "é", "HTTP/",
    ]

    private func stream(_ generator: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes += Array("POST / HTTP/1.1\r\nHost: a\r\n".utf8)
        case 1: bytes += Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        case 2:
            let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            bytes += Array(head.utf8)
        default: break
        }
        for _ in 0..<Int.random(in: 1...12, using: &generator) {
            if Int.random(in: 0..<4, using: &generator) == 0 {
                bytes.append(UInt8.random(in: .min ... .max, using: &generator))
            } else {
                bytes += Array((Self.pieces.randomElement(using: &generator) ?? "").utf8)
            }
        }
        return bytes
    }

    /// All that the decoder says of a stream, cut at random.
    private func steps(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [RequestDecoder
        .Step]
    {
        var decoder = RequestDecoder(limits: HTTPLimits(), peer: "p")
        var said: [RequestDecoder.Step] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...rest.count, using: &generator))
            rest = rest.dropFirst(piece.count)
            piece.withUnsafeBufferPointer { decoder.append($0) }
            while true {
                let step = decoder.next()
                if case .request = step {
                    said.append(step)
                    continue
                }
                if case .refused = step {
                    said.append(step)
                    return said
                }
                break
            }
        }
        return said
    }

    @Test("never stop the parser, and mean the same however they are cut")
    func decoder() {
        var random = SystemRandomNumberGenerator()
        let seed = random.next()
        print("RandomBytesTests: seed \(seed)")
        var generator = SeededGenerator(state: seed)
        var requests = 0
        var refusals = 0
        for round in 0..<20_000 {
            let bytes = stream(&generator)
            let first = steps(bytes, &generator)
            let second = steps(bytes, &generator)
            #expect(first == second, "seed \(seed), round \(round)")
            for step in first {
                if case .request = step { requests += 1 } else { refusals += 1 }
            }
        }
        // Else the streams would be too wild, or too tame, to test anything.
        #expect(requests > 100 && refusals > 1_000, "seed \(seed)")
    }

    @Test("never stop the readers of queries, addresses and fields")
    func texts() {
        var random = SystemRandomNumberGenerator()
        let seed = random.next()
        print("RandomBytesTests: seed \(seed)")
        var generator = SeededGenerator(state: seed)
        let alphabet = Array("%&=+a1:[].é\0\r\n/".unicodeScalars)
        var refused = 0
        for _ in 0..<20_000 {
            var text = ""
            for _ in 0..<Int.random(in: 0...12, using: &generator) {
                text.unicodeScalars.append(alphabet.randomElement(using: &generator) ?? "a")
            }
            var fields = HTTPFields()
            do throws(HTTPError) {
                _ = try HTTPQuery.parse(text, plusIsSpace: true)
                try fields.set("X", text)
                _ = try HTTPAddress(text)
            } catch {
                refused += 1
            }
            #expect(!(fields["x"] ?? "").unicodeScalars.contains("\r"))
        }
        #expect(refused > 10_000, "seed \(seed)")
    }
}
