import Portfolio
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

            Where work is stopped (he asked for no more contact, has a lawyer, is dead or \
            insolvent; a dispute or complaint waits), a call, message or visit is asked about, and \
            why it was made all the same stands in the note: scripts say --yes --because TEXT. \
            WRONG and DISC with --contact mark the number.
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
            .value("contact", "CONTACT", "The number, address or contact point that was used"),
        ] + Consent.options)

    /// What was written.
    private struct Noted: Sendable {
        let id: String
        let account: Account
        let outcome: String
        /// The contact point whose quality follows from the outcome, and what it is now.
        var marked: (point: ContactPoint, quality: String)?
        /// Numbers of which one turned out to be wrong, where it was not said which.
        var suspects: [String] = []
    }

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let office = try await session.openTrade()
        let text = try note(session)
        let noted = try await office.write(asking: session) { db, consent throws(OfficeError) in
            try write(session, consent, note: text, in: db)
        }
        session.output.say("Noted on \(noted.account.title).")
        if let marked = noted.marked {
            session.output.say(
                session.speech(
                    "\(marked.point.value) is marked: \(marked.quality).",
                    "\(marked.point.value) è segnato: \(marked.quality)."))
        }
        if !noted.suspects.isEmpty {
            let account = noted.account.caseRef
            session.output.remark(
                session.speech(
                    "Which number was it? `rientro set \(account) --contact NUMBER"
                        + " quality=wrong_number` marks it: ",
                    "Quale numero era? `rientro set \(account) --contact NUMERO"
                        + " quality=wrong_number` lo segna: ")
                    + noted.suspects.joined(separator: ", "))
        }
        session.output.json([
            "id": .string(noted.id), "table": "contact_attempt",
            "account_id": .string(noted.account.id), "case_ref": .string(noted.account.caseRef),
            "contact_point_id": .optional(noted.marked?.point.id),
            "quality": .optional(noted.marked?.quality),
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

    private static func write(
        _ session: Session, _ consent: Consent, note: String?, in db: Database
    ) throws(OfficeError) -> Noted {
        let account = try session.findAccount(in: db)
        let person = try OperatorCode.find(session, in: db)
        var draft = try RowDraft("contact_attempt", isItalian: session.isItalian)
        try draft.put("operator", .text(person))
        try draft.put("account_id", .text(account.id))
        for (option, column) in [
            ("channel", "channel"), ("outcome", "outcome"), ("reason", "reason"),
            ("emotion", "emotion"), ("spoke-with", "spoke_with"), ("direction", "direction"),
        ] {
            try draft.put(
                column, typed: session.parsed.value(option), name: "--\(option)", in: db)
        }
        guard draft.value("outcome")?.text != DebtorPortfolio.voidOutcome else {
            throw .badValue(
                field: "--outcome", fact: "`rientro undo` takes a note back, and nothing else does")
        }
        var point: ContactPoint?
        if let typed = session.parsed.value("contact") {
            let found = try ContactFinder.find(typed, ofDebtor: account.debtorID, in: db)
            try draft.put("contact_point_id", .text(found.id))
            point = found
        }
        let clock = try OfficeClock.read(in: db)
        let concerns = try concerns(
            draft, account: account, point: point, clock: clock, session.speech, in: db)
        try consent.check(concerns)
        let text = note.flatMap { $0.isEmpty ? nil : $0 }
        if let kept = consent.note(text, despite: concerns, session.speech) {
            try draft.put("note", .text(kept))
        }
        if clock.isFarOff { try draft.put("started_at", .text(clock.centreNow)) }
        let id = try draft.insert(in: db)
        let outcome = draft.value("outcome")?.text ?? ""
        var noted = Noted(id: id, account: account, outcome: outcome)
        var steps: [Act.Step] = [.inserted("contact_attempt", id)]
        if let point {
            let marking = NumberMarking(person: person, isItalian: session.isItalian, db: db)
            if let quality = marking.quality(of: point, after: outcome) {
                steps += try marking.mark(point, quality)
                noted.marked = (point, quality)
            }
        } else if DebtorPortfolio.quality(after: outcome) != nil {
            noted.suspects = try NumberMarking.numbers(of: account.debtorID, in: db)
        }
        try Act.record("note", by: person, steps, in: db)
        return noted
    }

    /// What is to be asked about a contact that was sought from here: one that the debtor sought
    /// himself, and a letter, are nothing to ask about.
    private static func concerns(
        _ draft: RowDraft, account: Account, point: ContactPoint?, clock: OfficeClock,
        _ speech: Speech, in db: Database
    ) throws(OfficeError) -> [Concern] {
        var concerns: [Concern] = []
        let channel = draft.value("channel")?.text ?? ""
        let isReaching =
            draft.value("direction")?.text != "in"
            && DebtorPortfolio.reachingChannels.contains(channel)
        if isReaching {
            concerns += try Stop.all(of: account.id, isItalian: speech.isItalian, in: db)
                .map { $0.concern(speech) }
            if let point, let concern = NumberMarking.concern(point, speech) {
                concerns.append(concern)
            }
        }
        if let concern = Concern.wrongClock(clock, speech) { concerns.append(concern) }
        return concerns
    }
}
