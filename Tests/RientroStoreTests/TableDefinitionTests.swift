import Portfolio
import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@Suite("The tables as SQL")
struct TableDefinitionTests {
    static let schemas = [try? BoxSchema.make(), try? DebtorPortfolio.schema()].compactMap { $0 }

    @Test("every object can be made and prepared, and stands in the file as it is written here")
    func prepared() throws {
        #expect(Self.schemas.count == 2)
        for schema in Self.schemas {
            for role in [Store.Role.replica, .centre] {
                let db = try Connection(path: ":memory:")
                try db.transaction { try Store.create(on: db, schema: schema, role: role) }
                let objects = Store.objects(schema, role: role)
                #expect(Set(objects.map(\.name)).count == objects.count)
                for object in objects {
                    let sql = try db.text(
                        "SELECT sql FROM sqlite_schema WHERE type = ? AND name = ?",
                        .text(object.type), .text(object.name))
                    #expect(sql == object.sql)
                    if object.type == "view" || object.type == "table" {
                        _ = try db.statement("SELECT * FROM \(SQL.name(object.name))")
                    }
                }
                let count = try db.integer(
                    "SELECT count(*) FROM sqlite_schema WHERE sql IS NOT NULL")
                #expect(count == Int64(objects.count))
            }
        }
    }

    @Test("two indexes have two names, whatever their columns are called")
    func indexNames() throws {
        let columns = ["a", "b_c", "a_b", "c"].enumerated().map {
            Schema.Column(number: $0.offset + 2, name: $0.element, type: .text)
        }
        let up = Schema.Column(number: 1, name: "place_id", type: .text, isRequired: true)
        let box = Schema.Table(
            number: 10, name: "box", kind: .record, insertedBy: .centre,
            routing: .portfolio(column: "place_id"), columns: [up],
            registers: [.init(number: 1, name: "place_id", writer: .centre)])
        let mark = Schema.Table(
            number: 11, name: "mark", kind: .ledger,
            routing: .parent(table: "box", column: "place_id"), columns: [up] + columns)
        let schema = try Schema(
            name: "twins", version: 1, tables: [box, mark],
            indexes: [
                .init(table: "mark", columns: ["a", "b_c"]),
                .init(table: "mark", columns: ["a_b", "c"]),
            ])
        let db = try Connection(path: ":memory:")
        try Store.create(on: db, schema: schema, role: .replica)
        let names = Store.objects(schema, role: .replica).filter { $0.type == "index" }.map(\.name)
        #expect(names.contains("rientro_mark_a_b_c"))
        #expect(names.contains("rientro_mark_a_b_c_2"))
        #expect(Set(names).count == names.count)
    }

    @Test("replicated tables are strict and have no rowid")
    func strict() throws {
        for schema in Self.schemas {
            let objects = Store.objects(schema, role: .replica)
            for table in schema.allTables {
                let sql = objects.first { $0.type == "table" && $0.name == table.name }?.sql
                #expect(sql?.hasSuffix("STRICT, WITHOUT ROWID") == true, "\(table.name)")
            }
        }
    }

    @Test("triggers and indexes carry our prefix; tables and views have the schema's names")
    func names() throws {
        let schema = try BoxSchema.make()
        for object in Store.objects(schema, role: .replica) {
            let isPrefixed = object.name.hasPrefix("rientro_")
            #expect(
                isPrefixed == (object.type == "trigger" || object.type == "index"), "\(object.name)"
            )
        }
    }

    @Test("the centre's file has no triggers")
    func centre() throws {
        let objects = Store.objects(try BoxSchema.make(), role: .centre)
        #expect(objects.filter { $0.type == "trigger" } == [])
        #expect(objects.allSatisfy { !["me", "pending", "refused"].contains($0.name) })
    }

    @Test("no index is unique but that of the id")
    func noUniqueIndex() throws {
        let db = try Connection(path: ":memory:")
        let schema = try DebtorPortfolio.schema()
        try db.transaction { try Store.create(on: db, schema: schema, role: .replica) }
        for table in schema.allTables.map(\.name) + ["pending"] {
            let unique = try db.rows(
                "SELECT origin FROM pragma_index_list(?) WHERE \"unique\"", .text(table)
            ) { $0.text(0) }
            #expect(unique == (table == "pending" ? [] : ["pk"]), "\(table)")
        }
    }

    @Test("an id made by SQL is a UUIDv7 in lower case, of now, and no two are the same")
    func ids() throws {
        let file = try BoxFile()
        try file.db.execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
            INSERT INTO mark(lid_id, amount) SELECT 'l', i FROM n
            """)
        let ids = try file.db.rows("SELECT id FROM mark") { $0.text(0) }
        #expect(ids.count == 500)
        for id in ids {
            #expect(RowID.isUUID(id))
            let digits = Array(id.utf8)
            #expect(digits[14] == UInt8(ascii: "7"))
            #expect("89ab".utf8.contains(digits[19]))
            let time = try #require(Int64(id.prefix(8) + id.dropFirst(9).prefix(4), radix: 16))
            let now = try #require(
                try file.db.integer("SELECT CAST(strftime('%s', 'now') AS INTEGER) * 1000"))
            #expect(abs(now - time) < 60_000)
        }
    }

    @Test("names and texts are quoted as SQLite reads them")
    func quoting() throws {
        let db = try Connection(path: ":memory:")
        for text in [
            "", "it's", "'", "''", "it'\u{301}s", "\"", "a\"\u{301}b", "\u{1F1EE}\u{1F1F9}'",
        ] {
            #expect(try db.text("SELECT \(SQL.text(text)) || ''") == text)
            let name = "n" + text
            try db.execute("CREATE TABLE \(SQL.name(name))(a)")
            #expect(
                try db.integer("SELECT count(*) FROM sqlite_schema WHERE name = ?", .text(name))
                    == 1)
        }
        #expect(try db.text("SELECT hex(\(SQL.blob([0, 15, 255])))") == "000FFF")
    }
}
