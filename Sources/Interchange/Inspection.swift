/// The last pass of an inspection: checks every row, counts, and notes where rows lie.
struct Inspection {
    private(set) var index = RowIndex()
    private var summary: HandOverSummary
    private let reader: RowReader
    private var firstLines: [String: Int] = [:]
    private var seen: Set<String> = []
    private var current: String?
    private var currentIsApart = false
    private var lots: Set<String> = []
    private var creditors: Set<String> = []
    private var totals = StatedTotals()

    private let rowsMax: Int

    init(format: HandOverFormat, rowsMax: Int = InterchangeLimits.rowsMax) {
        self.rowsMax = rowsMax
        summary = HandOverSummary(format: format)
        reader = format.reader
    }

    /// Takes the next record below the header.
    mutating func received(_ row: RowCursor.Row) throws(HandOverError) {
        switch row.kind {
        case .blank: return
        case .remark:
            summary.remarkCount += 1
            if summary.remarks.count < InterchangeLimits.listedMax {
                summary.remarks.append(row.record.line)
            }
        case .total: totals.received(row.record, format: summary.format)
        case .item:
            guard summary.rows < rowsMax else { throw .tooManyRows }
            summary.rows += 1
            switch reader.read(row.record) {
            case .bad(let problems): reject(problems)
            case .good(let item): try accept(item, at: row.record)
            }
        }
    }

    /// The summary of all rows.
    mutating func finished() throws(HandOverError) -> HandOverSummary {
        summary.accounts = seen.count
        summary.lots = lots.sorted()
        summary.creditors = creditors.sorted()
        summary.openAmounts = totals.all.amounts
        summary.statedTotal = totals.last
        summary.totalCount = totals.count
        summary.wrongTotals = totals.disagreeing(format: summary.format)
        return summary
    }

    private mutating func accept(
        _ row: HandOverRow, at record: CSVRecord
    ) throws(HandOverError) {
        let itemKey = row.creditor + "\u{1F}" + row.item.itemRef
        if let first = firstLines[itemKey] {
            index.repeats[row.line] = first
            reject([RowIndex.problem(line: row.line, first: first)])
            return
        }
        firstLines[itemKey] = row.line
        try totals.received(row.item.openAmount, row.item.currency)
        if let lot = row.lotRef { lots.insert(lot) }
        creditors.insert(row.creditor)
        for flag in row.flags {
            summary.flagCounts[flag.kind, default: 0] += 1
            if summary.flags.count < InterchangeLimits.listedMax { summary.flags.append(flag) }
        }
        let key = RowIndex.key(row)
        if key != current {
            current = key
            currentIsApart = !seen.insert(key).inserted
        }
        if currentIsApart {
            index.apart[key, default: []].append(.init(offset: record.offset, line: record.line))
        }
    }

    private mutating func reject(_ problems: [FieldProblem]) {
        summary.badRows += 1
        let room = InterchangeLimits.listedMax - summary.problems.count
        summary.problems += problems.prefix(max(0, room))
    }
}

/// What must be known of the whole file to read one account of it.
struct RowIndex: Sendable {
    /// Where a record begins.
    struct Place: Equatable, Sendable {
        let offset: UInt64
        let line: Int
    }

    /// Good rows that do not follow the first ones of their account, by account.
    var apart: [String: [Place]] = [:]
    /// Lines of rows whose item stands on an earlier line, with that line.
    var repeats: [Int: Int] = [:]

    static func key(_ row: HandOverRow) -> String { row.creditor + "\u{1F}" + row.caseRef }

    static func problem(line: Int, first: Int) -> FieldProblem {
        .init(
            line: line, column: HandOverColumn.itemRef.rawValue,
            reason: .repeated(firstLine: first))
    }
}
