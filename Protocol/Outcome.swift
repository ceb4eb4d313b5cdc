/// What the centre says of one change-set.
package struct Outcome: Equatable, Sendable {
    /// The number of the change-set.
    package var number: Int64
    /// What became of it.
    package var status: Status
    /// The registers and rows that did not go through as they were sent.
    package var items: [OutcomeItem]

    /// The outcome of the change-set `number`.
    package init(number: Int64, status: Status, items: [OutcomeItem]) {
        self.number = number
        self.status = status
        self.items = items
    }

    /// What became of a change-set.
    package enum Status: Int, Sendable {
        /// It is in the log now.
        case applied = 0
        /// It was in the log before, under this number or an earlier name.
        case alreadyApplied = 1
        /// Its number is above the centre's last plus one. Nothing changed.
        case gap = 2
        /// Another hash stands at its number, or before it. Nothing changed.
        case foreign = 3
    }
}

/// Why the centre did not apply a row or a register.
package enum RefusalReason: Int, Sendable, CaseIterable {
    /// Its unit is in no portfolio that the replica held.
    case notInPortfolio = 1
    /// Only the centre writes the register, or makes such rows.
    case readOnlyColumn = 2
    /// The same id with other content stands at the centre.
    case ledgerChanged = 3
    /// A value breaks its column's type, limit or code list, or could not travel.
    case badValue = 4
    /// Tried again by itself when the parent arrives.
    case unknownParent = 5
    /// The row is over a limit.
    case tooLarge = 6

    /// The word for it in SQL, JSON and prose.
    package var code: String {
        switch self {
        case .notInPortfolio: "not_in_portfolio"
        case .readOnlyColumn: "read_only_column"
        case .ledgerChanged: "ledger_changed"
        case .badValue: "bad_value"
        case .unknownParent: "unknown_parent"
        case .tooLarge: "too_large"
        }
    }
}

/// One register, or one whole row, that was corrected or refused.
package struct OutcomeItem: Equatable, Sendable {
    /// The number of the table.
    package var table: Int
    /// The id of the row.
    package var id: String
    /// The register; 0 for the row as a whole (its birth, or a ledger row).
    package var register: Int
    /// Why it was refused; nil for a correction of the stamp.
    package var reason: RefusalReason?
    /// The stamp that was sent; nil for a ledger row.
    package var sent: Stamp?
    /// The centre's present stamp; nil where it has none to give.
    package var present: Stamp?
    /// The centre's present values of the register; nil where it has none to give.
    package var values: [Value]?

    /// A correction or a refusal.
    package init(
        table: Int, id: String, register: Int, reason: RefusalReason?, sent: Stamp?,
        present: Stamp?, values: [Value]?
    ) {
        self.table = table
        self.id = id
        self.register = register
        self.reason = reason
        self.sent = sent
        self.present = present
        self.values = values
    }
}
