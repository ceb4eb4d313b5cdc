internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// No row blocks another: what is refused waits in quarantine for a person, what came with it is
/// applied.
extension CentreEngine {
    /// Refuses a change as a whole.
    func refuse(
        _ change: RowChange, _ reason: RefusalReason, _ detail: String, _ act: inout Act,
        awaits: String? = nil
    ) throws {
        let register: Int
        let sent: Stamp?
        switch change.content {
        case .ledger: (register, sent) = (0, nil)
        case .record(let birth?, _): (register, sent) = (0, birth.stamp)
        case .record(nil, let writes):
            // Without a birth each register is refused by itself: the row is somebody's.
            for write in writes {
                let single = RowChange(
                    table: change.table, id: change.id,
                    content: .record(birth: nil, writes: [write]))
                try quarantine(single, write.register, reason, detail, act, awaits)
                act.note(
                    OutcomeItem(
                        table: change.table, id: change.id, register: write.register,
                        reason: reason, sent: write.stamp, present: nil, values: nil))
            }
            return
        }
        try quarantine(change, register, reason, detail, act, awaits)
        act.note(
            OutcomeItem(
                table: change.table, id: change.id, register: register, reason: reason,
                sent: sent, present: nil, values: nil))
    }

    /// Refuses one register; the author gets the centre's present value and stamp with it.
    func refuse(
        _ write: RegisterWrite, of change: RowChange, _ layout: TableLayout, _ row: StoredRow?,
        _ refusal: ChangeRefusal, _ act: inout Act
    ) throws {
        let single = RowChange(
            table: change.table, id: change.id, content: .record(birth: nil, writes: [write]))
        try quarantine(single, write.register, refusal.reason, refusal.detail, act, nil)
        let item = OutcomeItem(
            table: change.table, id: change.id, register: write.register, reason: refusal.reason,
            sent: write.stamp, present: nil, values: nil)
        if let row, let index = layout.registerIndex[write.register] {
            act.note(
                item, present: Stamp(rawValue: row.effectiveStamp(index)),
                values: layout.registerColumns[index].map { Value(row.columns[$0]) ?? .null })
        } else {
            act.note(item)
        }
    }

    private func quarantine(
        _ change: RowChange, _ register: Int, _ reason: RefusalReason, _ detail: String,
        _ act: Act, _ awaits: String?
    ) throws {
        try db.run(
            """
            INSERT INTO quarantine(
              replica, n, tab, row, register, reason, detail, content, awaits, refused_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .integer(act.author), .integer(act.changeSet), SQLiteValue(change.table),
            .text(change.id), SQLiteValue(register), .text(reason.code), .text(detail),
            .blob(change.encoded()), SQLiteValue(awaits), .integer(act.time))
    }

    /// Tries again what waited for rows that are new now, as acts of the centre with the original
    /// rows and stamps; what goes through leaves the quarantine.
    func retryQuarantine(born: Set<String>, now: Int64) throws {
        #if Mutations
            if Mutation.waitingForgotten.isChosen { return }
        #endif
        guard !born.isEmpty,
            try db.integer(
                "SELECT 1 FROM quarantine WHERE awaits IS NOT NULL AND closed_at IS NULL LIMIT 1")
                == 1
        else { return }
        var ready = born
        while let id = ready.popFirst() {
            let waiting = try db.rows(
                """
                SELECT seq, replica, n, register, content FROM quarantine
                WHERE awaits = ? AND closed_at IS NULL ORDER BY seq
                """,
                .text(id)
            ) { row -> Waiting? in
                // What cannot be read goes on waiting for a person, and stops no commit.
                guard let change = try? RowChange(decoding: row.blob(4)) else { return nil }
                return Waiting(
                    seq: row.integer(0), replica: row.integer(1), n: row.integer(2),
                    register: Int(row.integer(3)), change: change)
            }
            for case let one? in waiting { ready.formUnion(try retry(one, now: now)) }
        }
    }

    /// A refusal that waits for a row.
    private struct Waiting {
        let seq: Int64
        /// The change-set that it came in.
        let replica: Int64
        let n: Int64
        /// 0: the row as a whole.
        let register: Int
        let change: RowChange
    }

    private func retry(_ waiting: Waiting, now: Int64) throws -> Set<String> {
        var act = Act(
            author: waiting.replica, portfolios: Set(try portfolios(of: waiting.replica)),
            time: try commitTime(now), commit: try cursor().commit + 1, changeSet: waiting.n)
        act.isRetried = true
        // The attempt is undone where the row is refused again: its first entry stands.
        try db.execute("SAVEPOINT retry")
        try apply(waiting.change, claimed: .everyone, to: &act)
        guard act.items.allSatisfy({ $0.reason == nil }), !act.units.isEmpty else {
            try db.execute("ROLLBACK TO retry; RELEASE retry")
            return []
        }
        try db.execute("RELEASE retry")
        _ = try logAct(&act)
        try db.run(
            "UPDATE quarantine SET closed_at = ? WHERE seq = ?", .integer(now),
            .integer(waiting.seq))
        try putRight(outcomeOf: waiting, by: act.items)
        return act.born
    }

    /// From now on the outcome says what has become of it. A file that hears of it only now, such
    /// as one that was put back, may have the row from a commit already: a refusal told after that
    /// would take it out of the file again.
    private func putRight(outcomeOf waiting: Waiting, by items: [OutcomeItem]) throws {
        #if Mutations
            if Mutation.outcomeNotPutRight.isChosen { return }
        #endif
        let stored = try db.first(
            "SELECT outcome FROM change_set WHERE replica = ? AND n = ? AND outcome IS NOT NULL",
            .integer(waiting.replica), .integer(waiting.n)
        ) { try OutcomeItem.decode($0.blob(0)) }
        let others = (stored ?? []).filter { item in
            item.reason == nil || item.table != waiting.change.table
                || item.id != waiting.change.id || item.register != waiting.register
        }
        let all = others + items
        try db.run(
            "UPDATE change_set SET outcome = ? WHERE replica = ? AND n = ?",
            SQLiteValue(all.isEmpty ? nil : OutcomeItem.encode(all)), .integer(waiting.replica),
            .integer(waiting.n))
    }
}
