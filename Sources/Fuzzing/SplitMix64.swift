/// Random numbers that a seed repeats on every machine (SplitMix64, Steele et al. 2014).
package struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    /// Numbers that follow from `seed` alone.
    package init(seed: UInt64) { state = seed }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Counts that add up to `count`, each from 1 to `most`.
    mutating func pieces(of count: Int, most: Int) -> [Int] {
        var pieces: [Int] = []
        var left = count
        while left > 0 {
            let piece = Int.random(in: 1...min(most, left), using: &self)
            pieces.append(piece)
            left -= piece
        }
        return pieces
    }
}
