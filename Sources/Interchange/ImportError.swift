/// Why nothing of a file was loaded, beside what is wrong with the file itself.
package enum ImportError: Error, Equatable, Sendable {
    /// The centre's schema is not the debtor portfolio: it lacks this table.
    case noTable(String)
    /// There is no such portfolio.
    case unknownPortfolio(String)
    /// The row on this line is of a creditor that is not there.
    case unknownCreditor(String, line: Int)
}
