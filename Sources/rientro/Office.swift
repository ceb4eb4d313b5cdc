import RientroClient

/// An open replica, with the errors of this program in place of the library's.
struct Office: Sendable {
    /// The replica.
    let replica: Replica

    /// Reads on one unchanging state.
    func read<R: Sendable>(
        _ body: @Sendable (Database) throws(OfficeError) -> R
    ) async throws(OfficeError) -> R {
        do {
            return try await replica.read(body)
        } catch {
            throw OfficeError(error)
        }
    }

    /// Writes in one transaction: all of `body`, or nothing.
    func write<R: Sendable>(
        _ body: @Sendable (Database) throws(OfficeError) -> R
    ) async throws(OfficeError) -> R {
        do {
            return try await replica.write(body)
        } catch {
            throw OfficeError(error)
        }
    }

    /// The truth about the file.
    func status() async throws(OfficeError) -> ReplicaStatus {
        do {
            return try await replica.status()
        } catch {
            throw .replica(error)
        }
    }

    /// Whether the file holds the debtor portfolio and not some other tables.
    func hasTrade() async throws(OfficeError) -> Bool {
        try await read { db throws(OfficeError) in try Self.hasTrade(db) }
    }

    /// Throws `.otherSchema` where the file holds other tables than the debtor portfolio's.
    func requireTrade() async throws(OfficeError) {
        try await read { db throws(OfficeError) in
            guard try !Self.hasTrade(db) else { return }
            let name = try db.one("SELECT json_extract(schema, '$.name') AS name FROM office")
            throw .otherSchema(name?["name"].text ?? "unnamed")
        }
    }

    /// The views tell: they are made from the schema, and the commands read nothing else.
    private static func hasTrade(_ db: Database) throws(OfficeError) -> Bool {
        let found = try db.one(
            """
            SELECT count(*) AS n FROM sqlite_schema WHERE type = 'view'
            AND name IN ('accounts', 'debtors', 'debt_items', 'payments', 'promises', 'timeline')
            """)
        return found?["n"].integer == 6
    }
}

extension Database {
    /// All rows of a query.
    func all(_ sql: String, _ values: [SQLValue] = []) throws(OfficeError) -> [Row] {
        do { return try rows(sql, values) } catch { throw .replica(error) }
    }

    /// The first row of a query.
    func one(_ sql: String, _ values: [SQLValue] = []) throws(OfficeError) -> Row? {
        do { return try first(sql, values) } catch { throw .replica(error) }
    }

    /// Runs a statement that changes rows, and gives how many.
    @discardableResult
    func change(_ sql: String, _ values: [SQLValue] = []) throws(OfficeError) -> Int {
        do { return try execute(sql, values) } catch { throw .replica(error) }
    }
}
