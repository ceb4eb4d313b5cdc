internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// What the engine left to people: values in conflict, and rows that it refused.
extension ReviewSearch {
    /// Open conflicts: of each register the oldest.
    func conflicts() throws -> [ReviewEntry] {
        try db.rows(
            """
            SELECT c.id, c.unit_table, c.unit_id, c.row_table, c.row_id, c.register, c.won, c.lost,
              date(c.noticed_at, 'localtime'), \(Self.author("won")), \(Self.moment("won")),
              \(Self.author("lost")), \(Self.moment("lost"))
            FROM (\(Self.rankedConflicts)) AS c WHERE place <= ?2 ORDER BY c.id
            """, .text(day.date), .integer(perGroupMax)
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

    /// The conflicts up to a day, each with its place among those of its register and author.
    private static let rankedConflicts = """
        SELECT *, row_number() OVER (
          PARTITION BY row_table, register, lost_stamp & \(Limits.replicaNumberMax) ORDER BY id)
          AS place
        FROM main.conflicts WHERE date(noticed_at, 'localtime') <= ?1
        """

    /// Conflicts that are counted only.
    func conflictsLeftOut() throws -> [ReviewRest] {
        try db.rows(
            """
            SELECT coalesce(r.name, ''), c.row_table || '.' || c.register,
              date(c.noticed_at, 'localtime') AS since, count(*), r.number
            FROM (\(Self.rankedConflicts)) AS c
            LEFT JOIN main.replica AS r ON r.number = c.lost_stamp & \(Limits.replicaNumberMax)
            WHERE place > ?2 GROUP BY 1, 2, 3, 5 ORDER BY 1, 2, 3, 5
            """, .text(day.date), .integer(perGroupMax)
        ) { row in
            ReviewRest(
                group: ReviewGroup(kind: .conflict, office: row.text(0), reason: row.text(1)),
                places: try branches(of: row.integer(4)), since: row.text(2),
                count: row.integer(3))
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

    /// The refused rows that wait, each with its place among those of its office, table and reason.
    /// The same row of the same change-set, refused twice, is one. Without what was sent, which
    /// would have to be sorted with them.
    private static let rankedRefusals = """
        SELECT seq, replica, tab, reason, refused_at,
          row_number() OVER (PARTITION BY replica, tab, reason ORDER BY seq) AS place
        FROM (
          SELECT min(seq) AS seq, replica, tab, min(reason) AS reason,
            min(refused_at) AS refused_at
          FROM main.quarantine WHERE closed_at IS NULL
            AND date(refused_at / 1000, 'unixepoch', 'localtime') <= ?1
          GROUP BY replica, n, tab, row, register)
        """

    /// Refused rows that are counted only.
    func refusalsLeftOut() throws -> [ReviewRest] {
        try db.rows(
            """
            SELECT coalesce(r.name, ''), q.replica, q.tab, q.reason,
              date(q.refused_at / 1000, 'unixepoch', 'localtime') AS since, count(*)
            FROM (\(Self.rankedRefusals)) AS q LEFT JOIN main.replica AS r ON r.number = q.replica
            WHERE place > ?2 GROUP BY 2, 3, 4, 5 ORDER BY 2, 3, 4, 5
            """, .text(day.date), .integer(perGroupMax)
        ) { row in
            let office = row.text(0).isEmpty ? "replica \(row.integer(1))" : row.text(0)
            return ReviewRest(
                group: ReviewGroup(
                    kind: .quarantine, office: office,
                    reason: "\(tableName(row.integer(2))): \(row.text(3))"),
                places: try branches(of: row.integer(1)), since: row.text(4),
                count: row.integer(5))
        }
    }

    /// What the schema calls a table; its number where it does not know it.
    private func tableName(_ number: Int64) -> String {
        schema.allTables.first { Int64($0.number) == number }?.name ?? "\(number)"
    }

    /// Refused rows that wait: of each office, table and reason the oldest.
    func quarantine() throws -> [ReviewEntry] {
        var entries: [ReviewEntry] = []
        var known: Set<String> = []
        try db.forEach(
            """
            SELECT q.seq, q.replica, coalesce(r.name, ''), q.n, q.tab, q.row, q.register, q.reason,
              q.detail, q.content, date(q.refused_at / 1000, 'unixepoch', 'localtime') AS day
            FROM (\(Self.rankedRefusals)) AS p JOIN main.quarantine AS q ON q.seq = p.seq
            LEFT JOIN main.replica AS r ON r.number = q.replica
            WHERE p.place <= ?2 ORDER BY q.seq
            """, [.text(day.date), .integer(perGroupMax)]
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
