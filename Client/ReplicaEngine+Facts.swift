internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// What the shell around the engine asks about the file.
extension ReplicaEngine {
    /// The address of the centre.
    func server() throws -> String { try db.text("SELECT server FROM office") ?? "" }

    /// The incarnation id under which the centre knows the present number. Throws `SQLiteError`.
    package func incarnation() throws -> [UInt8] {
        try db.first("SELECT incarnation FROM me") { $0.blob(0) } ?? []
    }

    /// The centre's time minus this machine's, in milliseconds, as the triggers use it; as far as
    /// there are stamps.
    func clockOffset() throws -> Int64 {
        let most = Limits.stampMillisecondsMax
        return min(max(try db.integer("SELECT \"offset\" FROM me") ?? 0, -most), most)
    }

    /// What a person calls this file, to tell it from another of the same office; nil where nobody
    /// has named it.
    package func label() throws -> String? {
        guard try hasColumn("label") else { return nil }
        return FileLabel.cut(try db.text("SELECT label FROM office"))
    }

    /// Names the file.
    func setLabel(_ label: String?) throws {
        _ = try db.transaction { try db.run("UPDATE office SET label = ?", SQLiteValue(label)) }
    }

    /// The number that the file had before the present one; nil where it had none, or nobody noted.
    func succeeds() throws -> Int64? {
        guard try hasColumn("succeeds") else { return nil }
        return try db.integer("SELECT succeeds FROM office")
    }

    /// When the centre last did not know the token, by this machine's clock; nil where it has
    /// known it since.
    func tokenRefused() throws -> Int64? {
        guard try hasColumn("token_refused") else { return nil }
        return try db.integer("SELECT token_refused FROM office")
    }

    /// Notes whether the centre knows the token.
    func note(tokenIsRefused: Bool) throws {
        guard canWrite, try (tokenRefused() != nil) != tokenIsRefused else { return }
        let moment = tokenIsRefused ? try now() : nil
        _ = try db.transaction {
            try db.run("UPDATE office SET token_refused = ?", SQLiteValue(moment))
        }
    }

    /// A file that could only be read may lack what was added later.
    private func hasColumn(_ name: String) throws -> Bool {
        try db.integer(
            "SELECT 1 FROM pragma_table_info('office') WHERE name = ?", .text(name)) == 1
    }

    /// A change-set of the outbox. It was sealed here, so one that cannot be read is damage of the
    /// file, and not the centre's mistake: throws `ReplicaError.damaged`.
    func sealed(_ content: [UInt8]) throws -> ChangeSet {
        do {
            return try ChangeSet(decoding: content)
        } catch {
            throw ReplicaError.damaged(
                path: db.path,
                fact: "a sealed change-set is not readable: \(error.fact.rawValue)")
        }
    }

    /// How many rows are in the `count` change-sets from `number` on.
    func rows(from number: Int64, count: Int) throws -> Int {
        Int(
            try db.integer(
                """
                SELECT coalesce(sum(max(0, min(rows, ?3))), 0) FROM (
                  SELECT rows FROM outbox WHERE n >= ?1 ORDER BY n LIMIT ?2)
                """,
                .integer(number), SQLiteValue(count), SQLiteValue(Self.rowsOfOneMax)) ?? 0)
    }

    /// Rows of one change-set: a byte each at least.
    private static let rowsOfOneMax = Limits.changeSetExpandedBytesMax

    /// Rows that are pending or sealed, and that the centre has not acknowledged.
    func onTheWay() throws -> Int {
        Int(try pendingRowCount() + unacknowledged().rows)
    }

    /// Rows with a write that is not sealed.
    func pendingRowCount() throws -> Int64 {
        try db.integer(
            "SELECT count(*) FROM (SELECT DISTINCT tab, row FROM pending WHERE tab > 0)") ?? 0
    }

    /// The change-sets that the centre has not acknowledged: how many, the rows in them, and
    /// whether a backlog was cut there.
    func unacknowledged() throws -> (count: Int64, rows: Int64, isCut: Bool) {
        try db.first(
            """
            SELECT count(*), coalesce(sum(max(0, min(rows, ?2))), 0), coalesce(max(is_cut), 0)
            FROM outbox WHERE n > ?1
            """, .integer(try acknowledged()), SQLiteValue(Self.rowsOfOneMax)
        ) { ($0.integer(0), $0.integer(1), $0.integer(2) == 1) } ?? (0, 0, false)
    }
}
