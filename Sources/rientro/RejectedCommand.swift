import RientroClient
import Terminal

/// `rientro rejected`: what did not go through, and why.
enum RejectedCommand {
    static let declaration = Command(
        "rejected", "Lists what the centre did not accept, with what was written",
        discussion: """
            A refused row is in no list and no sum, here or elsewhere, until somebody looks: write \
            it again as it should be, or have the centre take it from its quarantine. It ends \
            with 3 while there is something to look at.
            """,
        arguments: [Session.replica])

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let office = try await session.open()
        let refusals: [RefusedWrite]
        do { refusals = try await office.replica.refusals() } catch { throw .replica(error) }
        session.output.json(["rejected": .array(refusals.map(json))])
        if refusals.isEmpty { session.output.say("Nothing was refused.") }
        for (index, refusal) in refusals.enumerated() {
            if index > 0 { session.output.say("") }
            say(refusal, session)
        }
        return refusals.isEmpty ? .done : .partly
    }

    private static func say(_ refusal: RefusedWrite, _ session: Session) {
        let what = refusal.register.map { "\($0) of \(refusal.table)" } ?? refusal.table
        session.output.say(
            "\(what.replacing("_", with: " ")) \(refusal.id), \(Moments.local(refusal.date))")
        let detail = refusal.detail.map { " (\($0))" } ?? ""
        session.output.say("  \(reason(refusal.reason))\(detail)")
        var table = TextTable([.text(""), .text("")])
        for value in refusal.values where !value.value.isNull {
            table.add(["  \(value.column)", value.value.shown])
        }
        if table.rowCount > 0 { session.output.say(table) }
    }

    private static func reason(_ word: String) -> String {
        switch word {
        case "not_in_portfolio": "It belongs to no portfolio of this office"
        case "read_only_column": "The centre alone writes this"
        case "ledger_changed": "A row with this id was there already, with other content"
        case "bad_value": "A value is not one that the centre takes"
        case "unknown_parent": "What it belongs to is not known; it is tried again by itself"
        case "too_large": "It is too large to travel"
        default: word
        }
    }

    private static func json(_ refusal: RefusedWrite) -> JSONValue {
        [
            "table": .string(refusal.table), "id": .string(refusal.id),
            "register": .optional(refusal.register), "reason": .string(refusal.reason),
            "detail": .optional(refusal.detail), "values": .columns(refusal.values),
            "change_set": .integer(refusal.changeSet), "at": .string(Moments.utc(refusal.date)),
        ]
    }
}
