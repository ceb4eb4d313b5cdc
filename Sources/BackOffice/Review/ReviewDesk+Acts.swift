internal import Portfolio
internal import RientroProtocol
internal import RientroSQLite
internal import RientroServer
internal import RientroStore

/// What settling writes to the centre. Each looks again at the row that it is about, inside the
/// transaction that writes: since it was listed, an office may have been faster.
extension ReviewDesk {
    /// The id of the row that settling a key writes, so that the same is never written twice.
    ///
    /// - Parameter subject: which of several rows, for all but the first.
    private func rowID(_ key: String, about subject: String? = nil) -> String {
        RowID.derived(
            from: Value.encode(
                [.text("review settled"), .text(key)] + (subject.map { [.text($0)] } ?? [])))
    }

    /// Writes what the choice asks for, inside a transaction of the centre.
    func write(
        _ entry: ReviewEntry, _ settled: SettledReview, values: [String], date: String
    ) throws {
        guard let subject = entry.subjects.first else { return }
        let now = settled.settledAt
        switch settled.choice {
        case .won, .lost, .value: try resolve(subject, settled, values)
        case .discard:
            guard let number = Int64(subject) else { return }
            guard try engine.discardRefusal(number, now: now) > 0 else {
                throw ReviewError.changed(fact: "the row waits no more")
            }
        case .same: try reverse(entry.subjects, settled, date: date)
        case .cancel: try cancel(subject, settled, date: date)
        case .different, .accepted: break
        }
    }

    /// Decides a conflict: the value, where it is not the one that stands, and the row that says so
    /// are one act, so offices see it decided with their next sync.
    private func resolve(_ id: String, _ settled: SettledReview, _ typed: [String]) throws {
        let db = engine.db
        guard
            let (table, row, name, lost) = try db.first(
                "SELECT row_table, row_id, register, lost FROM conflicts WHERE id = ?", .text(id),
                body: { ($0.text(0), $0.text(1), $0.text(2), $0.text(3)) })
        else { throw ReviewError.changed(fact: "somebody has decided it meanwhile") }
        guard let layout = engine.store.layout(named: table),
            let register = layout.table.registers.first(where: { $0.name == name })
        else { throw CentreError.unknown(what: "register", id: "\(table).\(name)") }
        let values: [String: Value] =
            switch settled.choice {
            case .lost: try stored(lost, register)
            case .value: try read(typed, register, of: layout.table, row)
            default: [:]
            }
        try engine.act(now: settled.settledAt) { act in
            if !values.isEmpty { try act.set(table, id: row, values) }
            try act.insert(
                SystemTables.resolution.name, id: rowID(settled.key),
                [
                    "conflict_id": .text(id),
                    "choice": .text(settled.choice == .value ? "other" : settled.choice.rawValue),
                    "operator": .text(settled.operator),
                ])
        }
    }

    private func stored(_ text: String, _ register: Schema.Register) throws -> [String: Value] {
        let values = StoredRegister(text).values.compactMap { Value($0) }
        guard values.count == register.columns.count else {
            throw ReviewError.badValues(columns: register.columns)
        }
        return Dictionary(
            zip(register.columns, values), uniquingKeysWith: { first, _ in first })
    }

    /// Typed values by column; a phone number as it is kept, like those that an office writes.
    private func read(
        _ typed: [String], _ register: Schema.Register, of table: Schema.Table, _ row: String
    ) throws -> [String: Value] {
        let columns = register.columns
        guard !typed.isEmpty, typed.count <= columns.count else {
            throw ReviewError.badValues(columns: columns)
        }
        var values: [String: Value] = [:]
        for text in typed {
            var (name, value) = (columns.first ?? "", text)
            if let named = columns.first(where: { text.hasPrefix("\($0)=") }) {
                (name, value) = (named, String(text.dropFirst(named.count + 1)))
            } else if columns.count > 1 {
                throw ReviewError.badValues(columns: columns)
            }
            guard let column = table.column(name), values[name] == nil else {
                throw ReviewError.badValues(columns: columns)
            }
            if table.name == "contact_point", name == "value" {
                value = try phone(value, row)
            }
            values[name] = try Self.value(value, column)
        }
        return values
    }

    private static func value(_ text: String, _ column: Schema.Column) throws -> Value {
        if text.isEmpty { return .null }
        guard column.type == .integer else { return .text(text) }
        guard let number = Int64(text) else {
            throw CentreError.badValue("\(column.name) should be a whole number")
        }
        return .integer(number)
    }

    private func phone(_ typed: String, _ row: String) throws -> String {
        let kind = try engine.db.text("SELECT kind FROM contact_point WHERE id = ?", .text(row))
        let contact = TypedContact(typed, kind: kind ?? "")
        guard !contact.isUnreadable else { throw ReviewError.notAPhone }
        return contact.remark == nil ? contact.value : typed
    }

