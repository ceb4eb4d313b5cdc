/// SHA-256 (FIPS 180-4, 6.2), for bytes that come in one piece or in many.
///
///     var hash = SHA256()
///     hash.update(head)
///     hash.update(body)
///     let digest = hash.finish()
package struct SHA256: Sendable {
    private var state = State()
    /// What does not yet fill a block; under 64 bytes.
    private var waiting: [UInt8] = []
    private var byteCount: UInt64 = 0

    /// A hash of nothing yet.
    package init() {}

    /// The hash of `bytes`.
    package static func hash(_ bytes: [UInt8]) -> Hash {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finish()
    }

    /// Adds `bytes` to what is hashed.
    package mutating func update(_ bytes: [UInt8]) {
        byteCount &+= UInt64(bytes.count)
        guard !waiting.isEmpty || bytes.count < 64 else { return consume(bytes, from: 0) }
        let filled = min(64 - waiting.count, bytes.count)
        waiting.append(contentsOf: bytes[..<filled])
        guard waiting.count == 64 else { return }
        let block = waiting
        waiting.removeAll(keepingCapacity: true)
        consume(block, from: 0)
        consume(bytes, from: filled)
    }

    /// The hash of everything that was added.
    package consuming func finish() -> Hash {
        let bitCount = byteCount &<< 3
        var last = waiting
        last.append(0x80)
        let zeros = (last.count <= 56 ? 56 : 120) - last.count
        last.append(contentsOf: repeatElement(0, count: zeros))
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            last.append(UInt8(truncatingIfNeeded: bitCount &>> shift))
        }
        consume(last, from: 0)
        return Hash(unchecked: state.bytes)
    }

    /// Compresses the whole blocks of `bytes` from `start` and keeps what is left.
    private mutating func consume(_ bytes: [UInt8], from start: Int) {
        let blockCount = (bytes.count - start) / 64
        if blockCount > 0 {
            bytes.withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                state.compress(base + start, blockCount: blockCount)
            }
        }
        let rest = start + blockCount * 64
        if rest < bytes.count { waiting.append(contentsOf: bytes[rest...]) }
    }
}

extension SHA256 {
    /// The eight words of the hash value, and the compression of blocks into them.
    fileprivate struct State {
        // FIPS 180-4, 5.3.3.
        var a: UInt32 = 0x6a09_e667
        var b: UInt32 = 0xbb67_ae85
        var c: UInt32 = 0x3c6e_f372
        var d: UInt32 = 0xa54f_f53a
        var e: UInt32 = 0x510e_527f
        var f: UInt32 = 0x9b05_688c
        var g: UInt32 = 0x1f83_d9ab
        var h: UInt32 = 0x5be0_cd19

        var bytes: [UInt8] {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(32)
            for word in [a, b, c, d, e, f, g, h] {
                for shift in stride(from: UInt32(24), through: 0, by: -8) {
                    bytes.append(UInt8(truncatingIfNeeded: word &>> shift))
                }
            }
            return bytes
        }

        /// FIPS 180-4, 6.2.2, for `blockCount` blocks of 64 bytes at `start`.
        mutating func compress(_ start: UnsafePointer<UInt8>, blockCount: Int) {
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
                SHA256.constants.withUnsafeBufferPointer { constants in
                    guard let w = schedule.baseAddress, let k = constants.baseAddress else {
                        return
                    }
                    var block = start
                    var left = blockCount
                    while left > 0 {
                        SHA256.load(block, into: w)
                        rounds(w, k)
                        block += 64
                        left &-= 1
                    }
                }
            }
        }

        /// The 64 rounds over the schedule `w`, eight at a time: after eight every word is back
        /// under its own name, so that none has to be moved. The schedule is made 16 words ahead in
        /// between: a round waits for the one before, and the processor has room for both.
        private mutating func rounds(
            _ w: UnsafeMutablePointer<UInt32>, _ k: UnsafePointer<UInt32>
        ) {
            var (a, b, c, d) = (self.a, self.b, self.c, self.d)
            var (e, f, g, h) = (self.e, self.f, self.g, self.h)
            var t = 0
            while t < 64 {
                Self.round(a, b, c, &d, e, f, g, &h, k[t] &+ w[t])
                Self.round(h, a, b, &c, d, e, f, &g, k[t &+ 1] &+ w[t &+ 1])
                Self.round(g, h, a, &b, c, d, e, &f, k[t &+ 2] &+ w[t &+ 2])
                Self.round(f, g, h, &a, b, c, d, &e, k[t &+ 3] &+ w[t &+ 3])
                Self.round(e, f, g, &h, a, b, c, &d, k[t &+ 4] &+ w[t &+ 4])
                Self.round(d, e, f, &g, h, a, b, &c, k[t &+ 5] &+ w[t &+ 5])
                Self.round(c, d, e, &f, g, h, a, &b, k[t &+ 6] &+ w[t &+ 6])
                Self.round(b, c, d, &e, f, g, h, &a, k[t &+ 7] &+ w[t &+ 7])
                if t < 48 { SHA256.expand(w + t) }
                t &+= 8
            }
            self.a = self.a &+ a
            self.b = self.b &+ b
            self.c = self.c &+ c
            self.d = self.d &+ d
            self.e = self.e &+ e
            self.f = self.f &+ f
            self.g = self.g &+ g
            self.h = self.h &+ h
        }

        /// One round on words under the names that they have in it. What the standard calls e and
        /// a after the round stand in `d` and `h`.
        @inline(__always)
        private static func round(
            _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32,
            _ g: UInt32, _ h: inout UInt32, _ word: UInt32
        ) {
            h =
                h &+ word &+ (g ^ (e & (f ^ g)))
                &+ ((e &>> 6 | e &<< 26) ^ (e &>> 11 | e &<< 21) ^ (e &>> 25 | e &<< 7))
            d = d &+ h
            h =
                h &+ ((a & b) | (c & (a | b)))
                &+ ((a &>> 2 | a &<< 30) ^ (a &>> 13 | a &<< 19) ^ (a &>> 22 | a &<< 10))
        }
    }

    /// The first 16 words of the message schedule: the block (FIPS 180-4, 6.2.2, step 1).
    @inline(__always)
    private static func load(
        _ block: UnsafePointer<UInt8>, into w: UnsafeMutablePointer<UInt32>
    ) {
        let bytes = UnsafeRawPointer(block)
        var t = 0
        while t < 16 {
            w[t] = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: t &* 4, as: UInt32.self))
            t &+= 1
        }
    }

    /// The words 16 to 23 of the schedule from `w` on (the same step).
    @inline(__always)
    private static func expand(_ w: UnsafeMutablePointer<UInt32>) {
        var t = 16
        while t < 24 {
            let x = w[t &- 15]
            let y = w[t &- 2]
            let s0 = (x &>> 7 | x &<< 25) ^ (x &>> 18 | x &<< 14) ^ (x &>> 3)
            let s1 = (y &>> 17 | y &<< 15) ^ (y &>> 19 | y &<< 13) ^ (y &>> 10)
            w[t] = w[t &- 16] &+ s0 &+ w[t &- 7] &+ s1
            t &+= 1
        }
    }

    /// FIPS 180-4, 4.2.2.
    private static let constants: [UInt32] = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1,
        0x923f_82a4, 0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3,
        0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786,
        0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147,
        0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13,
        0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
        0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a,
        0x5b9c_ca4f, 0x682e_6ff3, 0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208,
        0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]
}
