package import RientroServer

/// Why a day could not be closed. Sentences for people are made by the command.
package enum CloseError: Error, Equatable, Sendable {
    /// It is no date such as 2026-11-22.
    case badDate(String)
    /// The day is not over: it is after today.
    case inTheFuture(date: String, today: String)
    /// Later days were closed, and this one was not; its facts are in the close after it.
    case closedSince(date: String, last: String)
    /// The centre's schema is not the debtor portfolio's: this table is missing.
    case otherSchema(table: String)
    /// The centre is not as it must be: its log, its rows or its file; what was found.
    case notProven(findings: [CentreFinding])
    /// The control totals of these lots do not come out.
    case totalsDiffer(lines: [ControlLine], accounts: [ControlDifference])
    /// The book has no close, though closes were made: it was lost, and stands in this backup.
    case bookIsGone(backup: String)
    /// A file could not be written, for this reason.
    case unwritable(path: String, reason: String)
    /// A part of a day's page in the book cannot be read; nil: the whole page. The newest backup of
    /// the book that has the day's pages whole; nil where none has.
    case damagedPage(date: String, page: String, part: String?, backup: String?)
    /// The file is no book in which this day was closed as it stands in the centre's book.
    case otherBook(path: String, date: String)
}
