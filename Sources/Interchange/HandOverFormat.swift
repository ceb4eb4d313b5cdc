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

    var reader: RowReader { RowReader(header: header, decimal: decimal, dates: dates) }

    /// The delimiter with which one of the first records is a header; of several the one that finds
    /// most columns. Throws `.empty`, `.noHeader` and what the reader throws.
    static func header(
        of path: String, encoding: TextEncoding
    ) throws(HandOverError) -> (delimiter: UInt8, record: CSVRecord) {
        var best: (score: Int, delimiter: UInt8, record: CSVRecord)?
        var isEmpty = true
        var failure: HandOverError?
        for delimiter in [UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "\t")] {
            do throws(HandOverError) {
                var reader = try CSVReader(path: path, delimiter: delimiter, encoding: encoding)
                for _ in 0..<InterchangeLimits.metaRecordsMax {
                    guard let record = try reader.next() else { break }
                    if !record.isBlank { isEmpty = false }
                    let score = HandOverHeader.score(record)
                    if score > best?.score ?? (HandOverHeader.scoreMin - 1) {
                        best = (score, delimiter, record)
                    }
                }
            } catch {
                // With the wrong delimiter a quote may seem to stand wrong.
                failure = error
            }
        }
        if let best { return (best.delimiter, best.record) }
        if let failure { throw failure }
        throw isEmpty ? .empty : .noHeader
    }
}

/// Collects what the rows of a file say about how amounts and dates are written in it.
struct FormatEvidence {
    private var commaLine: Int?
    private var pointLine: Int?
    private var dayFirstLine: Int?
    private var monthFirstLine: Int?
    /// Whether there was a date that can be read in both orders.
    private(set) var hasOpenDates = false

    /// Takes one row.
    mutating func received(_ record: CSVRecord, header: HandOverHeader) {
        for column in HandOverColumn.amounts {
            guard let text = header.text(column, in: record) else { continue }
            switch MinorUnits.evidence(in: text) {
            case .comma where commaLine == nil: commaLine = record.line
            case .point where pointLine == nil: pointLine = record.line
            default: break
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

    /// The decimal sign; the Italian comma if nothing decides. Throws `.mixedDecimals`.
    func decimal() throws(HandOverError) -> DecimalSign {
        if let commaLine, let pointLine {
            throw .mixedDecimals(commaLine: commaLine, pointLine: pointLine)
        }
        return pointLine == nil ? .comma : .point
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
