extension ContentReader {
    /// A record row: a map of registers to what was written, with the birth under key 0.
    mutating func record() throws(MalformedMessage) -> RowChange.Content {
        let at = reader.offset
        let count = try reader.map()
        var birth: Birth?
        var writes: [RegisterWrite] = []
        var register = -1
        var assumed: Stamp??
        for _ in 0..<count {
            let key = reader.offset
            let next = try reader.number(in: 0...Limits.permanentNumberMax)
            guard next > register else { throw .found(.notAscending, at: key) }
            register = next
            if register == 0 {
                birth = try self.birth()
                assumed = .some(nil)
                continue
            }
            guard writes.count < Limits.columnsMax else { throw .found(.tooLong, at: at) }
            let write = try write(register, assumed: assumed, isBorn: birth != nil)
            if birth == nil { assumed = .some(write.stamp) }
            weight.add(ContentWeight.bytes(of: write))
            writes.append(write)
        }
        // The birth or null, and the head of the list of writes.
        if birth == nil { weight.add(1) }
        weight.add(ContentWeight.head(UInt64(writes.count)))
        return .record(birth: birth, writes: writes)
    }

    private mutating func birth() throws(MalformedMessage) -> Birth {
        let start = reader.offset
        let count = try reader.array(most: Limits.columnsMax + 1) - 1
        guard count >= 0 else { throw .found(.wrongCount, at: start) }
        let stamp = try reader.stamp(after: &before.birth)
        let fixed = try values(count)
        weight.add(1 + ContentWeight.stamp(stamp) + ContentWeight.bytes(of: fixed))
        return Birth(stamp: stamp, fixed: fixed)
    }

    private mutating func values(_ count: Int) throws(MalformedMessage) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try value()) }
        return values
    }

    /// A write: the value alone where everything else is as assumed, else an array of all.
    private mutating func write(
        _ register: Int, assumed: Stamp??, isBorn: Bool
    ) throws(MalformedMessage) -> RegisterWrite {
        let start = reader.offset
        guard try reader.initialByte() >> 5 == CBORType.array.rawValue else {
            let value = try value()
            guard let assumed else { throw .found(.contradiction, at: start) }
            return RegisterWrite(register: register, stamp: assumed, base: nil, values: [value])
        }
        var left = try reader.array(most: Limits.columnsMax + 3) - 1
        guard left >= 0 else { throw .found(.wrongCount, at: start) }
        var stamp: Stamp?
        if reader.isNull() {
            // Without a birth there is no age that the register could be as old as.
            guard isBorn else { throw .found(.contradiction, at: start) }
        } else {
            stamp = try reader.stamp(after: &before.write)
        }
        var base: Stamp?
        if left > 0, reader.isNext(0xF5) {
            guard left > 1 else { throw .found(.wrongCount, at: start) }
            base = try reader.stamp(after: &before.base)
            left -= 2
        }
        if left == 1, reader.isNext(0xF4) {
            return RegisterWrite(register: register, stamp: stamp, base: base, values: nil)
        }
        guard left <= Limits.columnsMax else { throw .found(.tooLong, at: start) }
        let first = reader.offset
        let values = try values(left)
        if left == 1, base == nil, let assumed, assumed == stamp,
            reader.bytes[first] >> 5 != CBORType.array.rawValue
        {
            throw .found(.notShortest, at: start)
        }
        return RegisterWrite(register: register, stamp: stamp, base: base, values: values)
    }
}

extension CBORReader {
    /// A stamp: the milliseconds since the one before, or time and replica.
    mutating func stamp(after before: inout Stamp?) throws(MalformedMessage) -> Stamp {
        let start = offset
        let stamp: Stamp
        if isInteger() {
            guard let last = before else { throw .found(.contradiction, at: start) }
            let all = Limits.stampMillisecondsMax
            let past = try integer(in: -last.milliseconds...all - last.milliseconds)
            stamp = Stamp(milliseconds: last.milliseconds + past, replica: last.replica)
        } else {
            try array(count: 2)
            stamp = Stamp(
                milliseconds: try time(), replica: try integer(in: 0...Limits.replicaNumberMax))
            guard stamp.replica != before?.replica else { throw .found(.notShortest, at: start) }
        }
        before = stamp
        return stamp
    }

    /// The initial byte of the next item, which is not read.
    func initialByte() throws(MalformedMessage) -> UInt8 {
        guard left > 0 else { throw .found(.truncated, at: offset) }
        return bytes[offset]
    }

    /// Whether the next item is an integer.
    func isInteger() -> Bool { left > 0 && bytes[offset] < 0x40 }

    /// Whether the next item is a map.
    func isMap() -> Bool { left > 0 && bytes[offset] >> 5 == CBORType.map.rawValue }

    /// Whether the next byte is `byte`; it is then read.
    mutating func isNext(_ byte: UInt8) -> Bool {
        guard left > 0, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    /// The length of a run, or nil where something else stands.
    mutating func run() throws(MalformedMessage) -> Int? {
        let byte = try initialByte()
        let length = Int(byte) - Int(ContentForm.run) + 1
        guard (1...ContentForm.runMax).contains(length) else { return nil }
        offset += 1
        return length
    }

    /// Whether a value is the same bytes as another that may be repeated.
    func isRepeated(_ value: WrittenValue, of other: WrittenValue) -> Bool {
        guard value.length == other.length, value.length <= Limits.repeatedValueBytesMax else {
            return false
        }
        let bytes = bytes.span
        var index = 0
        while index < value.length {
            guard bytes[value.offset + index] == bytes[other.offset + index] else { return false }
            index += 1
        }
        return true
    }
}
