package import RientroProtocol
package import RientroSQLite
internal import Synchronization

/// Compares our part of `sqlite_schema` with what it should be, and mends it.
///
/// A tool that rebuilds a table (to change a column, say) drops its triggers: whatever was written
/// until they are made anew was not captured, which is why such tables are named.
package struct StoreCheck {
    private let db: Connection
    private let schema: Schema

    /// A check of the replica's file behind `db`.
    package init(db: Connection, schema: Schema) {
        self.db = db
        self.schema = schema
    }

    /// Makes anew what is missing or differs, in a transaction of its own, and returns the numbers
    /// of the tables whose writes may have gone uncaptured. Where nothing differs, nothing is
    /// written.
    ///
    /// Throws `StoreError.notAStore` where a table is not there, `StoreError.tableUnusable` where
    /// one lacks a column.
    ///
    /// - Parameter note: called in that transaction with these numbers, so that they are never
    ///   forgotten once the triggers are back.
    @discardableResult
    package func mend(note: (Set<Int>) throws -> Void = { _ in }) throws -> Set<Int> {
        let expected = Self.expected(schema)
        guard try differs(expected) else { return [] }
        return try db.transaction {
            // Another process may have mended while this one waited for the lock.
            guard try differs(expected) else { return [] }
            let suspects = try rebuild(expected)
            if !suspects.isEmpty { try note(suspects) }
            return suspects
        }
    }

    /// What a replica's file must have. The last schema's is remembered: at every open it is
    /// compared, and making it takes longer than that.
    private static func expected(_ schema: Schema) -> [SchemaObject] {
        if let known = lastMade.withLock({ $0?.schema == schema ? $0?.objects : nil }) {
            return known
        }
        let objects = Store.objects(schema, role: .replica)
        lastMade.withLock { $0 = (schema, objects) }
        return objects
    }

    private static let lastMade = Mutex<(schema: Schema, objects: [SchemaObject])?>(nil)

    private func differs(_ expected: [SchemaObject]) throws -> Bool {
        let present = try present()
        if expected.contains(where: { present[$0.name] != $0 }) { return true }
        let known = Set(expected.map(\.name))
        return present.values.contains {
            $0.type == "trigger" && !known.contains($0.name) && isOurs($0)
        }
    }

    /// Triggers with our prefix that no longer belong to the schema. A person's own triggers stay.
    private func isOurs(_ object: SchemaObject) -> Bool { object.name.hasPrefix("rientro_") }

    private func present() throws -> [String: SchemaObject] {
        Dictionary(try inOrder().map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a })
    }

    /// What is there, the oldest first.
    private func inOrder() throws -> [SchemaObject] {
        try db.rows(
            "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"
        ) {
            SchemaObject(type: $0.text(0), name: $0.text(1), sql: $0.text(2))
        }
    }

    private func rebuild(_ expected: [SchemaObject]) throws -> Set<Int> {
        let old = try inOrder()
        let before = try present()
        let suspects = suspects(expected, before)
        // Views and triggers go first: SQLite refuses to rename a table that a broken one names.
        let derived = before.values.filter { object in
            (object.type == "trigger" && isOurs(object))
                || (object.type == "view" && expected.contains { $0.name == object.name })
        }
        for object in derived {
            try db.execute("DROP \(object.type.uppercased()) \(SQL.name(object.name))")
        }
        for object in expected where object.type == "table" {
            guard let found = before[object.name] else {
                throw StoreError.notAStore(missing: object.name)
            }
            if found.sql != object.sql {
                let number = schema.allTables.first { $0.name == object.name }?.number
                try TableRebuild(db: db, table: object, number: number).run()
            }
        }
        let tables = try present()
        for object in expected where object.type == "index" && tables[object.name] != object {
            try db.execute("DROP INDEX IF EXISTS \(SQL.name(object.name))")
            try db.make(object)
        }
        for object in expected where object.type == "view" || object.type == "trigger" {
            try db.make(object)
        }
        try restoreForeign(old, expected)
        return suspects
    }

    /// Makes again what people had made on a table or view that was made anew, and that SQLite
    /// dropped with it. What does not fit any more is left out: it must not keep the file shut.
    ///
    /// Triggers that are still there are made again too: SQLite runs the newest first, and a
    /// person's must run before ours (`UpdateCaptureDDL`).
    private func restoreForeign(
        _ old: [SchemaObject], _ expected: [SchemaObject]
    ) throws {
        let ours = Set(expected.map(\.name))
        let after = try present()
        let theirs = old.filter { object in
            !ours.contains(object.name) && !isOurs(object)
                && (object.type == "trigger"
                    || (object.type == "index" && after[object.name] == nil))
        }
        for object in theirs {
            try? db.savepoint {
                if after[object.name] != nil {
                    try db.execute("DROP TRIGGER \(SQL.name(object.name))")
                }
                try db.make(object)
            }
        }
    }

    private func suspects(
        _ expected: [SchemaObject], _ present: [String: SchemaObject]
    ) -> Set<Int> {
        var found = Set<Int>()
        for table in schema.allTables {
            let objects = [TableDDL.table(table)] + CaptureDDL.triggers(table)
            if objects.contains(where: { present[$0.name] != $0 }) { found.insert(table.number) }
        }
        return found
    }
}
