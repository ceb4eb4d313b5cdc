internal import RientroSQLite

/// All that waits for a person, as of a day.
///
/// What is settled stays settled: an entry that somebody found to be right as it is, is not in it.
/// What was settled by writing to the centre is gone because the centre says so; if the centre was
/// put back to before that, it waits again.
package struct ReviewQueue: Sendable {
    /// What waits, in the order of kinds, of days and of keys.
    package let entries: [ReviewEntry]
    /// What would wait, had it not been settled, in the same order.
    package let settledEntries: [ReviewEntry]
    /// What waits beside the entries and is counted only: of a group of thousands the later ones.
    package let rest: [ReviewRest]
    /// What was settled, by key.
    package let settled: [String: SettledReview]

    /// Finds it. Throws `SQLiteError`, `CloseBookError`.
    ///
    /// - Parameters:
    ///   - day: the tables of the day.
    ///   - book: what was settled; nil where there is no book yet.
    ///   - perGroupMax: of refused rows and conflicts of one group so many are listed.
    package init(
        _ day: DayTables, book: CloseBook?,
        perGroupMax: Int = ReviewLimits.entriesPerGroupMax
    ) throws {
        let settled = try book?.settled() ?? [:]
        let search = try ReviewSearch(day, perGroupMax: perGroupMax)
        let all = try search.all()
        rest = try search.rest()
        self.settled = settled
        entries = all.filter { !Self.hides(settled[$0.key]) }
        settledEntries = all.filter { Self.hides(settled[$0.key]) }
    }

    /// How many wait, those that are counted only included.
    package var count: Int64 { rest.clampedSum(\.count).clampedAdding(Int64(entries.count)) }

    private static func hides(_ settled: SettledReview?) -> Bool {
        settled.map { !$0.choice.writes } ?? false
    }

    /// The counts for one page, by kind; kinds of which nothing waits are left out.
    ///
    /// - Parameters:
    ///   - scope: whose page it is.
    ///   - seen: the date of the first close that listed each finding, by key.
    ///   - date: the day that is closed: what an earlier close listed is not new.
    package func lines(
        for scope: PageScope, seen: [String: String], date: String
    ) -> [ReviewLine] {
        let here = entries.filter { $0.concerns(scope) }
        return ReviewKind.allCases.compactMap { kind in
            let found = here.filter { $0.kind == kind }
            let more = rest.filter { $0.group.kind == kind && $0.concerns(scope) }
            guard let oldest = (found.map(\.since) + more.map(\.since)).min() else { return nil }
            let new = found.filter { entry in
                guard let first = seen[entry.key] else { return true }
                return first >= date
            }
            // What is only counted has no key: it is new if it is of the day.
            let newRest = more.filter { $0.since >= date }.clampedSum(\.count)
            return ReviewLine(
                kind: kind, count: more.clampedSum(\.count).clampedAdding(Int64(found.count)),
                new: newRest.clampedAdding(Int64(new.count)), oldest: oldest)
        }
    }
}
