/// How a hand-over file is written: decided once for the whole of it, never for a single cell.
package struct HandOverFormat: Equatable, Sendable {
    /// How it writes text.
    package let encoding: TextEncoding
    /// What stands between fields: `;`, `,` or a tab, as ASCII.
    package let delimiter: UInt8
    /// Where the columns stand.
    package let header: HandOverHeader
    /// How it writes amounts.
    package let decimal: DecimalSign
    /// How it writes dates.
    package let dates: DateOrder
    /// Whether there are dates to which the order of day and month matters and nothing in the file
    /// decided it, so that the Italian one is taken.
    package let isDateOrderAssumed: Bool
    /// What whole numbers mean in its amounts.
    package let scale: AmountScale
    /// Whose rows all are, whatever they say; nil: as they say.
    let creditor: String?

    var reader: RowReader {
        RowReader(header: header, decimal: decimal, dates: dates, scale: scale, creditor: creditor)
    }
}

/// Collects what the rows of a file say about how amounts and dates are written in it.
struct FormatEvidence {
    private(set) var cents = CentsEvidence()
    /// The first amount that can be read with either decimal sign.
    private(set) var openAmount: (text: String, line: Int)?
    private var totalSign: DecimalSign?
    private var commaLine: Int?
    private var pointLine: Int?
    private var dayFirstLine: Int?
    private var monthFirstLine: Int?
    /// Whether there was a date that can be read in both orders.
    private(set) var hasOpenDates = false

    /// Takes a total row: it is written as the rows are, and decides where they do not.
    mutating func received(total record: CSVRecord, header: HandOverHeader) {
        guard totalSign == nil, let text = header.text(.openAmount, in: record) else { return }
        totalSign = MinorUnits.evidence(in: text)
    }

    /// Takes one row.
    mutating func received(_ record: CSVRecord, header: HandOverHeader) {
        for column in HandOverColumn.amounts {
            guard let text = header.text(column, in: record) else { continue }
            switch MinorUnits.evidence(in: text) {
            case .comma where commaLine == nil: commaLine = record.line
            case .point where pointLine == nil: pointLine = record.line
            case nil where openAmount == nil && MinorUnits.isOpen(text):
                openAmount = (text, record.line)
            default: break
            }
            if column != .fees {
                cents.received(
                    text, currency: header.text(.currency, in: record), line: record.line)
            }
        }
        for column in HandOverColumn.dates {
            guard let text = header.text(column, in: record) else { continue }
            switch FileDate.evidence(in: text) {
            case .dayFirst where dayFirstLine == nil: dayFirstLine = record.line
            case .monthFirst where monthFirstLine == nil: monthFirstLine = record.line
            case nil where !hasOpenDates: hasOpenDates = FileDate.isOpen(text)
            default: break
            }
        }
    }

    /// The decimal sign, nil if nothing decides. Throws `.mixedDecimals`.
    func decimal() throws(HandOverError) -> DecimalSign? {
        if let commaLine, let pointLine {
            throw .mixedDecimals(commaLine: commaLine, pointLine: pointLine)
        }
        if commaLine != nil { return .comma }
        return pointLine == nil ? totalSign : .point
    }

    /// The order of dates, nil if nothing decides. Throws `.mixedDates`.
    func dates() throws(HandOverError) -> DateOrder? {
        if let dayFirstLine, let monthFirstLine {
            throw .mixedDates(dayFirstLine: dayFirstLine, monthFirstLine: monthFirstLine)
        }
        if dayFirstLine != nil { return .dayFirst }
        return monthFirstLine == nil ? nil : .monthFirst
    }
}
