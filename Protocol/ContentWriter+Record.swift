/// Record rows: a map of registers to what was written, with the birth under key 0.
extension ContentWriter {
    mutating func record(_ birth: Birth?, _ writes: [RegisterWrite]) {
        out.head(.map, UInt64(writes.count + (birth == nil ? 0 : 1)))
        if let birth {
            out.integer(0)
            out.array(count: 1 + birth.fixed.count)
            out.stamp(birth.stamp, after: &before.birth)
            for value in birth.fixed { self.value(value) }
        }
        // What a value without a stamp has: as old as the row, or as the write before.
        var assumed: Stamp?
        var isAssuming = birth != nil
        for write in writes {
            out.integer(write.register)
            if isAssuming, write.stamp == assumed, write.base == nil, bare(write.values) {
                continue
            }
            self.write(write)
            if birth == nil {
                assumed = write.stamp
                isAssuming = true
            }
        }
    }

    /// Writes the value alone where there is one, and it is no array: that is a whole write.
    private mutating func bare(_ values: [Value]?) -> Bool {
        guard let values, values.count == 1 else { return false }
        let start = out.bytes.count
        value(values[0])
        guard out.bytes[start] >> 5 == CBORType.array.rawValue else { return true }
        out.bytes.removeLast(out.bytes.count - start)
        return false
    }

    private mutating func write(_ write: RegisterWrite) {
        out.array(count: 1 + (write.base == nil ? 0 : 2) + (write.values?.count ?? 1))
        if let stamp = write.stamp {
            out.stamp(stamp, after: &before.write)
        } else {
            out.null()
        }
        if let base = write.base {
            out.bool(true)
            out.stamp(base, after: &before.base)
        }
        guard let values = write.values else { return out.bool(false) }
        for value in values { self.value(value) }
    }
}

extension CBORWriter {
    /// A UUID without the leading bytes that it shares with the one before.
    mutating func uuid(_ uuid: UUIDBits, after before: UUIDBits?) {
        let shared = before.map { min(15, uuid.sharedByteCount(with: $0)) } ?? 0
        head(.bytes, UInt64(16 - shared))
        uuid.append(to: &bytes, from: shared)
    }

    /// The milliseconds since the stamp before if it is of the same replica, else time and replica.
    mutating func stamp(_ stamp: Stamp, after before: inout Stamp?) {
        if let before, before.replica == stamp.replica {
            integer(stamp.milliseconds - before.milliseconds)
        } else {
            array(count: 2)
            integer(stamp.milliseconds)
            integer(stamp.replica)
        }
        before = stamp
    }

    mutating func tag(_ number: UInt64) { head(.tag, number) }

    /// Corrects the head of an array that was written for `said` items, and with it where the
    /// values behind it stand.
    mutating func replaceArrayHead(
        at head: Int, said: Int, with count: Int, moving values: inout [WrittenValue]
    ) {
        let type = CBORType.array.rawValue << 5
        guard said >= 24 else { return bytes[head] = type | UInt8(count) }
        guard count < 24 else { return bytes[head + 1] = UInt8(count) }
        bytes.remove(at: head)
        bytes[head] = type | UInt8(count)
        for index in values.indices where values[index].offset > head { values[index].offset -= 1 }
    }
}
