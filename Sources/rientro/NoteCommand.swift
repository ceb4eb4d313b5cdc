import RientroClient
import RientroProtocol
import Terminal

/// `rientro note`: a call, a letter, a visit, and what came of it.
enum NoteCommand {
    static let declaration = Command(
        "note", "Writes down an attempt to reach the debtor, and what came of it",
        discussion: """
            Codes may be typed in capitals or not; a code that is in no list is answered with \
            the list. With - as TEXT the note is read from standard input.

              rientro note MT-00123 --channel phone --outcome RPC "calls back on Monday"
            """,
        arguments: [
            Session.replica, Session.account,
            .variadic("TEXT", "What was said; - reads it from standard input"),
        ],
        options: [
            .value("channel", "CODE", "How: phone, letter, visit and others", isRequired: true),
            .value("outcome", "CODE", "What came of it: RPC, NA, PTP and others", isRequired: true),
            .value("reason", "CODE", "Why the debtor has not paid"),
            .value("emotion", "CODE", "How the debtor took it"),
            .value("spoke-with", "CODE", "Who was on the line"),
            .value("direction", "WORD", "out, or in where the debtor sought contact"),
            .value("contact", "ID", "The contact point that was used"),
        ])

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let office = try await session.openTrade()
        let text = try note(session)
        let (account, id) = try await office.write { db throws(OfficeError) in
            let account = try AccountFinder.find(try session.required("ACCOUNT"), in: db)
            let draft = try draft(session, account: account, note: text, in: db)
            return (account, try draft.insert(in: db))
        }
        session.output.say("Noted on \(account.title).")
        session.output.json([
            "id": .string(id), "table": "contact_attempt", "account_id": .string(account.id),
            "case_ref": .string(account.caseRef),
        ])
        return .done
    }

    private static func note(_ session: Session) throws(OfficeError) -> String? {
        let words = session.parsed.arguments("TEXT")
        if words == ["-"] {
            let most = try Trade.table("contact_attempt").column("note")?.bytesMax ?? 0
            return try StandardInput.text(bytesMax: most)
        }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    private static func draft(
        _ session: Session, account: Account, note: String?, in db: Database
    ) throws(OfficeError) -> RowDraft {
        let parsed = session.parsed
        var draft = try RowDraft("contact_attempt", isItalian: session.isItalian)
        try draft.put("operator", .text(try OperatorCode.find(session, in: db)))
        try draft.put("account_id", .text(account.id))
        for (option, column) in [
            ("channel", "channel"), ("outcome", "outcome"), ("reason", "reason"),
            ("emotion", "emotion"), ("spoke-with", "spoke_with"), ("direction", "direction"),
        ] {
            try draft.put(column, typed: parsed.value(option), name: "--\(option)", in: db)
        }
        if let typed = parsed.value("contact") {
            let contact = try ContactFinder.find(typed, ofDebtor: account.debtorID, in: db)
            try draft.put("contact_point_id", .text(contact.id))
        }
        if let note, !note.isEmpty { try draft.put("note", .text(note)) }
        return draft
    }
}
