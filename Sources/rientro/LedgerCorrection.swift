import Portfolio
import RientroClient

/// Rows that take back a row which never changes: a reversal, a cancelling promise, a contact that
/// never was. Each is judged within its account.
struct LedgerCorrection {
    /// Who takes it back.
    let person: String
    /// How it is worded.
    let speech: Speech
    /// Why, for the row's note; nil where nothing was said.
    let because: String?
    let db: Database

    /// What was taken back.
    struct Done: Equatable, Sendable {
        /// The id of the row that does it.
        let id: String
        /// What it is, as a sentence.
        let text: String
    }

    /// Reverses what is left of a payment.
    ///
    /// Throws `.cannotTakeBack` where it is a reversal itself or nothing is left of it,
    /// `.notFound` where the account has no such payment.
    func reverse(payment: String, of account: String) throws(OfficeError) -> Done {
        let row = try db.one(
            """
            SELECT p.amount, p.currency, p.method, p.reference, p.received_on, p.state,
              p.reverses_id, p.amount + coalesce((SELECT sum(r.amount) FROM payment AS r
                WHERE r.account_id = p.account_id AND r.reverses_id = p.id
                AND r.currency = p.currency AND r.id <> p.id), 0) AS rest
            FROM payment AS p WHERE p.id = ? AND p.account_id = ?
            """, [.text(payment), .text(account)])
        guard let row, let amount = row["amount"].integer else {
            throw .notFound("payment", id: payment)
        }
        let currency = row["currency"].shown
        let title = speech(
            "the payment of \(speech.amount(amount, currency)) of \(row["received_on"].shown)",
            "il pagamento di \(speech.amount(amount, currency)) del \(row["received_on"].shown)")
        guard row["reverses_id"].isNull else {
            throw .cannotTakeBack(
                speech(
                    "\(title) is a reversal itself; record the money again with `rientro pay`",
                    "\(title) è già uno storno; il denaro si registra di nuovo con `rientro pay`"))
        }
        guard let rest = row["rest"].integer, rest != 0, (rest > 0) == (amount > 0) else {
            throw .cannotTakeBack(
                speech("\(title) was reversed already", "\(title) è già stato stornato"))
        }
        var draft = try draft("payment", account: account)
        try draft.put("amount", .integer(-rest))
        for column in ["currency", "method", "reference", "state"] where !row[column].isNull {
            try draft.put(column, row[column])
        }
        try draft.put("reverses_id", .text(payment))
        try putToday(&draft, "received_on")
        let id = try draft.insert(in: db)
        return Done(
            id: id,
            text: speech(
                "Reversed: \(title), \(speech.amount(-rest, currency)).",
                "Stornato: \(title), \(speech.amount(-rest, currency))."))
    }

    /// Withdraws a promise.
    ///
    /// Throws `.cannotTakeBack` where it is withdrawn, replaced or kept already, `.notFound` where
    /// the account has no such promise.
    func cancel(promise: String, of account: String) throws(OfficeError) -> Done {
        let row = try db.one(
            """
            SELECT amount, currency, due_on, state FROM promises WHERE id = ? AND account_id = ?
            """, [.text(promise), .text(account)])
        guard let row, let amount = row["amount"].integer else {
            throw .notFound("promise", id: promise)
        }
        let currency = row["currency"].shown
        let title = speech(
            "the promise of \(speech.amount(amount, currency)) by \(row["due_on"].shown)",
            "la promessa di \(speech.amount(amount, currency)) entro il \(row["due_on"].shown)")
        let state = row["state"].shown
        guard !["cancelled", "superseded", "kept"].contains(state) else {
            throw .cannotTakeBack(
                speech("\(title) is \(state) already", "\(title) è già \(state)"))
        }
        var draft = try draft("promise", account: account)
        try draft.put("amount", .integer(0))
        try draft.put("currency", row["currency"])
        try draft.put("due_on", row["due_on"])
        try draft.put("cancels_id", .text(promise))
        try putToday(&draft, "made_on")
        let id = try draft.insert(in: db)
        return Done(id: id, text: speech("Cancelled: \(title).", "Annullata: \(title)."))
    }

    /// Takes back a note of a contact of that account: it counts nowhere any more, and both stay
    /// to be read.
    ///
    /// Throws `.cannotTakeBack` where something corrects it already, `.notFound`.
    func void(contact: String, of account: String) throws(OfficeError) -> Done {
        let row = try db.one(
            """
            SELECT channel, outcome, direction, contact_point_id, EXISTS (
                SELECT 1 FROM contact_attempt AS c WHERE c.account_id = t.account_id
                AND c.corrects_id = t.id AND c.id <> t.id) AS corrected
            FROM contact_attempt AS t WHERE id = ?
            """, [.text(contact)])
        guard let row else { throw .notFound("contact", id: contact) }
        let title = speech(
            "the note \(row["channel"].shown) \(row["outcome"].shown)",
            "la nota \(row["channel"].shown) \(row["outcome"].shown)")
        guard row["corrected"] == 0 else {
            throw .cannotTakeBack(
                speech("\(title) was corrected already", "\(title) è già stata corretta"))
        }
        var draft = try draft("contact_attempt", account: account)
        try draft.put("channel", row["channel"])
        try draft.put("direction", row["direction"])
        try draft.put("outcome", .text(DebtorPortfolio.voidOutcome))
        try draft.put("corrects_id", .text(contact))
        let id = try draft.insert(in: db)
        return Done(id: id, text: speech("Taken back: \(title).", "Annullata: \(title)."))
    }

    private func draft(_ table: String, account: String) throws(OfficeError) -> RowDraft {
        var draft = try RowDraft(table, isItalian: speech.isItalian)
        try draft.put("operator", .text(person))
        try draft.put("account_id", .text(account))
        if let because { try draft.put("note", .text(because)) }
        return draft
    }

    /// The day by the better of the two clocks; where they agree the table's own default stands.
    private func putToday(_ draft: inout RowDraft, _ column: String) throws(OfficeError) {
        let clock = try OfficeClock.read(in: db)
        if clock.isFarOff { try draft.put(column, .text(clock.today)) }
    }
}
