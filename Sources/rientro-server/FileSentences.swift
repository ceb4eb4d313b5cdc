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
        case .notText(let place, let kind): notText(place, kind)
        case .unclosedQuote(let place): "\(at(place)): a quote is opened and never closed"
        case .textAfterQuote(let place): "\(at(place)): text follows a closing quote"
        case .tooLong(let place): "\(at(place)): the field is too long; is a quote never closed?"
        case .tooManyColumns(let line): "line \(line) has too many columns"
        case .tooManyRows: "the file has more than \(InterchangeLimits.rowsMax) rows; cut it"
        case .accountTooLarge(let line):
            "line \(line): the account has more than \(InterchangeLimits.accountRowsMax) rows"
        case .totalTooLarge(let currency): "the amounts in \(currency) add up to too much"
        case .noHeader(let found):
            "no line at the beginning names columns of ours; nearest comes \(about(found)). Wanted "
                + "are " + list((HandOverColumn.required + HandOverColumn.names).map(\.rawValue))
                + " (of the last two, one), and others that `rientro-server help import` names"
        case .noRows: "the file names its columns, but has no rows; nothing was loaded"
        case .missingColumns(let names, let found):
            "columns are missing: \(list(names)). Found is \(about(found))"
                + (names.contains(HandOverColumn.principalCode.rawValue)
                    ? ". Without principal_code say whose rows they are with --creditor ID" : "")
        case .noSuchColumns(let names, let found):
            "--ignore names \(list(names)), which is not there. Found is \(about(found))"
        case .repeatedColumns(let names):
            "columns stand twice: \(list(names)); leave one out by its place, as in --ignore '#3'"
        case .mixedDecimals(let comma, let point):
            "line \(comma) has a decimal comma and line \(point) a decimal point; say which with "
                + "--decimal"
        case .mixedDates(let day, let month):
            "line \(day) puts the day first and line \(month) the month; say which with --dates"
        }
    }

    private static func at(_ place: FilePlace) -> String {
        "line \(place.line), column \(place.column)"
    }

    private static func notText(_ place: FilePlace, _ kind: OtherFileKind?) -> String {
        switch kind {
        case .utf16: "the file is UTF-16; save it as CSV in UTF-8"
        case .zip, .compound: "the file is a spreadsheet or packed; save the sheet as CSV"
        case .pdf: "the file is a PDF, and no table; ask for CSV"
        case nil:
            "\(at(place)): what stands there is neither UTF-8 nor Windows-1252; save the file as "
                + "CSV in UTF-8"
        }
    }

    /// What stands where the columns should be named.
    private static func about(_ found: HeaderFound) -> String {
        "line \(found.line), read with the delimiter \(delimiter(found.delimiter)): "
            + list(found.names.prefix(namesShown).map { $0.isEmpty ? "(no name)" : $0 })
            + (found.names.count > namesShown ? ", …" : "")
    }

    /// Names of a header that are shown: a hand-over has some forty.
    private static let namesShown = 40

    /// A delimiter as people call it.
    static func delimiter(_ byte: UInt8) -> String {
        byte == UInt8(ascii: "\t") ? "tab" : String(UnicodeScalar(byte))
    }

    private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
