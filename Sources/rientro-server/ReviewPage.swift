import BackOffice
import Terminal

/// The list of what waits, for people and for programs.
struct ReviewPage {
    /// Something that was settled, and what it was about where that is still known.
    struct Settled {
        let record: SettledReview
        let entry: ReviewEntry?
    }

    private let folder: String
    private let entries: [ReviewEntry]
    private let settled: [Settled]?
    private let keyCharacters: Int
    private let language: Language

    /// A page.
    ///
    /// - Parameters:
    ///   - folder: the centre's folder as it was typed, for the commands that are shown.
    ///   - settled: what was settled; nil where nobody asked for it.
    ///   - keys: all keys that there are, so that what is shown of one names it.
    init(
        folder: String, entries: [ReviewEntry], settled: [Settled]?, keys: [String],
        language: Language
    ) {
        self.folder = folder
        self.entries = entries
        self.settled = settled
        self.language = language
        keyCharacters = Self.characters(of: keys)
    }

    /// Shorter beginnings could soon be those of several.
    private static let keyCharactersMin = 8

    /// How many characters tell all keys apart.
    private static func characters(of keys: [String]) -> Int {
        let sorted = Set(keys).sorted()
        let shared = zip(sorted, sorted.dropFirst()).map { one, other in
            zip(one, other).prefix { $0 == $1 }.count
        }
        return max(keyCharactersMin, (shared.max() ?? 0) + 1)
    }

    private func short(_ key: String) -> String { String(key.prefix(keyCharacters)) }

    func say(_ output: Output) {
        if entries.isEmpty { output.say("Nothing waits for a person.") }
        var isFirst = true
        for kind in ReviewKind.allCases {
            let found = entries.filter { $0.kind == kind }
            guard !found.isEmpty else { continue }
            if !isFirst { output.say("") }
            isFirst = false
            output.say("\(ReviewSentences.title(kind)): \(found.count)")
            output.say(table(found))
            output.say(ReviewSentences.advice(kind, folder: folder))
        }
        guard let settled else { return }
        output.say(settled.isEmpty ? "\nNothing was settled." : "\nSettled: \(settled.count)")
        if !settled.isEmpty { output.say(table(settled)) }
    }

    private func table(_ entries: [ReviewEntry]) -> TextTable {
        var table = TextTable([
            .key("key"), .text("case"), .text("branch"), .text("since"), .text("what"),
        ])
        for entry in entries {
            let others = entry.places.count - 1
            table.add([
                short(entry.key), entry.caseRef + (others > 0 ? " +\(others)" : ""),
                Self.unique(entry.places.map(\.branch)), entry.since, what(entry),
            ])
        }
        return table
    }

    private func table(_ settled: [Settled]) -> TextTable {
        var table = TextTable([
            .key("key"), .text("kind"), .text("case"), .text("choice"), .text("by"), .text("when"),
            .text("note"),
        ])
        for item in settled {
            table.add([
                short(item.record.key), item.record.kind.rawValue, item.entry?.caseRef ?? "",
                item.record.choice.rawValue, item.record.operator,
                ShownTime.text(item.record.settledAt), item.record.note ?? "",
            ])
        }
        return table
    }

    private static func unique(_ words: [String]) -> String {
        var seen: Set<String> = []
        return words.filter { !$0.isEmpty && seen.insert($0).inserted }.joined(separator: " ")
    }

    /// One entry in a line; everything there is to know stands in `--json`.
    private func what(_ entry: ReviewEntry) -> String {
        let facts = entry.facts
        func fact(_ name: String) -> String { facts[name] ?? "" }
        let money = amount(entry.amount, entry.currency)
        switch entry.kind {
        case .conflict:
            let stands = facts["stands"].map { ", and now \($0)" } ?? ""
            return "\(fact("register")): \(fact("won")) (\(fact("won_by"))) stands, "
                + "\(fact("lost")) (\(fact("lost_by"))) lost\(stands)"
        case .quarantine:
            return "\(fact("table")) of \(fact("office")): \(fact("reason")), \(fact("detail"))"
                + (money.isEmpty ? "" : ", \(money)")
        case .duplicate:
            return "\(money): \(record("earlier", facts)) and \(record("later", facts))"
        case .overpaid:
            let payers = Self.unique(
                facts.filter { $0.name == "payment_payer_name" }.map(\.value))
            return "\(money) over: \(amount(fact("paid"), entry.currency)) paid"
                + (payers.isEmpty ? "" : " by \(payers)")
                + ", \(amount(fact("owed"), entry.currency)) owed"
        case .paymentOnClosed:
            return "\(money) on \(fact("received_on")), \(fact("status")) on \(fact("closed_on"))"
        case .promiseOnClosed:
            return "\(money) due \(fact("due_on")), made \(fact("made_on")), \(fact("status")) on "
                + fact("closed_on")
        }
    }

    /// One of two payments: when, by whom, and under which reference.
    private func record(_ side: String, _ facts: [ReviewFact]) -> String {
        let words = ["received_on", "operator", "reference", "payer_name"]
        return words.compactMap { facts["\(side)_\($0)"] }.joined(separator: " ")
    }

    private func amount(_ minorUnits: Int64?, _ currency: String?) -> String {
        guard let minorUnits, let currency else { return "" }
        return Money.text(minorUnits: minorUnits, currency: currency, language: language)
    }

    private func amount(_ text: String, _ currency: String?) -> String {
        amount(Int64(text), currency)
    }
}

extension ReviewPage {
    /// Everything, for programs.
    func json(date: String) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("date", .string(date)), .init("count", .count(entries.count)),
            .init("entries", .array(entries.map(Self.json))),
        ]
        if let settled {
            members.append(
                .init("settled", .array(settled.map { Self.json($0.record, entry: $0.entry) })))
        }
        return .object(members)
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
            "entry": entry.map(json) ?? .null,
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
