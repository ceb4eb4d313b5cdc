internal import RientroProtocol
internal import RientroSQLite
internal import RientroServer
internal import RientroStore

/// Which entries are meant: those of a kind, and of it those of an office and for a reason.
package struct ReviewFilter: Equatable, Sendable {
    /// Of which kind.
    package var kind: ReviewKind
    /// Only of this office or portfolio, as `ReviewGroup.office` has it.
    package var office: String?
    /// Only for this reason: the whole of `ReviewGroup.reason`, or what stands behind its colon.
    package var reason: String?

    /// A filter.
    package init(kind: ReviewKind, office: String? = nil, reason: String? = nil) {
        self.kind = kind
        self.office = office
        self.reason = reason
    }

    /// Whether a group is meant.
    package func matches(_ group: ReviewGroup) -> Bool {
        guard group.kind == kind, office.map({ $0 == group.office }) ?? true else { return false }
        guard let reason else { return true }
        return group.reason == reason || group.reason.hasSuffix(": " + reason)
    }
}

/// What came of settling many.
package struct ReviewBulk: Equatable, Sendable {
    /// How many were meant.
    package var found: Int64 = 0
    /// How many are settled now.
    package var settled: Int64 = 0
    /// Those that could not be: their keys, and why.
    package var failed: [String: ReviewError] = [:]
    /// How many of those meant were not looked at yet.
    package var left: Int64 = 0

    /// Nothing yet.
    package init() {}
}

/// Settling by group.
extension ReviewDesk {
    /// Settles all that a filter means in one go. Refused rows are discarded in one statement; of
    /// the others each is settled as if by its key, and one that cannot be stops no other.
    ///
    /// Throws `ReviewError.badChoice`, `.unknownOperator`, `.noteTooLong`, `CentreError`,
    /// `CloseBookError`, `SQLiteError`; of what was written by then each is whole.
    ///
    /// - Parameters:
    ///   - filter: what is meant.
    ///   - decision: what was decided; `value` cannot be decided for many.
    ///   - isSure: whether it is done; else it is only counted.
    ///   - date: today, local.
    ///   - now: the time, in milliseconds since 1970.
    package func settleAll(
        _ filter: ReviewFilter, _ decision: ReviewDecision, isSure: Bool, date: String, now: Int64
    ) throws -> ReviewBulk {
        try check(decision)
        guard filter.kind.choices.contains(decision.choice), decision.choice != .value else {
            throw ReviewError.badChoice(decision.choice, kind: filter.kind)
        }
        let person = try knownOperator(decision.operator)
        return try book.db.transaction {
            let queue = try Self.queue(
                centre, book: book, date: date, perGroupMax: ReviewLimits.bulkEntriesMax)
            let meant = queue.entries.filter { filter.matches($0.group) }
            let rest = queue.rest.filter { filter.matches($0.group) }.clampedSum(\.count)
            var bulk = ReviewBulk()
            bulk.found = rest.clampedAdding(Int64(meant.count))
            guard isSure, bulk.found > 0 else { return bulk }
            func settled(_ key: String, _ note: String?) -> SettledReview {
                SettledReview(
                    key: key, kind: filter.kind, choice: decision.choice, operator: person,
                    note: note, settledAt: now)
            }
            if filter.kind == .quarantine {
                let count = try discard(filter, date: date, now: now)
                bulk.settled = count
                try book.settle(bulkLine(filter, settled, count: count, decision.note))
                return bulk
            }
            bulk.left = rest
            for entry in meant {
                do {
                    try settleOne(entry, settled(entry.key, decision.note), date: date)
                    bulk.settled += 1
                } catch let error as ReviewError { bulk.failed[entry.key] = error }
            }
            return bulk
        }
    }

    private func settleOne(
        _ entry: ReviewEntry, _ settled: SettledReview, date: String
    ) throws {
        if settled.choice.writes {
            try engine.db.transaction {
                try write(entry, settled, values: [], date: date)
            }
        }
        try book.settle(settled)
    }

    /// One line of the book for many refused rows, which are known to the centre by number.
    private func bulkLine(
        _ filter: ReviewFilter, _ settled: (String, String?) -> SettledReview, count: Int64,
        _ note: String?
    ) -> SettledReview {
        let what = ["\(count) rows", filter.office, filter.reason, note].compactMap { $0 }
        let line = settled("", what.joined(separator: ", "))
        let key = ReviewEntry.key(
            filter.kind,
            [.text(filter.office ?? ""), .text(filter.reason ?? ""), .integer(line.settledAt)])
        return settled(key, line.note)
    }

    /// Discards the refused rows that a filter means; returns how many there were.
    private func discard(_ filter: ReviewFilter, date: String, now: Int64) throws -> Int64 {
        let tables = Dictionary(
            engine.store.schema.allTables.map { ($0.name, Int64($0.number)) },
            uniquingKeysWith: { first, _ in first })
        let reason = filter.reason?.components(of: ": ") ?? []
        let offices = try filter.office.map { name in
            try engine.replicas().filter { $0.name == name || "replica \($0.number)" == name }
                .map(\.number)
        }
        var count = 0
        try engine.db.transaction {
            for office in offices.map({ $0.map { Int64?.some($0) } }) ?? [nil] {
                count += try engine.discardRefusals(
                    replica: office, table: reason.count > 1 ? tables[reason[0]] ?? -1 : nil,
                    reason: reason.last, upTo: date, now: now)
            }
        }
        return Int64(count)
    }
}

extension String {
    /// What stands before and behind the last of these separators; the whole where there is none.
    fileprivate func components(of separator: String) -> [String] {
        guard let place = ranges(of: separator).last else { return [self] }
        return [String(self[..<place.lowerBound]), String(self[place.upperBound...])]
    }
}
