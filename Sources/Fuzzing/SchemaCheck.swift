import RientroProtocol
import RientroSQLite
import RientroStore

/// A schema as JSON: what is taken is written and read as the same, keeps the rules, and makes the
/// tables of an office's file and of a centre's.
struct SchemaCheck: FuzzCheck {
    /// Making tables takes a hundred times as long as reading, so it is done for one in so many.
    private let tablesOneIn: UInt64

    init(tablesOneIn: UInt64) { self.tablesOneIn = tablesOneIn }

    func check(_ input: [UInt8]) throws(BrokenClaim) {
        let schema: Schema
        do {
            schema = try Schema(json: input)
        } catch {
            try claim(error is StoreError || error is SchemaError, "an error is ours: \(error)")
            return
        }
        let json = try written(schema)
        do {
            let again = try Schema(json: json)
            try claim(again == schema, "what is written is read as the same")
            try claim(written(again) == json, "a schema has one form")
        } catch let error as BrokenClaim {
            throw error
        } catch {
            throw BrokenClaim("what is written can be read: \(error)")
        }
        try checkRules(schema)
        let digest = json.reduce(UInt64(json.count)) { $0 &* 31 &+ UInt64($1) }
        // The text of a view is SQL, which only SQLite can judge: without them.
        if digest % tablesOneIn == 0, schema.views.isEmpty { try checkTables(schema) }
    }

    private func written(_ schema: Schema) throws(BrokenClaim) -> [UInt8] {
        do { return try schema.json() } catch {
            throw BrokenClaim("a schema can be written: \(error)")
        }
    }

    private func checkRules(_ schema: Schema) throws(BrokenClaim) {
        try claim(
            (1...Limits.schemaVersionMax).contains(schema.version)
                && (1...Limits.tablesMax).contains(schema.tables.count), "so many tables at most")
        let names = schema.allTables.map(\.name) + schema.views.map(\.name)
        try claim(Set(names).count == names.count, "a name stands once")
        let numbers = schema.allTables.map(\.number)
        try claim(
            Set(numbers).count == numbers.count
                && numbers.allSatisfy { (1...Limits.permanentNumberMax).contains($0) },
            "a number stands once")
        for table in schema.tables {
            try claim(table.columns.count <= Limits.columnsMax, "so many columns at most")
            let grouped = table.registers.flatMap(\.columns)
            try claim(Set(grouped).count == grouped.count, "a column is in one register")
            try claim(
                grouped.allSatisfy { table.column($0) != nil }, "a register has columns of its own")
            for column in table.columns {
                guard case .value(let value) = column.default else { continue }
                try claim(column.refusal(of: value) == nil, "a default is what the column takes")
            }
        }
    }

    private func checkTables(_ schema: Schema) throws(BrokenClaim) {
        for role in [Store.Role.replica, .centre] {
            do {
                let db = try Connection(path: ":memory:")
                try Store.create(on: db, schema: schema, role: role)
                _ = try Store(db: db, schema: schema)
            } catch {
                throw BrokenClaim("a schema makes tables: \(error)")
            }
        }
    }
}
