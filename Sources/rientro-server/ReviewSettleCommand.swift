import BackOffice
import RientroServer
import Terminal

/// `review settle`: what a person decided about something that waits.
enum ReviewSettleCommand {
    static let declaration = Command(
        "settle", "Decide about something that waits",
        discussion: """
            Conflict: won leaves what stands, lost puts back the other value, --value writes \
            another; offices see it with their next sync. Refused row: discard. Payments: same \
            reverses all records but the first, different leaves them. Promise on a closed \
            account: accepted, or cancel. All others: accepted. What is settled does not come \
            back unless what it is about changes.

            With --kind in the place of a key all entries of a kind, or of it those of an office \
            and for a reason, are settled alike; without --yes they are only counted.

              rientro-server review settle centre 3f2a91c0 lost --operator MROSSI
              rientro-server review settle centre 3f2a91c0 --value +393331234567
              rientro-server review settle centre --kind quarantine --office Matera discard --yes
            """,
        arguments: [
            CentreProgram.folder,
            .optional("KEY", "its key, or a beginning that no other has; none with --kind"),
            .optional("CHOICE", "won, lost, discard, same, different, accepted or cancel"),
        ],
        options: [
            .repeated("value", "VALUE", "what is right; COLUMN=VALUE where there are several"),
            .value("operator", "CODE", "who decides", environment: "RIENTRO_OPERATOR"),
            .value("note", "TEXT", "why"),
            .flag("yes", "settle all of them, however many there are"),
        ])

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        if let kind = parsed.value("kind").flatMap(ReviewKind.init(rawValue:)) {
            return try settleAll(kind, parsed, output)
        }
        for name in ["office", "reason"] where parsed.value(name) != nil {
            throw parsed.usageError(
                .missingOption("kind", valueName: "KIND", environment: nil))
        }
        let key = try parsed.required("KEY")
        let choice = try choice(parsed, parsed.argument("CHOICE"))
        let person = try person(parsed)
        let centre = try parsed.centre()
        let engine = try parsed.writingEngine()
        try ReviewCommand.requireTrade(engine)
        let outcome = try ReviewDesk(centre, engine).settle(
            key,
            ReviewDecision(
                choice, values: parsed.values("value"), operator: person,
                note: parsed.value("note")),
            date: try ReviewCommand.day(parsed, engine), now: SystemClock.now())
        tell(outcome, output)
        return .done
    }

    private static func person(_ parsed: Parsed) throws -> String {
        guard let person = parsed.value("operator") else {
            throw parsed.usageError(
                .missingOption("operator", valueName: "CODE", environment: "RIENTRO_OPERATOR"))
        }
        return person
    }

    /// Settles a group: with --kind the first word behind DIR is the choice.
    private static func settleAll(
        _ kind: ReviewKind, _ parsed: Parsed, _ output: Output
    ) throws -> ExitCode {
        if let word = parsed.argument("CHOICE") { throw parsed.usageError(.extraArgument(word)) }
        guard parsed.values("value").isEmpty else {
            throw parsed.usageError(.contradiction("kind", "value"))
        }
        let choice = try choice(parsed, parsed.argument("KEY"))
        let person = try person(parsed)
        let centre = try parsed.centre()
        let engine = try parsed.writingEngine()
        try ReviewCommand.requireTrade(engine)
        let isSure = parsed.flag("yes")
        let bulk = try ReviewDesk(centre, engine).settleAll(
            ReviewFilter(
                kind: kind, office: parsed.value("office"), reason: parsed.value("reason")),
            ReviewDecision(choice, operator: person, note: parsed.value("note")),
            isSure: isSure, date: try ReviewCommand.day(parsed, engine), now: SystemClock.now())
        output.json([
            "kind": .string(kind.rawValue), "choice": .string(choice.rawValue),
            "found": .integer(bulk.found), "settled": .integer(bulk.settled),
            "failed": .count(bulk.failed.count), "left": .integer(bulk.left),
            "done": .bool(isSure),
        ])
        guard isSure else {
            output.say(
                "\(bulk.found) entries would be settled as \(choice.rawValue); nothing was "
                    + "changed. Say --yes to do it.")
            return bulk.found == 0 ? .done : .partly
        }
        output.say("Settled \(bulk.settled) of \(bulk.found) entries as \(choice.rawValue).")
        for (key, error) in bulk.failed.sorted(by: { $0.key < $1.key }).prefix(failuresShownMax) {
            output.say("\(key): \(ReviewSentences.about(error))")
        }
        if bulk.failed.count > failuresShownMax {
            output.say("… and \(bulk.failed.count - failuresShownMax) more could not be")
        }
        if bulk.left > 0 { output.say("\(bulk.left) are left; run it again for them.") }
        return bulk.failed.isEmpty && bulk.left == 0 ? .done : .partly
    }

    /// Failures that are told one by one.
    private static let failuresShownMax = 10

    private static func choice(_ parsed: Parsed, _ typed: String?) throws -> ReviewChoice {
        let word = typed?.lowercased()
        let hasValue = !parsed.values("value").isEmpty
        guard let word else {
            guard hasValue else {
                throw parsed.usageError(.missingArgument("CHOICE", environment: nil))
            }
            return .value
        }
        guard let choice = ReviewChoice(rawValue: word), choice != .value || hasValue else {
            let words = ReviewChoice.allCases.filter { $0 != .value }.map(\.rawValue)
            throw parsed.usageError(
                .invalidValue(
                    of: "CHOICE", value: word,
                    expected: words.joined(separator: ", ") + ", or --value VALUE"))
        }
        guard choice == .value || !hasValue else {
            throw parsed.usageError(
                .invalidValue(of: "CHOICE", value: word, expected: "left out beside --value"))
        }
        return choice
    }

    private static func tell(_ outcome: ReviewOutcome, _ output: Output) {
        switch outcome {
        case .settled(let entry, let settled):
            output.json(ReviewPage.json(settled, isNew: true))
            output.say("Settled: \(sentence(settled.choice, entry)).")
        case .already(let settled):
            output.json(ReviewPage.json(settled, isNew: false))
            output.say(
                "\(settled.operator) settled it as \(settled.choice.rawValue) on "
                    + "\(ShownTime.text(settled.settledAt)); nothing was changed.")
        }
    }

    private static func sentence(_ choice: ReviewChoice, _ entry: ReviewEntry) -> String {
        let what = entry.caseRef.isEmpty ? "" : " of \(entry.caseRef)"
        let records = entry.subjects.count
        return switch choice {
        case .won: "the value\(what) stays as it stands; offices learn of it with the next sync"
        case .lost: "the other value\(what) stands again; offices get it with the next sync"
        case .value: "the value\(what) is written; offices get it with the next sync"
        case .discard: "the row\(what) is discarded; the log keeps it"
        case .same where records > 2:
            "the \(records - 1) later records\(what) are reversed; offices get that with the next "
                + "sync"
        case .same: "the later record\(what) is reversed; offices get that with the next sync"
        case .different: "these are \(records == 2 ? "two" : "\(records)") payments\(what)"
        case .accepted:
            "what was found on \(entry.caseRef.isEmpty ? "it" : entry.caseRef) is right as it is"
        case .cancel: "the promise\(what) is withdrawn; offices get that with the next sync"
        }
    }
}
