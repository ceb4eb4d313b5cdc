/// What a file says of items that are known already.
package enum FileMeaning: String, CaseIterable, Equatable, Sendable {
    /// It is the hand-over, corrected: its amounts take the place of those that came before, and
    /// what was paid since counts against them.
    case placement
    /// It is how the accounts stand now: its amounts are compared with the balances, payments
    /// counted in. What is less has been paid to the creditor; what is more is an adjustment.
    case status
}

/// Known items with other amounts on accounts that money came in for: nothing in the file tells
/// whether the creditor knows of that money.
package struct ChangedAfterPayment: Equatable, Sendable {
    /// How many accounts.
    package var accounts = 0
    /// The first item of the first of them: the line on which it stands.
    package let line: Int
    /// The creditor's name for its account.
    package let caseRef: String
    /// The creditor's name for it.
    package let itemRef: String
    /// The currency of the amounts.
    package let currency: String
    /// What is open of it by what was handed over, in minor units.
    package let known: Int64
    /// What the file says is open.
    package let stated: Int64
    /// What was paid on the account so far.
    package let paid: Int64
}
