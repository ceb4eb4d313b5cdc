/// Why a hand-over file cannot be read at all. What is wrong with single rows is a `FieldProblem`.
package enum HandOverError: Error, Equatable, Sendable {
    /// The file cannot be opened or read.
    case unreadable(path: String)
    /// The file changed between its inspection and its reading.
    case changed(path: String)
    /// The file holds no record.
    case empty
    /// The file is neither UTF-8 nor Windows-1252, such as UTF-16 or a spreadsheet.
    case notText(line: Int)
    /// A quote is opened on this line and never closed.
    case unclosedQuote(line: Int)
    /// Text follows a closing quote in the record that begins on this line.
    case textAfterQuote(line: Int)
    /// A field of the record is longer than `InterchangeLimits.fieldBytesMax`, or all of them than
    /// `recordBytesMax`.
    case tooLong(line: Int)
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
    /// No record at the beginning names the columns.
    case noHeader
    /// Below the line that names the columns there is no row of an item.
    case noRows
    /// The header lacks these columns, without which no row can be read.
    case missingColumns([String])
    /// The header names these columns twice.
    case repeatedColumns([String])
    /// One line can only be read with a decimal comma, the other only with a decimal point.
    case mixedDecimals(commaLine: Int, pointLine: Int)
    /// One line can only be read day first, the other only month first.
    case mixedDates(dayFirstLine: Int, monthFirstLine: Int)
}
