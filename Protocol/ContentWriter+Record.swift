/// Record rows: a map of registers to what was written, with the birth under key 0.
extension ContentWriter {
    mutating func record(_ row: RowForm, of forms: borrowing RowForms) {
        out.head(.map, UInt64(row.count))
        // What a value without a stamp has: as old as the row, or as the write before.
        var assumed: Stamp?
        var isAssuming = false
        for index in Int(row.first)..<Int(row.first + row.count) {
            let write = forms.writes[index]
            let values = forms.out.bytes.span.extracting(Int(write.start)..<Int(write.end))
            out.integer(Int(write.register))
            if write.register == 0, let stamp = write.stamp {
                out.array(count: 1 + Int(write.count ?? 0))
                out.stamp(stamp, after: &before.birth)
                out.append(values)
                isAssuming = true
                continue
            }
            // The value alone where there is one, and it is no array: that is a whole write.
            if isAssuming, write.stamp == assumed, write.base == nil, write.count == 1,
                values[0] >> 5 != CBORType.array.rawValue
            {
                out.append(values)
                continue
            }
            self.write(write, values)
            if !row.isBorn {
                assumed = write.stamp
                isAssuming = true
            }
        }
    }

    private mutating func write(_ write: WriteForm, _ values: borrowing Span<UInt8>) {
        out.array(count: 1 + (write.base == nil ? 0 : 2) + Int(write.count ?? 1))
        if let stamp = write.stamp {
            out.stamp(stamp, after: &before.write)
        } else {
            out.null()
        }
        if let base = write.base {
            out.bool(true)
            out.stamp(base, after: &before.base)
        }
        guard write.count != nil else { return out.bool(false) }
        out.append(values)
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

    /// Corrects the head of an array that was written for `said` items.
    mutating func replaceArrayHead(at head: Int, said: Int, with count: Int) {
        let type = CBORType.array.rawValue << 5
        guard said >= 24 else { return bytes[head] = type | UInt8(count) }
        guard count < 24 else { return bytes[head + 1] = UInt8(count) }
        bytes.remove(at: head)
        bytes[head] = type | UInt8(count)
    }
}
