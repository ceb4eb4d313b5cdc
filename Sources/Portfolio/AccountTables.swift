import RientroProtocol

/// What is worked, and what is to be done.
extension DebtorPortfolio {
    /// One debt relation of a debtor with a creditor (*pratica*).
    static let account = Schema.Table(
        number: 22, name: "account", kind: .record, insertedBy: .centre,
        routing: .portfolio(column: "portfolio_id"),
        columns: [
            .id(1, "debtor_id", of: "debtor", required: true),
            .key(2, "portfolio_id", of: "portfolio", required: true),
            .key(3, "creditor_id", of: "creditor", required: true),
            .text(4, "case_ref", ColumnLimits.referenceBytes, required: true),
            .text(5, "customer_ref", ColumnLimits.referenceBytes),
            .key(6, "lot_id", of: "lot"),
            // What its balance is shown in; items in other currencies are listed beside it.
            .currency(7),
            .date(8, "placed_on", required: true, default: .today),
            .date(9, "recall_on"),
            .code(10, "status", list: "account_status", required: true, default: "placed"),
            .text(11, "status_reason", ColumnLimits.remarkBytes, personal: true),
            .number(12, "priority", in: 0...9, default: 5),
            .date(13, "next_action_on"),
            .key(14, "assignee", of: "operator"),
            .text(15, "note", ColumnLimits.noteBytes, personal: true),
            .operator(16),
        ],
        registers: [
            .init(number: 1, name: "portfolio_id", writer: .centre),
            .init(number: 2, name: "customer_ref", writer: .centre),
            .init(number: 3, name: "recall_on", writer: .centre),
            // A status may be a fact, such as a dispute: two that were set unseen by each other
            // both stay listed, so that work does not go on over the fact.
            .init(
                number: 4, name: "status", columns: ["status", "status_reason"], rule: .kept),
            .init(number: 5, name: "priority"),
            .init(number: 6, name: "next_action_on"),
            .init(number: 7, name: "assignee"),
            .init(number: 8, name: "note"),
            .init(number: 9, name: "operator"),
        ],
        instead: "set its status; the centre alone moves an account to another portfolio")

    /// Something to do about an account (*attività*): a call back, a letter, a check.
    static let task = Schema.Table(
        number: 23, name: "task", kind: .record,
        routing: .parent(table: "account", column: "account_id"),
        columns: [
            .id(1, "account_id", of: "account", required: true),
            .code(2, "kind", list: "task_kind", required: true, default: "callback"),
            .date(3, "due_on", required: true, default: .today),
            // A time of day in words or as 18:00-20:00.
            .text(4, "due_time", ColumnLimits.codeBytes),
            .key(5, "assignee", of: "operator"),
            .word(
                6, "status", of: ["open", "done", "cancelled", "expired"], required: true,
                default: "open"),
            .text(7, "status_reason", ColumnLimits.remarkBytes, personal: true),
            .text(8, "note", ColumnLimits.noteBytes, personal: true),
            .operator(9),
        ],
        registers: [
            .init(number: 1, name: "kind"),
            .init(number: 2, name: "due", columns: ["due_on", "due_time"]),
            .init(number: 3, name: "assignee"),
            .init(number: 4, name: "status", columns: ["status", "status_reason"]),
            .init(number: 5, name: "note"),
            .init(number: 6, name: "operator"),
        ],
        instead: "set its status to done or cancelled", perParentMax: RowLimits.tasksMax)
}
