import RientroClient
import Terminal

/// `rientro resolve`: a person's choice about a conflict.
enum ResolveCommand {
    static let declaration = Command(
        "resolve", "Chooses what is right in a conflict",
        discussion: """
            won leaves what stands, lost puts back the other value, and anything else is a value \
            of its own. Where several fields belong together, name them; those left out stay as \
            they stand.

              rientro resolve 3f2a won
              rientro resolve 3f2a +393331234567
              rientro resolve 3f2a surname=Rossi given_name="Maria Pia"
            """,
        arguments: [
            Session.replica,
            .required("CONFLICT", "Its id, or a beginning or end that no other has"),
            .variadic("CHOICE", "won, lost, VALUE or FIELD=VALUE", atLeastOne: true),
        ])

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let office = try await session.open()
        let isTrade = try await office.hasTrade()
        let conflicts = try await ConflictsCommand.all(office)
        let typed = try session.required("CONFLICT")
        let conflict = try find(typed, among: conflicts)
        let choice = try choice(of: conflict, session)
        let (person, title) = try await office.read { db throws(OfficeError) in
            let person =
                isTrade
                ? try OperatorCode.find(session, in: db) : session.parsed.value("operator")
            return (person, try ConflictTitle.of(conflict, isTrade: isTrade, in: db))
        }
        let final = try await kept(choice, conflict, office, session)
        try await judge(final, conflict, office)
        do {
            try await office.replica.resolve(conflict.id, choice: final, operator: person)
        } catch { throw .replica(error) }
        let left = conflicts.count - 1
        session.output.say(
            "Decided: \(title.text) is \(text(final, of: conflict)). The others learn of it with"
                + " the next sync." + (left > 0 ? " \(left) more to decide." : ""))
        session.output.json([
            "id": .string(conflict.id), "choice": .string(word(final)), "left": .count(left),
        ])
        return .done
    }

    /// Not to find it may mean that somebody was faster, which the library's error says.
    private static func find(
        _ text: String, among conflicts: [Conflict]
    ) throws(OfficeError) -> Conflict {
        let found: OneOf.Candidate
        do throws(OfficeError) {
            found = try OneOf.find(
                text, kind: "conflict",
                among: conflicts.map {
                    .init(id: $0.id, title: "\($0.register), \(ConflictTitle.values($0.won))")
                })
        } catch .notFound(_, let id) {
            throw .replica(.noConflict(id: id))
        }
        guard let conflict = conflicts.first(where: { $0.id == found.id }) else {
            throw .replica(.noConflict(id: text))
        }
        return conflict
    }

    /// What the words of the command line choose.
    static func choice(
        of conflict: Conflict, _ session: Session
    ) throws(OfficeError) -> Resolution {
        let words = session.parsed.arguments("CHOICE")
        switch words.map({ $0.lowercased() }) {
        case ["won"]: return .won
        case ["lost"]: return .lost
        default: break
        }
        let standing = conflict.won.values
        if standing.count == 1, let only = standing.first {
            let text = words.joined(separator: " ")
            let prefix = "\(only.column)="
            let value = text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
            return .other([try stored(value, like: [only, conflict.lost.values.first])])
        }
        var values = standing.map(\.value)
        for word in words {
            guard let assignment = Assignment(word),
                let index = standing.firstIndex(where: { $0.column == assignment.field })
            else {
                throw session.wrong(
                    "CHOICE", word,
                    expected: "won, lost, or "
                        + standing.map { "\($0.column)=VALUE" }.joined(separator: " "))
            }
            let other =
                conflict.lost.values.indices.contains(index)
                ? conflict.lost.values[index] : nil
            values[index] = try stored(assignment.value, like: [standing[index], other])
        }
        return .other(values)
    }

    /// A typed value as the column holds it: a number where one of the two sides is one.
    private static func stored(
        _ text: String, like sides: [ColumnValue?]
    ) throws(OfficeError) -> SQLValue {
        if text.isEmpty { return .null }
        guard sides.contains(where: { $0?.value.integer != nil }) else { return .text(text) }
        guard let number = Int64(text) else {
            let name = sides.compactMap { $0?.column }.first ?? "VALUE"
            throw .badValue(field: name, fact: "\(name) should be a whole number")
        }
        return .integer(number)
    }

    /// The choice as it may stand: no account with money open is decided to be paid.
    private static func judge(
        _ choice: Resolution, _ conflict: Conflict, _ office: Office
    ) async throws(OfficeError) {
        guard conflict.table == "account",
            let index = conflict.won.values.firstIndex(where: { $0.column == "status" })
        else { return }
        let status: SQLValue? =
            switch choice {
            case .won: nil
            case .lost: conflict.lost.values.first { $0.column == "status" }?.value
            case .other(let values): values.indices.contains(index) ? values[index] : nil
            }
        guard let status = status?.text else { return }
        try await office.read { db throws(OfficeError) in
            try AccountRules.check(status: status, of: conflict.row, in: db)
        }
    }

    /// A phone number as it is kept, like those that `rientro set` writes. What cannot be read as
    /// one is refused: it may be a mistyped won or lost, and to decide is final.
    private static func kept(
        _ choice: Resolution, _ conflict: Conflict, _ office: Office, _ session: Session
    ) async throws(OfficeError) -> Resolution {
        guard conflict.table == "contact_point", conflict.register == "value",
            case .other(let values) = choice, case .text(let typed)? = values.first
        else { return choice }
        return try await office.read { db throws(OfficeError) in
            let row = try db.one(
                "SELECT kind FROM contact_point WHERE id = ?", [.text(conflict.row)])
            let kind = row?["kind"].shown ?? ""
            guard ContactValue.isReadable(typed, kind: kind) else {
                throw session.wrong("CHOICE", typed, expected: "won, lost or a phone number")
            }
            return .other([.text(ContactValue.kept(typed, kind: kind))])
        }
    }

    private static func text(_ choice: Resolution, of conflict: Conflict) -> String {
        switch choice {
        case .won: ConflictTitle.values(conflict.won)
        case .lost: ConflictTitle.values(conflict.lost)
        case .other(let values):
            values.map { $0.isNull ? "(empty)" : $0.shown }.joined(separator: ", ")
        }
    }

    private static func word(_ choice: Resolution) -> String {
        switch choice {
        case .won: "won"
        case .lost: "lost"
        case .other: "other"
        }
    }
}
