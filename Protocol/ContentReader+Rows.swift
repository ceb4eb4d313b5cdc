/// Where a value of a ledger row stands in a content.
struct WrittenValue {
    var offset: Int
    var length: Int
}

/// The last ledger row of a table, as it was read.
struct ReadLedger {
    /// Where each value stands in the content, or where the row before had it.
    var places: [WrittenValue] = []
    var values: [Value] = []
}

extension ContentReader {
    /// A value in its short form, and in no longer one.
    mutating func value() throws(MalformedMessage) -> Value {
        let start = reader.offset
        switch try reader.initialByte() {
        case 0xF7:
            guard !unitID.isEmpty else { throw .found(.contradiction, at: start) }
            reader.offset += 1
            return .text(unitID)
        case 0x80...0x9F:
            try reader.array(count: 1)
            return .text(try instant(start: start))
        case 0xC0...0xDF:
            return .text(try tagged())
        default:
            let value = try reader.value()
            if case .text(let text) = value, hasShortForm(text) {
                throw .found(.notShortest, at: start)
            }
            return value
        }
    }

    private mutating func instant(start: Int) throws(MalformedMessage) -> String {
        guard let row = rowMilliseconds else { throw .found(.contradiction, at: start) }
        let all = UTCTime.milliseconds
        let number = try reader.integer(in: all.lowerBound - row...all.upperBound - row)
        return UTCTime.text(milliseconds: number + row)
    }

    private mutating func tagged() throws(MalformedMessage) -> String {
        let start = reader.offset
        let text: String
        switch try reader.tag() {
        case ContentForm.uuidTag:
            let item = reader.offset
            let bytes = try reader.byteSlice()
            guard bytes.count == 16 else { throw .found(.wrongCount, at: item) }
            text = UUIDBits(bytes).text
        case ContentForm.dateTag:
            text = LocalDate.text(daysSince1970: try reader.integer(in: LocalDate.days))
        default: throw .found(.notAllowed, at: start)
        }
        guard text != unitID else { throw .found(.notShortest, at: start) }
        return text
    }

    private func hasShortForm(_ text: String) -> Bool {
        let count = text.utf8.count
        if count == unitID.utf8.count, count > 0, text == unitID { return true }
        return switch count {
        case 36: RowID.isUUID(text)
        case 24: rowMilliseconds != nil && UTCTime.milliseconds(text) != nil
        case 10: LocalDate.isValid(text)
        default: false
        }
    }

    /// The values of a ledger row, its runs taken from the last row of the table.
    mutating func ledger(table: Int) throws(MalformedMessage) -> RowChange.Content {
        let index = ledgerOfTable.index(of: table)
        if index == ledgers.count { ledgers.append(ReadLedger()) }
        var last = ReadLedger()
        swap(&last, &ledgers[index])
        var values: [Value] = []
        let start = reader.offset
        let count = try reader.array(most: Limits.columnsMax)
        values.reserveCapacity(max(count, last.values.count))
        var run: Int?
        for _ in 0..<count {
            let place = reader.offset
            if let length = try reader.run() {
                // A run goes as far as it can, so another follows only the longest.
                guard run == nil || run == ContentForm.runMax else {
                    throw .found(.notShortest, at: place)
                }
                guard length <= last.places.count - values.count else {
                    throw .found(.outOfRange, at: place)
                }
                try repeated(length, of: last, at: place, to: &values)
                run = length
                continue
            }
            run = nil
            let column = values.count
            let value = try value()
            let written = WrittenValue(offset: place, length: reader.offset - place)
            if column < last.places.count {
                guard !reader.isRepeated(written, of: last.places[column]) else {
                    throw .found(.notShortest, at: place)
                }
                last.places[column] = written
            } else {
                guard column < Limits.columnsMax else { throw .found(.tooLong, at: start) }
                last.places.append(written)
            }
            weight.add(value)
            values.append(value)
        }
        if last.places.count > values.count { last.places.removeSubrange(values.count...) }
        weight.add(ContentWeight.head(UInt64(values.count)))
        last.values = values
        swap(&last, &ledgers[index])
        return .ledger(values)
    }

    /// Appends `length` values of the row before: the forms are repeated, and read for this row.
    private mutating func repeated(
        _ length: Int, of last: ReadLedger, at start: Int, to values: inout [Value]
    ) throws(MalformedMessage) {
        for column in values.count..<values.count + length {
            let place = last.places[column]
            guard place.length <= Limits.repeatedValueBytesMax else {
                throw .found(.contradiction, at: start)
            }
            var value = last.values[column]
            let form = reader.bytes[place.offset]
            switch form {
            case 0xF7:
                guard !unitID.isEmpty else { throw .found(.contradiction, at: start) }
                value = .text(unitID)
            case 0x81:
                let end = reader.offset
                reader.offset = place.offset + 1
                do {
                    value = .text(try instant(start: start))
                } catch {
                    throw .found(error.fact, at: start)
                }
                reader.offset = end
            default:
                // What had this form in the row before may have a shorter one in this row.
                guard case .text(let text) = value else { break }
                let isTagged = form >> 5 == CBORType.tag.rawValue
                guard text != unitID, isTagged || !hasShortForm(text) else {
                    throw .found(.notShortest, at: start)
                }
            }
            weight.add(value)
            values.append(value)
        }
    }
}
