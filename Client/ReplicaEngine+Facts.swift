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

    /// The centre's time minus this machine's, in milliseconds, as the triggers use it.
    func clockOffset() throws -> Int64 { try db.integer("SELECT \"offset\" FROM me") ?? 0 }

    /// How many rows are in the `count` change-sets from `number` on.
    func rows(from number: Int64, count: Int) throws -> Int {
        Int(
            try db.integer(
                "SELECT coalesce(sum(rows), 0) FROM outbox WHERE n >= ? AND n < ?",
                .integer(number), .integer(number + Int64(count))) ?? 0)
    }

    /// Rows that are pending or sealed, and that the centre has not acknowledged.
    func onTheWay() throws -> Int {
        Int(try pendingRowCount() + unacknowledgedCount("sum(rows)"))
    }

    /// Rows with a write that is not sealed.
    func pendingRowCount() throws -> Int64 {
        try db.integer(
            "SELECT count(*) FROM (SELECT DISTINCT tab, row FROM pending WHERE tab > 0)") ?? 0
    }

    /// An aggregate over the change-sets that the centre has not acknowledged.
    func unacknowledgedCount(_ aggregate: StaticString) throws -> Int64 {
        try db.integer(
            """
            SELECT coalesce(\(aggregate), 0) FROM outbox
            WHERE n > (SELECT acknowledged FROM office)
            """) ?? 0
    }
}
