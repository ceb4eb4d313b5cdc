/// A change-set as it came in a request: read as far as its own hash takes, which decides whether
/// it is known; the rows in its content are left until it is known to be new.
///
/// Reading and hashing need no database, so that the one connection that writes does neither.
package struct SentChangeSet: Sendable {
    /// The change-set; its content is as it came.
    package let changeSet: ChangeSet
    /// The hash of its part.
    package let partHash: Hash
    /// How many bytes it came in.
    package let byteCount: Int

    /// A change-set from its bytes. Throws as `ChangeSet.init(decoding:)` does.
    package init(_ bytes: [UInt8]) throws(MalformedMessage) {
        changeSet = try ChangeSet(decoding: bytes)
        partHash = changeSet.part.hash
        byteCount = bytes.count
    }

    /// The change-sets of a request, in its order. Throws where one is malformed.
    package static func all(
        of request: SyncRequest
    ) throws(MalformedMessage) -> [SentChangeSet] {
        var sets: [SentChangeSet] = []
        sets.reserveCapacity(request.changeSets.count)
        for bytes in request.changeSets { sets.append(try SentChangeSet(bytes)) }
        return sets
    }
}
