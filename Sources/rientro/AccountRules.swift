import RientroClient

/// What may not stand in an account, whoever writes it.
enum AccountRules {
    /// The status of an account on which nothing is owed any more.
    private static let paid = "closed_paid"

    /// Throws `.moneyOpen` where an account is said to be paid, and money is open on it in any
    /// currency.
    static func check(status: String, of id: String, in db: Database) throws(OfficeError) {
        guard status == paid, let account = try AccountFinder.exact(id, in: db),
            account.balance > 0 || account.otherBalances != nil
        else { return }
        throw .moneyOpen(account)
    }
}
