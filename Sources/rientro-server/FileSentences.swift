import Interchange

/// Why a hand-over file cannot be read, in words for whoever has it.
enum FileSentences {
    /// A sentence without a full stop.
    static func about(_ error: HandOverError) -> String {
        switch error {
        case .unreadable(let path): "\(path) cannot be opened or read"
        case .changed(let path): "\(path) was changed while it was being read; nothing was loaded"
        case .unwritable(let path): "\(path) cannot be written"
        case .empty: "the file is empty"
        case .notText(let line):
            "line \(line): the file is neither UTF-8 nor Windows-1252; save it as CSV"
        case .unclosedQuote(let line): "a quote is opened on line \(line) and never closed"
        case .textAfterQuote(let line): "line \(line): text follows a closing quote"
        case .tooLong(let line): "line \(line): a field is too long; is a quote never closed?"
        case .tooManyColumns(let line): "line \(line) has too many columns"
        case .tooManyRows: "the file has more than \(InterchangeLimits.rowsMax) rows; cut it"
        case .accountTooLarge(let line):
            "line \(line): the account has more than \(InterchangeLimits.accountRowsMax) rows"
        case .totalTooLarge(let currency): "the amounts in \(currency) add up to too much"
        case .noHeader: "no line at the beginning names the columns"
        case .noRows: "the file names its columns, but has no rows; nothing was loaded"
        case .missingColumns(let names): "columns are missing: \(names.joined(separator: ", "))"
        case .repeatedColumns(let names):
            "columns stand twice: \(names.joined(separator: ", "))"
        case .mixedDecimals(let comma, let point):
            "line \(comma) has a decimal comma and line \(point) a decimal point"
        case .mixedDates(let day, let month):
            "line \(day) puts the day first and line \(month) the month; say which with --dates"
        }
    }
}
