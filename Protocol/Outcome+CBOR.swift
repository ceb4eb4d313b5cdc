extension OutcomeItem {
    /// Items as a CBOR array of `[table, id, register, reason, sent, present, values]`.
    package static func encode(_ items: [OutcomeItem]) -> [UInt8] {
        var writer = CBORWriter()
        writer.list(items) { $0.item($1) }
        return writer.bytes
    }

    /// Items from their CBOR; throws for everything that `encode(_:)` would not have written.
    package static func decode(_ bytes: [UInt8]) throws(MalformedMessage) -> [OutcomeItem] {
        var reader = try CBORReader(bytes, most: Limits.messageBytesMax)
        let items = try reader.items()
        try reader.end()
        return items
    }
}

extension CBORWriter {
    fileprivate mutating func item(_ item: OutcomeItem) {
        array(count: 7)
        integer(item.table)
        id(item.id)
        integer(item.register)
        if let reason = item.reason { integer(reason.rawValue) } else { null() }
        stamp(item.sent)
        stamp(item.present)
        optionalValues(item.values)
    }

    mutating func outcome(_ outcome: Outcome) {
        array(count: 3)
        integer(outcome.number)
        integer(outcome.status.rawValue)
        list(outcome.items) { $0.item($1) }
    }
}

extension CBORReader {
    fileprivate mutating func items() throws(MalformedMessage) -> [OutcomeItem] {
        try list(most: .max) { reader throws(MalformedMessage) in
            try reader.array(count: 7)
            return OutcomeItem(
                table: try reader.table(), id: try reader.id(),
                register: try reader.number(in: 0...Limits.permanentNumberMax),
                reason: try reader.reason(), sent: try reader.optionalStamp(),
                present: try reader.optionalStamp(), values: try reader.optionalValues())
        }
    }

    private mutating func reason() throws(MalformedMessage) -> RefusalReason? {
        if isNull() { return nil }
        let start = offset
        guard let reason = RefusalReason(rawValue: try number(in: 1...Limits.permanentNumberMax))
        else { throw .found(.outOfRange, at: start) }
        return reason
    }

    mutating func outcome() throws(MalformedMessage) -> Outcome {
        try array(count: 3)
        let number = try changeSetNumber()
        let start = offset
        guard let status = Outcome.Status(rawValue: try self.number(in: 0...3)) else {
            throw .found(.outOfRange, at: start)
        }
        return Outcome(number: number, status: status, items: try items())
    }
}
