import RientroClient
import RientroProtocol
import Terminal

/// `rientro undo`: takes back the last thing that this operator wrote in this file.
enum UndoCommand {
    static let declaration = Command(
        "undo", "Takes back the last thing that you wrote here",
        discussion: """
            It shows what that is, and asks. A payment is reversed, a promise and a task are \
            cancelled, a note is marked as taken back, and what `rientro set` changed gets the \
            value it had, unless somebody has changed it since. Nothing is deleted: both rows stay \
            to be read, here and at the centre, whether or not a sync was between. A second undo \
            takes back what you wrote before that.

            It knows what this program wrote in this file in the last seven days. For anything \
            older, `rientro pay ACCOUNT --reverse ID` and `rientro promise ACCOUNT --cancel ID`.
            """,
        arguments: [Session.replica],
        options: [.flag("yes", short: "y", "Do not ask")])

    /// What came of it.
    private struct Result: Sendable {
        let act: Act
        var done: [String] = []
        var left: [String] = []
    }

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let office = try await session.openTrade()
        let prompt = session.speech("Take it back?", "Annullarla?")
        let result = try await office.write(asking: session, prompt: prompt) {
            db, consent throws(OfficeError) in
            let person = try OperatorCode.find(session, in: db)
            guard let act = try Act.last(of: person, in: db) else { throw .nothingToUndo(person) }
            let title = try ActTitle.of(act, session.speech, in: db)
            try consent.check([Concern("undo", title)])
            return try takeBack(act, person: person, session, in: db)
        }
        for text in result.done + result.left { session.output.say(text) }
        session.output.json([
            "command": .string(result.act.command), "at": .string(result.act.at),
            "taken_back": .array(result.done.map { .string($0) }),
            "left": .array(result.left.map { .string($0) }),
        ])
        return result.left.isEmpty ? .done : .partly
    }

    private static func takeBack(
        _ act: Act, person: String, _ session: Session, in db: Database
    ) throws(OfficeError) -> Result {
        var result = Result(act: act)
        let undoing = Undoing(person: person, speech: session.speech, db: db)
        for step in act.steps.reversed() {
            do throws(OfficeError) {
                result.done.append(try undoing.takeBack(step))
            } catch .cannotTakeBack(let fact) {
                result.left.append(
                    session.speech("This stays: \(fact).", "Questo resta: \(fact)."))
            } catch .notFound(let kind, _) {
                result.left.append(
                    session.speech(
                        "This stays: the \(kind) is not here any more; see `rientro rejected`.",
                        "Questo resta: \(kind) non è più qui; vedi `rientro rejected`."))
            }
        }
        guard !result.done.isEmpty else {
            throw .cannotTakeBack(result.left.joined(separator: " "))
        }
        try act.forget(in: db)
        return result
    }
}

/// Takes back single steps of an act.
private struct Undoing {
    let person: String
    let speech: Speech
    let db: Database

    func takeBack(_ step: Act.Step) throws(OfficeError) -> String {
        guard let column = step.column else { return try takeBack(row: step.row, of: step.table) }
        let table = try Trade.table(step.table)
        guard table.column(column) != nil else { throw .brokenSchema }
        let row = try db.one(
            "SELECT \"\(column)\" FROM \"\(table.name)\" WHERE id = ?", [.text(step.row)])
        guard let row else { throw .notFound(table.name, id: step.row) }
        guard row[column] == step.new else {
            throw .cannotTakeBack(
                speech(
                    "\(column) was changed again since, to \(row[column].shown)",
                    "\(column) è stato cambiato di nuovo, in \(row[column].shown)"))
        }
        try update(table.name, step.row, [(column, step.old)])
        let old = step.old.isNull ? speech("(empty)", "(vuoto)") : step.old.shown
        return speech("\(column) is \(old) again.", "\(column) è di nuovo \(old).")
    }

    private func takeBack(row id: String, of table: String) throws(OfficeError) -> String {
        let because = speech("taken back", "annullato")
        let correction = LedgerCorrection(person: person, speech: speech, because: nil, db: db)
        switch table {
        case "payment": return try correction.reverse(payment: id, of: account(id, table)).text
        case "promise": return try correction.cancel(promise: id, of: account(id, table)).text
        case "contact_attempt": return try correction.void(contact: id, of: account(id, table)).text
        case "task":
            guard try db.one("SELECT 1 FROM task WHERE id = ?", [.text(id)]) != nil else {
                throw .notFound("task", id: id)
            }
            try update(
                "task", id, [("status", .text("cancelled")), ("status_reason", .text(because))])
            return speech("The task is cancelled.", "L'attività è annullata.")
        default:
            guard try db.one("SELECT 1 FROM contact_point WHERE id = ?", [.text(id)]) != nil else {
                throw .notFound("contact point", id: id)
            }
            try update(
                "contact_point", id,
                [("quality", .text("wrong_number")), ("remark", .text(because))])
            return speech(
                "The contact point stays, marked as wrong: none is ever deleted.",
                "Il recapito resta, segnato come errato: nessuno si cancella.")
        }
    }

    private func account(_ id: String, _ table: String) throws(OfficeError) -> String {
        let name = try Trade.table(table).name
        let row = try db.one("SELECT account_id FROM \"\(name)\" WHERE id = ?", [.text(id)])
        guard let account = row?["account_id"].text else {
            throw .notFound(table.replacing("_", with: " "), id: id)
        }
        return account
    }

    private func update(
        _ table: String, _ id: String, _ values: [(String, SQLValue)]
    ) throws(OfficeError) {
        var draft = try RowDraft(table, isItalian: speech.isItalian)
        for (column, value) in values { try draft.put(column, value) }
        try draft.put("operator", .text(person))
        try draft.update(id, in: db)
    }
}
