import RientroClient
import RientroProtocol
import Terminal

/// `rientro promise`: what the debtor promises to pay, and until when; or a promise is withdrawn.
enum PromiseCommand {
    static let declaration = Command(
        "promise", "Records a promise to pay, or cancels one",
        discussion: """
            Whether it is kept follows from the payments and is never typed in.

              rientro promise MT-00123 150,50 --due 15/12/2026
              rientro promise MT-00123 150,50 --due venerdì
              rientro promise MT-00123 --cancel 9f3c41

            More than is owed, counted with the promises that still run, a day more than a year \
            ahead, and an account on which work is stopped are asked about before anything is \
            written; scripts say --yes, and where work is stopped --because TEXT. For --due, DATE \
            is the next such day: 3/12 and venerdì are never in the past here.

            A promise never changes: --cancel writes beside it that it is withdrawn. It is known \
            by its id (`rientro show --ids`), or the end of it.
            """,
        arguments: [
            Session.replica, Session.account,
            .optional("AMOUNT", "The amount, such as 150 or 150,50; none with --cancel"),
        ],
        options: [
            .value("due", "DATE", "The day until which it will be paid; needed for a new one"),
            .value("tolerance", "DAYS", "So many days later is still in time"),
            .value("made", "DATE", "The day on which it was made, today unless told"),
            .value("currency", "CODE", "The currency, the account's unless told"),
            .value("method", "CODE", "How it will be paid"),
            .value("made-by", "CODE", "Who promised: debtor, relative and others"),
            .value("note", "TEXT", "What else there is to say"),
            .value("cancel", "ID", "Withdraw this promise of the account"),
        ] + Consent.options)

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        if session.parsed.value("cancel") != nil { return try await cancel(session) }
        _ = try session.needed("due", "DATE")
        guard session.parsed.argument("AMOUNT") != nil else {
            throw .usage(session.parsed.usageError(.missingArgument("AMOUNT", environment: nil)))
        }
        let office = try await session.openTrade()
        let (account, row) = try await office.write(asking: session) {
            db, consent throws(OfficeError) in
            let account = try session.findAccount(in: db)
            let id = try write(session, consent, account: account, in: db)
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
            "Promise of \(amount) by \(session.speech.day(due))\(latest) on \(account.title)"
                + " recorded.")
        session.output.json([
            "id": JSONValue(row["id"]), "table": "promise", "account_id": .string(account.id),
            "case_ref": .string(account.caseRef), "amount": JSONValue(row["amount"]),
            "currency": JSONValue(row["currency"]), "due_on": .string(due),
            "deadline": .string(deadline), "state": JSONValue(row["state"]),
        ])
        return .done
    }

    private static func write(
        _ session: Session, _ consent: Consent, account: Account, in db: Database
    ) throws(OfficeError) -> String {
        let currency = try Amount.currency(of: account, session: session)
        let person = try OperatorCode.find(session, in: db)
        var draft = try RowDraft("promise", isItalian: session.isItalian)
        try draft.put("operator", .text(person))
        try draft.put("account_id", .text(account.id))
        let amount = try Amount.read(
            try session.required("AMOUNT"), currency: currency, for: "promise", session: session)
        try draft.put("amount", .integer(amount))
        try draft.put("currency", .text(currency))
        for (option, column) in [
            ("due", "due_on"), ("tolerance", "tolerance_days"), ("made", "made_on"),
            ("method", "method"), ("made-by", "made_by"),
        ] {
            try draft.put(
                column, typed: session.parsed.value(option), name: "--\(option)", in: db)
        }
        let clock = try OfficeClock.read(in: db)
        let made = draft.value("made_on")?.text ?? clock.today
        let due = draft.value("due_on")?.text ?? ""
        guard made <= clock.today else {
            throw session.wrong("--made", made, expected: "today or before")
        }
        guard due >= made else {
            throw session.wrong(
                "--due", due, expected: "not before the day of the promise, \(made)")
        }
        let concerns = try concerns(
            draft, account: account, amount: amount, currency: currency, made: made, due: due,
            clock, session.speech, in: db)
        try consent.check(concerns)
        let note = session.parsed.value("note").flatMap { $0.isEmpty ? nil : $0 }
        if let kept = consent.note(note, despite: concerns, session.speech) {
            try draft.put("note", .text(kept))
        }
        if clock.isFarOff { try draft.put("made_on", .text(made)) }
        let id = try draft.insert(in: db)
        try Act.record("promise", by: person, [.inserted("promise", id)], in: db)
        return id
    }

    private static func concerns(
        _ draft: RowDraft, account: Account, amount: Int64, currency: String, made: String,
        due: String, _ clock: OfficeClock, _ speech: Speech, in db: Database
    ) throws(OfficeError) -> [Concern] {
        var concerns = try Stop.all(of: account.id, isItalian: speech.isItalian, in: db)
            .map { $0.concern(speech) }
        var asked: [Concern?] = [
            try Concern.closed(account, speech, in: db),
            Concern.date(made, name: "--made", isAhead: false, clock, speech),
            Concern.date(due, name: "--due", isAhead: true, clock, speech),
            try RunningPromises.read(account, currency, in: db)
                .concern(adding: amount, account, speech),
        ]
        if draft.followsFromClock("made_on") || draft.followsFromClock("due_on") {
            asked.append(Concern.wrongClock(clock, speech))
        }
        concerns += asked.compactMap { $0 }
        return concerns
    }
}

/// What the debtor has promised already and still may keep.
private struct RunningPromises {
    let amount: Int64
    let currency: String

    static func read(
        _ account: Account, _ currency: String, in db: Database
    ) throws(OfficeError) -> RunningPromises {
        let row = try db.one(
            """
            SELECT coalesce(sum(amount - paid), 0) AS amount FROM promises
            WHERE account_id = ? AND currency = ? AND state = 'open'
            """, [.text(account.id), .text(currency)])
        return RunningPromises(amount: row?["amount"].integer ?? 0, currency: currency)
    }

    func concern(adding more: Int64, _ account: Account, _ speech: Speech) -> Concern? {
        let (total, isTooMuch) = amount.addingReportingOverflow(more)
        guard amount > 0 else { return Concern.aboveBalance(more, currency, of: account, speech) }
        guard isTooMuch || total > account.owed(in: currency) else { return nil }
        let running = speech.amount(amount, currency)
        let balance = speech.amount(account.owed(in: currency), currency)
        return Concern(
            "promised_above_balance",
            speech(
                "With the promises that still run (\(running)) that is more than is owed on"
                    + " \(account.title): the balance is \(balance).",
                "Con le promesse ancora in corso (\(running)) è più di quanto è dovuto su"
                    + " \(account.title): il saldo è \(balance)."))
    }
}
