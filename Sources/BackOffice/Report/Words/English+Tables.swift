/// Key figures, lists and their columns, in English.
extension English {
    func name(of measure: Measure.Name) -> String {
        switch measure {
        case .accounts: "Accounts in hand"
        case .contactRate: "Accounts contacted"
        case .attempts: "Attempts per account"
        case .rightPartyRate: "Right person, of attempts"
        case .rightPartyReach: "Accounts with right person reached"
        case .promiseRate: "Promises per right-party contact"
        case .keptByNumber: "Promises kept"
        case .keptByAmount: "Promises kept, by amount"
        case .brokenRate: "Promises broken"
        case .recoveryRate: "Recovery rate"
        case .liquidation: "Accounts liquidated"
        case .daysToFirstReason: "Days to first reason"
        case .reasonRecorded: "Reason known"
        case .collected: "Collected"
        case .open: "Still open"
        case .lateFacts: "Facts that came late"
        }
    }

    func definition(of measure: Measure.Name) -> String {
        switch measure {
        case .accounts: "accounts placed and not closed"
        case .contactRate: "accounts with at least one attempt, of all in hand"
        case .attempts: "outgoing attempts per account in hand"
        case .rightPartyRate: "contacts with the right person, of outgoing attempts"
        case .rightPartyReach: "accounts with such a contact, of all in hand"
        case .promiseRate: "promises, of contacts with the right person"
        case .keptByNumber: "promises kept, of those fallen due: by number"
        case .keptByAmount: "promises kept, of those fallen due: by amount"
        case .brokenRate: "promises neither kept nor partly kept, of those fallen due"
        case .recoveryRate: "net collected in the period, of what was placed"
        case .liquidation: "accounts paid or settled, of all placed"
        case .daysToFirstReason: "average from placement to the first recorded reason"
        case .reasonRecorded: "open accounts with a reason, of those spoken to"
        case .collected: "what came in, net of reversals"
        case .open: "open balance"
        case .lateFacts: "facts of days already closed, of all that came"
        }
    }

    func meaning(of measure: Measure, _ currency: String) -> String {
        let some = numerals.count(measure.numerator)
        let all = numerals.count(measure.denominator)
        let time = period(measure.period)
        switch measure.name {
        case .recoveryRate:
            let collected = numerals.shortAmount(measure.numerator, currency)
            let placed = numerals.shortAmount(measure.denominator, currency)
            return "\(collected) collected of \(placed) placed\(time)"
        case .keptByNumber: return "\(some) of \(all) that fell due\(time)"
        case .rightPartyReach:
            return "the right person reached on \(some) of \(all) accounts in hand\(time)"
        case .reasonRecorded:
            return "\(some) of \(all) accounts spoken to\(time): no reason, no remedy"
        default: return "\(some) of \(all)\(time)"
        }
    }

    private func period(_ period: Measure.Period) -> String {
        switch period {
        case .day: " in the day"
        case .month: " this month"
        case .total: ""
        }
    }

    func noValue(of measure: Measure.Name) -> String {
        switch measure {
        case .keptByNumber, .keptByAmount, .brokenRate: "no promise has fallen due yet"
        case .recoveryRate, .liquidation: "nothing has been placed yet"
        case .rightPartyReach, .contactRate: "no account is in hand"
        case .rightPartyRate: "nobody was sought"
        case .reasonRecorded, .daysToFirstReason: "nobody has been spoken to yet"
        default: "no data yet"
        }
    }

    var numbersAsTable: String { "The numbers as a table" }

    func column(_ name: ColumnName) -> String {
        switch name {
        case .bucket: "Bucket"
        case .accounts: "Accounts"
        case .items: "Items"
        case .openAmount: "Open"
        case .share: "Share"
        case .amount: "Amount"
        case .lot: "Lot"
        case .placedOn: "Placed on"
        case .placedAmount: "Placed"
        case .month: "Month"
        case .keptShare: "Share kept"
        case .reason: "Reason"
        case .fault: "Whose doing"
        case .hour: "Hour"
        case .channel: "Channel"
        case .attempts: "Attempts"
        case .rightParty: "Right person"
        case .office: "Office"
        case .portfolios: "Portfolios"
        case .lastSeen: "Last sync"
        case .silence: "Silent for"
        case .changeSets: "Change-sets here"
        case .unsent: "Unsent"
        case .behind: "To receive"
        case .provenCommit: "Last proven commit"
        case .lateFacts: "Late facts"
        case .quarantined: "In quarantine"
        case .caseRef: "Case"
        case .state: "Now"
        case .before: "Before"
        case .dueOn: "Due on"
        case .promised: "Promised"
        case .paid: "Paid"
        case .lastPayment: "Last payment"
        case .cause: "Why"
        case .made: "Made"
        case .cancelled: "Taken back"
        case .fact: "What"
        case .days: "Days"
        case .facts: "Facts"
        case .operator: "Operator"
        case .promises: "Promises"
        case .fellDue: "Fell due"
        case .kept: "Kept"
        case .reasonsRecorded: "With reason"
        case .adjusted: "Adjusted"
        case .difference: "Difference"
        case .measure: "Figure"
        case .today: "Day"
        case .thisMonth: "Month"
        case .inAll: "In all"
        case .definition: "Definition"
        case .collectedMonth: "Collected this month"
        case .toLookAt: "To look at"
        }
    }

    func title(of list: ListName) -> String {
        switch list {
        case .promiseChanges: "Promises whose state changed"
        case .paidInFull: "Accounts paid in full"
        case .newlyOverdue: "Items newly overdue"
        case .tasks: "Work for tomorrow"
        case .late: "Facts of days already closed"
        case .operators: "Operators, this month"
        case .totals: "Control totals"
        case .measures: "All key figures"
        }
    }

    func note(on list: ListName) -> String {
        switch list {
        case .promiseChanges: "By value date and tolerance; those to call back come first."
        case .paidInFull: "Nothing is left open since the last close."
        case .newlyOverdue: "Something fell due since the last close: a first call pays."
        case .tasks: "Tasks that reach the offices with their next sync."
        case .late: "Came after their day was closed: counted today, with a mark."
        case .operators: "To be read beside each one’s portfolio, not as a ranking."
        case .totals:
            "Placed = open + paid + adjusted; a difference stops the close. By the lot with which "
                + "an account came; what was paid over a balance counts against what is open."
        case .measures: "Kept by date, and never computed anew in silence."
        }
    }

    func name(of cause: TaskLine.Cause) -> String {
        switch cause {
        case .promiseBroken: "promise broken"
        case .callbackDue: "callback due"
        case .noReason: "no reason for non-payment recorded"
        case .newlyOverdue: "item newly overdue"
        case .settled: "nothing is owed any more"
        case .notToBeCalled: "must not be called any more"
        }
    }

    func name(ofTable table: String) -> String {
        switch table {
        case "payment": "payments"
        case "contact_attempt": "contacts"
        case "promise": "promises"
        case "debt_item": "items"
        default: table
        }
    }

    func moreRows(_ count: Int, file: String) -> String {
        count == 1
            ? "One more row is in \(file).csv."
            : "\(numerals.count(Int64(count))) more rows are in \(file).csv."
    }

    var nothingChanged: String { "Nothing changed since the last close." }
    var newPromise: String { "new" }
    var lateMark: String { "late" }
    var centre: String { "centre" }
}
