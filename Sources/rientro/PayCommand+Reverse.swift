import RientroClient
import Terminal

/// `rientro pay --reverse` and `rientro promise --cancel`: rows of one account that take back
/// another of it.
extension PayCommand {
    /// Reverses a payment of the account.
    static func reverse(_ session: Session) async throws(OfficeError) -> ExitCode {
        let typed = try session.needed("reverse", "ID")
        try TakingBack.refuse(
            ["method", "reference", "on", "currency", "state"], with: "reverse", session)
        return try await TakingBack.run(
            session, typed: typed, kind: "payment",
            candidates: """
                SELECT id, received_on || '  ' || amount || ' ' || currency || coalesce('  '
                  || reference, '') AS title FROM payments WHERE account_id = ?
                  AND reverses_id IS NULL ORDER BY received_on, id
                """
        ) { id, account, correction throws(OfficeError) in
            try correction.reverse(payment: id, of: account)
        }
    }
}

extension PromiseCommand {
    /// Withdraws a promise of the account.
    static func cancel(_ session: Session) async throws(OfficeError) -> ExitCode {
        let typed = try session.needed("cancel", "ID")
        try TakingBack.refuse(
            ["due", "tolerance", "made", "currency", "method", "made-by"], with: "cancel", session)
        return try await TakingBack.run(
            session, typed: typed, kind: "promise",
            candidates: """
                SELECT id, due_on || '  ' || amount || ' ' || currency || '  ' || state AS title
                FROM promises WHERE account_id = ? ORDER BY due_on, id
                """
        ) { id, account, correction throws(OfficeError) in
            try correction.cancel(promise: id, of: account)
        }
    }
}

/// Taking back a row of an account by its id.
enum TakingBack {
    /// Refuses what says something of a new row, beside an option that takes one back.
    static func refuse(
        _ options: [String], with name: String, _ session: Session
    ) throws(OfficeError) {
        if let amount = session.parsed.argument("AMOUNT") {
            throw .usage(session.parsed.usageError(.extraArgument(amount)))
        }
        for option in options where session.parsed.value(option) != nil {
            throw .usage(session.parsed.usageError(.contradiction(name, option)))
        }
    }

    static func run(
        _ session: Session, typed: String, kind: String, candidates sql: String,
        _ take:
            @Sendable (String, String, LedgerCorrection) throws(OfficeError) ->
            LedgerCorrection.Done
    ) async throws(OfficeError) -> ExitCode {
        let office = try await session.openTrade()
        let (account, done, after) = try await office.write { db throws(OfficeError) in
            let account = try session.findAccount(in: db)
            let known = try db.all(sql, [.text(account.id)]).map {
                OneOf.Candidate(id: $0["id"].shown, title: $0["title"].shown)
            }
            let row = try OneOf.find(typed, kind: kind, among: known, of: account.title)
            let correction = LedgerCorrection(
                person: try OperatorCode.find(session, in: db), speech: session.speech,
                because: session.parsed.value("note"), db: db)
            let done = try take(row.id, account.id, correction)
            try Act.record(
                session.parsed.command.joined(separator: " "), by: correction.person,
                [.inserted(kind, done.id)], in: db)
            let after = try db.one(
                "SELECT balance, currency FROM accounts WHERE id = ?", [.text(account.id)])
            return (account, done, after)
        }
        let balance = session.speech.amount(
            after?["balance"].integer ?? account.balance, account.currency)
        session.output.say(
            done.text
                + session.speech(
                    " The balance of \(account.title) is now \(balance).",
                    " Il saldo di \(account.title) è ora \(balance)."))
        session.output.json([
            "id": .string(done.id), "table": .string(kind), "account_id": .string(account.id),
            "case_ref": .string(account.caseRef),
            "balance": after.map { JSONValue($0["balance"]) } ?? .null,
        ])
        return .done
    }
}
