/// The good rows of one account, in the order of the file.
package struct AccountRows: Equatable, Sendable {
    /// The creditor's key.
    package var creditor: String { rows[0].creditor }
    /// The creditor's name for the account.
    package var caseRef: String { rows[0].caseRef }
    /// The rows: at least one. What they say of the debtor is that of the first.
    package let rows: [HandOverRow]
}

/// Reads an inspected file account by account. Rows of an account that lie apart from its first
/// ones are fetched from where they lie.
package struct AccountReader {
    private var cursor: RowCursor
    private var fetcher: CSVReader
    private let reader: RowReader
    private let index: RowIndex
    private var pending: HandOverRow?
    private var fetched: Set<String> = []

    init(_ file: HandOver) throws(HandOverError) {
        let format = file.summary.format
        index = file.index
        reader = format.reader
        cursor = try RowCursor(
            path: file.path, format.delimiter, format.encoding, format.header)
        fetcher = try CSVReader(
            path: file.path, delimiter: format.delimiter, encoding: format.encoding)
    }

    /// How many bytes of the file have been read.
    package var bytesRead: UInt64 { cursor.bytesRead }

    /// The next account, nil at the end; throws `.accountTooLarge` and what `CSVReader` throws.
    package mutating func next() throws(HandOverError) -> AccountRows? {
        while let first = try takeRow() {
            let key = RowIndex.key(first)
            if fetched.contains(key) { continue }
            var rows = [first]
            while let row = try nextGood() {
                guard RowIndex.key(row) == key else {
                    pending = row
                    break
                }
                rows.append(row)
                try checkCount(rows)
            }
            if let places = index.apart[key] {
                fetched.insert(key)
                for place in places {
                    try fetcher.seek(to: place.offset, line: place.line)
                    guard let record = try fetcher.next(),
                        case .good(let row) = reader.read(record)
                    else { continue }
                    rows.append(row)
                    try checkCount(rows)
                }
            }
            return AccountRows(rows: rows)
        }
        return nil
    }

    /// The row that was read ahead, or the next one.
    private mutating func takeRow() throws(HandOverError) -> HandOverRow? {
        guard let row = pending else { return try nextGood() }
        pending = nil
        return row
    }

    private func checkCount(_ rows: [HandOverRow]) throws(HandOverError) {
        guard rows.count <= InterchangeLimits.accountRowsMax else {
            throw .accountTooLarge(line: rows[0].line)
        }
    }

    private mutating func nextGood() throws(HandOverError) -> HandOverRow? {
        while let row = try cursor.next() {
            guard row.kind == .item, index.repeats[row.record.line] == nil,
                case .good(let item) = reader.read(row.record)
            else { continue }
            return item
        }
        return nil
    }
}
