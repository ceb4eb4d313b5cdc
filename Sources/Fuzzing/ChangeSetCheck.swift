import RientroProtocol

/// A change-set with the content of its part.
struct ChangeSetCheck: FuzzCheck {
    func check(_ input: [UInt8]) throws(BrokenClaim) {
        try Self.check(input)
    }

    /// Tries the claims on a change-set, from wherever it came.
    static func check(_ bytes: [UInt8]) throws(BrokenClaim) {
        let read = try Decoding.check(bytes, ChangeSet.init(decoding:)) { $0.encoded() }
        guard let set = read else { return }
        try claim(bytes.count <= Limits.changeSetBytesMax, "a change-set has its limit")
        try claim(set.names.count <= Limits.changeSetNamesMax, "so many earlier names at most")
        try claim(
            (1...Limits.replicaNumberMax).contains(set.replica) && set.number >= 1,
            "an office seals, and counts from 1")
        try claim(
            set.head == Head(number: set.number, hash: set.hash(ofPart: set.part.hash)),
            "a change-set is known by the hash over its part's")
        var other = set
        other.number = set.number == 1 ? 2 : 1
        try claim(other.hash != set.hash, "another number is another hash")
        try ContentCheck.check(set.part.content)
    }
}
