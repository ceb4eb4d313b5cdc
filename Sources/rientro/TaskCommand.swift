import Portfolio
import RientroClient
import Terminal

/// `rientro task`: what is to be done about an account.
enum TaskCommand {
    static let declaration = Command(
        "task", "Lists, adds and closes what is to be done about an account",
        discussion: """
              rientro task MT-00123                       what is to be done
              rientro task MT-00123 add --due venerdì --time 18:00-20:00 "ask for the invoice"
              rientro task MT-00123 done 9f3c             by the id or a part of it
              rientro task MT-00123 cancel 9f3c "not needed any more"

            Without an id, done and cancel close the only open task. Ids are shown with --ids; \
            what is to be done on all accounts is listed by `rientro tasks`.

            Where work is stopped (`rientro show` says so), a call or visit is asked about, and \
            why stands in the note: scripts say --yes --because TEXT. DATE is the next such day.
            """,
        arguments: [
            Session.replica, Session.account,
            .optional("ACTION", "list, add, done or cancel; list unless told"),
            .variadic("WORDS", "For add a note, for done and cancel the task and a reason"),
        ],
        options: [
            .value("kind", "CODE", "For add: callback, letter, visit and others"),
            .value("due", "DATE", "For add: the day, today unless told"),
            .value("time", "TIME", "For add: the time of day, such as 18:00-20:00"),
            .value("assignee", "CODE", "For add: who does it"),
            .flag("ids", "Show the ids"),
        ] + Consent.options)

