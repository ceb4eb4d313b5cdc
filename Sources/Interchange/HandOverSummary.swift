/// What an inspection found in a hand-over file: enough to decide whether to load it.
package struct HandOverSummary: Equatable, Sendable {
    /// How the file is written.
    package let format: HandOverFormat
    /// The creditor's names for the hand-over, sorted; mostly one.
    package internal(set) var lots: [String] = []
    /// The creditors' keys, sorted; mostly one.
    package internal(set) var creditors: [String] = []
    /// Rows of items, good and bad; without header, totals and blank lines.
    package internal(set) var rows = 0
    /// Rows that will not be loaded.
    package internal(set) var badRows = 0
    /// Accounts with at least one good row.
    package internal(set) var accounts = 0
    /// The open amounts of the good rows by currency, in minor units.
    package internal(set) var openAmounts: [String: Int64] = [:]
    /// How many total rows there are, among the items or under them.
    package internal(set) var totalCount = 0
    /// What the last total row says, as it stands there.
    package internal(set) var statedTotal: String?
    /// Total rows that are no sum of good rows or cannot be compared; the first of them.
    package internal(set) var wrongTotals: [StatedTotal] = []
    /// Lines below the header that are neither items nor totals and were set aside; the first of
    /// them.
    package internal(set) var remarks: [Int] = []
    /// How many there are.
    package internal(set) var remarkCount = 0
    /// The columns that are left out, each with why it may not be unsaid.
    package internal(set) var leftOut: [LeftOutColumn] = []
    /// What a person must say before it is loaded.
    package internal(set) var questions: [ImportQuestion] = []
    /// What is wrong, in the order of lines; the first `InterchangeLimits.listedMax`.
    package internal(set) var problems: [FieldProblem] = []
    /// What is doubtful in good rows, in the order of lines; the first of them.
    package internal(set) var flags: [FieldFlag] = []
    /// How often each kind of flag was set, listed or not.
    package internal(set) var flagCounts: [FieldFlag.Kind: Int] = [:]

    /// Rows that can be loaded.
    package var goodRows: Int { rows - badRows }

    /// The difference of the last total row that disagrees to the sum of the good rows, in minor
    /// units; 0 where all that can be compared agree, nil where there is none.
    package var differenceFromStated: Int64? {
        if let wrong = wrongTotals.compactMap(\.difference).last { return wrong }
        return totalCount > wrongTotals.count ? 0 : nil
    }

    /// Total rows that cannot be compared with any sum.
    package var unreadTotals: [StatedTotal] { wrongTotals.filter { $0.difference == nil } }
}
