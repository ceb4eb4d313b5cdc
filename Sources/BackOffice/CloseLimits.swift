/// Every limit of a close, with its unit and the reason for its value.
package enum CloseLimits {
    /// Change-sets that an office may be said to have unsent. What an office tells of itself is a
    /// claim; at a change-set a minute this is two years without a line, and more says nothing.
    static let unsentMax: Int64 = 1_000_000
    /// What the rows of one account may come to in all, in minor units, whatever their signs: ten
    /// times the largest amount that one row may have. So 90,000 such accounts can be added up in
    /// 63 bits. An account beyond it is set aside: it is in the review, and in no figure.
    static let accountAmountsMax: Int64 = 100_000_000_000_000
    /// Rows of one ledger table that an account may have before it is set aside: a call a day for
    /// twenty-five years.
    static let accountRowsMax: Int64 = 10_000
    /// Promises of one account before it is set aside: each is compared with all the others.
    static let accountPromisesMax: Int64 = 500
}
