/// What a person decided about something that waits.
package struct ReviewDecision: Sendable {
    /// What to do.
    package var choice: ReviewChoice
    /// For `value`: what is right, as it was typed; `COLUMN=VALUE` where several columns belong
    /// together, and those left out stay as they stand.
    package var values: [String]
    /// The code of who decides.
    package var `operator`: String
    /// Why, in that person's words.
    package var note: String?

    /// A decision.
    package init(
        _ choice: ReviewChoice, values: [String] = [], operator: String, note: String? = nil
    ) {
        self.choice = choice
        self.values = values
        self.operator = `operator`
        self.note = note
    }
}

/// What came of it.
package enum ReviewOutcome: Equatable, Sendable {
    /// It is settled now.
    case settled(ReviewEntry, SettledReview)
    /// It was settled so before; nothing was changed.
    case already(SettledReview)
}