    /// Takes back all records of one payment but the one that was written first, in one act.
    private func reverse(_ ids: [String], _ settled: SettledReview, date: String) throws {
        guard let kept = ids.first else { return }
        for id in ids {
            let isReversed = try engine.db.integer(
                """
                SELECT 1 FROM payment AS p JOIN payment AS r
                  ON r.reverses_id = p.id AND r.account_id = p.account_id
                WHERE p.id = ? LIMIT 1
                """, .text(id))
            guard isReversed == nil else {
                throw ReviewError.changed(
                    fact: "one of the payments has been reversed meanwhile")
            }
        }
        let rows = try ids.dropFirst().enumerated().map { index, id in
            let row = rowID(settled.key, about: index == 0 ? nil : id)
            return (row, try reversal(of: id, sameAs: kept, settled, date: date))
        }
        try engine.act(now: settled.settledAt) { act in
            for (id, values) in rows { try act.insert("payment", id: id, values) }
        }
    }

    /// The row that takes back a payment which was recorded twice.
    private func reversal(
        of id: String, sameAs other: String, _ settled: SettledReview, date: String
    ) throws -> [String: Value] {
        let columns = ["account_id", "amount", "currency", "method", "reference", "received_by"]
        let list = columns.joined(separator: ", ")
        guard
            let row = try engine.db.first(
                "SELECT \(list) FROM payment WHERE id = ?", .text(id),
                body: { row in columns.indices.map { Value(row.value($0)) ?? .null } }),
            case .integer(let amount) = row[1]
        else { throw CentreError.unknown(what: "payment", id: id) }
        var values = Dictionary(zip(columns, row), uniquingKeysWith: { first, _ in first })
        values["amount"] = .integer(Int64(0).clampedSubtracting(amount))
        values["reverses_id"] = .text(id)
        values["received_on"] = .text(date)
        values["operator"] = .text(settled.operator)
        let reason = "Recorded twice: the same payment as \(other)"
        values["note"] = .text([reason, settled.note].compactMap { $0 }.joined(separator: ". "))
        return values
    }

    /// Withdraws a promise.
    private func cancel(_ id: String, _ settled: SettledReview, date: String) throws {
        let db = engine.db
        guard
            let (account, currency, due) = try db.first(
                "SELECT account_id, currency, due_on FROM promise WHERE id = ?", .text(id),
                body: { ($0.text(0), $0.text(1), $0.text(2)) })
        else { throw CentreError.unknown(what: "promise", id: id) }
        let isEnded = try db.integer(
            "SELECT 1 FROM promise WHERE account_id = ? AND (cancels_id = ? OR replaces_id = ?)",
            .text(account), .text(id), .text(id))
        guard isEnded == nil else {
            throw ReviewError.changed(fact: "the promise was withdrawn or replaced meanwhile")
        }
        try engine.act(now: settled.settledAt) { act in
            try act.insert(
                "promise", id: rowID(settled.key),
                [
                    "account_id": .text(account), "amount": .integer(0),
                    "currency": .text(currency), "due_on": .text(due), "made_on": .text(date),
                    "cancels_id": .text(id), "operator": .text(settled.operator),
                    "note": settled.note.map { .text($0) } ?? .null,
                ])
        }
    }

    /// What the centre says was settled under a whole key that the book does not know: the program
    /// was stopped before it could write that down.
    func written(_ key: String) throws -> SettledReview? {
        let id = SQLiteValue.text(rowID(key))
        let found: [(ReviewKind, String)] = [
            (.conflict, "SELECT choice, operator, '', recorded_at FROM resolution WHERE id = ?"),
            (.duplicate, "SELECT 'same', operator, note, recorded_at FROM payment WHERE id = ?"),
            (
                .promiseOnClosed,
                "SELECT 'cancel', operator, note, recorded_at FROM promise WHERE id = ?"
            ),
        ]
        for (kind, query) in found {
            let seconds = "CAST(strftime('%s', s.recorded_at) AS INTEGER)"
            let read = try engine.db.first("SELECT s.*, \(seconds) FROM (\(query)) AS s", id) {
                ($0.text(0), $0.text(1), $0.optionalText(2), $0.integer(4))
            }
            guard let (word, person, note, time) = read else { continue }
            return SettledReview(
                key: key, kind: kind,
                choice: word == "other" ? .value : ReviewChoice(rawValue: word) ?? .value,
                operator: person, note: note?.isEmpty == true ? nil : note, settledAt: time * 1000)
        }
        return nil
    }
}
