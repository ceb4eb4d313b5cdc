/// The ageing buckets in order (domain: days past due on the open balance by item due date).
package enum AgeingBucket: String, Codable, CaseIterable, Sendable {
    case notDue = "not due"
    case upTo30 = "1-30"
    case upTo60 = "31-60"
    case upTo90 = "61-90"
    case upTo120 = "91-120"
    case upTo180 = "121-180"
    case upTo360 = "181-360"
    case older = "361+"
}

/// One ageing bucket in one currency.
package struct AgeingLine: Codable, Equatable, Sendable {
    /// Which bucket.
    package var bucket: AgeingBucket
    /// Of the amounts, ISO 4217.
    package var currency: String
    /// Accounts with something open in the bucket.
    package var accounts: Int64
    /// Open items.
    package var items: Int64
    /// What is open of them.
    package var amount: Int64
}

/// What came in of one lot in one currency since it was placed.
package struct RecoveryCurve: Codable, Equatable, Sendable {
    /// The lot's key; empty for accounts of no lot.
    package var lot: String
    /// The creditor's reference of the hand-over, if it has one.
    package var reference: String?
    /// The creditor's key.
    package var creditor: String
    /// What people call it.
    package var creditorName: String
    /// Of the amounts, ISO 4217.
    package var currency: String
    /// When it was handed over.
    package var placedOn: String
    /// How many accounts.
    package var accounts: Int64
    /// What was handed over, adjustments included.
    package var placed: Int64
    /// Net collected up to the end of month 0, 1, 2 … since placement, the last one so far.
    package var collected: [Int64]
}

/// Promises that fall due in one month: on the day after their deadline, as in the key figures.
package struct PromiseMonth: Codable, Equatable, Sendable {
    /// `2026-11`.
    package var month: String
    /// Of the amounts, ISO 4217.
    package var currency: String
    /// Those kept.
    package var kept: Int64
    /// Those kept in part.
    package var partlyKept: Int64
    /// Those of which nothing came in time.
    package var broken: Int64
    /// Those that have not fallen due yet, also where the money has come.
    package var open: Int64
    /// What was promised by those that were kept, and so on.
    package var keptAmount: Int64
    /// Of those kept in part.
    package var partlyKeptAmount: Int64
    /// Of broken ones.
    package var brokenAmount: Int64
    /// Of open ones.
    package var openAmount: Int64
}

/// Open accounts whose last recorded reason for non-payment is this.
package struct ReasonLine: Codable, Equatable, Sendable {
    /// The code; empty where none was recorded.
    package var code: String
    /// In Italian.
    package var labelIT: String
    /// In English.
    package var labelEN: String
    /// The branch of the tree; empty where there is none.
    package var group: String
    /// Whose doing it is: `creditor`, `debtor`, `neither`; nil where unknown.
    package var fault: String?
    /// How many accounts.
    package var accounts: Int64
    /// What is open on them in the page's currency.
    package var amount: Int64
}

/// Attempts of the month so far in one local hour by one channel.
package struct ContactLine: Codable, Equatable, Sendable {
    /// 0 to 23, local.
    package var hour: Int64
    /// The channel's code.
    package var channel: String
    /// In Italian.
    package var labelIT: String
    /// In English.
    package var labelEN: String
    /// Outgoing attempts.
    package var attempts: Int64
    /// Those that reached the right person.
    package var rightParty: Int64
}

/// How one office stands with the centre.
package struct OfficeLine: Codable, Equatable, Sendable {
    /// Its number.
    package var replica: Int64
    /// What people call it.
    package var name: String
    /// What it works.
    package var portfolios: [String]
    /// When it last synced, local date and time to the minute; nil if it never did.
    package var lastSeen: String?
    /// Whole hours from then to the end of the day that is closed, or to the close if that was
    /// earlier.
    package var hoursSilent: Int64?
    /// Whether it is silent for longer than it should be.
    package var isLate: Bool
    /// Its change-sets that the centre has.
    package var changeSets: Int64
    /// Its change-sets that it said it had and the centre had not, when it was last heard of.
    package var unsentKnown: Int64
    /// Commits for it that it had not seen.
    package var behind: Int64
    /// The last commit at which its digests were proven equal; nil: never.
    package var provenCommit: Int64?
    /// Facts of it that came after their day was closed, in this close.
    package var lateFacts: Int64
    /// Rows of it in quarantine.
    package var quarantined: Int64
}

/// One operator in the month so far.
package struct OperatorLine: Codable, Equatable, Sendable {
    /// The operator's key.
    package var `operator`: String
    /// What people call it.
    package var name: String
    /// Outgoing attempts.
    package var attempts: Int64
    /// Contacts with the right person.
    package var rightParty: Int64
    /// Promises taken.
    package var promises: Int64
    /// Promises of this operator that fell due, and how many of them were kept.
    package var promisesDue: Int64
    /// Of those, how many were kept.
    package var promisesKept: Int64
    /// Contacts with the right person at which a reason was recorded.
    package var reasons: Int64
}
