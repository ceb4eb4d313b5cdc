/// A hand-over file that was inspected and can be read, account by account.
///
/// Nothing of it is held but the keys of its rows: what is written about a row's faults and about
/// accounts whose rows lie apart.
package struct HandOver: Sendable {
    /// What to take for granted instead of deciding it by the file.
    package struct Options: Equatable, Sendable {
        /// The order of day and month.
        package var dates: DateOrder?
        /// The decimal sign.
        package var decimal: DecimalSign?

        /// Options; nil lets the file decide.
        package init(dates: DateOrder? = nil, decimal: DecimalSign? = nil) {
            self.dates = dates
            self.decimal = decimal
        }
    }

    /// Where the file is.
    package let path: String
    /// What the inspection found.
    package let summary: HandOverSummary
    let index: RowIndex
    private let state: FileState

    /// Reads the whole file three times: to decide how it is written, and to check every row.
    ///
    /// - Parameters:
    ///   - bytes: is given all bytes of the file in order, once, so that they can be hashed.
    ///   - progress: is told now and then how many bytes of how many have been read.
    ///
    /// Throws any `HandOverError` but `.changed` and `.unwritable`. Rows with faults are no error:
    /// they are counted and listed in `summary`.
    package static func inspect(
        path: String, options: Options = .init(), bytes: ([UInt8]) -> Void = { _ in },
        progress: (_ done: UInt64, _ of: UInt64) -> Void = { _, _ in }
    ) throws(HandOverError) -> HandOver {
        let state = try FileState(path: path)
        var decision = EncodingDecision()
        let file = try FileChunks(path: path)
        var size: UInt64 = 0
        while true {
            let chunk = try file.next()
            if chunk.isEmpty { break }
            size += UInt64(chunk.count)
            decision.received(chunk)
            bytes(chunk)
        }
        let encoding = try decision.decided()
        let (delimiter, record) = try HandOverFormat.header(of: path, encoding: encoding)
        let header = try HandOverHeader(record)
        var rows = try RowCursor(path: path, delimiter, encoding, header, from: record)
        var evidence = FormatEvidence()
        while let row = try rows.next() {
            if row.kind == .item { evidence.received(row.record, header: header) }
            if row.isMilestone { progress(size + rows.bytesRead, size * 3) }
        }
        // What the caller knows is not asked of the file, which may contradict itself.
        let decimal: DecimalSign
        if let given = options.decimal { decimal = given } else { decimal = try evidence.decimal() }
        let dates: DateOrder?
        if let given = options.dates { dates = given } else { dates = try evidence.dates() }
        let format = HandOverFormat(
            encoding: encoding, delimiter: delimiter, header: header, decimal: decimal,
            dates: dates ?? .dayFirst, isDateOrderAssumed: dates == nil && evidence.hasOpenDates)
        var inspection = Inspection(format: format)
        rows = try RowCursor(path: path, delimiter, encoding, header, from: record)
        while let row = try rows.next() {
            try inspection.received(row)
            if row.isMilestone { progress(size * 2 + rows.bytesRead, size * 3) }
        }
        progress(size * 3, size * 3)
        let summary = try inspection.finished()
        guard summary.rows > 0 else { throw .noRows }
        return HandOver(path: path, summary: summary, index: inspection.index, state: state)
    }

    /// The good rows, account by account, in the order of the file; throws `.changed` if it is not
    /// the file that was inspected any more.
    package func accounts() throws(HandOverError) -> AccountReader {
        guard try FileState(path: path) == state else { throw .changed(path: path) }
        return try AccountReader(self)
    }
}

/// Goes through the records below the header.
struct RowCursor {
    struct Row {
        let record: CSVRecord
        let kind: RecordKind
        let isMilestone: Bool
    }

    private var reader: CSVReader
    private let header: HandOverHeader
    private var count = 0

    init(
        path: String, _ delimiter: UInt8, _ encoding: TextEncoding, _ header: HandOverHeader,
        from record: CSVRecord
    ) throws(HandOverError) {
        reader = try CSVReader(path: path, delimiter: delimiter, encoding: encoding)
        if record.offset > 0 { try reader.seek(to: record.offset, line: record.line) }
        self.header = header
        _ = try reader.next()
    }

    var bytesRead: UInt64 { reader.bytesRead }

    mutating func next() throws(HandOverError) -> Row? {
        guard let record = try reader.next() else { return nil }
        count += 1
        return Row(
            record: record, kind: RecordKind(record, header: header),
            isMilestone: count % 1_000 == 0)
    }
}
