import BackOffice
import RientroServer
import Terminal

/// `review settle`: what a person decided about something that waits.
enum ReviewSettleCommand {
    static let declaration = Command(
        "settle", "Decide about something that waits",
        discussion: """
            Conflict: won leaves what stands, lost puts back the other value, --value writes \
            another; offices see it with their next sync. Refused row: discard. Two payments: same \
            reverses the later record, different leaves both. Too much paid, or paid on a closed \
            account: accepted. Promise on a closed account: accepted, or cancel. What is settled \
            does not come back unless what it is about changes.

              rientro-server review settle centre 3f2a91c0 lost --operator MROSSI
              rientro-server review settle centre 3f2a91c0 --value +393331234567
            """,
        arguments: [
            CentreProgram.folder,
            .required("KEY", "its key, or a beginning that no other has"),
            .optional("CHOICE", "won, lost, discard, same, different, accepted or cancel"),
        ],
        options: [
            .repeated("value", "VALUE", "what is right; COLUMN=VALUE where there are several"),
            .value("operator", "CODE", "who decides", environment: "RIENTRO_OPERATOR"),
            .value("note", "TEXT", "why"),
        ])

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let key = try parsed.required("KEY")
        let choice = try choice(parsed)
        guard let person = parsed.value("operator") else {
            throw parsed.usageError(
                .missingOption("operator", valueName: "CODE", environment: "RIENTRO_OPERATOR"))
        }
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

    private static func choice(_ parsed: Parsed) throws -> ReviewChoice {
        let word = parsed.argument("CHOICE")?.lowercased()
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
            let what = entry.caseRef.isEmpty ? "" : " of \(entry.caseRef)"
            output.say("Settled: \(sentence(settled.choice, what)).")
        case .already(let settled):
            output.json(ReviewPage.json(settled, isNew: false))
            output.say(
                "\(settled.operator) settled it as \(settled.choice.rawValue) on "
                    + "\(ShownTime.text(settled.settledAt)); nothing was changed.")
        }
    }

    private static func sentence(_ choice: ReviewChoice, _ what: String) -> String {
        switch choice {
        case .won: "the value\(what) stays as it stands; offices learn of it with the next sync"
        case .lost: "the other value\(what) stands again; offices get it with the next sync"
        case .value: "the value\(what) is written; offices get it with the next sync"
        case .discard: "the row\(what) is discarded; the log keeps it"
        case .same: "the later record\(what) is reversed; offices get that with the next sync"
        case .different: "these are two payments\(what)"
        case .accepted: "it is right as it is\(what)"
        case .cancel: "the promise\(what) is withdrawn; offices get that with the next sync"
        }
    }
}
