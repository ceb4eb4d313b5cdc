internal import RientroProtocol

/// One thing that waits for a person.
///
/// It may hold what is personal (values in conflict, who paid), so it is for the central team's
/// terminal; a `DayPage` gets counts alone.
package struct ReviewEntry: Codable, Equatable, Sendable {
    /// Why somebody must look.
    package var kind: ReviewKind
    /// Made from what it is about: the same finding has the same key every night, and something new
    /// about the same account has another.
    package var key: String
    /// The accounts that it is about, the first one first; more than one where a debtor's value is
    /// in conflict or two accounts may share a payment. None where the centre knows of none.
    package var places: [ReviewPlace]
    /// The day since when it waits, local.
    package var since: String
    /// In minor units, where it is about one.
    package var amount: Int64?
    /// Of the amount, ISO 4217.
    package var currency: String?
    /// What there is to know, name by name.
    package var facts: [ReviewFact]
    /// The ids of the rows that are settled: a conflict's; a refusal's number; two payments, the
    /// one recorded first before the other; an account's; a payment's; a promise's.
    package var subjects: [String]

    /// What can be done about it.
    package var choices: [ReviewChoice] { kind.choices }
    /// The first account's id; empty where none is known.
    package var account: String { places.first?.account ?? "" }
    /// The first account's case reference.
    package var caseRef: String { places.first?.caseRef ?? "" }
    /// The first account's portfolio.
    package var branch: String { places.first?.branch ?? "" }
    /// The first account's creditor.
    package var creditor: String { places.first?.creditor ?? "" }

    /// Whether it is for the page of this scope.
    package func concerns(_ scope: PageScope) -> Bool {
        switch scope.kind {
        case .firm: true
        case .branch: places.contains { $0.branch == scope.key }
        case .creditor: places.contains { $0.creditor == scope.key }
        }
    }

    /// The key of a finding of this kind about these facts.
    static func key(_ kind: ReviewKind, _ about: [Value]) -> String {
        RowID.derived(from: Value.encode([.text("review"), .text(kind.rawValue)] + about))
    }
}

/// An account that an entry is about. What is not known is empty.
package struct ReviewPlace: Codable, Hashable, Sendable {
    /// The account's id.
    package var account: String
    /// The case reference.
    package var caseRef: String
    /// The portfolio's key.
    package var branch: String
    /// The creditor's key.
    package var creditor: String
}

/// A named fact of an entry.
package struct ReviewFact: Codable, Equatable, Sendable {
    /// A word for programs, such as `lost` or `earlier_id`.
    package var name: String
    /// Its value, as text.
    package var value: String
    /// Whether the value is an amount in minor units of the entry's currency.
    package var isAmount: Bool

    /// A fact.
    init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
        isAmount = false
    }

    /// An amount in minor units.
    init(_ name: String, amount: Int64) {
        self.name = name
        value = String(amount)
        isAmount = true
    }
}

extension [ReviewFact] {
    /// The value of the first fact with this name.
    package subscript(name: String) -> String? { first { $0.name == name }?.value }

    /// Adds a fact unless there is nothing to say.
    mutating func note(_ name: String, _ value: String?) {
        if let value, !value.isEmpty { append(ReviewFact(name, value)) }
    }
}
