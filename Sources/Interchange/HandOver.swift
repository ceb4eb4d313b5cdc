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
        /// What whole numbers mean in amounts; nil: units, and a question where they may be cents.
        package var scale: AmountScale?
        /// How it writes text.
        package var encoding: TextEncoding?
        /// Whose rows all are, whatever they say: then no column needs to say it.
        package var creditor: String?
        /// The columns that are left out knowingly: names, or `#3` for the third.
        package var ignored: [String]

        /// Options; nil lets the file decide.
        package init(
            dates: DateOrder? = nil, decimal: DecimalSign? = nil, scale: AmountScale? = nil,
            encoding: TextEncoding? = nil, creditor: String? = nil, ignored: [String] = []
        ) {
            self.dates = dates
            self.decimal = decimal
            self.scale = scale
            self.encoding = encoding
            self.creditor = creditor
            self.ignored = ignored
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
        let (decision, size) = try decide(path, bytes: bytes)
        var questions: [ImportQuestion] = []
        let encoding = try encoding(of: path, decision, options, asking: &questions)
        let (delimiter, record) = try DialectSearch.header(of: path, encoding: encoding)
        let header = try HandOverHeader(record, delimiter: delimiter, options: options)
        var rows = try RowCursor(path: path, delimiter, encoding, header)
        var evidence = FormatEvidence()
        var leftOut = LeftOutCheck(header: header)
        while let row = try rows.next() {
            if row.kind == .total { evidence.received(total: row.record, header: header) }
            if row.kind == .item {
                evidence.received(row.record, header: header)
                leftOut.received(row.record)
            }
            if row.isMilestone { progress(size + rows.bytesRead, size * 3) }
        }
        let format = try format(header, delimiter, encoding, evidence, options, asking: &questions)
        var inspection = Inspection(format: format)
        rows = try RowCursor(path: path, delimiter, encoding, header)
        while let row = try rows.next() {
            try inspection.received(row)
            if row.isMilestone { progress(size * 2 + rows.bytesRead, size * 3) }
        }
        progress(size * 3, size * 3)
        var summary = try inspection.finished()
        guard summary.rows > 0 else { throw .noRows }
        summary.leftOut = leftOut.judged
        summary.questions =
            questions
            + summary.leftOut.filter { !$0.isTold && $0.doubt != nil }.map { .leftOut($0) }
        return HandOver(path: path, summary: summary, index: inspection.index, state: state)
    }

    /// Reads all bytes of the file, and what they say of how it writes text.
    private static func decide(
        _ path: String, bytes: ([UInt8]) -> Void
    ) throws(HandOverError) -> (decision: EncodingDecision, size: UInt64) {
        var decision = EncodingDecision()
        let file = try FileChunks(path: path)
        var size: UInt64 = 0
        while true {
            let chunk = try file.next()
            if chunk.isEmpty { return (decision, size) }
            size += UInt64(chunk.count)
            decision.received(chunk)
            bytes(chunk)
        }
    }

    /// How the file writes text; throws `.notText`.
    private static func encoding(
        of path: String, _ decision: EncodingDecision, _ options: Options,
        asking questions: inout [ImportQuestion]
    ) throws(HandOverError) -> TextEncoding {
        // What the caller knows is not asked of the file, which may contradict itself.
        if let given = options.encoding, decision.otherKind == nil { return given }
        let fault = decision.fault
        let isUTF8 = fault.isUTF8
        guard let found = decision.encoding, decision.otherKind == nil else {
            throw .notText(
                try FilePlace(of: fault.offset, in: path, countsCharacters: isUTF8),
                decision.otherKind)
        }
        if found == .windows1252, isUTF8 {
            questions.append(
                .encoding(try FilePlace(of: fault.offset, in: path, countsCharacters: true)))
        }
        return found
    }

    /// How the rows are written; throws `.mixedDecimals` and `.mixedDates`.
    private static func format(
        _ header: HandOverHeader, _ delimiter: UInt8, _ encoding: TextEncoding,
        _ evidence: FormatEvidence, _ options: Options, asking questions: inout [ImportQuestion]
    ) throws(HandOverError) -> HandOverFormat {
        let decimal: DecimalSign?
        if let given = options.decimal { decimal = given } else { decimal = try evidence.decimal() }
        let dates: DateOrder?
        if let given = options.dates { dates = given } else { dates = try evidence.dates() }
        if decimal == nil, let open = evidence.openAmount {
            questions.append(.decimalSign(amount: open.text, line: open.line))
        }
        if options.scale == nil, let whole = evidence.cents.doubtful {
            questions.append(.cents(amount: whole.text, line: whole.line))
        }
        return HandOverFormat(
            encoding: encoding, delimiter: delimiter, header: header, decimal: decimal ?? .comma,
            dates: dates ?? .dayFirst, isDateOrderAssumed: dates == nil && evidence.hasOpenDates,
            scale: options.scale ?? .units, creditor: options.creditor)
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
        path: String, _ delimiter: UInt8, _ encoding: TextEncoding, _ header: HandOverHeader
    ) throws(HandOverError) {
        reader = try CSVReader(
            path: path, delimiter: delimiter, encoding: encoding, offset: header.offset,
            line: header.line)
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
