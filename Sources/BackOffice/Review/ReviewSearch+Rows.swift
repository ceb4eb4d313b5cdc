internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// What the engine left to people: values in conflict, and rows that it refused.
extension ReviewSearch {
    /// Open conflicts.
    func conflicts() throws -> [ReviewEntry] {
        try db.rows(
            """
            SELECT c.id, c.unit_table, c.unit_id, c.row_table, c.row_id, c.register, c.won, c.lost,
              date(c.noticed_at, 'localtime'), \(Self.author("won")), \(Self.moment("won")),
              \(Self.author("lost")), \(Self.moment("lost"))
            FROM main.conflicts AS c
            WHERE date(c.noticed_at, 'localtime') <= ? ORDER BY c.id
            """, .text(day.date)
        ) { row in
            let (table, id, name) = (row.text(3), row.text(4), row.text(5))
            let columns = columns(of: name, in: table)
            let (won, lost) = (row.text(6), row.text(7))
            let stands = try standing(columns, of: table, id)
            var facts = [ReviewFact("register", "\(table).\(name)"), ReviewFact("row", id)]
            facts.note("won", StoredRegister(won).shown(columns))
            facts.note("won_by", row.text(9))
            facts.note("won_at", row.text(10))
            facts.note("lost", StoredRegister(lost).shown(columns))
            facts.note("lost_by", row.text(11))
            facts.note("lost_at", row.text(12))
            // Somebody wrote a third value since, having seen the one that won.
            if let stands, stands != StoredRegister(won) {
                facts.note("stands", stands.shown(columns))
            }
            return ReviewEntry(
                kind: .conflict, key: ReviewEntry.key(.conflict, [.text(row.text(0))]),
                places: try places(unit: row.integer(1), row.text(2)), since: row.text(8),
                facts: facts, subjects: [row.text(0)])
        }
    }

    /// Whose value it is, by the number in its stamp.
    private static func author(_ side: String) -> String {
        """
        CASE c.\(side)_stamp & \(Limits.replicaNumberMax) WHEN 0 THEN 'the centre' ELSE coalesce(
          (SELECT r.name FROM main.replica AS r
            WHERE r.number = c.\(side)_stamp & \(Limits.replicaNumberMax)),
          'replica ' || (c.\(side)_stamp & \(Limits.replicaNumberMax))) END
        """
    }

    /// When it was written, local, to the minute.
    private static func moment(_ side: String) -> String {
        "strftime('%Y-%m-%d %H:%M', (c.\(side)_stamp >> 20) / 1000, 'unixepoch', 'localtime')"
    }

    private func places(unit table: Int64, _ id: String) throws -> [ReviewPlace] {
        guard let name = schema.tables.first(where: { Int64($0.number) == table })?.name else {
            return []
        }
        return try places(name, row: id)
    }

    private func columns(of register: String, in table: String) -> [String] {
        schema.tables.first { $0.name == table }?.registers.first { $0.name == register }?.columns
            ?? []
    }

    /// What stands in the row; nil where it is not there.
    private func standing(
        _ columns: [String], of table: String, _ id: String
    ) throws -> StoredRegister? {
        guard !columns.isEmpty else { return nil }
        let list = columns.map(SQL.name).joined(separator: ", ")
        return try db.first(
            "SELECT \(list) FROM main.\(SQL.name(table)) WHERE id = ?", .text(id)
        ) { row in StoredRegister(values: columns.indices.map { row.value($0) }) }
    }

    /// Refused rows that wait. The same row of the same change-set, refused twice, is one entry.
    func quarantine() throws -> [ReviewEntry] {
        var entries: [ReviewEntry] = []
        var known: Set<String> = []
        try db.forEach(
            """
            SELECT q.seq, q.replica, coalesce(r.name, ''), q.n, q.tab, q.row, q.register, q.reason,
              q.detail, q.content, date(q.refused_at / 1000, 'unixepoch', 'localtime') AS day
            FROM main.quarantine AS q LEFT JOIN main.replica AS r ON r.number = q.replica
            WHERE q.closed_at IS NULL
              AND date(q.refused_at / 1000, 'unixepoch', 'localtime') <= ? ORDER BY q.seq
            """, [.text(day.date)]
        ) { row in
            let key = ReviewEntry.key(
                .quarantine,
                [
                    .integer(row.integer(1)), .integer(row.integer(3)), .integer(row.integer(4)),
                    .text(row.text(5)), .integer(row.integer(6)),
                ])
            guard known.insert(key).inserted else { return }
            entries.append(try refusal(row, key: key))
        }
        return entries
    }

    private func refusal(_ row: Statement, key: String) throws -> ReviewEntry {
        let number = Int(clamping: row.integer(4))
        let table = schema.allTables.first { $0.number == number }
        let office = row.text(2)
        var facts: [ReviewFact] = []
        facts.note("office", office.isEmpty ? "replica \(row.integer(1))" : office)
        facts.note("table", table?.name ?? "\(number)")
        facts.note("row", row.text(5))
        let register = table?.registers.first { $0.number == Int(clamping: row.integer(6)) }
        facts.note("register", register?.name)
        facts.note("reason", row.text(7))
        facts.note("detail", row.text(8))
        let sent = table.map { SentRow(row.blob(9), $0) }
        for (column, value) in sent?.values ?? [] {
            facts.note("sent_\(column)", StoredRegister.shown(value))
        }
        var places = try table.map { try self.places($0.name, row: row.text(5)) } ?? []
        if let account = sent?.text("account_id"), let place = try place(account: account) {
            places = [place]
        } else if let debtor = sent?.text("debtor_id"), places.isEmpty {
            places = try self.places(debtor: debtor)
        }
        // Then it is at least known whose row it is.
        if places.isEmpty { places = try branches(of: row.integer(1)) }
        let isMoney = table?.name == "payment" || table?.name == "promise"
        return ReviewEntry(
            kind: .quarantine, key: key, places: places, since: row.text(10),
            amount: isMoney ? sent?.integer("amount") : nil,
            currency: isMoney ? sent?.text("currency") : nil, facts: facts,
            subjects: ["\(row.integer(0))"])
    }

    private func branches(of replica: Int64) throws -> [ReviewPlace] {
        try db.rows(
            """
            SELECT portfolio FROM main.replica_portfolio WHERE replica = ? ORDER BY portfolio
            """, .integer(replica)
        ) { ReviewPlace(account: "", caseRef: "", branch: $0.text(0), creditor: "") }
    }
}
