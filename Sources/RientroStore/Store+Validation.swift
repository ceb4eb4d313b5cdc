package import RientroProtocol
internal import RientroSQLite

/// Why a change cannot be applied, as the centre sees it.
package struct ChangeRefusal: Equatable, Sendable {
    /// 0: the row as a whole; else the register's number.
    package let register: Int
    /// The reason.
    package let reason: RefusalReason
    /// What exactly, in a few words, for people.
    package let detail: String

    /// A refusal.
    package init(register: Int, reason: RefusalReason, detail: String) {
        self.register = register
        self.reason = reason
        self.detail = detail
    }
}

extension Store {
    /// What of a change by an office breaks the schema's rules: nothing, single registers, or (with
    /// register 0) the row as a whole. Portfolios and parents are not looked at here.
    package func refusals(
        of change: RowChange, codes: inout KnownCodes
    ) throws -> [ChangeRefusal] {
        guard let layout = layouts[change.table] else {
            return [whole(.badValue, "there is no table \(change.table)")]
        }
        let table = layout.table
        guard RowID.isCanonical(change.id), table.kind == .reference || RowID.isUUID(change.id)
        else { return [whole(.badValue, "the id is not a UUID in lower case")] }
        guard table.kind != .reference else {
            return [whole(.readOnlyColumn, "\(table.name) rows are the centre's")]
        }
        switch (change.content, table.kind) {
        case (.ledger(let values), .ledger):
            if table.insertedBy == .centre {
                return [whole(.readOnlyColumn, "\(table.name) rows are the centre's")]
            }
            return try refusals(layout, values: values, at: table.columns.indices, &codes)
                .map { whole(.badValue, $0) }.map { [$0] } ?? []
        case (.record(let birth, let writes), .record):
            let found =
                if let birth {
                    try refusals(ofBirth: birth, writes, layout, &codes)
                } else {
                    try refusals(ofWrites: writes, layout, isBirth: false, &codes)
                }
            guard found.isEmpty, try outgrows(change) else {
                return found
            }
            guard birth == nil else { return [whole(.tooLarge, Self.outgrown)] }
            return writes.map {
                ChangeRefusal(register: $0.register, reason: .tooLarge, detail: Self.outgrown)
            }
        default:
            return [whole(.badValue, "the change does not fit the kind of \(table.name)")]
        }
    }

    private static let outgrown = "the row would be too large to travel whole"

    /// Whether a row that is here would be too large to travel whole after the change, though each
    /// of its registers travels: a grant could not carry it.
    package func outgrows(_ change: RowChange) throws -> Bool {
        guard let layout = layouts[change.table], layout.mayOutgrow,
            case .record(let birth, let writes) = change.content,
            let row = try read(layout, id: change.id)
        else { return false }
        let merged = layout.merged(row, birth: birth, writes: writes)
        guard let whole = wholeChange(layout, id: change.id, row: merged) else { return false }
        return whole.encoded().count + layout.stampBytes > Limits.rowBytesMax
    }

    private func refusals(
        ofBirth birth: Birth, _ writes: [RegisterWrite], _ layout: TableLayout,
        _ codes: inout KnownCodes
    ) throws -> [ChangeRefusal] {
        if layout.table.insertedBy == .centre {
            return [whole(.readOnlyColumn, "\(layout.table.name) rows are the centre's")]
        }
        if let detail = try refusals(layout, values: birth.fixed, at: layout.fixedColumns, &codes) {
            return [whole(.badValue, detail)]
        }
        for register in layout.table.registers
        where !writes.contains(where: { $0.register == register.number }) {
            let required = layout.table.columns.first {
                register.columns.contains($0.name) && $0.mustBeGiven
            }
            if let required { return [whole(.badValue, "\(required.name) is required")] }
        }
        // A row is born whole or not at all.
        return try refusals(ofWrites: writes, layout, isBirth: true, &codes).first
            .map { [whole($0.reason, $0.detail)] } ?? []
    }

