import RientroProtocol

/// All that happened on an account, in one list.
extension DebtorPortfolio {
    /// What happened, to be asked by `account_id` and ordered by `at`.
    ///
    /// `at` is local: a date for what has only a day, a date and time for what has an instant.
    /// `kind` is the table's name, `id` the row's. `amount` is in minor units of `currency`. A
    /// conflict says what stands and what was written unseen beside it, also once somebody has
    /// chosen.
    static let timeline = Schema.View(
        name: "timeline",
        select: """
            SELECT account_id, received_on AS at, 'payment' AS kind,
              \(words("state", "method", "reference", "note")) AS text,
              amount, currency, operator, id
            FROM payment
            UNION ALL
            SELECT account_id, \(local("started_at")), 'contact_attempt',
              \(words("channel", "outcome", "reason", "note")), NULL, NULL, operator, id
            FROM contact_attempt
            UNION ALL
            SELECT account_id, made_on, 'promise',
              \(words(
                "CASE WHEN cancels_id IS NULL THEN 'due ' || due_on ELSE 'cancelled' END",
                "method", "note")), amount, currency, operator, id
            FROM promise
            UNION ALL
            SELECT account_id, due_on, 'debt_item', \(words("kind", "doc_number", "note")),
              open_amount, currency, NULL, id
            FROM debt_item
            WHERE \(lotIsComplete("debt_item"))
            UNION ALL
            SELECT account_id, due_on, 'task', \(words("kind", "status", "due_time", "note")),
              NULL, NULL, operator, id
            FROM task
            UNION ALL
            SELECT unit_id, \(local("noticed_at")), 'conflict',
              register || ': ' || \(list("won")) || ' / ' || \(list("lost")),
              NULL, NULL, NULL, id
            FROM conflict
            WHERE unit_table = \(account.number)
            """)

    /// The values of a JSON array that are not NULL, a comma between them.
    private static func list(_ column: String) -> String {
        "(SELECT coalesce(group_concat(value, ', '), '') FROM json_each(\(column)))"
    }

    /// The columns that are not NULL, a space between them.
    private static func words(_ columns: String...) -> String {
        "trim(" + columns.map { "coalesce(\($0) || ' ', '')" }.joined(separator: " || ") + ")"
    }

    /// An instant in UTC as local date and time.
    private static func local(_ column: String) -> String {
        "strftime('%Y-%m-%d %H:%M:%S', \(column), 'localtime')"
    }
}
