extension SyncRequest {
    /// The keys that were added to version 1: a centre from before them reads over them.
    package static let addedKeys: Set<Int64> = [65, 66]

    /// The request as a CBOR map; a key is left out where its value is the default.
    package func encoded() -> [UInt8] {
        var writer = CBORWriter(capacity: changeSets.reduce(1024) { $0 + $1.count + 8 })
        var map = writer.map()
        writer.key(0, of: &map)
        writer.integer(protocolVersion)
        writer.key(1, of: &map)
        writer.integer(schemaVersion)
        writer.key(2, of: &map)
        writer.integer(replica)
        writer.key(3, of: &map)
        writer.head(head)
        if outcomesMerged != 0 {
            writer.key(4, of: &map)
            writer.integer(outcomesMerged)
        }
        if !cursors.isEmpty {
            writer.key(5, of: &map)
            writer.list(cursors) { $0.cursor($1) }
        }
        if !portfolios.isEmpty {
            writer.key(6, of: &map)
            writer.list(portfolios) { $0.text($1) }
        }
        if !changeSets.isEmpty {
            writer.key(7, of: &map)
            writer.list(changeSets) { $0.byteString($1) }
        }
        if answerBytesMax != Limits.answerCommitBytesMax {
            writer.key(8, of: &map)
            writer.integer(answerBytesMax)
        }
        if waitSeconds != 0 {
            writer.key(9, of: &map)
            writer.integer(waitSeconds)
        }
        if let provenCommit {
            writer.key(65, of: &map)
            writer.integer(provenCommit)
        }
        if let label {
            writer.key(66, of: &map)
            writer.text(label)
        }
        return writer.bytes
    }

    /// A request from its CBOR; the change-sets are taken as they are (`ChangeSet.init(decoding:)`
    /// reads one). Throws `.unknownVersion` before anything else where the protocol is another,
    /// and for everything that `encoded()` would not have written.
    package init(decoding bytes: [UInt8]) throws(MalformedMessage) {
        var r = try CBORReader(bytes, most: Limits.messageBytesMax)
        var fields = try MessageFields(&r, added: Self.addedKeys)
        var (version, schema, replica, head) = (Int?.none, Int?.none, Int64?.none, Head?.none)
        var request = SyncRequest(
            schemaVersion: 1, replica: 1, head: .none, outcomesMerged: 0, cursors: [],
            portfolios: [], changeSets: [])
        while let key = try fields.next(&r) {
            switch key {
            case 0: version = try r.protocolVersion()
            case 1: schema = try r.number(in: 1...Limits.schemaVersionMax)
            case 2: replica = try r.office()
            case 3: head = try r.replicaHead()
            case 4:
                request.outcomesMerged = try r.changeSetNumber(from: 0)
                try fields.refuseDefault(request.outcomesMerged == 0)
            case 5:
                request.cursors = try r.list(most: Limits.cursorsMax) {
                    r throws(MalformedMessage) in try r.cursor()
                }
                try fields.refuseDefault(request.cursors.isEmpty)
            case 6:
                request.portfolios = try r.portfolios()
                try fields.refuseDefault(request.portfolios.isEmpty)
            case 7:
                request.changeSets = try r.changeSets()
                try fields.refuseDefault(request.changeSets.isEmpty)
            case 8:
                request.answerBytesMax = try r.number(in: 0...Limits.messageBytesMax)
                try fields.refuseDefault(request.answerBytesMax == Limits.answerCommitBytesMax)
            case 9:
                request.waitSeconds = try r.number(in: 0...Limits.waitSecondsMax)
                try fields.refuseDefault(request.waitSeconds == 0)
            case 65: request.provenCommit = try r.commitNumber(from: 0)
            case 66:
                request.label = try r.text(most: Limits.officeNameBytesMax)
                try fields.refuseDefault(request.label?.isEmpty == true)
            default: throw fields.unknown
            }
        }
        try r.end()
        request.protocolVersion = try MessageFields.required(version, r)
        request.schemaVersion = try MessageFields.required(schema, r)
        request.replica = try MessageFields.required(replica, r)
        request.head = try MessageFields.required(head, r)
        self = request
    }
}

extension CBORReader {
    /// The version of the protocol, which must be the present one.
    mutating func protocolVersion() throws(MalformedMessage) -> Int {
        let start = offset
        let version = try integer(in: 1...Int64.max)
        guard version == ProtocolVersion.current else {
            throw .found(.unknownVersion, at: start)
        }
        return ProtocolVersion.current
    }

    fileprivate mutating func changeSets() throws(MalformedMessage) -> [[UInt8]] {
        let start = offset
        var total = 0
        let changeSets = try list(most: .max) { reader throws(MalformedMessage) in
            let bytes = try reader.byteString(most: Limits.changeSetBytesMax)
            total += bytes.count
            return bytes
        }
        guard total <= Limits.requestChangeSetBytesMax else { throw .found(.tooLong, at: start) }
        return changeSets
    }
}
