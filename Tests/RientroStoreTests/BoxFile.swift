import RientroProtocol
import RientroSQLite
import RientroStore

/// A replica of the boxes in memory.
struct BoxFile {
    let db: Connection
    let store: Store

    init(replica: Int64 = 5, schema: Schema? = nil) throws {
        let db = try Connection(path: ":memory:")
        let schema = try schema ?? BoxSchema.make()
        try db.transaction { try Store.create(on: db, schema: schema, role: .replica) }
        try db.run(
            "INSERT INTO me(one, replica, incarnation) VALUES (1, ?, x'00')", .integer(replica))
        // As the library's merging connection does.
        try db.execute("PRAGMA ignore_check_constraints = ON")
        self.db = db
        store = try Store(db: db, schema: schema)
    }

    /// Writes with the triggers silent.
    func put(_ sql: String) throws {
        try db.transaction { try store.quietly { try db.execute(sql) } }
    }

    /// Merges in a transaction of its own.
    @discardableResult
    func merge(_ changes: [RowChange]) throws -> [MergeResult] {
        try db.transaction { try store.quietly { try changes.map { try store.merge($0) } } }
    }

    func layout(_ table: Schema.Table) throws -> TableLayout {
        guard let layout = store.layouts[table.number] else {
            throw StoreError.notAStore(missing: table.name)
        }
        return layout
    }

    /// A UUID that ends in `end`.
    static func id(_ end: String) -> String {
        let zeros = String(repeating: "0", count: 12 - end.count)
        return "01890000-0000-7000-8000-\(zeros)\(end)"
    }
}
