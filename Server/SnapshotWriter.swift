package import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// Writes the file that a new replica begins with, by inserting into a new file: what was never
/// written to it cannot be found in it, as it could in the free pages of a copy.
///
/// Tables first, then rows, then indexes, and triggers last: so the rows go in sorted and fast, and
/// nothing is captured as a write of the office.
package struct SnapshotWriter {
    private let source: CentreEngine
    private let path: String
    private let vfs: String?

    /// - Parameters:
    ///   - source: an engine on a connection of its own, which is left with a file attached.
    ///   - path: an empty file.
    ///   - vfs: the VFS of both files; nil: the system's.
    package init(_ source: CentreEngine, path: String, vfs: String? = nil) {
        self.source = source
        self.path = path
        self.vfs = vfs
    }

    /// Writes what is in these portfolios and returns the cursor up to which it is. Throws
    /// `SQLiteError`.
    package func write(portfolios: [String]) throws -> Cursor {
        let schema = source.store.schema
        let objects = Store.objects(schema, role: .replica)
        try make(objects.filter { $0.type == "table" })
        let cursor = try fill(portfolios: portfolios)
        try make(objects.filter { $0.type != "table" }) { db in
            try FileFormat.write(.replica, on: db)
            try Store(db: db, schema: schema).setCursor(cursor)
        }
        return cursor
    }

    /// The file is nobody's yet, and is thrown away if the machine stops: no journal is needed.
    private func make(
        _ objects: [SchemaObject], then body: (Connection) throws -> Void = { _ in }
    ) throws {
        let db = try Connection(path: path, mode: .readWrite, vfs: vfs)
        try db.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        try db.execute("PRAGMA cache_size = -\(Self.cacheKibibytes)")
        try db.transaction {
            for object in objects where object.type != "trigger" { try db.make(object) }
            try body(db)
            for object in objects where object.type == "trigger" { try db.make(object) }
        }
    }

    /// Copies the rows, in one read transaction of the centre's file, and returns its cursor. Names
    /// without a schema are the centre's, which is the connection's main database.
    private func fill(portfolios: [String]) throws -> Cursor {
        let db = source.db
        try db.execute("ATTACH DATABASE \(SQL.text(path)) AS snapshot")
        try db.execute(
            "PRAGMA snapshot.journal_mode = OFF; PRAGMA snapshot.synchronous = OFF")
        // The rows have passed the same checks here, and every office checks the file that it gets.
        try db.execute("PRAGMA ignore_check_constraints = ON")
        return try db.transaction(.deferred) {
            let cursor = try source.cursor()
            let isMost = try isMost(portfolios)
            for layout in source.store.layouts.values.sorted(by: {
                $0.table.number < $1.table.number
            }) {
                try copy(layout, portfolios: portfolios, isMost: isMost)
            }
            return cursor
        }
    }

    /// Memory for the pages that an index is sorted in, in KiB: enough for an ordinary portfolio,
    /// and above that only slower.
    private static let cacheKibibytes = 16 << 10

    /// From this share of the centre's rows on, 1 in so many, a table is read from beginning to
    /// end: finding a row by an index and sorting it costs about four times as much.
    private static let readingShare: Int64 = 4

    /// Whether so much of the centre is in these portfolios that its tables are better read whole.
    private func isMost(_ portfolios: [String]) throws -> Bool {
        var (held, all): (Int64, Int64) = (0, 0)
        for table in source.store.schema.tables {
            guard case .portfolio(let column) = table.routing else { continue }
            let name = SQL.name(table.name)
            all += try source.db.integer("SELECT count(*) FROM main.\(name)") ?? 0
            for portfolio in portfolios {
                held +=
                    try source.db.integer(
                        "SELECT count(*) FROM main.\(name) WHERE \(SQL.name(column)) = ?",
                        .text(portfolio)) ?? 0
            }
        }
        return held * Self.readingShare >= all
    }

    private func copy(
        _ layout: TableLayout, portfolios: [String], isMost: Bool
    ) throws {
        let table = SQL.name(layout.table.name)
        let columns = try source.db.rows(
            "SELECT name FROM pragma_table_info(?) ORDER BY cid", .text(layout.table.name)
        ) { SQL.name($0.text(0)) }.joined(separator: ", ")
        let isEveryones = layout.table.routing == .everyone
        for portfolio in isEveryones ? [""] : portfolios {
            let condition = try PortfolioCondition(source.store).sql(layout.table, portfolio: "?1")
            // A debtor of two portfolios comes with each of them. IS TRUE keeps SQLite from using
            // an index.
            try source.db.run(
                """
                INSERT INTO snapshot.\(table)(\(columns))
                SELECT \(columns) FROM main.\(table)
                WHERE (\(condition))\(isMost ? " IS TRUE" : "") AND ?1 = ?1
                ORDER BY id ON CONFLICT(id) DO NOTHING
                """, .text(portfolio))
        }
        #if Mutations
            if Mutation.snapshotWithoutShared.isChosen, case .children = layout.table.routing {
                try source.db.run(
                    """
                    DELETE FROM snapshot.\(table) WHERE id IN (
                      SELECT unit_id FROM main.route GROUP BY unit_id HAVING count(*) > 1)
                    """)
            }
            if Mutation.snapshotWithoutConflicts.isChosen, case .unit = layout.table.routing {
                try source.db.run("DELETE FROM snapshot.\(table)")
            }
        #endif
    }
}
