import RientroProtocol

/// What happened: rows that are written once and corrected by further rows.
extension DebtorPortfolio {
    /// One open item of an account (*partita*), as it was handed over.
    ///
    /// `open_amount` is what was open when it came; payments since are rows of `payment`. Where a
    /// creditor corrects a hand-over, a row with `adjusts_id` holds the *difference* of the amounts
    /// and the dates as they now are. Credit notes are negative.
    static let debtItem = Schema.Table(
        number: 30, name: "debt_item", kind: .ledger, insertedBy: .centre,
        routing: .parent(table: "account", column: "account_id"),
        columns: [
            .id(1, "account_id", of: "account", required: true),
            .text(2, "item_ref", ColumnLimits.referenceBytes),
            .code(3, "kind", list: "item_kind", required: true, default: "invoice"),
            .text(4, "doc_number", ColumnLimits.referenceBytes),
            .date(5, "doc_date"),
            .date(6, "due_on", required: true, default: .today),
            .currency(7),
            .amount(8, "original_amount", required: false),
            .amount(9, "open_amount"),
            .amount(10, "fees", required: false),
            .date(11, "interest_from"),
            .text(12, "supply_point", ColumnLimits.referenceBytes, personal: true),
            .text(13, "contract_ref", ColumnLimits.referenceBytes),
            .sibling(
                14, "adjusts_id", of: "debt_item", alike: ["currency"], endsThere: true),
            .key(15, "lot_id", of: "lot"),
            .text(16, "note", ColumnLimits.noteBytes, personal: true),
            .instant(17, "recorded_at"),
        ],
        instead: "the centre inserts an adjustment that names it in adjusts_id")

    /// One attempt to reach the debtor, or a contact that he sought, and what came of it.
    static let contactAttempt = Schema.Table(
        number: 31, name: "contact_attempt", kind: .ledger,
        routing: .parent(table: "account", column: "account_id"),
        columns: [
            .id(1, "account_id", of: "account", required: true),
            .code(2, "channel", list: "channel", required: true),
            .code(3, "outcome", list: "outcome", required: true),
            .code(4, "reason", list: "reason"),
            .code(5, "emotion", list: "emotion"),
            .text(6, "note", ColumnLimits.noteBytes, personal: true),
            .word(7, "direction", of: ["out", "in"], required: true, default: "out"),
            .id(8, "contact_point_id", of: "contact_point"),
            .code(9, "spoke_with", list: "spoke_with"),
            .instant(10, "started_at"),
            .number(11, "seconds", in: 0...ColumnLimits.callSecondsMax),
            .sibling(12, "corrects_id", of: "contact_attempt"),
            .operator(13),
            .instant(14, "recorded_at"),
        ],
        instead: "insert a contact_attempt that names it in corrects_id",
        perParentMax: RowLimits.contactAttemptsMax)

    /// Money that came, or that was said to have come.
    ///
    /// `reported` is what the debtor says and reduces no balance; when the money is there, a row of
    /// its own says so. A reversal (a bounced cheque, a returned direct debit, a typing error) has
    /// the negative amount and names the payment in `reverses_id`. `value_on` is the bank's value
    /// date; NULL means the day of receipt.
    static let payment = Schema.Table(
        number: 32, name: "payment", kind: .ledger,
        routing: .parent(table: "account", column: "account_id"),
        columns: [
            .id(1, "account_id", of: "account", required: true),
            .amount(2, "amount"),
            .currency(3),
            .code(4, "method", list: "payment_method"),
            .text(5, "reference", ColumnLimits.referenceBytes),
            .date(6, "received_on", required: true, default: .today),
            .date(7, "value_on"),
            .word(
                8, "state", of: ["reported", "received", "cleared"], required: true,
                default: "received"),
            .sibling(
                9, "reverses_id", of: "payment", alike: ["currency"], opposes: "amount",
                endsThere: true),
            .word(10, "received_by", of: ["creditor", "firm", "branch", "collector"]),
            .text(11, "payer_name", ColumnLimits.nameBytes, personal: true),
            .text(12, "payer_iban", ColumnLimits.ibanBytes, personal: true),
            .text(13, "receipt_number", ColumnLimits.referenceBytes),
            .text(14, "bank_ref", ColumnLimits.referenceBytes),
            .text(15, "note", ColumnLimits.noteBytes, personal: true),
            .operator(16),
            .instant(17, "recorded_at"),
        ],
        instead: "insert a payment of the negative amount that names it in reverses_id",
        perParentMax: RowLimits.paymentsMax)

    /// A promise to pay. Another that names it in `replaces_id` supersedes it; one of amount 0 that
    /// names it in `cancels_id` withdraws it and is itself none.
    static let promise = Schema.Table(
        number: 33, name: "promise", kind: .ledger,
        routing: .parent(table: "account", column: "account_id"),
        columns: [
            .id(1, "account_id", of: "account", required: true),
            .amount(2, "amount", signed: false),
            .currency(3),
            .date(4, "due_on", required: true, default: .today),
            .number(5, "tolerance_days", in: 0...ColumnLimits.toleranceDaysMax, default: 0),
            .date(6, "made_on", required: true, default: .today),
            .code(7, "method", list: "payment_method"),
            .code(8, "made_by", list: "spoke_with"),
            .sibling(9, "contact_attempt_id", of: "contact_attempt"),
            .sibling(10, "replaces_id", of: "promise"),
            .sibling(11, "cancels_id", of: "promise", endsThere: true),
            .text(12, "note", ColumnLimits.noteBytes, personal: true),
            .operator(13),
            .instant(14, "recorded_at"),
        ],
        instead: "insert a promise that names it in replaces_id or cancels_id",
        perParentMax: RowLimits.promisesMax)
}
