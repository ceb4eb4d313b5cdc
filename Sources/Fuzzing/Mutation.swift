/// Damages inputs as a fuzzer does, the same way for the same seed, where there is no libFuzzer.
package struct Mutation {
    private var random: SplitMix64
    private let inputs: [[UInt8]]
    private let words: [[UInt8]]
    private let bytesMax: Int

    /// Damage to the seeds of `target`; there must be some.
    package init(of target: FuzzTarget, seeds: Seeds, seed: UInt64) {
        random = SplitMix64(seed: seed)
        bytesMax = target.inputBytesMax
        inputs = seeds.inputs(of: target).map { Array($0.prefix(target.inputBytesMax)) }
        words = seeds.words(of: target)
        precondition(!inputs.isEmpty, "a target has seeds")
    }

    /// The next damaged input: a seed with one to four changes.
    package mutating func next() -> [UInt8] {
        var input = any(of: inputs)
        for _ in 0..<Int.random(in: 1...4, using: &random) { change(&input) }
        return Array(input.prefix(bytesMax))
    }

    private mutating func change(_ input: inout [UInt8]) {
        let place = Int.random(in: 0...input.count, using: &random)
        let end = min(input.count, place + Int.random(in: 1...8, using: &random))
        switch Int.random(in: 0..<7, using: &random) {
        case 0 where place < input.count:
            input[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1 where place < input.count:
            input[place] = UInt8.random(in: .min ... .max, using: &random)
        case 2: input.removeSubrange(place..<end)
        case 3: input.insert(contentsOf: input[place..<end], at: place)
        case 4 where !words.isEmpty: input.insert(contentsOf: any(of: words), at: place)
        case 5:
            // The beginning of one and the end of another.
            let other = any(of: inputs)
            let from = Int.random(in: 0...other.count, using: &random)
            input.replaceSubrange(place..., with: other[from...])
        default: input.insert(UInt8.random(in: .min ... .max, using: &random), at: place)
        }
    }

    private mutating func any(of list: [[UInt8]]) -> [UInt8] {
        list[Int.random(in: 0..<list.count, using: &random)]
    }
}
