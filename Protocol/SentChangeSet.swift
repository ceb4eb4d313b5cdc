/// A change-set as it came in a request: its head is read, the rest is left until it is known to be
/// new. One that comes again, after an answer that was lost, costs next to nothing.
package struct SentChangeSet: Sendable {
    /// The change-set, encoded.
    package let bytes: [UInt8]
    /// The number of the replica that sealed it.
    package let replica: Int64
    /// Its number.
    package let number: Int64
    /// The hash that the sender says it has: the one after it names it, the last is the head. Nil
    /// where neither does. Enough to know it again; never enough to take it.
    package let claimedHash: Hash?

    /// The change-sets of a request, in its order. Throws where the head of one is malformed.
    package static func all(
        of request: SyncRequest
    ) throws(MalformedMessage) -> [SentChangeSet] {
        var heads: [(replica: Int64, number: Int64, previous: Hash)] = []
        for bytes in request.changeSets {
            var reader = try CBORReader(bytes, most: Limits.changeSetBytesMax)
            try reader.array(count: 7)
            let replica = try reader.office()
            let number = try reader.integer(in: 1...Int64.max)
            heads.append((replica, number, try reader.hash()))
        }
        return heads.indices.map { index in
            let (replica, number, _) = heads[index]
            var claimed: Hash?
            if index + 1 < heads.count {
                let next = heads[index + 1]
                if next.number - 1 == number, next.replica == replica { claimed = next.previous }
            } else if request.head.number == number {
                claimed = request.head.hash
            }
            return SentChangeSet(
                bytes: request.changeSets[index], replica: replica, number: number,
                claimedHash: claimed)
        }
    }

    /// All of it; throws as `ChangeSet.init(decoding:)` does.
    package func changeSet() throws(MalformedMessage) -> ChangeSet {
        try ChangeSet(decoding: bytes)
    }
}
