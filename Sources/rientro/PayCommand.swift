import RientroClient
import Terminal

/// `rientro pay`: money that came, or was said to have come.
enum PayCommand {
    static let declaration = Command(
        "pay", "Records a payment",
        discussion: """
            The currency is the account's unless said otherwise, the day today. With --state \
            reported the debtor only says that he has paid: the balance stays until the money is \
            there.

              rientro pay MT-00123 150,50 --method cash --reference "receipt 12"
            """,
        arguments: [
            Session.replica, Session.account,
            .required("AMOUNT", "The amount, such as 150 or 150,50"),
        ],
        options: [
            .value("method", "CODE", "How: cash, bank_transfer and others"),
            .value("reference", "TEXT", "What is written on the receipt or transfer"),
            .value("on", "DATE", "The day on which it came, today unless told"),
            .value("currency", "CODE", "The currency, the account's unless told"),
            .value("state", "WORD", "reported, received or cleared"),
            .value("note", "TEXT", "What else there is to say"),
        ])

    /// What was written, and what it comes to.
    private struct Receipt: Sendable {
        let id: String
        let account: Account
        let amount: Int64
        let currency: String
        let state: String
        let twins: Int
        let after: Row?
    }

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let office = try await session.openTrade()
        let receipt = try await office.write { db throws(OfficeError) in
            try record(session, in: db)
        }
        say(receipt, session)
        session.output.json([
            "id": .string(receipt.id), "table": "payment",
            "account_id": .string(receipt.account.id), "case_ref": .string(receipt.account.caseRef),
            "amount": .integer(receipt.amount), "currency": .string(receipt.currency),
            "state": .string(receipt.state),
            "balance": receipt.after.map { JSONValue($0["balance"]) } ?? .null,
            "same_before": .count(receipt.twins),
        ])
        return .done
    }

    private static func record(
        _ session: Session, in db: Database
    ) throws(OfficeError) -> Receipt {
        let account = try AccountFinder.find(try session.required("ACCOUNT"), in: db)
        let currency = try Amount.currency(of: account, session: session)
        let amount = try Amount.read(
            try session.required("AMOUNT"), currency: currency, for: "payment", session: session)
        var draft = try RowDraft("payment", isItalian: session.isItalian)
        try draft.put("operator", .text(try OperatorCode.find(session, in: db)))
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
        let today = try TypedDate.today(in: db)
        let day = draft.value("received_on")?.text ?? today
        let state = draft.value("state")?.text ?? "received"
        guard day <= today || state == "reported" else {
            throw session.wrong(
                "--on", day, expected: "today or before; what is still to come is a promise")
        }
        let twins = try db.one(
            """
            SELECT count(*) AS n FROM payments WHERE account_id = ? AND amount = ?
            AND currency = ? AND received_on = ? AND reversed = 0
            """, [.text(account.id), .integer(amount), .text(currency), .text(day)])
        let id = try draft.insert(in: db)
        let after = try db.one(
            "SELECT balance, currency FROM accounts WHERE id = ?", [.text(account.id)])
        return Receipt(
            id: id, account: account, amount: amount, currency: currency, state: state,
            twins: Int(twins?["n"].integer ?? 0), after: after)
    }

    private static func say(_ receipt: Receipt, _ session: Session) {
        let amount = Amount.text(receipt.amount, receipt.currency, session)
        let title = receipt.account.title
        let kind = receipt.state == "reported" ? "Reported payment" : "Payment"
        var text = "\(kind) of \(amount) on \(title) recorded."
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
            } else if counts, balance < 0, let over = Int64(exactly: balance.magnitude) {
                session.output.remark(
                    "That is \(Amount.text(over, currency, session)) more than is owed: was the"
                        + " amount typed right?")
            }
        } else {
            session.output.say(text)
        }
        if receipt.twins > 0 {
            session.output.remark(
                "A payment of the same amount on the same day was there already: look at"
                    + " `rientro show \(receipt.account.caseRef)` in case this is it.")
        }
    }
}
