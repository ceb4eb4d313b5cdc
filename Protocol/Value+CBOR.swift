extension Value {
    /// Values as a CBOR array, in the order given.
    package static func encode(_ values: [Value]) -> [UInt8] {
        var writer = CBORWriter()
        writer.values(values)
        return writer.bytes
    }

    /// Values from their CBOR array; throws if it is not one, has more than `Limits.columnsMax`,
    /// or a text or blob is longer than `Limits.textBytesMax`.
    package static func decode(_ bytes: [UInt8]) throws(MalformedMessage) -> [Value] {
        var reader = try CBORReader(bytes, most: Limits.rowBytesMax)
        let values = try reader.values()
        try reader.end()
        return values
    }
}

extension CBORWriter {
    mutating func values(_ values: [Value]) {
        array(count: values.count)
        for value in values {
            switch value {
            case .null: null()
            case .integer(let number): integer(number)
            case .text(let string): text(string)
            case .blob(let bytes): byteString(bytes)
            }
        }
    }

    /// Values, or null.
    mutating func optionalValues(_ values: [Value]?) {
        if let values { self.values(values) } else { null() }
    }
}

extension CBORReader {
    mutating func values() throws(MalformedMessage) -> [Value] {
        let count = try array(most: Limits.columnsMax)
        var values: [Value] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try value()) }
        return values
    }

    /// Values, or null.
    mutating func optionalValues() throws(MalformedMessage) -> [Value]? {
        isNull() ? nil : try values()
    }

    mutating func stamp() throws(MalformedMessage) -> Stamp {
        let start = offset
        guard let stamp = Stamp(rawValue: try integer(in: 0...Int64.max)) else {
            throw .found(.outOfRange, at: start)
        }
        return stamp
    }

    /// A stamp, or null.
    mutating func optionalStamp() throws(MalformedMessage) -> Stamp? {
        isNull() ? nil : try stamp()
    }
}
