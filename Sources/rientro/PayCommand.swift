import RientroClient
import RientroProtocol
import Terminal

/// `rientro pay`: money that came, or was said to have come; or a payment is taken back.
enum PayCommand {
    static let declaration = Command(
        "pay", "Records a payment, or reverses one",
        discussion: """
            The currency is the account's unless said otherwise, the day today. With --state \
            reported the debtor only says that he has paid: the balance stays until the money is \
            there.

              rientro pay MT-00123 150,50 --method cash --reference "receipt 12"
              rientro pay MT-00123 150,50 --on venerdì
              rientro pay MT-00123 --reverse 9f3c41

            More than is owed, a day more than a year ago, and a reference that was booked before \
            are asked about before anything is booked; scripts say --yes. DATE is the last such \
            day: 3/12 and venerdì are never in the future here.

            A payment never changes: --reverse books what is left of it with the opposite sign, \
            beside it. It is known by its id (`rientro show --ids`), or the end of it. What was \
            typed last is taken back by `rientro undo`.
            """,
        arguments: [
            Session.replica, Session.account,
            .optional("AMOUNT", "The amount, such as 150 or 150,50; none with --reverse"),
        ],
        options: [
            .value("method", "CODE", "How: cash, bank_transfer and others"),
            .value("reference", "TEXT", "What is written on the receipt or transfer"),
            .value("on", "DATE", "The day on which it came, today unless told"),
            .value("currency", "CODE", "The currency, the account's unless told"),
            .value("state", "WORD", "reported, received or cleared"),
            .value("note", "TEXT", "What else there is to say"),
            .value("reverse", "ID", "Reverse this payment of the account"),
            .flag("yes", short: "y", "Say yes to what the command would ask"),
        ])

