/// All that one page of a close says, for the firm, a branch or a creditor: kept by date, and
/// everything that is drawn is drawn from it alone.
///
/// Nothing in it is personal: accounts are named by their case reference. Amounts are in minor
/// units of the currency beside them, dates local (`2026-11-22`).
package struct DayPage: Codable, Equatable, Sendable {
    /// Whose page it is.
    package var scope: PageScope
    /// The day that is closed.
    package var date: String
    /// The day that was closed before; nil at the first close.
    package var previousDate: String?
    /// The last commit that is in it.
    package var commit: Int64
    /// The currency that most is owed in: charts are drawn in it.
    package var currency: String
    /// The other currencies that something is owed or was paid in.
    package var otherCurrencies: [String] = []
    /// Counts and key figures, in the order of `Measure.Name` and of periods.
    package var measures: [Measure] = []
    /// What is open by how long it has been due, bucket by bucket in order, for each currency.
    package var ageing: [AgeingLine] = []
    /// What came in of each lot, month by month; the youngest lot first.
    package var recovery: [RecoveryCurve] = []
    /// What became of promises by the month in which they fell due; at most 12 months, oldest
    /// first.
    package var promises: [PromiseMonth] = []
    /// Why open accounts are not paid, by their last recorded reason; most accounts first, and last
    /// the line of those without a reason (code "").
    package var reasons: [ReasonLine] = []
    /// Contacts of the month so far by hour and channel.
    package var contacts: [ContactLine] = []
    /// The offices. None on a creditor's page.
    package var offices: [OfficeLine] = []
    /// The operators, by name. None on a creditor's page.
    package var operators: [OperatorLine] = []
    /// Control totals by creditor, lot and currency.
    package var totals: [ControlLine] = []
    /// Promises whose state is another than at the close before.
    package var promiseChanges: [PromiseChange] = []
    /// Accounts that were paid in full since the close before.
    package var paidInFull: [AccountLine] = []
    /// Accounts of which something became overdue since the close before.
    package var newlyOverdue: [AccountLine] = []
    /// What was put on the offices' lists for tomorrow.
    package var tasks: [TaskLine] = []
    /// What waits for a person, by kind.
    package var review: [ReviewLine] = []
    /// Facts of days that were closed already.
    package var late: [LateLine] = []

    /// Its parts, by the names under which the book keeps them.
    enum CodingKeys: String, CodingKey, CaseIterable {
        case scope, date, previousDate, commit, currency, otherCurrencies
        case measures, ageing, recovery, promises, reasons, contacts, offices, operators
        case totals, promiseChanges, paidInFull, newlyOverdue, tasks, review, late
    }

    /// A page with nothing on it yet.
    package init(
        scope: PageScope, date: String, previousDate: String?, commit: Int64, currency: String
    ) {
        self.scope = scope
        self.date = date
        self.previousDate = previousDate
        self.commit = commit
        self.currency = currency
    }
}

/// Whose page it is.
package struct PageScope: Codable, Hashable, Sendable {
    /// What it covers.
    package enum Kind: String, Codable, CaseIterable, Sendable {
        case firm
        /// A portfolio: what one office works.
        case branch
        case creditor
    }

    /// What it covers.
    package let kind: Kind
    /// The portfolio's or the creditor's key; empty for the firm.
    package let key: String
    /// What people call it; empty for the firm.
    package let name: String

    /// The page of a portfolio or a creditor, or with an empty key the firm's.
    package init(_ kind: Kind, key: String = "", name: String = "") {
        self.kind = kind
        self.key = key
        self.name = name
    }
}
