internal import RientroProtocol
internal import RientroSQLite

/// An object of `sqlite_schema` that the store makes: its name and the text that makes it.
package struct SchemaObject: Equatable, Sendable {
    /// `table`, `index`, `view` or `trigger`, as in `sqlite_schema.type`.
    package let type: String
    /// Its name.
    package let name: String
    /// The statement, as SQLite stores it.
    package let sql: String
}

/// The replicated tables as SQL.
///
/// WITHOUT ROWID is a part of the guard: in a rowid table `REPLACE INTO t(rowid, id …)` with
/// another row's rowid deletes that row without any trigger
/// (<https://www.sqlite.org/lang_conflict.html>).
enum TableDDL {
    /// Milliseconds since 1970, by SQL's clock.
    static let now = "CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER)"

    /// A UUIDv7 (RFC 9562) in built-in SQL.
    static let newID =
        "substr(printf('%012x', \(now)), 1, 8) || '-' || substr(printf('%012x', \(now)), 9, 4)"
        + " || '-7' || substr(lower(hex(randomblob(2))), 2) || '-'"
        + " || substr('89ab', 1 + (random() & 3), 1) || substr(lower(hex(randomblob(2))), 2)"
        + " || '-' || lower(hex(randomblob(6)))"

    /// The table itself.
    static func table(_ table: Schema.Table) -> SchemaObject {
        let id = table.kind == .reference ? "" : " DEFAULT (\(newID))"
        let form =
            table.kind == .reference
            ? constraint(
                "id must be 1 to \(Limits.referenceKeyBytesMax) of A-Z a-z 0-9 - _",
                ColumnCheckSQL.isKey("id"))
            : constraint("id must be a UUID in lower case", ColumnCheckSQL.isUUID("id"))
        var lines = ["id TEXT NOT NULL PRIMARY KEY\(id)\(form)"]
        lines += table.columns.map(column)
        lines += TableLayout.stampColumns(table).map { "\($0) INTEGER" }
        let body = lines.map { "  " + $0 }.joined(separator: ",\n")
        return SchemaObject(
            type: "table", name: table.name,
            sql: "CREATE TABLE \(SQL.name(table.name))(\n\(body)\n) STRICT, WITHOUT ROWID")
    }

    /// The index by which rows are found under their parent or portfolio, and those of the schema.
    static func indexes(_ schema: Schema) -> [SchemaObject] {
        var seen = Set<[String]>()
        var wanted: [(String, [String])] = []
        for table in schema.allTables {
            switch table.routing {
            case .portfolio(let column), .parent(_, let column):
                wanted.append((table.name, [column]))
            case .unit(let unitTable, let unitID):
                wanted.append((table.name, [unitID, unitTable]))
            case .everyone, .children: break
            }
            // A parent's children are looked for by the column that names it.
            if case .children(let child, let column) = table.routing {
                wanted.append((child, [column]))
            }
        }
        wanted += schema.indexes.map { ($0.table, $0.columns) }
        var names = Set<String>()
        return wanted.compactMap { table, columns in
            guard seen.insert([table] + columns).inserted else { return nil }
            let joined = (["rientro", table] + columns).joined(separator: "_")
            // Of (a, b_c) and (a_b, c) the second gets a number; the first stays as it always was.
            var name = joined
            var number = 1
            while !names.insert(name).inserted {
                number += 1
                name = "\(joined)_\(number)"
            }
            let list = columns.map(SQL.name).joined(separator: ", ")
            return SchemaObject(
                type: "index", name: name,
                sql: "CREATE INDEX \(SQL.name(name)) ON \(SQL.name(table))(\(list))")
        }
    }

    /// The views that people read.
    static func views(_ schema: Schema) -> [SchemaObject] {
        ([SystemTables.conflicts] + schema.views).map { view in
            SchemaObject(
                type: "view", name: view.name,
                sql: "CREATE VIEW \(SQL.name(view.name)) AS \(view.select)")
        }
    }

    private static func column(_ column: Schema.Column) -> String {
        var text = "\(SQL.name(column.name)) \(column.type.rawValue.uppercased())"
        if column.isRequired { text += " NOT NULL" }
        switch column.default {
        case .none: break
        case .value(let value): text += " DEFAULT \(literal(value))"
        case .today: text += " DEFAULT (date('now', 'localtime'))"
        case .now: text += " DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))"
        }
        return text + (ColumnCheckSQL.text(of: column).map { constraint(column.demand, $0) } ?? "")
    }

    /// A CHECK with its demand as its name: SQLite says the name of the one that failed.
    static func constraint(_ demand: String, _ check: String) -> String {
        " CONSTRAINT \(SQL.name(demand)) CHECK (\(check))"
    }

    static func literal(_ value: Value) -> String {
        switch value {
        case .null: "NULL"
        case .integer(let number): integer(number)
        case .text(let text): SQL.text(text)
        case .blob(let bytes): SQL.blob(bytes)
        }
    }

    /// The most negative integer has no literal of its own in SQL.
    static func integer(_ number: Int64) -> String {
        number == .min ? "(-9223372036854775807 - 1)" : "\(number)"
    }
}
