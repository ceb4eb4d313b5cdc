import Portfolio
import RientroClient

/// Writes fields of one row, and what belongs to them.
struct FieldWriter {
    /// Who writes.
    let person: String
    /// How it is worded.
    let speech: Speech
    let db: Database

    /// Writes an account's fields.
    ///
    /// Throws `.moneyOpen` where one with money open is said to be paid.
    func account(
        _ id: String, _ fields: [Assignment], concerns: inout [Concern]
    ) throws(OfficeError) -> [FieldChanges.Change] {
        let changes = try write(fields, table: "account", id: id, concerns: &concerns)
        for change in changes where !change.new.isNull {
            switch change.field {
            case "status":
                try AccountRules.check(status: change.new.shown, of: id, in: db)
            case "next_action_on":
                concerns += try Stop.all(of: id, isItalian: speech.isItalian, in: db).map {
                    Concern($0.outcome, $0.concern(speech).text)
                }
            default: continue
            }
        }
        return changes
    }

    /// Writes a contact point's fields.

    func contact(
        _ point: ContactPoint, _ fields: [Assignment], concerns: inout [Concern]
    ) throws(OfficeError) -> [FieldChanges.Change] {
        for field in fields where !SettableFields.names("contact_point").contains(field.field) {
            throw SettableFields.error(field.field, tables: ["contact_point"])
        }
        let kind = fields.last { $0.field == "kind" }?.value ?? point.kind
        for field in fields where field.field == "value" {
            try ContactValue.check(field.value, kind: kind, name: "value")
        }
        let kept = fields.map { field in
            field.field == "value"
                ? field.valued(ContactValue.kept(field.value, kind: kind)) : field
        }
        return try write(kept, table: "contact_point", id: point.id, concerns: &concerns)
    }

    /// Writes a debtor's fields, tax codes and bank account as the import does: as they are kept,
    /// each with what is wrong with it.
    func debtor(
        _ id: String, _ fields: [Assignment], doubts: inout [FieldChanges.Doubt],
        concerns: inout [Concern]
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
        return try write(kept, table: "debtor", id: id, concerns: &concerns)
    }

    /// Writes the fields that differ; the rest of the row, its operator too, stays as it is where
    /// none does.
    func write(
        _ fields: [Assignment], table: String, id: String, concerns: inout [Concern]
    ) throws(OfficeError) -> [FieldChanges.Change] {
        var draft = try RowDraft(table, isItalian: speech.isItalian)
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
        try judge(draft, changes, concerns: &concerns)
        try draft.put("operator", .text(person))
        try draft.update(id, in: db)
        return changes
    }

    /// Dates that were typed: what has been does not lie ahead, and what is to come not behind.
    private func judge(
        _ draft: RowDraft, _ changes: [FieldChanges.Change], concerns: inout [Concern]
    ) throws(OfficeError) {
        let clock = try OfficeClock.read(in: db)
        for change in changes {
            guard let date = change.new.text else { continue }
            switch change.field {
            case "verified_on", "birth_date":
                guard date > clock.today else { break }
                throw .badValue(
                    field: change.field,
                    fact: "\(change.field) is \(date), but cannot be after today, \(clock.today)")
            case "next_action_on":
                let concern = Concern.date(
                    date, name: change.field, isAhead: true, clock, speech)
                concerns += [concern].compactMap { $0 }
            default: continue
            }
            if draft.datesFromToday.contains(change.field),
                let concern = Concern.wrongClock(clock, speech)
            {
                concerns.append(concern)
            }
        }
    }

    /// What belongs to a value changes with it: the reason of a status, the day on which a quality
    /// was found out, the doubts about a tax code that is cleared.
    private func complete(
        _ draft: inout RowDraft, table: String, before: Row
    ) throws(OfficeError) {
        if draft.value("quality") != nil, draft.value("verified_on") == nil {
            try draft.put("verified_on", .text(try OfficeClock.read(in: db).today))
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
