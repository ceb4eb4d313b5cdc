/// One key figure of one period, as two whole numbers: exact, and open to be added up.
///
/// Definitions are those of the trade (`Sources/BackOffice/README.md`).
package struct Measure: Codable, Equatable, Hashable, Sendable {
    /// Which figure.
    package enum Name: String, Codable, CaseIterable, Sendable {
        /// Accounts placed and not closed. A count.
        case accounts
        /// Accounts with at least one outgoing attempt, of all that are worked.
        case contactRate = "contact_rate"
        /// Outgoing attempts to worked accounts. Per account worked.
        case attempts
        /// Contacts with the right person, of outgoing attempts (the dialler's view).
        case rightPartyRate = "right_party_rate"
        /// Accounts with such a contact, of accounts worked (the portfolio's view).
        case rightPartyReach = "right_party_reach"
        /// Promises, of contacts with the right person.
        case promiseRate = "promise_rate"
        /// Promises kept, of those that fell due: by number.
        case keptByNumber = "kept_by_number"
        /// The same by amount, in minor units.
        case keptByAmount = "kept_by_amount"
        /// Promises neither kept nor partly kept, of those that fell due.
        case brokenRate = "broken_rate"
        /// Net collected in the period, of what was placed; for `total` of all that was placed.
        case recoveryRate = "recovery_rate"
        /// Accounts closed as paid or settled, or paid in full, of all placed.
        case liquidation
        /// Days from placement to the first recorded reason: their sum, by how many accounts.
        case daysToFirstReason = "days_to_first_reason"
        /// Open accounts of which a reason is recorded, of open accounts spoken to.
        case reasonRecorded = "reason_recorded"
        /// Money that came in, net of reversals. An amount.
        case collected
        /// What is open. An amount.
        case open
        /// Facts that came for days already closed, of those and all that are of the day itself.
        case lateFacts = "late_facts"
    }

    /// Over what time.
    package enum Period: String, Codable, CaseIterable, Sendable {
        /// The day that is closed.
        case day
        /// From the first of its month to it.
        case month
        /// Since the beginning.
        case total
    }

    /// How the two numbers are to be read.
    package enum Form: Sendable {
        /// A share: numerator of denominator.
        case share
        /// An average: numerator by denominator.
        case average
        /// A count: the numerator.
        case count
        /// An amount in minor units: the numerator.
        case amount
    }

    /// Which figure.
    package var name: Name
    /// Over what time.
    package var period: Period
    /// The currency of amounts; empty where it is about none.
    package var currency: String
    /// What is counted, or in minor units.
    package var numerator: Int64
    /// 0 where nothing happened that it could be a share of: there is no value then.
    package var denominator: Int64

    /// A figure.
    package init(
        _ name: Name, _ period: Period, currency: String = "", _ numerator: Int64,
        of denominator: Int64 = 1
    ) {
        self.name = name
        self.period = period
        self.currency = currency
        self.numerator = numerator
        self.denominator = denominator
    }
}

extension Measure.Name {
    /// How its two numbers are to be read.
    package var form: Measure.Form {
        switch self {
        case .accounts: .count
        case .attempts, .daysToFirstReason: .average
        case .collected, .open: .amount
        case .contactRate, .rightPartyRate, .rightPartyReach, .promiseRate, .keptByNumber,
            .keptByAmount, .brokenRate, .recoveryRate, .liquidation, .reasonRecorded, .lateFacts:
            .share
        }
    }
}
