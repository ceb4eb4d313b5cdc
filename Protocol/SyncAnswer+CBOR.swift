extension SyncAnswer {
    /// The answer as a CBOR map; a key is left out where its value is the default.
    package func encoded() -> [UInt8] {
        var writer = CBORWriter(capacity: 4096)
        var map = writer.map()
        writer.key(1, of: &map)
        writer.integer(replica)
        writer.key(2, of: &map)
        writer.head(centreHead)
        if !outcomes.isEmpty {
            writer.key(3, of: &map)
            writer.list(outcomes) { $0.outcome($1) }
        }
        writer.key(4, of: &map)
        writer.cursor(from)
        if !commits.isEmpty {
            writer.key(5, of: &map)
            writer.list(commits) { $0.commit($1) }
        }
        writer.key(6, of: &map)
        writer.cursor(cursor)
        if hasMore {
            writer.key(7, of: &map)
            writer.bool(true)
        }
        if !portfolios.isEmpty {
            writer.key(8, of: &map)
            writer.list(portfolios) { $0.text($1) }
        }
        writer.key(9, of: &map)
        writer.integer(centreTime)
        if covered != 0 {
            writer.key(10, of: &map)
            writer.integer(covered)
        }
        return writer.bytes
    }

    /// An answer from its CBOR; the contents of its parts are taken as they are. Throws for
    /// everything that `encoded()` would not have written.
    package init(decoding bytes: [UInt8]) throws(MalformedMessage) {
        var r = try CBORReader(bytes, most: Limits.messageBytesMax)
        var fields = try MessageFields(&r)
        var (replica, head, time) = (Int64?.none, Head?.none, Int64?.none)
        var (from, cursor) = (Cursor?.none, Cursor?.none)
        var (outcomes, commits, portfolios) = ([Outcome](), [Commit](), [String]())
        var (hasMore, covered) = (false, Int64(0))
        while let key = try fields.next(&r) {
            switch key {
            case 1: replica = try r.office()
            case 2: head = try r.replicaHead()
            case 3:
                outcomes = try r.list(most: .max) { r throws(MalformedMessage) in
                    try r.outcome()
                }
                try fields.refuseDefault(outcomes.isEmpty)
            case 4: from = try r.cursor()
            case 5:
                commits = try r.list(most: .max) { r throws(MalformedMessage) in try r.commit() }
                try fields.refuseDefault(commits.isEmpty)
            case 6: cursor = try r.cursor()
            case 7:
                hasMore = try r.bool()
                try fields.refuseDefault(!hasMore)
            case 8:
                portfolios = try r.portfolios()
                try fields.refuseDefault(portfolios.isEmpty)
            case 9: time = try r.time()
            case 10:
                covered = try r.changeSetNumber(from: 0)
                try fields.refuseDefault(covered == 0)
            default: throw fields.unknown
            }
        }
        try r.end()
        self = SyncAnswer(
            replica: try MessageFields.required(replica, r),
            centreHead: try MessageFields.required(head, r), outcomes: outcomes,
            from: try MessageFields.required(from, r), commits: commits,
            cursor: try MessageFields.required(cursor, r), hasMore: hasMore,
            portfolios: portfolios, centreTime: try MessageFields.required(time, r),
            covered: covered)
    }
}
