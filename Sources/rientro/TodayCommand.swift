import RientroClient
import Terminal

/// `rientro today`: whom to turn to, in which order, and why.
enum TodayCommand {
    static let declaration = Command(
        "today", "Lists whom to turn to today, in which order, and why",
        discussion: """
            First come call-backs and tasks that are due, then promises that were broken, then \
            what is overdue, by amount and days. Left out and counted are accounts on which work \
            is stopped, those that wait for a promise, those called today, other operators', and \
            closed ones; what is done at the desk is listed for stopped ones too.

            `show 3`, `note 3`, `pay 3` and `promise 3` take the number of a row, in the same \
            terminal, until the next list. Of an operator (--operator) these are his accounts and \
            nobody's; without one, or with --everybody, all.

              rientro today
              rientro show 1
              rientro note 1 --channel phone --outcome NA
            """,
        arguments: [Session.replica],
        options: [
            .flag("everybody", "Other operators' accounts too"),
            ListLimit.option,
        ])

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let limit = try ListLimit.rows(session)
        let office = try await session.openTrade()
        let (work, phones) = try await office.read { db throws(OfficeError) in
            var person: String?
            if !session.parsed.flag("everybody"), session.parsed.value("operator") != nil {
                person = try OperatorCode.find(session, in: db)
            }
            let work = try TodayWork.read(for: person, session.speech, in: db)
            let shown = work.lines.prefix(limit < 0 ? work.lines.count : limit)
            let debtors = shown.map { $0.debtorID }
            return (work, try numbers(of: debtors, in: db))
        }
        let lines = Array(work.lines.prefix(limit < 0 ? work.lines.count : limit))
        session.output.beginPage()
        say(lines, phones, session)
        session.output.say(summary(work, shown: lines.count, session))
        try await session.remarkStaleness(office)
        if session.output.style == .text {
            try await session.remember(lines.map(\.account), office)
        }
        session.output.json([
            "today": .array(lines.map { json($0, phones) }),
            "count": .count(work.lines.count),
            "left_out": json(work.absent),
        ])
        return .done
    }

    private static func numbers(
        of debtors: [String], in db: Database
    ) throws(OfficeError) -> [String: String] {
        let rows = try db.all(
            "SELECT id, phone FROM debtors WHERE id IN (SELECT value FROM json_each(?))",
            [.text(IDList.json(debtors))])
        var phones: [String: String] = [:]
        for row in rows { phones[row["id"].shown] = row["phone"].text }
        return phones
    }

    private static func say(
        _ lines: [TodayWork.Line], _ phones: [String: String], _ session: Session
    ) {
        guard !lines.isEmpty else { return }
        let speech = session.speech
        var table = TextTable([
            .number(speech("no.", "n.")), .key(speech("phone", "telefono")),
            .text(speech("name", "nome")), .number(speech("amount", "importo")),
            .text(speech("why", "perché")),
        ])
        for (index, line) in lines.enumerated() {
            table.add([
                index < RememberedList.rowsMax ? "\(index + 1)" : "",
                phones[line.debtorID] ?? "", line.debtor,
                speech.amount(line.balance, line.currency), line.why,
            ])
        }
        session.output.say(table)
    }

    private static func summary(
        _ work: TodayWork, shown: Int, _ session: Session
    ) -> String {
        let speech = session.speech
        func number(_ cause: TodayWork.Cause) -> Int { work.lines.count { $0.cause == cause } }
        var parts: [String] = []
        if number(.task) > 0 {
            parts.append(speech.count(number(.task), "due", "due", "in scadenza", "in scadenza"))
        }
        if number(.promise) > 0 {
            parts.append(
                speech.count(
                    number(.promise), "broken promise", "broken promises",
                    "promessa non mantenuta", "promesse non mantenute"))
        }
        if number(.overdue) > 0 {
            parts.append(
                speech.count(number(.overdue), "overdue", "overdue", "scaduta", "scadute"))
        }
        var text =
            parts.isEmpty
            ? speech("Nobody is to be called.", "Non c'è nessuno da chiamare.")
            : parts.joined(separator: ", ")
                + (shown < work.lines.count
                    ? speech(
                        "; \(shown) shown (--limit 0 shows all).",
                        "; ne sono mostrate \(shown) (--limit 0 le mostra tutte).") : ".")
        let absences = TodayAbsences(work.absent, speech)
        if !absences.texts.isEmpty {
            text += speech("\nLeft out: ", "\nNon in elenco: ")
            text += absences.texts.joined(separator: ", ") + "."
        }
        return text
    }

    private static func json(
        _ line: TodayWork.Line, _ phones: [String: String]
    ) -> JSONValue {
        [
            "account_id": .string(line.account), "case_ref": .string(line.caseRef),
            "debtor_id": .string(line.debtorID), "debtor": .string(line.debtor),
            "phone": .optional(phones[line.debtorID]), "currency": .string(line.currency),
            "balance": .integer(line.balance), "days_overdue": .integer(line.daysOverdue),
            "cause": .string(line.cause.rawValue), "why": .string(line.why),
        ]
    }

    private static func json(_ absent: [TodayWork.Absence: Int]) -> JSONValue {
        var held: [JSONValue.Member] = []
        var members: [JSONValue.Member] = []
        for (absence, count) in TodayAbsences.sorted(absent) {
            switch absence {
            case .held(let what): held.append(.init(what, .count(count)))
            case .promised: members.append(.init("promised", .count(count)))
            case .called: members.append(.init("called_today", .count(count)))
            case .others: members.append(.init("other_operators", .count(count)))
            case .closed: members.append(.init("closed", .count(count)))
            }
        }
        return .object([.init("held", .object(held))] + members)
    }
}

/// Who is left out of the day's list, in words.
private struct TodayAbsences {
    let texts: [String]

    init(_ absent: [TodayWork.Absence: Int], _ speech: Speech) {
        let sorted = Self.sorted(absent)
        var texts: [String] = []
        let held = sorted.compactMap { absence, count in
            if case .held(let what) = absence { (what, count) } else { nil }
        }
        if !held.isEmpty {
            let total = held.map(\.1).reduce(0, +)
            let which = held.map { "\($1) \($0)" }.joined(separator: ", ")
            texts.append(speech.count(total, "held", "held", "ferma", "ferme") + " (\(which))")
        }
        for (absence, count) in sorted {
            switch absence {
            case .held: continue
            case .promised:
                texts.append(
                    speech.count(
                        count, "waiting for a promise", "waiting for a promise",
                        "in attesa di una promessa", "in attesa di una promessa"))
            case .called:
                texts.append(
                    speech.count(
                        count, "called today", "called today", "chiamata oggi", "chiamate oggi"))
            case .others:
                texts.append(
                    speech.count(
                        count, "of other operators", "of other operators", "di altri operatori",
                        "di altri operatori"))
            case .closed:
                texts.append(speech.count(count, "closed", "closed", "chiusa", "chiuse"))
            }
        }
        self.texts = texts
    }

    /// In an order that does not change from run to run.
    static func sorted(
        _ absent: [TodayWork.Absence: Int]
    ) -> [(TodayWork.Absence, Int)] {
        absent.map { ($0.key, $0.value) }.sorted { "\($0.0)" < "\($1.0)" }
    }
}
