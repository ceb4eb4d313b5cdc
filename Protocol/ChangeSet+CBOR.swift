extension Part {
    /// SHA-256 of salt and content. Not changed by an erasure: the chain keeps it.
    package var hash: Hash {
        var hash = SHA256()
        hash.update(salt)
        hash.update(content)
        return hash.finish()
    }
}

extension ChangeSet {
    /// The change-set as a CBOR array: `[replica, number, previous, cursor, [name…], salt,
    /// content]`.
    package func encoded() -> [UInt8] {
        var writer = CBORWriter(capacity: part.content.count + 512)
        writer.array(count: 7)
        writeHeader(to: &writer)
        writer.byteString(part.salt)
        writer.byteString(part.content)
        return writer.bytes
    }

    /// A change-set from its CBOR; the content of its part is taken as it is
    /// (`UnitChanges.decode(_:)` reads it). Throws `.tooLong` above `Limits.changeSetBytesMax`,
    /// and for everything that `encoded()` would not have written.
    package init(decoding bytes: [UInt8]) throws(MalformedMessage) {
        var reader = try CBORReader(bytes, most: Limits.changeSetBytesMax)
        try reader.array(count: 7)
        replica = try reader.office()
        number = try reader.changeSetNumber()
        previous = try reader.hash()
        cursor = try reader.cursor()
        names = try reader.list(most: Limits.changeSetNamesMax) { r throws(MalformedMessage) in
            try r.array(count: 3)
            return ChangeSetName(
                replica: try r.office(), number: try r.changeSetNumber(), hash: try r.hash())
        }
        part = try reader.part(contentMost: Limits.changeSetBytesMax)
        try reader.end()
    }

    /// What the change-set is known by. Over the hash of its part and not the part itself, so that
    /// it can still be checked when a person in the part has been erased.
    package var hash: Hash { hash(ofPart: part.hash) }

    /// The same where the hash of the part is known already.
    package func hash(ofPart hash: Hash) -> Hash {
        var writer = CBORWriter()
        writer.array(count: 7)
        writer.text("rientro change-set")
        writeHeader(to: &writer)
        writer.hash(hash)
        return SHA256.hash(writer.bytes)
    }

    /// The replica's head once this change-set is its last.
    package var head: Head { Head(number: number, hash: hash) }

    private func writeHeader(to writer: inout CBORWriter) {
        writer.integer(replica)
        writer.integer(number)
        writer.hash(previous)
        writer.cursor(cursor)
        writer.list(names) { writer, name in
            writer.array(count: 3)
            writer.integer(name.replica)
            writer.integer(name.number)
            writer.hash(name.hash)
        }
    }
}

extension Cursor {
    /// The cursor as a CBOR array: `[epoch, commit, chain]`.
    package func encoded() -> [UInt8] {
        var writer = CBORWriter()
        writer.cursor(self)
        return writer.bytes
    }

    /// A cursor from its CBOR; throws if it is not one.
    package init(decoding bytes: [UInt8]) throws(MalformedMessage) {
        var reader = try CBORReader(bytes, most: Limits.messageBytesMax)
        self = try reader.cursor()
        try reader.end()
    }
}

extension CBORWriter {
    mutating func cursor(_ cursor: Cursor) {
        array(count: 3)
        byteString(cursor.epoch)
        integer(cursor.commit)
        hash(cursor.chain)
    }

    mutating func head(_ head: Head) {
        array(count: 2)
        integer(head.number)
        hash(head.hash)
    }
}

extension CBORReader {
    /// The number of an office's replica.
    mutating func office() throws(MalformedMessage) -> Int64 {
        try integer(in: 1...Limits.replicaNumberMax)
    }

    /// The number of a change-set; 0, where that is allowed, is none.
    mutating func changeSetNumber(from least: Int64 = 1) throws(MalformedMessage) -> Int64 {
        try integer(in: least...Limits.changeSetNumberMax)
    }

    /// The number of a commit; 0, where that is allowed, is none.
    mutating func commitNumber(from least: Int64 = 1) throws(MalformedMessage) -> Int64 {
        try integer(in: least...Limits.commitNumberMax)
    }

    mutating func cursor() throws(MalformedMessage) -> Cursor {
        try array(count: 3)
        return Cursor(
            epoch: try byteString(count: 16), commit: try commitNumber(from: 0), chain: try hash())
    }

    mutating func replicaHead() throws(MalformedMessage) -> Head {
        let start = offset
        try array(count: 2)
        let head = Head(number: try changeSetNumber(from: 0), hash: try hash())
        // Before the first change-set there is nothing to hash.
        guard head.number > 0 || head.hash == .zero else {
            throw .found(.contradiction, at: start)
        }
        return head
    }

    /// Salt and content, two byte strings.
    mutating func part(contentMost: Int) throws(MalformedMessage) -> Part {
        let salt = try byteString(count: 16)
        return Part(salt: salt, content: try byteString(most: contentMost))
    }
}
