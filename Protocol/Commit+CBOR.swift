extension Commit {
    /// The commit as a CBOR array: `[number, time, replica, changeSet, [hash…], chain,
    /// [[portfolio, salt, content]…]]`.
    package func encoded() -> [UInt8] {
        var writer = CBORWriter(
            capacity: parts.reduce(256) { $0 + $1.part.content.count + 64 } + 34 * hashes.count)
        writer.commit(self)
        return writer.bytes
    }

    /// A commit from its CBOR; throws for everything that `encoded()` would not have written. The
    /// chain is not checked (`isChained(after:)` does).
    package init(decoding bytes: [UInt8]) throws(MalformedMessage) {
        var reader = try CBORReader(bytes, most: Limits.messageBytesMax)
        self = try reader.commit()
        try reader.end()
    }

    /// The hash of the chain at a commit: SHA-256 of the CBOR array `["rientro commit", previous,
    /// number, time, replica, changeSet, [hash…]]`, where `previous` is the chain's hash at the
    /// commit before (`Hash.zero` before the first).
    package static func chainHash(
        previous: Hash, number: Int64, time: Int64, replica: Int64, changeSet: Int64,
        hashes: [Hash]
    ) -> Hash {
        var writer = CBORWriter(capacity: 128 + 34 * hashes.count)
        writer.array(count: 7)
        writer.text("rientro commit")
        writer.hash(previous)
        writer.integer(number)
        writer.integer(time)
        writer.integer(replica)
        writer.integer(changeSet)
        writer.list(hashes) { $0.hash($1) }
        return SHA256.hash(writer.bytes)
    }

    /// Whether this commit continues the chain that stood at `previous`, and every part that it
    /// carries is one that the chain has hashed.
    package func isChained(after previous: Hash) -> Bool {
        let expected = Commit.chainHash(
            previous: previous, number: number, time: time, replica: replica,
            changeSet: changeSet, hashes: hashes)
        return chain == expected && parts.allSatisfy { hashes.contains($0.part.hash) }
    }
}

extension CBORWriter {
    mutating func commit(_ commit: Commit) {
        array(count: 7)
        integer(commit.number)
        integer(commit.time)
        integer(commit.replica)
        integer(commit.changeSet)
        list(commit.hashes) { $0.hash($1) }
        hash(commit.chain)
        list(commit.parts) { writer, part in
            writer.array(count: 3)
            writer.text(part.portfolio)
            writer.byteString(part.part.salt)
            writer.byteString(part.part.content)
        }
    }
}

extension CBORReader {
    mutating func commit() throws(MalformedMessage) -> Commit {
        let start = offset
        try array(count: 7)
        let number = try commitNumber()
        let time = try time()
        let replica = try integer(in: 0...Limits.replicaNumberMax)
        let changeSet = try changeSetNumber()
        let hashes = try list(most: .max) { r throws(MalformedMessage) in try r.hash() }
        let chain = try hash()
        let parts = try list(most: .max) { r throws(MalformedMessage) in
            try r.array(count: 3)
            let portfolio = try r.portfolioOrEmpty()
            return CommitPart(
                portfolio: portfolio, part: try r.part(contentMost: Limits.messageBytesMax))
        }
        guard parts.count <= hashes.count else { throw .found(.contradiction, at: start) }
        return Commit(
            number: number, time: time, replica: replica, changeSet: changeSet, hashes: hashes,
            chain: chain, parts: parts)
    }

    /// Milliseconds since 1970, as far as a stamp reaches.
    mutating func time() throws(MalformedMessage) -> Int64 {
        try integer(in: 0...Limits.stampMillisecondsMax)
    }

    /// The key of a portfolio, or an empty text.
    mutating func portfolioOrEmpty() throws(MalformedMessage) -> String {
        let start = offset
        let text = try text(most: Limits.referenceKeyBytesMax)
        guard text.isEmpty || RowID.isReferenceKey(text) else {
            throw .found(.invalidID, at: start)
        }
        return text
    }

    /// The keys of the portfolios that one replica holds.
    mutating func portfolios() throws(MalformedMessage) -> [String] {
        try list(most: Limits.portfoliosMax) { reader throws(MalformedMessage) in
            let start = reader.offset
            let portfolio = try reader.portfolioOrEmpty()
            guard !portfolio.isEmpty else { throw .found(.invalidID, at: start) }
            return portfolio
        }
    }
}
