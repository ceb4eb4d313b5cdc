/// Why a hand-over file cannot be read at all. What is wrong with single rows is a `FieldProblem`.
package enum HandOverError: Error, Equatable, Sendable {
    /// The file cannot be opened or read.
    case unreadable(path: String)
    /// The file changed between its inspection and its reading.
    case changed(path: String)
    /// The file holds no record.
    case empty
    /// The file is neither UTF-8 nor Windows-1252: the character at this place shows it.
    case notText(FilePlace, OtherFileKind?)
    /// The quote at this place is never closed.
    case unclosedQuote(FilePlace)
    /// The text at this place follows a closing quote.
    case textAfterQuote(FilePlace)
    /// The field that begins at this place is longer than `InterchangeLimits.fieldBytesMax`, or its
    /// record than `recordBytesMax`.
    case tooLong(FilePlace)
    /// The record has more than `InterchangeLimits.columnsMax` columns.
    case tooManyColumns(line: Int)
    /// The file has more than `InterchangeLimits.rowsMax` rows.
    case tooManyRows
    /// The account whose row begins on this line has more than
    /// `InterchangeLimits.accountRowsMax` rows.
    case accountTooLarge(line: Int)
    /// The open amounts in this currency add up to more than 64 bits.
    case totalTooLarge(currency: String)
    /// The file of rejected rows cannot be written.
    case unwritable(path: String)
    /// No record at the beginning names the columns; this one comes nearest.
    case noHeader(HeaderFound)
    /// Below the line that names the columns there is no row of an item.
    case noRows
    /// The header lacks these columns, without which no row can be read.
    case missingColumns([String], HeaderFound)
    /// These columns are to be left out, and the header has none of the names.
    case noSuchColumns([String], HeaderFound)
    /// The header names these columns twice.
    case repeatedColumns([String])
    /// One line can only be read with a decimal comma, the other only with a decimal point.
    case mixedDecimals(commaLine: Int, pointLine: Int)
    /// One line can only be read day first, the other only month first.
    case mixedDates(dayFirstLine: Int, monthFirstLine: Int)
}
