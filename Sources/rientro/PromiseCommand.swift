import RientroClient
import Terminal

/// `rientro promise`: what the debtor promises to pay, and until when.
enum PromiseCommand {
    static let declaration = Command(
        "promise", "Records a promise to pay",
        discussion: """
            Whether it is kept follows from the payments and is never typed in.

              rientro promise MT-00123 150,50 --due 2026-12-15
            """,
        arguments: [
            Session.replica, Session.account,
            .required("AMOUNT", "The amount, such as 150 or 150,50"),
        ],
        options: [
            .value("due", "DATE", "The day until which it will be paid", isRequired: true),
            .value("tolerance", "DAYS", "So many days later is still in time"),
            .value("made", "DATE", "The day on which it was made, today unless told"),
            .value("currency", "CODE", "The currency, the account's unless told"),
            .value("method", "CODE", "How it will be paid"),
            .value("made-by", "CODE", "Who promised: debtor, relative and others"),
            .value("note", "TEXT", "What else there is to say"),
        ])

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let office = try await session.openTrade()
        let (account, row) = try await office.write { db throws(OfficeError) in
            let account = try AccountFinder.find(try session.required("ACCOUNT"), in: db)
            let draft = try draft(session, account: account, in: db)
            let id = try draft.insert(in: db)
            let row = try db.one(
                """
                SELECT id, amount, currency, due_on, deadline, state FROM promises WHERE id = ?
                """, [.text(id)])
            return (account, row ?? Row(columns: [], values: []))
        }
        let amount = Amount.text(
            row["amount"].integer ?? 0, row["currency"].text ?? account.currency, session)
        let due = row["due_on"].text ?? ""
        let deadline = row["deadline"].text ?? due
        let latest = deadline == due ? "" : ", \(deadline) at the latest"
        session.output.say(
            "Promise of \(amount) by \(due)\(latest) on \(account.title) recorded.")
        session.output.json([
            "id": JSONValue(row["id"]), "table": "promise", "account_id": .string(account.id),
            "case_ref": .string(account.caseRef), "amount": JSONValue(row["amount"]),
            "currency": JSONValue(row["currency"]), "due_on": .string(due),
            "deadline": .string(deadline), "state": JSONValue(row["state"]),
        ])
        return .done
    }

    private static func draft(
        _ session: Session, account: Account, in db: Database
    ) throws(OfficeError) -> RowDraft {
        let currency = try Amount.currency(of: account, session: session)
        var draft = try RowDraft("promise", isItalian: session.isItalian)
        try draft.put("operator", .text(try OperatorCode.find(session, in: db)))
        try draft.put("account_id", .text(account.id))
        let typed = try session.required("AMOUNT")
        let amount = try Amount.read(typed, currency: currency, for: "promise", session: session)
        try draft.put("amount", .integer(amount))
        try draft.put("currency", .text(currency))
        for (option, column) in [
            ("due", "due_on"), ("tolerance", "tolerance_days"), ("made", "made_on"),
            ("method", "method"), ("made-by", "made_by"), ("note", "note"),
        ] {
            try draft.put(
                column, typed: session.parsed.value(option), name: "--\(option)", in: db)
        }
        let today = try TypedDate.today(in: db)
        let made = draft.value("made_on")?.text ?? today
        let due = draft.value("due_on")?.text ?? ""
        guard made <= today else {
            throw session.wrong("--made", made, expected: "today or before")
        }
        guard due >= made else {
            throw session.wrong(
                "--due", due, expected: "not before the day of the promise, \(made)")
        }
        return draft
    }
}