    /// The columns that are shown, and that the JSON has.
    static let columns = """
        id, account_id, kind, due_on, due_time, assignee, status, status_reason, note, operator
        """

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let office = try await session.openTrade()
        let action = session.parsed.argument("ACTION") ?? "list"
        switch action {
        case "list": return try await list(office, session)
        case "add": return try await add(office, session)
        case "done": return try await close(office, session, as: "done")
        case "cancel": return try await close(office, session, as: "cancelled")
        default:
            throw session.wrong("ACTION", action, expected: "list, add, done or cancel")
        }
    }

    /// Tasks for people, with their ids where those are wanted.
    static func table(_ rows: [Row], ids: Bool) -> TextTable {
        var columns: [TextTable.Column] = [
            .text("due"), .text("kind"), .text("status"), .text("note"), .text("for"),
        ]
        if ids { columns.append(.id("id")) }
        var table = TextTable(columns)
        for row in rows {
            table.add([
                words(row, "due_on", "due_time"), row["kind"].shown,
                words(row, "status", "status_reason"), row["note"].shown, row["assignee"].shown,
                row["id"].shown,
            ])
        }
        return table
    }

    private static func words(_ row: Row, _ columns: String...) -> String {
        columns.map { row[$0].shown }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static func list(
        _ office: Office, _ session: Session
    ) async throws(OfficeError) -> ExitCode {
        let (account, rows) = try await office.read { db throws(OfficeError) in
            let account = try session.findAccount(in: db)
            let rows = try db.all(
                """
                SELECT \(columns) FROM task WHERE account_id = ?
                ORDER BY status <> 'open', due_on, id
                """, [.text(account.id)])
            return (account, rows)
        }
        if rows.isEmpty {
            session.output.say("Nothing is to be done about \(account.title).")
        } else {
            session.output.say(table(rows, ids: session.parsed.flag("ids")))
        }
        session.output.json(["account_id": .string(account.id), "tasks": .rows(rows)])
        return .done
    }

    private static func add(
        _ office: Office, _ session: Session
    ) async throws(OfficeError) -> ExitCode {
        let (account, row) = try await office.write(asking: session) {
            db, consent throws(OfficeError) in
            let account = try session.findAccount(in: db)
            let id = try write(session, consent, account: account, in: db)
            return (account, try stored(id, in: db))
        }
        let note = row["note"].isNull ? "" : ", \(row["note"].shown)"
        let time = row["due_time"].isNull ? "" : ", \(row["due_time"].shown)"
        session.output.say(
            "To do on \(account.title) by \(session.speech.day(row["due_on"].shown))\(time):"
                + " \(row["kind"].shown)\(note).")
        session.output.json(JSONValue(row))
        return .done
    }

    private static func write(
        _ session: Session, _ consent: Consent, account: Account, in db: Database
    ) throws(OfficeError) -> String {
        let parsed = session.parsed
        let person = try OperatorCode.find(session, in: db)
        var draft = try RowDraft("task", isItalian: session.isItalian)
        try draft.put("operator", .text(person))
        try draft.put("account_id", .text(account.id))
        for (option, column) in [("kind", "kind"), ("due", "due_on"), ("assignee", "assignee")] {
            try draft.put(column, typed: parsed.value(option), name: "--\(option)", in: db)
        }
        if let typed = parsed.value("time") {
            guard let time = TypedTime.kept(typed) else {
                throw session.wrong("--time", typed, expected: TypedTime.forms)
            }
            try draft.put("due_time", .text(time))
        }
        let clock = try OfficeClock.read(in: db)
        let due = draft.value("due_on")?.text ?? clock.today
        let speech = session.speech
        var concerns: [Concern] = []
        if DebtorPortfolio.reachingTasks.contains(draft.value("kind")?.text ?? "callback") {
            concerns += try Stop.all(of: account.id, isItalian: session.isItalian, in: db)
                .map { $0.concern(speech) }
            if let concern = try Concern.closed(account, speech, in: db) {
                concerns.append(concern)
            }
        }
        if let concern = Concern.date(due, name: "--due", isAhead: true, clock, speech) {
            concerns.append(concern)
        }
        if draft.followsFromClock("due_on"), let concern = Concern.wrongClock(clock, speech) {
            concerns.append(concern)
        }
        try consent.check(concerns)
        let words = parsed.arguments("WORDS").joined(separator: " ")
        if let kept = consent.note(words.isEmpty ? nil : words, despite: concerns, speech) {
            try draft.put("note", .text(kept))
        }
        if clock.isFarOff { try draft.put("due_on", .text(due)) }
        let id = try draft.insert(in: db)
        try Act.record("task add", by: person, [.inserted("task", id)], in: db)
        return id
    }

    private static func close(
        _ office: Office, _ session: Session, as status: String
    ) async throws(OfficeError) -> ExitCode {
        let words = session.parsed.arguments("WORDS")
        let reason = words.dropFirst().joined(separator: " ")
        let (account, row) = try await office.write { db throws(OfficeError) in
            let account = try session.findAccount(in: db)
            let id = try openTask(words.first, of: account, in: db)
            let person = try OperatorCode.find(session, in: db)
            var draft = try RowDraft("task", isItalian: session.isItalian)
            try draft.put("operator", .text(person))
            try draft.put("status", .text(status))
            try draft.put("status_reason", reason.isEmpty ? .null : .text(reason))
            let before = try stored(id, in: db)
            try draft.update(id, in: db)
            let after = try stored(id, in: db)
            try Act.record(
                "task \(status == "done" ? "done" : "cancel")", by: person,
                ["status", "status_reason"].filter { before[$0] != after[$0] }.map {
                    Act.Step(
                        table: "task", row: id, column: $0, old: before[$0], new: after[$0])
                }, in: db)
            return (account, after)
        }
        let note = row["note"].isNull ? "" : " (\(row["note"].shown))"
        session.output.say(
            "\(status == "done" ? "Done" : "Cancelled") on \(account.title):"
                + " \(row["kind"].shown)\(note).")
        session.output.json(JSONValue(row))
        return .done
    }

    /// The id of the open task that is meant; where none is named, of the only one.
    private static func openTask(
        _ text: String?, of account: Account, in db: Database
    ) throws(OfficeError) -> String {
        let open = try db.all(
            """
            SELECT id, kind, due_on, note FROM task WHERE account_id = ? AND status = 'open'
            ORDER BY due_on, id
            """, [.text(account.id)]
        ).map {
            OneOf.Candidate(id: $0["id"].shown, title: words($0, "due_on", "kind", "note"))
        }
        if let text { return try OneOf.find(text, kind: "open task", among: open).id }
        guard let only = open.first, open.count == 1 else {
            throw open.isEmpty
                ? .notFound("open task", id: account.caseRef)
                : .manyFound(
                    "open task", id: account.caseRef, found: open.map { "\($0.id)  \($0.title)" })
        }
        return only.id
    }

    private static func stored(_ id: String, in db: Database) throws(OfficeError) -> Row {
        try db.one("SELECT \(columns) FROM task WHERE id = ?", [.text(id)])
            ?? Row(columns: [], values: [])
    }
}
