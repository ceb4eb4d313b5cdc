/// What follows from an outcome, decided in one place for offices and centre.
extension DebtorPortfolio {
    /// Outcomes after which nobody seeks contact with the person again, on any of his accounts,
    /// until the centre says otherwise: he asked for it, a lawyer speaks for him, he is dead, or a
    /// court settles his debts (rules R-IT-07 and R-GEN-02).
    package static let lastingStops = ["STOP", "LAW", "DEC", "INS"]

    /// Outcomes that are answered before anybody calls about this account's money again. They hold
    /// until the debtor was spoken to once more and it came to something else.
    package static let contestedStops = ["DISP", "COMPL"]

    /// States of an account in which nobody calls about its money.
    package static let quietStatuses = ["disputed", "suspended", "legal"]

    /// Outcomes that only the debtor himself can bring about.
    package static let rightPartyOutcomes = [
        "RPC", "REF", "PTP", "PLAN", "PAID", "DISP", "COMPL", "HARD", "STOP", "VISIT_MET",
    ]

    /// The outcome of a row that takes back, by its `corrects_id`, a contact that never was.
    package static let voidOutcome = "VOID"

    /// Channels by which somebody reaches for the person, as against a letter that the law may ask
    /// for, or a visitor at the counter.
    package static let reachingChannels: Set<String> = [
        "phone", "sms", "email", "whatsapp", "ivr", "visit",
    ]

    /// Kinds of tasks that send somebody after the debtor; the others are desk work.
    package static let reachingTasks: Set<String> = [
        "callback", "reminder_call", "visit", "other",
    ]

    /// What an outcome says of the number or address that was used; nil where it says nothing.
    package static func quality(after outcome: String) -> String? {
        switch outcome {
        case "WRONG": "wrong_number"
        case "DISC", "BOUNCE", "RETURNED", "VISIT_UNKNOWN_ADDR": "unreachable"
        default: nil
        }
    }

    /// Every stop in force, as SQL: the account, what stops it, when and by whom it was noted, on
    /// which account, and whether it lasts.
    ///
    /// A contact that another of its account corrects counts for nothing. One account may have
    /// several rows of one outcome.
    package static let stops = """
        SELECT a.id AS account_id, t.outcome, t.started_at, t.operator, t.note,
          t.account_id AS noted_on, 1 AS lasts, t.id
        FROM contact_attempt AS t
        JOIN account AS b ON b.id = t.account_id
        JOIN account AS a ON a.debtor_id = b.debtor_id
        WHERE t.outcome IN (\(quoted(lastingStops))) AND \(stands("t"))
        UNION ALL
        SELECT t.account_id, t.outcome, t.started_at, t.operator, t.note, t.account_id, 0, t.id
        FROM contact_attempt AS t
        WHERE t.outcome IN (\(quoted(contestedStops))) AND \(stands("t"))
          AND NOT EXISTS (SELECT 1 FROM contact_attempt AS u WHERE u.account_id = t.account_id
            AND (u.started_at, u.id) > (t.started_at, t.id)
            AND \(isRightParty("u")) AND \(stands("u"))
            AND u.outcome NOT IN (\(quoted(contestedStops))))
        """

    /// Whether contact `row` was the debtor: who was spoken to decides; where that was not
    /// recorded, the outcome does.
    package static func isRightParty(_ row: String) -> String {
        """
        CASE WHEN \(row).spoke_with IS NOT NULL
          THEN \(row).spoke_with IN ('debtor', 'co_debtor')
          ELSE \(row).outcome IN (\(quoted(rightPartyOutcomes))) END
        """
    }

    /// Whether contact `row` counts: it takes nothing back, and nothing of its account takes it
    /// back or puts something else in its place.
    package static func stands(_ row: String) -> String {
        """
        (\(row).outcome <> '\(voidOutcome)' AND NOT EXISTS (SELECT 1 FROM contact_attempt AS c
          WHERE c.account_id = \(row).account_id AND c.corrects_id = \(row).id
          AND c.id <> \(row).id))
        """
    }

    /// Words as a list of SQL texts. They are ours, and have no quotes in them.
    package static func quoted(_ words: [String]) -> String {
        words.map { "'\($0)'" }.joined(separator: ", ")
    }
}
