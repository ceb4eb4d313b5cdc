import Portfolio
import RientroClient
import Terminal

/// `rientro changes`: what others changed on this office's accounts, account by account.
enum ChangesCommand {
    static let declaration = Command(
        "changes", "Lists what syncs brought, account by account",
        discussion: """
            What came since a day, for whoever was away: payments, promises, notes, tasks, and \
            changes of the account, the debtor or his numbers. It is asked of the file and kept \
            for \(Arrival.daysMax) days; what was written here is not in it. `show 3` takes a \
            row's number.

              rientro changes --since -21
            """,
        arguments: [Session.replica],
        options: [
            .value("since", "DATE", "What came on this day or later, yesterday unless told"),
            ListLimit.option,
        ])

    /// What came for one account.
    private struct Line: Sendable {
        let account: Account
        let texts: [String]
    }

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let limit = try ListLimit.rows(session)
        let office = try await session.openTrade()
        let (since, lines, count) = try await office.read { db throws(OfficeError) in
            let clock = try OfficeClock.read(in: db)
            let typed = session.parsed.value("since") ?? "-1"
            guard let date = clock.typed(typed, toward: .last) else {
                throw session.wrong("--since", typed, expected: TypedDate.forms)
            }
            let arrivals = try Arrival.since(date.text, in: db)
            let ids = Set(arrivals.map { $0.account })
            let shown = limit < 0 ? ids.sorted() : Array(ids.sorted().prefix(limit))
            return (date.text, try read(arrivals, shown, session, in: db), ids.count)
        }
        session.output.beginPage()
        say(lines, since: since, count: count, session)
        if session.output.style == .text {
            try await session.remember(lines.map { $0.account.id }, office)
        }
        try await session.remarkStaleness(office)
        session.output.json([
            "since": .string(since),
            "changes": .array(
                lines.map { line in
                    [
                        "account_id": .string(line.account.id),
                        "case_ref": .string(line.account.caseRef),
                        "debtor": .string(line.account.debtor),
                        "what": .array(line.texts.map { .string($0) }),
                    ]
                }), "count": .count(count),
        ])
        return .done
    }

    private static func read(
        _ arrivals: [Arrival], _ ids: [String], _ session: Session, in db: Database
    ) throws(OfficeError) -> [Line] {
        let accounts = try AccountFinder.all(ids, in: db)
        var texts: [String: [String]] = [:]
        for arrival in arrivals where accounts[arrival.account] != nil {
            let text = try text(arrival, session.speech, in: db)
            if texts[arrival.account]?.contains(text) != true {
                texts[arrival.account, default: []].append(text)
            }
        }
        return ids.compactMap { id in
            accounts[id].map { Line(account: $0, texts: texts[id] ?? []) }
        }.sorted { ($0.account.caseRef, $0.account.id) < ($1.account.caseRef, $1.account.id) }
    }

    private static func text(
        _ arrival: Arrival, _ speech: Speech, in db: Database
    ) throws(OfficeError) -> String {
        let sql: String
        switch arrival.table {
        case "payment":
            sql = "SELECT amount, currency, received_on AS words FROM payment WHERE id = ?"
        case "promise":
            sql = """
                SELECT amount, currency, CASE WHEN cancels_id IS NULL THEN due_on
                  ELSE 'cancelled' END AS words FROM promise WHERE id = ?
                """
        case "contact_attempt":
            sql = """
                SELECT channel || ' ' || outcome || coalesce(': ' || note, '') AS words
                FROM contact_attempt WHERE id = ?
                """
        case "task":
            sql = """
                SELECT due_on || ' ' || kind || ' ' || status || coalesce(': ' || note, '')
                  AS words FROM task WHERE id = ?
                """
        case "account": sql = "SELECT status AS words FROM account WHERE id = ?"
        case "contact_point":
            sql = "SELECT value || ' ' || quality AS words FROM contact_point WHERE id = ?"
        case "debt_item": sql = "SELECT kind AS words FROM debt_item WHERE id = ?"
        default: sql = "SELECT NULL AS words FROM debtor WHERE id = ?"
        }
        let row = try db.one(sql, [.text(arrival.row)])
        var parts = [name(arrival.table, speech)]
        if let amount = row?["amount"].integer {
            parts.append(speech.amount(amount, row?["currency"].text ?? ""))
        }
        if let words = row?["words"].text { parts.append(words) }
        return parts.joined(separator: " ")
    }

    private static func name(_ table: String, _ speech: Speech) -> String {
        switch table {
        case "payment": speech("payment", "pagamento")
        case "promise": speech("promise", "promessa")
        case "contact_attempt": speech("note", "nota")
        case "task": speech("task", "attività")
        case "account": speech("account", "pratica")
        case "contact_point": speech("contact point", "recapito")
        case "debt_item": speech("item", "partita")
        default: speech("debtor's data", "dati del debitore")
        }
    }

    private static func say(
        _ lines: [Line], since: String, count: Int, _ session: Session
    ) {
        let speech = session.speech
        var table = TextTable([
            .number("no."), .key("case"), .text("debtor"), .text("what"),
        ])
        for (index, line) in lines.enumerated() {
            table.add([
                index < RememberedList.rowsMax ? "\(index + 1)" : "", line.account.caseRef,
                line.account.debtor, line.texts.joined(separator: "; "),
            ])
        }
        if table.rowCount > 0 { session.output.say(table) }
        let accounts = speech.count(count, "account", "accounts", "pratica", "pratiche")
        session.output.say(
            count == 0
                ? speech(
                    "Nothing came since \(speech.day(since)).",
                    "Dal \(speech.day(since)) non è arrivato niente.")
                : speech(
                    "\(accounts) changed since \(speech.day(since)).",
                    "\(accounts) con novità dal \(speech.day(since))."))
    }
}
