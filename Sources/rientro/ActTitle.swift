import RientroClient

/// What an act was, as `undo` shows it before it asks.
enum ActTitle {
    /// The act as a sentence, with what it wrote.
    static func of(
        _ act: Act, _ speech: Speech, in db: Database
    ) throws(OfficeError) -> String {
        var parts: [String] = []
        for step in act.steps { parts.append(try text(step, speech, in: db)) }
        let what = parts.joined(separator: "; ")
        return speech(
            "Your last write here, of \(act.at) (`rientro \(act.command)`): \(what).",
            "La tua ultima scrittura qui, delle \(act.at) (`rientro \(act.command)`): \(what).")
    }

    private static func text(
        _ step: Act.Step, _ speech: Speech, in db: Database
    ) throws(OfficeError) -> String {
        if let column = step.column {
            let old = step.old.isNull ? speech("(empty)", "(vuoto)") : step.old.shown
            let new = step.new.isNull ? speech("(empty)", "(vuoto)") : step.new.shown
            return "\(column): \(old) → \(new)"
        }
        let sql =
            switch step.table {
            case "payment", "promise":
                "SELECT account_id, amount, currency, NULL AS words FROM \"\(step.table)\""
            case "contact_attempt":
                """
                SELECT account_id, channel || ' ' || outcome || coalesce(' ' || note, '') AS words
                FROM contact_attempt
                """
            case "task":
                "SELECT account_id, kind || coalesce(' ' || note, '') AS words FROM task"
            default: "SELECT NULL AS account_id, kind || ' ' || value AS words FROM contact_point"
            }
        guard let row = try db.one(sql + " WHERE id = ?", [.text(step.row)]) else {
            return step.table.replacing("_", with: " ")
        }
        var words = row["words"].shown
        if let amount = row["amount"].integer {
            words = speech.amount(amount, row["currency"].shown)
        }
        let kind =
            switch step.table {
            case "payment": speech("payment", "pagamento")
            case "promise": speech("promise", "promessa")
            case "contact_attempt": speech("note", "nota")
            case "task": speech("task", "attività")
            default: speech("contact point", "recapito")
            }
        guard let id = row["account_id"].text,
            let account = try db.one(
                "SELECT case_ref, debtor FROM accounts WHERE id = ?", [.text(id)])
        else { return "\(kind) \(words)" }
        return "\(kind) \(words), \(account["case_ref"].shown) (\(account["debtor"].shown))"
    }
}
