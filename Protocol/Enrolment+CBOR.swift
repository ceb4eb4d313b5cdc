extension EnrolRequest {
    /// The request as a CBOR map.
    package func encoded() -> [UInt8] {
        var writer = CBORWriter()
        var map = writer.map()
        writer.key(0, of: &map)
        writer.integer(protocolVersion)
        writer.key(1, of: &map)
        writer.text(code)
        writer.key(2, of: &map)
        writer.hash(tokenHash)
        writer.key(3, of: &map)
        writer.byteString(incarnation)
        if let replica {
            writer.key(4, of: &map)
            writer.integer(replica)
        }
        if let label {
            writer.key(5, of: &map)
            writer.text(label)
        }
        return writer.bytes
    }

    /// A request from its CBOR; throws `.unknownVersion` before anything else where the protocol
    /// is another, and for everything that `encoded()` would not have written.
    package init(decoding bytes: [UInt8]) throws(MalformedMessage) {
        var r = try CBORReader(bytes, most: Limits.messageBytesMax)
        var fields = try MessageFields(&r)
        var (version, code) = (Int?.none, String?.none)
        var (hash, incarnation) = (Hash?.none, [UInt8]?.none)
        var (replica, label) = (Int64?.none, String?.none)
        while let key = try fields.next(&r) {
            switch key {
            case 0: version = try r.protocolVersion()
            case 1: code = try r.text(most: Limits.enrolmentCodeBytesMax)
            case 2: hash = try r.hash()
            case 3: incarnation = try r.byteString(count: 16)
            case 4: replica = try r.office()
            case 5:
                label = try r.text(most: Limits.officeNameBytesMax)
                try fields.refuseDefault(label?.isEmpty == true)
            default: throw fields.unknown
            }
        }
        try r.end()
        self = EnrolRequest(
            protocolVersion: try MessageFields.required(version, r),
            code: try MessageFields.required(code, r),
            tokenHash: try MessageFields.required(hash, r),
            incarnation: try MessageFields.required(incarnation, r), replica: replica,
            label: label)
    }
}

extension RenumberRequest {
    /// The request as a CBOR map.
    package func encoded() -> [UInt8] {
        var writer = CBORWriter()
        var map = writer.map()
        writer.key(0, of: &map)
        writer.integer(protocolVersion)
        writer.key(1, of: &map)
        writer.integer(replica)
        writer.key(2, of: &map)
        writer.head(head)
        writer.key(3, of: &map)
        writer.hash(tokenHash)
        writer.key(4, of: &map)
        writer.byteString(incarnation)
        if let label {
            writer.key(5, of: &map)
            writer.text(label)
        }
        return writer.bytes
    }

    /// A request from its CBOR; throws `.unknownVersion` before anything else where the protocol
    /// is another, and for everything that `encoded()` would not have written.
    package init(decoding bytes: [UInt8]) throws(MalformedMessage) {
        var r = try CBORReader(bytes, most: Limits.messageBytesMax)
        var fields = try MessageFields(&r)
        var (version, replica, head) = (Int?.none, Int64?.none, Head?.none)
        var (hash, incarnation, label) = (Hash?.none, [UInt8]?.none, String?.none)
        while let key = try fields.next(&r) {
            switch key {
            case 0: version = try r.protocolVersion()
            case 1: replica = try r.office()
            case 2: head = try r.replicaHead()
            case 3: hash = try r.hash()
            case 4: incarnation = try r.byteString(count: 16)
            case 5:
                label = try r.text(most: Limits.officeNameBytesMax)
                try fields.refuseDefault(label?.isEmpty == true)
            default: throw fields.unknown
            }
        }
        try r.end()
        self = RenumberRequest(
            protocolVersion: try MessageFields.required(version, r),
            replica: try MessageFields.required(replica, r),
            head: try MessageFields.required(head, r),
            tokenHash: try MessageFields.required(hash, r),
            incarnation: try MessageFields.required(incarnation, r), label: label)
    }
}

extension EnrolAnswer {
    /// The answer as a CBOR map.
    package func encoded() -> [UInt8] {
        var writer = CBORWriter(capacity: schema.count + 512)
        var map = writer.map()
        writer.key(1, of: &map)
        writer.integer(replica)
        writer.key(2, of: &map)
        writer.text(name)
        if !portfolios.isEmpty {
            writer.key(3, of: &map)
            writer.list(portfolios) { $0.text($1) }
        }
        writer.key(4, of: &map)
        writer.byteString(schema)
        writer.key(5, of: &map)
        writer.integer(centreTime)
        return writer.bytes
    }

    /// An answer from its CBOR; the schema is taken as it is. Throws for everything that
    /// `encoded()` would not have written.
    package init(decoding bytes: [UInt8]) throws(MalformedMessage) {
        var r = try CBORReader(bytes, most: Limits.messageBytesMax)
        var fields = try MessageFields(&r)
        var (replica, name, time) = (Int64?.none, String?.none, Int64?.none)
        var (portfolios, schema) = ([String](), [UInt8]?.none)
        while let key = try fields.next(&r) {
            switch key {
            case 1: replica = try r.office()
            case 2: name = try r.text(most: Limits.officeNameBytesMax)
            case 3:
                portfolios = try r.portfolios()
                try fields.refuseDefault(portfolios.isEmpty)
            case 4: schema = try r.byteString(most: Limits.schemaBytesMax)
            case 5: time = try r.time()
            default: throw fields.unknown
            }
        }
        try r.end()
        self = EnrolAnswer(
            replica: try MessageFields.required(replica, r),
            name: try MessageFields.required(name, r), portfolios: portfolios,
            schema: try MessageFields.required(schema, r),
            centreTime: try MessageFields.required(time, r))
    }
}
