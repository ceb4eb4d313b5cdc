import Portfolio
import RientroClient

/// Carries out what `rientro set` asks for, in one transaction, and says what became of it.
struct FieldChanges: Sendable {
    /// One field that has another value now.
    struct Change: Sendable {
        let table: String
        let id: String
        let field: String
        let old: SQLValue
        let new: SQLValue

        /// The field as somebody has to write it, with its table where the account has one too.
        var name: String {
            table == "debtor" && SettableFields.names("account").contains(field)
                ? "debtor.\(field)" : field
        }
    }

    /// A code that was kept although it looks wrong.
    struct Doubt: Sendable {
        let field: String
        let fault: IdentifierFault
    }

    /// What changed; fields that held the value already are not in it.
    private(set) var changes: [Change] = []
    /// Tax codes and bank accounts that were written, and look wrong.
    private(set) var doubts: [Doubt] = []
    /// Contact points that were added.
    private(set) var added: [ContactPoint] = []
    /// Contact points that were to be added and were there.
    private(set) var known: [ContactPoint] = []
    /// What a person should look at before it stands.
    private var concerns: [Concern] = []

    /// Whose fields are meant.
    private struct Subject {
        let account: String?
        let debtor: String
    }

    /// Makes the changes.
    ///
    /// Throws `.unconfirmed` where something was not agreed to; then all of it is undone.
    static func make(
        _ wanted: SetCommand.Wanted, _ consent: Consent, session: Session, in db: Database
    ) throws(OfficeError) -> FieldChanges {
        let person = try OperatorCode.find(session, in: db)
        let subject: Subject? =
            if let target = wanted.target { try find(target, session, in: db) } else { nil }
        var done = FieldChanges()
        let writer = FieldWriter(person: person, speech: session.speech, db: db)
        if let contact = wanted.contact {
            let point = try ContactFinder.find(contact, ofDebtor: subject?.debtor, in: db)
            done.changes += try writer.contact(point, wanted.fields, concerns: &done.concerns)
        } else if let subject {
            try done.write(wanted.fields, of: subject, writer)
        }
        if let subject {
            for addition in wanted.additions {
                try done.add(addition, to: subject.debtor, writer)
            }
        }
        try consent.check(done.concerns)
        try Act.record(
            "set", by: person,
            done.changes.map {
                Act.Step(table: $0.table, row: $0.id, column: $0.field, old: $0.old, new: $0.new)
            } + done.added.map { .inserted("contact_point", $0.id) }, in: db)
        return done
    }

    private static func find(
        _ text: String, _ session: Session, in db: Database
    ) throws(OfficeError) -> Subject {
        do throws(OfficeError) {
            let account = try session.findAccount(text, in: db)
            return Subject(account: account.id, debtor: account.debtorID)
        } catch .noAccount(text) {
            let debtors = try db.all(
                "SELECT id, name FROM debtors WHERE substr(id, 1, length(?1)) = ?1 LIMIT 11",
                [.text(text.lowercased())])
            guard !debtors.isEmpty else { throw .noAccount(text) }
            let candidate = try OneOf.find(
                text, kind: "debtor",
                among: debtors.map { .init(id: $0["id"].shown, title: $0["name"].shown) })
            return Subject(account: nil, debtor: candidate.id)
        }
    }

    /// Sorts fields to account and debtor: by prefix, else the account's before the debtor's.
    private mutating func write(
        _ assignments: [Assignment], of subject: Subject, _ writer: FieldWriter
    ) throws(OfficeError) {
        var sorted: [String: [Assignment]] = [:]
        let tables = subject.account == nil ? ["debtor"] : ["account", "debtor"]
        for assignment in assignments {
            let parts = assignment.field.split(separator: ".", maxSplits: 1)
            let name = String(parts.last ?? "")
            let among = parts.count == 2 ? tables.filter { $0 == parts[0] } : tables
            guard let table = among.first(where: { SettableFields.names($0).contains(name) })
            else { throw SettableFields.error(name, tables: among.isEmpty ? tables : among) }
            sorted[table, default: []].append(assignment.named(name))
        }
        if let account = subject.account, let fields = sorted["account"] {
            changes += try writer.account(account, fields, concerns: &concerns)
        }
        if let fields = sorted["debtor"] {
            changes += try writer.debtor(
                subject.debtor, fields, doubts: &doubts, concerns: &concerns)
        }
    }

    private mutating func add(
        _ addition: Assignment, to debtor: String, _ writer: FieldWriter
    ) throws(OfficeError) {
        let kind = try CodeList.words(SettableFields.contactKinds).required(
            addition.field, name: "--add")
        try ContactValue.check(addition.value, kind: kind, name: "--add")
        let country = try writer.db.one(
            "SELECT country FROM debtor WHERE id = ?", [.text(debtor)])?["country"].text
        let typed = TypedContact(addition.value, kind: kind, country: country ?? "IT")
        let columns = ContactPoint.columns
        if let row = try writer.db.one(
            "SELECT \(columns) FROM contact_point WHERE debtor_id = ? AND kind = ? AND value = ?",
            [.text(debtor), .text(kind), .text(typed.value)])
        {
            known.append(ContactPoint(row))
            return
        }
        var draft = try RowDraft("contact_point", isItalian: writer.speech.isItalian)
        try draft.put("debtor_id", .text(debtor))
        try draft.put("kind", .text(kind))
        try draft.put("value", .text(typed.value))
        if let raw = typed.raw { try draft.put("raw", .text(raw)) }
        if let remark = typed.remark { try draft.put("remark", .text(remark)) }
        if typed.isThirdParty { try draft.put("quality", .text("third_party")) }
        try draft.put("source", .text("debtor"))
        try draft.put("operator", .text(writer.person))
        let id = try draft.insert(in: writer.db)
        if let row = try writer.db.one(
            "SELECT \(columns) FROM contact_point WHERE id = ?", [.text(id)])
        {
            added.append(ContactPoint(row))
        }
    }
}
