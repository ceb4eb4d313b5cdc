internal import RientroProtocol

/// What entries of the review have in common, so that thousands of them can be looked at, and
/// settled, as one.
package struct ReviewGroup: Codable, Hashable, Sendable {
    /// Why somebody must look.
    package var kind: ReviewKind
    /// The office that it comes from: of a refused row who sent it, of a conflict who lost, else
    /// the portfolio of the account. Empty where that is not known.
    package var office: String
    /// Why in particular: of a refused row its table and reason, of a conflict the register, of a
    /// row with a wrong day its table. Empty where the kind says it all.
    package var reason: String

    /// A group.
    package init(kind: ReviewKind, office: String, reason: String) {
        self.kind = kind
        self.office = office
        self.reason = reason
    }
}

/// Entries of a group that are counted and not listed: those of one day.
package struct ReviewRest: Equatable, Sendable {
    /// The group.
    package let group: ReviewGroup
    /// The portfolios that it concerns.
    package let places: [ReviewPlace]
    /// The day since when they wait, local.
    package let since: String
    /// How many.
    package let count: Int64

    /// Whether they are for the page of this scope. What is counted only is not looked at row by
    /// row, so no creditor is known of it.
    package func concerns(_ scope: PageScope) -> Bool {
        scope.kind == .firm || places.contains { scope.kind == .branch && $0.branch == scope.key }
    }
}

/// A group with what is in it.
package struct ReviewTally: Equatable, Sendable {
    /// The group.
    package let group: ReviewGroup
    /// How many entries, those included that are not listed one by one.
    package var count: Int64
    /// The day of the oldest, local.
    package var oldest: String
    /// The day of the latest, local.
    package var latest: String
}

extension ReviewEntry {
    /// The group that it is in.
    package var group: ReviewGroup {
        switch kind {
        case .conflict:
            ReviewGroup(
                kind: kind, office: facts["lost_by"] ?? "", reason: facts["register"] ?? "")
        case .quarantine:
            ReviewGroup(
                kind: kind, office: facts["office"] ?? "",
                reason: "\(facts["table"] ?? ""): \(facts["reason"] ?? "")")
        case .noDay, .wrongClock, .namesNothing:
            ReviewGroup(kind: kind, office: branch, reason: facts["table"] ?? "")
        case .duplicate, .overpaid, .paymentOnClosed, .promiseOnClosed, .setAside:
            ReviewGroup(kind: kind, office: branch, reason: "")
        }
    }
}

extension ReviewQueue {
    /// The groups of what waits, in the order of kinds, the largest of a kind first.
    ///
    /// - Parameters:
    ///   - entries: those that are looked at.
    ///   - rest: what is counted of the same.
    package static func tallies(
        _ entries: [ReviewEntry], _ rest: [ReviewRest]
    ) -> [ReviewTally] {
        var tallies: [ReviewGroup: ReviewTally] = [:]
        func add(_ group: ReviewGroup, _ count: Int64, _ since: String) {
            var tally =
                tallies[group] ?? ReviewTally(group: group, count: 0, oldest: since, latest: since)
            tally.count = tally.count.clampedAdding(count)
            tally.oldest = min(tally.oldest, since)
            tally.latest = max(tally.latest, since)
            tallies[group] = tally
        }
        for entry in entries { add(entry.group, 1, entry.since) }
        for some in rest { add(some.group, some.count, some.since) }
        let kinds = Dictionary(
            uniqueKeysWithValues: zip(ReviewKind.allCases, ReviewKind.allCases.indices))
        return tallies.values.sorted { a, b in
            let (x, y) = (kinds[a.group.kind] ?? 0, kinds[b.group.kind] ?? 0)
            return (x, b.count, a.group.office, a.group.reason)
                < (y, a.count, b.group.office, b.group.reason)
        }
    }
}
