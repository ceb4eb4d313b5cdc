internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

extension ReplicaEngine {
    /// Merges what the centre says of one change-set: corrected stamps are taken, refused rows are
    /// moved to `refused`, refused registers go back to the centre's value.
    func merge(_ outcome: Outcome, report: inout MergeReport) throws {
        try tellingItself {
            for item in outcome.items { try merge(item, of: outcome.number, report: &report) }
        }
    }

    private func merge(
        _ item: OutcomeItem, of changeSet: Int64, report: inout MergeReport
    ) throws {
        guard let reason = item.reason else {
            try takePresent(item)
            if item.present == nil {
                // Of a birth: more was written to such rows since than an outcome has room for.
                if item.register == 0 { try add(suspects: [item.table]) }
                try askAgain(item, content: sent(item, changeSet: changeSet))
            }
            report.corrections += 1
            return
        }
        if item.register == 0 {
            try moveToRefused(item, reason: reason, changeSet: changeSet)
            report.refusals += 1
            return
        }
        let content = try sent(item, changeSet: changeSet)
        // Without values it is what the seal set aside, which is kept, and told, already.
        if content?.hasValues != false {
            try refuse(try refusal(item, reason, changeSet, content: content))
            report.refusals += 1
        }
        try takePresent(item)
        try askAgain(item, content: content)
    }

    /// The centre leaves out its present values where there are too many for one outcome: the same
    /// write, sent again, is refused again and brings them. Never where the row itself is missing.
    private func askAgain(_ item: OutcomeItem, content: RowChange?) throws {
        let isTellable =
            switch item.reason {
            case nil, .readOnlyColumn, .badValue, .tooLarge: true
            case .notInPortfolio, .ledgerChanged, .unknownParent: false
            }
        guard isTellable, item.present == nil, let layout = store.layouts[item.table],
            let index = layout.registerIndex[item.register],
            let row = try store.read(layout, id: item.id),
            row.effectiveStamp(index) == item.sent?.rawValue
        else { return }
        var base: Int64?
        if case .record(_, let writes)? = content?.content { base = writes.first?.base?.rawValue }
        try store.noteWrite(
            layout.table, id: item.id, register: layout.table.registers[index], base: base)
    }

    /// Takes the centre's present value and stamp exactly, if the register still has the stamp that
    /// was sent; else a later write is on its way and decides.
    private func takePresent(_ item: OutcomeItem) throws {
        guard let layout = store.layouts[item.table], layout.table.kind != .ledger,
            let own = try store.read(layout, id: item.id), let sent = item.sent?.rawValue,
            let present = item.present?.rawValue
        else { return }
        var row = own
        if item.register == 0 {
            // A register that was as old as the row may have its stamp written out by now.
            for register in row.stamps.indices where row.stamps[register] == sent {
                row.stamps[register] = present
            }
            if row.born == sent { row.born = present }
            for register in row.stamps.indices where row.stamps[register] == row.born {
                row.stamps[register] = nil
            }
            try store.update(layout, id: item.id, row: row)
        } else {
            guard let index = layout.registerIndex[item.register],
                row.effectiveStamp(index) == sent
            else { return }
            row.stamps[index] = present == row.born ? nil : present
            for (position, value) in zip(layout.registerColumns[index], item.values ?? []) {
                row.columns[position] = value.stored
            }
            try update(layout, id: item.id, row: row, from: own, register: index)
        }
    }

    private func moveToRefused(
        _ item: OutcomeItem, reason: RefusalReason, changeSet: Int64
    ) throws {
        let content = try sent(item, changeSet: changeSet)
        guard let layout = store.layouts[item.table],
            let row = try store.read(layout, id: item.id)
        else {
            try refuse(try refusal(item, reason, changeSet, content: content))
            return
        }
        // A ledger row that is not what was sent came with the log, which is right.
        if layout.table.kind == .ledger, let content,
            store.wholeChange(layout, id: item.id, row: row) != content
        {
            try refuse(try refusal(item, reason, changeSet, content: content))
            return
        }
        // The row as it stands: later writes that wait for their turn go with it.
        let own = store.wholeChange(layout, id: item.id, row: row)
        var kept = try refusal(item, reason, changeSet, content: own)
        if own == nil { kept.raw = Self.raw(row.columns) }
        try refuse(kept)
        try store.remove(layout, id: item.id)
        // The centre's row may have come long ago, and nothing would bring it again.
        if reason == .ledgerChanged || reason == .readOnlyColumn { try add(suspects: [item.table]) }
    }

    private func refusal(
        _ item: OutcomeItem, _ reason: RefusalReason, _ changeSet: Int64, content: RowChange?
    ) throws -> Refusal {
        Refusal(
            changeSet: changeSet, table: item.table, id: item.id, register: item.register,
            reason: reason, detail: try detail(of: content, reason), content: content, raw: nil)
    }

    /// What exactly was wrong, which the centre's outcome does not say: the file has the same
    /// schema, and judges what it sent by it. Nil where the file itself finds nothing, such as a
    /// code that it does not know to be gone.
    private func detail(of change: RowChange?, _ reason: RefusalReason) throws -> String? {
        guard let change else { return nil }
        switch reason {
        case .badValue:
            var codes = KnownCodes()
            let found = try store.refusals(of: change, codes: &codes).first { $0.reason == reason }
            return try found?.detail ?? store.strayReference(of: change)
        case .tooLarge:
            return try store.crowding(of: change)
        default:
            return nil
        }
    }

    /// What the change-set said of the row, and of the one register where one is concerned.
    private func sent(_ item: OutcomeItem, changeSet: Int64) throws -> RowChange? {
        guard
            let content = try db.first(
                "SELECT content FROM outbox WHERE n = ?", .integer(changeSet),
                body: { $0.blob(0) })
        else { return nil }
        let set = try sealed(content)
        for unit in try UnitChanges.decode(set.part.content) {
            for change in unit.rows where change.table == item.table && change.id == item.id {
                guard case .record(_, let writes) = change.content, item.register != 0 else {
                    return change
                }
                let concerned = writes.filter { $0.register == item.register }
                return RowChange(
                    table: change.table, id: change.id,
                    content: .record(birth: nil, writes: concerned))
            }
        }
        return nil
    }
}

extension RowChange {
    /// Whether every write carries its values.
    fileprivate var hasValues: Bool {
        guard case .record(_, let writes) = content else { return true }
        return writes.allSatisfy { $0.values != nil }
    }
}
