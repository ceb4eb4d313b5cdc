package import RientroProtocol
package import RientroSQLite

/// What a store found that its callers must know.
package enum StoreError: Error, Equatable, Sendable {
    /// The file has no tables of ours, or others than the schema says; the name of the first that
    /// is missing or differs.
    case notAStore(missing: String)
    /// A tool has rebuilt the table without a column that the engine needs.
    case tableUnusable(table: String, column: String)
    /// The schema's JSON is not readable; the fact.
    case badSchema(String)
    /// The value of this column is not in its code list.
    case unknownCode(table: String, column: String, code: String)
}

/// The replicated tables inside one SQLite file.
///
/// Knows tables and columns only through a `Schema`. Synchronous: no thread, no clock, no network;
/// whoever holds the connection decides about transactions.
package final class Store {
    /// Whose file it is: a replica's has triggers that capture writes, the centre's has none.
    package enum Role: Sendable {
        case replica
        case centre
    }

    /// The connection.
    package let db: Connection
    /// The tables that it holds.
    package let schema: Schema
    /// Their layouts, by number.
    package let layouts: [Int: TableLayout]
    /// Whose file it is.
    let role: Role
    private let numbers: [String: Int]
    private let statements: [Int: TableStatements]
    private let parents: Set<Int>
    /// How many rows were there, or judged, under parents that have a bound of them.
    var crowds = Crowds()
    /// Whether something may wait beside the tables.
    package internal(set) var mayHaveParked: Bool

    /// The store on an open connection whose tables are there already.
    ///
    /// - Parameter isForMerging: whether this connection writes replicated tables inside `quietly`
    ///   alone. Then its statements fire no trigger. Ours would look at each row and do nothing;
    ///   what somebody's own wrote in a merge would be neither stamped nor sent, and one that
    ///   raises would keep out what all others have.
    package init(
        db: Connection, schema: Schema, isForMerging: Bool = false
    ) throws(SQLiteError) {
        self.db = db
        self.schema = schema
        let all = schema.allTables
        let layouts = Dictionary(uniqueKeysWithValues: all.map { ($0.number, TableLayout($0)) })
        self.layouts = layouts
        statements = layouts.mapValues { TableStatements($0, on: db) }
        let numbers = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0.number) })
        self.numbers = numbers
        parents = Set(
            all.compactMap { table in
                if case .parent(let name, _) = table.routing { numbers[name] } else { nil }
            })
        let isReplica = try db.integer(
            "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'me')")
        role = isReplica == 1 ? .replica : .centre
        mayHaveParked = try db.integer("SELECT EXISTS (SELECT 1 FROM parked)") == 1
        #if Mutations
            let areOn = !isForMerging || Mutation.triggersInMerge.isChosen
        #else
            let areOn = !isForMerging
        #endif
        if !areOn { db.setTriggers(areOn: false) }
    }

    /// Every object that a file of this role has.
    package static func objects(_ schema: Schema, role: Role) -> [SchemaObject] {
        var objects = schema.allTables.map(TableDDL.table)
        objects += [ParkedDDL.parked, ParkedDDL.index]
        if role == .replica { objects += ReplicaDDL.all }
        objects += TableDDL.indexes(schema) + TableDDL.views(schema)
        if role == .replica { objects += schema.allTables.flatMap(CaptureDDL.triggers) }
        return objects
    }

    /// Makes all tables, indexes, views and triggers, and writes the version of the file format, in
    /// the caller's transaction. Throws `StoreError.badSchema` for a view that is not one SELECT,
    /// and `SQLiteError`; then the transaction is worth nothing.
    package static func create(on db: Connection, schema: Schema, role: Role) throws {
        try FileFormat.write(role, on: db)
        for object in objects(schema, role: role) { try db.make(object) }
    }

    /// The layout of the table with this name.
    package func layout(named name: String) -> TableLayout? {
        numbers[name].flatMap { layouts[$0] }
    }

    /// Whether other rows may wait for a row of this table: as its children, or as writes of its
    /// registers.
    package func isAwaited(_ layout: TableLayout) -> Bool {
        layout.table.kind != .ledger || parents.contains(layout.table.number)
    }

    /// The prepared statements of a table of this store.
    func statements(_ layout: TableLayout) -> TableStatements {
        guard let known = statements[layout.table.number] else {
            preconditionFailure("a layout is of a table of its store")
        }
        return known
    }

    /// Runs `body` with the triggers silent, in the caller's transaction. No other connection can
    /// see the flag set.
    package func quietly<R>(_ body: () throws -> R) throws -> R {
        precondition(db.isInTransaction, "the flag must never outlive its transaction")
        // Another program may have parked something since.
        mayHaveParked = try db.integer("SELECT EXISTS (SELECT 1 FROM parked)") == 1
        try db.run("UPDATE me SET quiet = 1, noted = NULL")
        do {
            let result = try body()
            try db.run("UPDATE me SET quiet = 0")
            return result
        } catch {
            // The caller may go on in the same transaction, and what it then writes must be noted.
            if db.isInTransaction { try? db.execute("UPDATE me SET quiet = 0") }
            throw error
        }
    }
}
