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
    /// What the total row says, as it stands there.
    package internal(set) var statedTotal: String?
    /// The difference of the total row to the sum of the good rows, in minor units; nil if there
    /// is no total row that can be read, or there are several currencies.
    package internal(set) var differenceFromStated: Int64?
    /// What is wrong, in the order of lines; the first `InterchangeLimits.listedMax`.
    package internal(set) var problems: [FieldProblem] = []
    /// What is doubtful in good rows, in the order of lines; the first of them.
    package internal(set) var flags: [FieldFlag] = []
    /// How often each kind of flag was set, listed or not.
    package internal(set) var flagCounts: [FieldFlag.Kind: Int] = [:]

    /// Rows that can be loaded.
    package var goodRows: Int { rows - badRows }
}
