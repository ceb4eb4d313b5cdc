package import RientroProtocol

/// What an import did, or would have done.
package struct ImportReport: Equatable, Sendable {
    /// What became of it.
    package enum Outcome: Equatable, Sendable {
        /// The good rows are loaded; all of them if `rowsRefused` is 0.
        case loaded
        /// It was a dry run: all that is counted was undone.
        case tried
        /// Rows are bad, or the total does not agree: nothing is loaded.
        case refused
        /// A person must say something first: nothing is loaded.
        case asked([ImportQuestion])
        /// This very file was loaded before: then, in milliseconds since 1970, into the portfolio.
        case known(importedAt: Int64, portfolio: String)
    }

    /// What became of it.
    package var outcome = Outcome.loaded
    /// The SHA-256 of the file.
    package var fileHash = Hash.zero
    /// Accounts in the file that have a good row.
    package var accounts = 0
    /// Good rows in the file.
    package var rows = 0
    /// Rows that were refused.
    package var rowsRefused = 0
    /// Accounts that are new.
    package var accountsAdded = 0
    /// Debtors that are new.
    package var debtorsAdded = 0
    /// Accounts of debtors that were known already, by tax code or customer number.
    package var debtorsRecognized = 0
    /// Contact points that are new.
    package var contactsAdded = 0
    /// Items that are new.
    package var itemsAdded = 0
    /// Known items whose amounts or dates changed.
    package var itemsAdjusted = 0
    /// Known items that are as they were.
    package var itemsUnchanged = 0
    /// Items of known accounts that the file does not name any more; they are left alone.
    package var itemsGone = 0
    /// Values of known debtors and accounts that were written.
    package var valuesChanged = 0
    /// Values that differ from the file because an office has changed them; they are left alone.
    package var valuesKept = 0
    /// Commits that were written.
    package var commits = 0
    /// What the good rows say is open.
    package var stated = BalanceSums()
    /// The balances, before the load, of the accounts that the file names; new ones have none.
    package var before = BalanceSums()
    /// Their balances after it, as they are then read.
    package var after = BalanceSums()
    /// Accounts of the file that were known.
    package var accountsKnown = 0
    /// Payments to the creditor that a status file shows.
    package var paymentsAdded = 0
    /// What they come to.
    package var paid = BalanceSums()
    /// The creditor's names of accounts whose balance a status file put up again although money is
    /// recorded as paid: does the creditor know of it? The first `InterchangeLimits.listedMax`.
    package var unconfirmed: [String] = []
    /// How many there are.
    package var accountsUnconfirmed = 0
    /// What the file was taken for.
    package var meaning = FileMeaning.placement

    /// A report of nothing yet.
    package init() {}

    /// Whether anything in it needs a person: rows that were refused, money that a status file does
    /// not know, items that it leaves out.
    package var needsPerson: Bool {
        rowsRefused > 0 || accountsUnconfirmed > 0 || (meaning == .status && itemsGone > 0)
    }
}