    private func refusals(
        ofWrites writes: [RegisterWrite], _ layout: TableLayout, isBirth: Bool,
        _ codes: inout KnownCodes
    ) throws -> [ChangeRefusal] {
        var found: [ChangeRefusal] = []
        for write in writes {
            func refuse(_ reason: RefusalReason, _ detail: String) {
                found.append(
                    ChangeRefusal(register: write.register, reason: reason, detail: detail))
            }
            guard let index = layout.registerIndex[write.register] else {
                refuse(.badValue, "there is no register \(write.register)")
                continue
            }
            let register = layout.table.registers[index]
            guard let values = write.values else {
                refuse(.badValue, "the value could not travel")
                continue
            }
            guard isBirth || write.stamp != nil else {
                refuse(.badValue, "the write has no stamp")
                continue
            }
            if register.writer == .centre && !isBirth {
                refuse(.readOnlyColumn, "\(register.name) is the centre's")
            } else if values.count != register.columns.count {
                // What is left out would be of whichever write came before: no pure function.
                refuse(.badValue, "\(register.name) has \(register.columns.count) columns")
            } else if let detail = try refusals(
                layout, values: values, at: layout.registerColumns[index], &codes)
            {
                refuse(.badValue, detail)
            }
        }
        return found
    }

    /// Why the values do not fit the columns at these positions; nil if they do.
    private func refusals(
        _ layout: TableLayout, values: [Value], at positions: some RandomAccessCollection<Int>,
        _ codes: inout KnownCodes
    ) throws -> String? {
        // An older schema may lack columns at the end, which are then NULL or a constant.
        var offset = 0
        for position in positions {
            defer { offset += 1 }
            guard offset < values.count else {
                let column = layout.table.columns[position]
                if column.mustBeGiven { return "\(column.name) is missing" }
                continue
            }
            if let reason = try refusal(of: values[offset], layout, at: position, codes: &codes) {
                return reason
            }
        }
        return values.count > positions.count ? "there are more values than columns" : nil
    }

    /// Why the column at this position cannot hold the value, its code list looked up; nil if it
    /// can.
    package func refusal(
        of value: Value, _ layout: TableLayout, at position: Int, codes: inout KnownCodes
    ) throws -> String? {
        switch layout.checks[position].judge(value) {
        case .fits: return nil
        case .isCode(let code):
            if codes.contains(code, of: position, in: layout.table.number) { return nil }
            let column = layout.table.columns[position]
            guard case .codeList(let list) = column.limit else { return nil }
            guard try isCode(code, of: list) else {
                return column.refusal(ofUnknownCode: code)
            }
            codes.insert(code, of: position, in: layout.table.number)
            return nil
        case .unknown: return layout.table.columns[position].refusal(of: value)
        }
    }

    /// Whether the code stands in the list.
    package func isCode(_ code: String, of list: String) throws -> Bool {
        guard let source = schema.codes else { return true }
        return try db.integer(
            "SELECT 1 FROM \(SQL.name(source.table)) WHERE \(SQL.name(source.list)) = ?"
                + " AND \(SQL.name(source.code)) = ? LIMIT 1", .text(list), .text(code)) == 1
    }

    /// Throws `StoreError.unknownCode` for the first row in `pending` after `seq` with a code that
    /// is in no list: the library's check before a write is committed.
    package func checkCodes(after seq: Int64) throws {
        guard schema.codes != nil else { return }
        let entries = try db.rows(
            "SELECT tab, row, registers FROM pending WHERE seq > ? AND tab > 0", .integer(seq)
        ) {
            (
                table: Int($0.integer(0)), id: $0.text(1),
                entry: PendingEntry(registers: $0.integer(2), base: nil)
            )
        }
        for (number, id, entry) in entries {
            guard let layout = layouts[number], let row = try read(layout, id: id) else { continue }
            for (index, column) in layout.table.columns.enumerated() {
                guard case .codeList(let list) = column.limit,
                    case .text(let code) = row.columns[index],
                    layout.table.isWritten(column, by: entry), try !isCode(code, of: list)
                else { continue }
                throw StoreError.unknownCode(
                    table: layout.table.name, column: column.name, code: code)
            }
        }
    }

    private func whole(_ reason: RefusalReason, _ detail: String) -> ChangeRefusal {
        ChangeRefusal(register: 0, reason: reason, detail: detail)
    }
}

extension Schema.Table {
    /// Whether a write of this row wrote the column. What stands in the others may be a code that
    /// this office does not know yet, or one that another program wrote.
    fileprivate func isWritten(_ column: Schema.Column, by entry: PendingEntry) -> Bool {
        guard case .writes(let registers) = entry else { return true }
        return self.registers.contains { register in
            registers[register.number] != nil && register.columns.contains(column.name)
        }
    }
}

extension Schema.Column {
    /// Whether a change must say its value: only a constant default can stand in for it. The date
    /// and the time are the writing machine's, which the reader of a change cannot know.
    fileprivate var mustBeGiven: Bool {
        guard isRequired else { return false }
        if case .value = self.default { return false }
        return true
    }
}