    /// What was written, and what it comes to.
    private struct Receipt: Sendable {
        let id: String
        let account: Account
        let amount: Int64
        let currency: String
        let state: String
        let day: String
        let twins: Int
        let after: Row?
    }

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        if session.parsed.value("reverse") != nil { return try await reverse(session) }
        guard session.parsed.argument("AMOUNT") != nil else {
            throw .usage(session.parsed.usageError(.missingArgument("AMOUNT", environment: nil)))
        }
        let office = try await session.openTrade()
        let receipt = try await office.write(asking: session) { db, consent throws(OfficeError) in
            try record(session, consent, in: db)
        }
        say(receipt, session)
        try await session.remarkStaleness(office)
        session.output.json([
            "id": .string(receipt.id), "table": "payment",
            "account_id": .string(receipt.account.id), "case_ref": .string(receipt.account.caseRef),
            "amount": .integer(receipt.amount), "currency": .string(receipt.currency),
            "state": .string(receipt.state), "received_on": .string(receipt.day),
            "balance": receipt.after.map { JSONValue($0["balance"]) } ?? .null,
            "same_before": .count(receipt.twins),
        ])
        return .done
    }

    private static func record(
        _ session: Session, _ consent: Consent, in db: Database
    ) throws(OfficeError) -> Receipt {
        let account = try session.findAccount(in: db)
        let currency = try Amount.currency(of: account, session: session)
        let amount = try Amount.read(
            try session.required("AMOUNT"), currency: currency, for: "payment", session: session)
        var draft = try RowDraft("payment", isItalian: session.isItalian)
        let person = try OperatorCode.find(session, in: db)
        try draft.put("operator", .text(person))
        try draft.put("account_id", .text(account.id))
        try draft.put("amount", .integer(amount))
        try draft.put("currency", .text(currency))
        for (option, column) in [
            ("method", "method"), ("reference", "reference"), ("on", "received_on"),
            ("state", "state"), ("note", "note"),
        ] {
            try draft.put(
                column, typed: session.parsed.value(option), name: "--\(option)", in: db)
        }
        let clock = try OfficeClock.read(in: db)
        let followsFromClock = draft.followsFromClock("received_on")
        let day = draft.value("received_on")?.text ?? clock.today
        if clock.isFarOff { try draft.put("received_on", .text(day)) }
        let state = draft.value("state")?.text ?? "received"
        guard day <= clock.today || state == "reported" else {
            throw session.wrong(
                "--on", day, expected: "today or before; what is still to come is a promise")
        }
        let earlier = try Earlier.read(
            account, amount: amount, currency: currency, day: day,
            reference: draft.value("reference")?.text, in: db)
        let speech = session.speech
        var concerns: [Concern?] = [
            Concern.date(day, name: "--on", isAhead: false, clock, speech),
            earlier.concern(speech),
            Concern.aboveBalance(amount, currency, of: account, speech),
        ]
        if followsFromClock { concerns.append(Concern.wrongClock(clock, speech)) }
        try consent.check(concerns.compactMap { $0 })
        let id = try draft.insert(in: db)
        try Act.record("pay", by: person, [.inserted("payment", id)], in: db)
        let after = try db.one(
            "SELECT balance, currency FROM accounts WHERE id = ?", [.text(account.id)])
        return Receipt(
            id: id, account: account, amount: amount, currency: currency, state: state, day: day,
            twins: earlier.twins, after: after)
    }

    private static func say(_ receipt: Receipt, _ session: Session) {
        let amount = Amount.text(receipt.amount, receipt.currency, session)
        let title = receipt.account.title
        let kind = receipt.state == "reported" ? "Reported payment" : "Payment"
        let day =
            session.parsed.value("on") == nil ? "" : " of \(session.speech.day(receipt.day))"
        var text = "\(kind) of \(amount)\(day) on \(title) recorded."
        if let balance = receipt.after?["balance"].integer,
            let currency = receipt.after?["currency"].text
        {
            let counts = receipt.state != "reported" && receipt.currency == currency
            text +=
                " The balance \(counts ? "is now" : "stays")"
                + " \(Amount.text(balance, currency, session))."
            session.output.say(text)
            if receipt.currency != currency {
                session.output.remark("Only payments in \(currency) count towards this balance.")
            }
        } else {
            session.output.say(text)
        }
        if receipt.account.status.hasPrefix("closed_") {
            session.output.remark(
                "\(receipt.account.caseRef) is closed (\(receipt.account.status)): tell whoever"
                    + " runs the centre that money came.")
        }
        if receipt.twins > 0 {
            session.output.remark(
                "A payment of the same amount on the same day was there already: look at"
                    + " `rientro show \(receipt.account.caseRef)` in case this is it, and take it"
                    + " back with `rientro undo`.")
        }
    }
}

/// Payments that were there before and may be the one that is typed.
private struct Earlier {
    /// How many of the same amount on the same day are not reversed.
    let twins: Int
    /// The reference, where one of the same amount has it too.
    let reference: String?

    static func read(
        _ account: Account, amount: Int64, currency: String, day: String, reference: String?,
        in db: Database
    ) throws(OfficeError) -> Earlier {
        let same = "account_id = ? AND amount = ? AND currency = ? AND reversed = 0"
        let values: [SQLValue] = [.text(account.id), .integer(amount), .text(currency)]
        let twins = try db.one(
            "SELECT count(*) AS n FROM payments WHERE \(same) AND received_on = ?",
            values + [.text(day)])
        var known: String?
        if let reference {
            let found = try db.one(
                "SELECT 1 FROM payments WHERE \(same) AND reference = ? AND state <> 'reported'",
                values + [.text(reference)])
            if found != nil { known = reference }
        }
        return Earlier(twins: Int(clamping: twins?["n"].integer ?? 0), reference: known)
    }

    func concern(_ speech: Speech) -> Concern? {
        guard let reference else { return nil }
        return Concern(
            "same_reference",
            speech(
                "A payment of this amount with the reference \"\(reference)\" is booked already.",
                "Un pagamento di questo importo con il riferimento \"\(reference)\" c'è già."))
    }
}
