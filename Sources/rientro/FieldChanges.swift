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

    /// Whose fields are meant.
    private struct Subject {
        let account: String?
        let debtor: String
    }

    /// Makes the changes.
    static func make(
        _ wanted: SetCommand.Wanted, session: Session, in db: Database
    ) throws(OfficeError) -> FieldChanges {
        let person = try OperatorCode.find(session, in: db)
        let subject: Subject? =
            if let target = wanted.target { try find(target, in: db) } else { nil }
        var done = FieldChanges()
        let writer = Writer(person: person, isItalian: session.isItalian, db: db)
        if let contact = wanted.contact {
            let point = try ContactFinder.find(contact, ofDebtor: subject?.debtor, in: db)
            done.changes += try writer.contact(point, wanted.fields)
        } else if let subject {
            try done.write(wanted.fields, of: subject, writer)
        }
        if let subject {
            for addition in wanted.additions {
                try done.add(addition, to: subject.debtor, writer)
            }
        }
        return done
    }

    private static func find(_ text: String, in db: Database) throws(OfficeError) -> Subject {
        do throws(OfficeError) {
            let account = try AccountFinder.find(text, in: db)
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
        _ assignments: [Assignment], of subject: Subject, _ writer: Writer
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
            changes += try writer.write(fields, table: "account", id: account)
        }
        if let fields = sorted["debtor"] {
            changes += try writer.debtor(subject.debtor, fields, doubts: &doubts)
        }
    }

    private mutating func add(
        _ addition: Assignment, to debtor: String, _ writer: Writer
    ) throws(OfficeError) {
        let kind = try CodeList.words(SettableFields.contactKinds).required(
            addition.field, name: "--add")
        let country = try writer.db.one(
            "SELECT country FROM debtor WHERE id = ?", [.text(debtor)])?["country"].text
        let typed = TypedContact(addition.value, kind: kind, country: country ?? "IT")
        let columns = "id, debtor_id, kind, value"
        if let row = try writer.db.one(
            "SELECT \(columns) FROM contact_point WHERE debtor_id = ? AND kind = ? AND value = ?",
            [.text(debtor), .text(kind), .text(typed.value)])
        {
            known.append(ContactPoint(row))
            return
        }
        var draft = try RowDraft("contact_point", isItalian: writer.isItalian)
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

/// Writes fields of one row.
private struct Writer {
    let person: String
    let isItalian: Bool
    let db: Database

    func contact(
        _ point: ContactPoint, _ fields: [Assignment]
    ) throws(OfficeError) -> [FieldChanges.Change] {
        for field in fields where !SettableFields.names("contact_point").contains(field.field) {
            throw SettableFields.error(field.field, tables: ["contact_point"])
        }
        let kind = fields.last { $0.field == "kind" }?.value ?? point.kind
        let kept = fields.map { field in
            field.field == "value"
                ? field.valued(ContactValue.kept(field.value, kind: kind)) : field
        }
        return try write(kept, table: "contact_point", id: point.id)
    }

    /// Writes a debtor's fields, tax codes and bank account as the import does: as they are kept,
    /// each with what is wrong with it.
    func debtor(
        _ id: String, _ fields: [Assignment], doubts: inout [FieldChanges.Doubt]
    ) throws(OfficeError) -> [FieldChanges.Change] {
        let known = try row("debtor", id, ["kind"])
        let kind = fields.last { $0.field == "kind" }?.value ?? known["kind"].text
        var kept: [Assignment] = []
        for field in fields {
            guard !field.value.isEmpty,
                let code = TypedCode(field.value, column: field.field, kind: kind)
            else {
                kept.append(field)
                continue
            }
            kept.append(field.valued(code.text))
            let flag = field.field + "_flag"
            if !fields.contains(where: { $0.field == flag }) {
                kept.append(field.named(flag).valued(code.fault?.rawValue ?? ""))
            }
            if let fault = code.fault { doubts.append(.init(field: field.field, fault: fault)) }
        }
        return try write(kept, table: "debtor", id: id)
    }

    /// Writes the fields that differ; the rest of the row, its operator too, stays as it is where
    /// none does.
    func write(
        _ fields: [Assignment], table: String, id: String
    ) throws(OfficeError) -> [FieldChanges.Change] {
        var draft = try RowDraft(table, isItalian: isItalian)
        for field in fields {
            try draft.put(field.field, typed: field.value, name: field.field, in: db)
        }
        let before = try row(table, id, draft.values.map(\.column))
        try complete(&draft, table: table, before: before)
        let old = try row(table, id, draft.values.map(\.column))
        let changes = draft.values.compactMap { column, new -> FieldChanges.Change? in
            guard old[column] != new else { return nil }
            return .init(table: table, id: id, field: column, old: old[column], new: new)
        }
        guard !changes.isEmpty else { return [] }
        try draft.put("operator", .text(person))
        try draft.update(id, in: db)
        return changes
    }

    /// What belongs to a value changes with it: the reason of a status, the day on which a quality
    /// was found out, the doubts about a tax code that is cleared.
    private func complete(
        _ draft: inout RowDraft, table: String, before: Row
    ) throws(OfficeError) {
        if draft.value("quality") != nil, draft.value("verified_on") == nil {
            try draft.put("verified_on", .text(try TypedDate.today(in: db)))
        }
        for (column, attached) in [
            ("status", "status_reason"), ("codice_fiscale", "codice_fiscale_flag"),
            ("partita_iva", "partita_iva_flag"), ("iban", "iban_flag"),
        ] {
            guard let value = draft.value(column), value != before[column],
                draft.value(attached) == nil
            else { continue }
            try draft.put(attached, .null)
        }
    }

    private func row(
        _ table: String, _ id: String, _ columns: [String]
    ) throws(OfficeError) -> Row {
        let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
        return try db.one("SELECT \(names) FROM \"\(table)\" WHERE id = ?", [.text(id)])
            ?? Row(columns: [], values: [])
    }
}
