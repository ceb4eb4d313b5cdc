import Portfolio

/// Looks into the columns that are left out, for what may not be left out unsaid.
///
/// Judged by name and by values: a column whose name says that it holds payments is one whatever is
/// in it, and one that holds `paid` is one whatever it is called. A column without a value says
/// nothing.
struct LeftOutCheck {
    private let columns: [(column: LeftOutColumn, words: ColumnWords)]
    private let knowsCurrency: Bool
    private var values: [ColumnValues]

    init(header: HandOverHeader) {
        columns = header.leftOut.map { ($0, ColumnWords($0.name)) }
        knowsCurrency = header.has(.currency)
        values = [ColumnValues](repeating: ColumnValues(), count: columns.count)
    }

    /// Takes a row of an item.
    mutating func received(_ record: CSVRecord) {
        for index in columns.indices {
            let text = SpreadsheetCell.restored(record.field(columns[index].column.place).trimmed)
            if !text.isEmpty { values[index].received(text, line: record.line) }
        }
    }

    /// The columns, each with why it may not be left out.
    var judged: [LeftOutColumn] {
        zip(columns, values).map { entry, values in
            var column = entry.column
            column.doubt = doubt(entry.words, values)
            return column
        }
    }

    private func doubt(_ words: ColumnWords, _ values: ColumnValues) -> LeftOutColumn.Doubt? {
        guard let first = values.first else { return nil }
        func doubt(
            _ meaning: LeftOutColumn.Meaning, _ value: (text: String, line: Int)?, byName: Bool
        ) -> LeftOutColumn.Doubt? {
            value.map { .init(meaning: meaning, isByName: byName, value: $0.text, line: $0.line) }
        }
        if words.namesSign { return doubt(.sign, first, byName: true) }
        if words.namesPayment {
            let meaning: LeftOutColumn.Meaning =
                values.areDates ? .paidOn : values.areMoney ? .money : .status
            return doubt(meaning, first, byName: true)
        }
        if let foreign = values.currency, !knowsCurrency {
            return doubt(.currency, foreign, byName: false)
        }
        if words.namesMoney, !values.areDates, let amount = values.amount {
            return doubt(.money, amount, byName: true)
        }
        if words.namesStatus { return doubt(.status, first, byName: true) }
        if let sign = values.sign { return doubt(.sign, sign, byName: false) }
        if let status = values.status { return doubt(.status, status, byName: false) }
        if values.areMoney { return doubt(.money, first, byName: false) }
        if values.areDates, !words.namesHarmlessDate {
            return doubt(.paidOn, first, byName: false)
        }
        return nil
    }
}
