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
    let tallies: [ReviewTally]
    let settled: [Settled]?
    let page: ListPage
    private let keyCharacters: Int
    private let language: Language

    /// A page.
    ///
    /// - Parameters:
    ///   - folder: the centre's folder as it was typed, for the commands that are shown.
    ///   - entries: what waits and is listed one by one, in order.
    ///   - tallies: the groups of what waits, what is counted only included.
    ///   - settled: what was settled; nil where nobody asked for it.
    ///   - keys: all keys that there are, so that what is shown of one names it.
    ///   - page: which page of the entries.
    init(
        folder: String, entries: [ReviewEntry], tallies: [ReviewTally], settled: [Settled]?,
        keys: [String], page: ListPage, language: Language
    ) {
        self.folder = folder
        self.entries = entries
        self.tallies = tallies
        self.settled = settled
        self.page = page
        self.language = language
        keyCharacters = Self.characters(of: keys)
    }

    /// The entries of the page.
    var shown: ArraySlice<ReviewEntry> {
        entries.dropFirst(page.skipped).prefix(ReviewLimits.pageEntries)
    }

    var pages: Int64 { ListPage.count(of: Int64(entries.count)) }

    var count: Int64 { tallies.reduce(0) { $0 + $1.count } }

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
        if tallies.isEmpty { output.say("Nothing waits for a person.") }
        let kinds = ReviewKind.allCases.filter { kind in tallies.contains { $0.group.kind == kind }
        }
        for (index, kind) in kinds.enumerated() {
            if index > 0 { output.say("") }
            let groups = tallies.filter { $0.group.kind == kind }
            let total = groups.reduce(0) { $0 + $1.count }
            let listed = shown.filter { $0.kind == kind }
            output.say(
                "\(ReviewSentences.title(kind)): \(Money.grouped(total, language: language))")
            if Int64(listed.count) < total { output.say(table(groups)) }
            if !listed.isEmpty { output.say(table(listed)) }
            output.say(ReviewSentences.advice(kind, folder: folder))
            if total > Self.countOfMany {
                output.say(ReviewSentences.advice(onMany: kind, folder: folder))
            }
        }
        if let sentence = page.sentence(of: Int64(entries.count)) { output.say("\n" + sentence) }
        if count > Int64(entries.count) {
            let rest = Money.grouped(count - Int64(entries.count), language: language)
            output.say("\(rest) are counted above and listed once the older ones are settled.")
        }
        guard let settled else { return }
        output.say(settled.isEmpty ? "\nNothing was settled." : "\nSettled: \(settled.count)")
        if !settled.isEmpty { output.say(table(settled)) }
    }

    /// From how many on it is told how a whole group is settled.
    private static let countOfMany: Int64 = 20

    private func table(_ tallies: [ReviewTally]) -> TextTable {
        var table = TextTable([
            .number("entries"), .text("office"), .text("reason"), .text("oldest"), .text("latest"),
        ])
        for tally in tallies {
            table.add([
                Money.grouped(tally.count, language: language), tally.group.office,
                tally.group.reason, tally.oldest, tally.latest,
            ])
        }
        return table
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
            let count = Int(fact("records")) ?? 2
            let others =
                count > 2
                ? "and \(count - 1) more, first \(record("later", facts))"
                : "and \(record("later", facts))"
            return "\(money): \(record("earlier", facts)) \(others)"
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
        case .namesNothing:
            return "\(fact("table")) \(fact("row")): \(fact("reference")) \(fact("names")) "
                + "\(fact("why")) \(money)"
        case .noDay, .wrongClock:
            let days = Self.unique([fact("first_day"), fact("last_day")])
            return "\(fact("rows")) \(fact("table")) of \(days.isEmpty ? "no day" : days), by "
                + "\(fact("operators")), written \(fact("recorded_at"))"
                + (money.isEmpty ? "" : ", \(money)")
        case .setAside:
            return "\(fact("rows")) rows in one table, \(fact("amounts")) in minor units"
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
