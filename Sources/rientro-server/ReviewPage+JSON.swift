import BackOffice
import Terminal

extension ReviewPage {
    /// Everything, for programs.
    func json(date: String) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("date", .string(date)), .init("count", .integer(count)),
            .init("groups", .array(tallies.map(Self.json))),
            .init("page", .count(page.number)), .init("pages", .integer(pages)),
            .init("entries", .array(shown.map { Self.json($0) })),
            .init("entries_left_out", .integer(count - Int64(shown.count))),
        ]
        if let settled {
            members.append(
                .init("settled", .array(settled.map { Self.json($0.record, entry: $0.entry) })))
        }
        return .object(members)
    }

    private static func json(_ tally: ReviewTally) -> JSONValue {
        [
            "kind": .string(tally.group.kind.rawValue), "office": .string(tally.group.office),
            "reason": .string(tally.group.reason), "count": .integer(tally.count),
            "oldest": .string(tally.oldest), "latest": .string(tally.latest),
        ]
    }

    private static func json(_ entry: ReviewEntry) -> JSONValue {
        [
            "kind": .string(entry.kind.rawValue), "key": .string(entry.key),
            "account": .string(entry.account), "case_ref": .string(entry.caseRef),
            "branch": .string(entry.branch), "creditor": .string(entry.creditor),
            "accounts": .array(
                entry.places.map { place in
                    [
                        "account": .string(place.account), "case_ref": .string(place.caseRef),
                        "branch": .string(place.branch), "creditor": .string(place.creditor),
                    ]
                }),
            "since": .string(entry.since), "amount": .optional(entry.amount),
            "currency": .optional(entry.currency),
            "facts": .array(
                entry.facts.map { ["name": .string($0.name), "value": .string($0.value)] }),
            "choices": .array(entry.choices.map { .string($0.rawValue) }),
        ]
    }

    private static func json(_ settled: SettledReview, entry: ReviewEntry?) -> JSONValue {
        [
            "kind": .string(settled.kind.rawValue), "key": .string(settled.key),
            "choice": .string(settled.choice.rawValue), "operator": .string(settled.operator),
            "note": .optional(settled.note), "settled_at": ShownTime.json(settled.settledAt),
            "entry": entry.map { json($0) } ?? .null,
        ]
    }

    /// What came of settling something.
    static func json(_ settled: SettledReview, isNew: Bool) -> JSONValue {
        [
            "kind": .string(settled.kind.rawValue), "key": .string(settled.key),
            "choice": .string(settled.choice.rawValue), "operator": .string(settled.operator),
            "note": .optional(settled.note), "settled_at": ShownTime.json(settled.settledAt),
            "changed": .bool(isNew),
        ]
    }
}
