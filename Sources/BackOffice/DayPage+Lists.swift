/// The control total of one lot: `placed = open + paid + adjusted`.
package struct ControlLine: Codable, Equatable, Sendable {
    /// The creditor's key.
    package var creditor: String
    /// The key of the lot with which the accounts came, items of later lots included; empty for
    /// accounts of none.
    package var lot: String
    /// The creditor's reference of that lot, if it has one.
    package var reference: String?
    /// Of the amounts, ISO 4217.
    package var currency: String
    /// What was handed over.
    package var placed: Int64
    /// What is open by the accounts.
    package var open: Int64
    /// Net of reversals.
    package var paid: Int64
    /// What the creditor took back by later hand-overs; negative where it added.
    package var adjusted: Int64

    /// What is missing: 0, or the close stops.
    package var difference: Int64 {
        placed.clampedSubtracting(open).clampedSubtracting(paid).clampedSubtracting(adjusted)
    }
}

/// A promise whose state is another than at the close before.
package struct PromiseChange: Codable, Equatable, Sendable {
    /// Its id.
    package var promise: String
    /// The account's id.
    package var account: String
    /// The case reference.
    package var caseRef: String
    /// In minor units.
    package var amount: Int64
    /// Of the amounts, ISO 4217.
    package var currency: String
    /// When it was due.
    package var dueOn: String
    /// Its state then; nil for one that is new.
    package var was: PromiseState?
    /// Its state now.
    package var `is`: PromiseState
    /// What was paid on it.
    package var paid: Int64
    /// Whether facts of a closed day changed it.
    package var isLate: Bool
}

/// What became of a promise, by value date and tolerance.
package enum PromiseState: String, Codable, CaseIterable, Sendable {
    case open
    case kept
    case partlyKept = "partly_kept"
    case broken
    case cancelled
    case superseded
}

/// An account in a list.
package struct AccountLine: Codable, Equatable, Sendable {
    /// The account's id.
    package var account: String
    /// The case reference.
    package var caseRef: String
    /// The portfolio's key.
    package var branch: String
    /// The creditor's key.
    package var creditor: String
    /// Paid in full: what was paid in all. Newly overdue: what is open.
    package var amount: Int64
    /// Of the amounts, ISO 4217.
    package var currency: String
    /// Paid in full: the day of the last payment. Newly overdue: the due date.
    package var day: String
}

/// Tasks for tomorrow, for one reason.
package struct TaskLine: Codable, Equatable, Sendable {
    /// Why there is something to do.
    package enum Cause: String, Codable, CaseIterable, Sendable {
        case promiseBroken = "promise_broken"
        case callbackDue = "callback_due"
        case noReason = "no_reason"
        case newlyOverdue = "newly_overdue"
        /// Nothing is owed any more: only taken back.
        case settled
        /// The debtor must not be called any more: only taken back.
        case notToBeCalled = "not_to_be_called"
    }

    /// Why.
    package var cause: Cause
    /// Made by this close.
    package var made: Int64
    /// Taken back by this close, since what they were about is no longer so.
    package var cancelled: Int64
}

/// What waits for a person, of one kind.
package struct ReviewLine: Codable, Equatable, Sendable {
    /// Of what kind.
    package var kind: ReviewKind
    /// How many.
    package var count: Int64
    /// Those that were not there at the close before.
    package var new: Int64
    /// The day of the oldest.
    package var oldest: String
}

/// Why somebody must look.
package enum ReviewKind: String, Codable, CaseIterable, Sendable {
    /// Two values of one kept register.
    case conflict
    /// A row that was refused.
    case quarantine
    /// Two payments that may be one.
    case duplicate
    /// More was paid than was owed.
    case overpaid
    /// A payment on an account that had been closed.
    case paymentOnClosed = "payment_on_closed"
    /// A promise on an account that is closed.
    case promiseOnClosed = "promise_on_closed"
    /// A row that takes back, withdraws, corrects or adjusts nothing that there is.
    case namesNothing = "names_nothing"
    /// Rows whose day has not come, or that are of no day: they are in no day's close.
    case noDay = "no_day"
    /// Rows that were written before their account was there: by a machine whose clock is wrong.
    case wrongClock = "wrong_clock"
    /// An account with more rows, or more money, than can be: it is in no figure.
    case setAside = "set_aside"
}

/// Facts of days that were closed already, from one office.
package struct LateLine: Codable, Equatable, Sendable {
    /// The office's number; 0: the centre.
    package var replica: Int64
    /// What people call it.
    package var office: String
    /// The table: `payment`, `contact_attempt`, `promise` or `debt_item`.
    package var table: String
    /// The first and last day that they are of.
    package var firstDay: String
    /// The last of them.
    package var lastDay: String
    /// How many.
    package var facts: Int64
    /// What they come to in the page's currency: payments and promises only.
    package var amount: Int64
}
