internal import RientroSQLite

/// What a person decided about something that waited.
package struct SettledReview: Codable, Equatable, Sendable {
    /// The key of what it was about.
    package var key: String
    /// Of what kind that was.
    package var kind: ReviewKind
    /// What was decided.
    package var choice: ReviewChoice
    /// Who decided.
    package var `operator`: String
    /// Why, in that person's words.
    package var note: String?
    /// When, in milliseconds since 1970.
    package var settledAt: Int64
}

extension CloseBook {
    /// All that was ever settled, by key. A choice that this program does not know is left out:
    /// then the finding waits again, which is the safe way to be wrong.
    package func settled() throws -> [String: SettledReview] {
        var all: [String: SettledReview] = [:]
        try db.forEach(
            "SELECT key, kind, choice, operator, note, settled_at FROM settled ORDER BY key"
        ) { row in
            guard let kind = ReviewKind(rawValue: row.text(1)),
                let choice = ReviewChoice(rawValue: row.text(2))
            else { return }
            all[row.text(0)] = SettledReview(
                key: row.text(0), kind: kind, choice: choice, operator: row.text(3),
                note: row.optionalText(4), settledAt: row.integer(5))
        }
        return all
    }

    /// Writes down what was settled, in place of what was settled before under the same key.
    func settle(_ settled: SettledReview) throws {
        try db.run(
            """
            INSERT INTO settled(key, kind, choice, operator, note, settled_at)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT(key) DO UPDATE SET kind = excluded.kind, choice = excluded.choice,
              operator = excluded.operator, note = excluded.note, settled_at = excluded.settled_at
            """,
            .text(settled.key), .text(settled.kind.rawValue), .text(settled.choice.rawValue),
            .text(settled.operator), SQLiteValue(settled.note), .integer(settled.settledAt))
    }

    /// The date of the first close that listed a finding, by key.
    package func seen() throws -> [String: String] {
        var all: [String: String] = [:]
        try db.forEach("SELECT key, first_date FROM seen ORDER BY key") {
            all[$0.text(0)] = $0.text(1)
        }
        return all
    }

    /// Notes that the close of this date lists these findings, in the caller's transaction.
    package func see(_ entries: [ReviewEntry], date: String) throws {
        for entry in entries {
            try db.run(
                "INSERT INTO seen(key, first_date) VALUES (?, ?) ON CONFLICT DO NOTHING",
                .text(entry.key), .text(date))
        }
    }
}
