import Foundation
import RientroSQLite
import Testing

@Suite("Making an object of a schema from elsewhere")
struct DefineTests {
    private func objects(_ db: Connection) throws -> [String] {
        try db.rows("SELECT name FROM sqlite_schema ORDER BY name") { $0.text(0) }
    }

    private func prepared() throws -> Connection {
        let db = try Connection(path: ":memory:")
        try db.execute("CREATE TABLE money(amount INTEGER); INSERT INTO money VALUES (5)")
        return db
    }

    @Test("each kind is made by its own statement, with blanks and comments around it")
    func kinds() throws {
        let db = try prepared()
        try db.define(.table, name: "t", sql: "CREATE TABLE \"t\"(a INTEGER PRIMARY KEY) STRICT")
        try db.define(.index, name: "i", sql: "CREATE INDEX i ON money(abs(amount));; -- over\n")
        try db.define(.view, name: "v", sql: "/* a view */ CREATE VIEW v AS SELECT 1 AS one")
        try db.define(
            .trigger, name: "g",
            sql: "CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM money; END")
        #expect(try objects(db) == ["g", "i", "money", "t", "v"])
        try db.execute("DELETE FROM money")
        #expect(try db.integer("SELECT one FROM v") == 1, "the door is open again")
    }

    @Test(
        "what else a text asks for is not done, and nothing of it is",
        arguments: [
            "CREATE VIEW v AS SELECT 1; DELETE FROM money",
            "CREATE VIEW v AS SELECT 1; CREATE TABLE x(a)",
            "CREATE VIEW v AS SELECT 1;\n/* */ SELECT 2",
            "CREATE VIEW v AS SELECT 1; DROP TABLE money", "DELETE FROM money",
            "CREATE VIEW other AS SELECT 1", "CREATE TABLE v(a)", "CREATE TEMP VIEW v AS SELECT 1",
            "CREATE INDEX v ON money(amount)", "DROP TABLE money", "ATTACH ':memory:' AS v",
            "PRAGMA user_version = 3", "BEGIN", "VACUUM", "", "  -- nothing", "CREATE VIEW v AS",
            "CREATE VIEW v AS SELECT 1; nonsense",
            "CREATE TRIGGER v AFTER INSERT ON money BEGIN SELECT 1; END",
            "CREATE VIEW v AS SELECT 1\u{0}; DELETE FROM money",
        ])
    func denied(sql: String) throws {
        let db = try prepared()
        #expect(throws: SQLiteError.self) { try db.define(.view, name: "v", sql: sql) }
        #expect(try objects(db) == ["money"])
        #expect(try db.integer("SELECT amount FROM money") == 5)
        #expect(try db.integer("PRAGMA user_version") == 0)
        #expect(!db.isInTransaction)
        try db.execute("CREATE TABLE later(a)")
    }

    @Test("a table, an index and a trigger have their own door too")
    func otherDoors() throws {
        let db = try prepared()
        #expect(throws: SQLiteError.self) {
            try db.define(.table, name: "t", sql: "CREATE TABLE t AS SELECT load_extension('x')")
        }
        #expect(throws: SQLiteError.self) {
            try db.define(.table, name: "t", sql: "CREATE VIEW t AS SELECT 1")
        }
        #expect(throws: SQLiteError.self) {
            try db.define(.index, name: "i", sql: "CREATE INDEX j ON money(amount)")
        }
        #expect(throws: SQLiteError.self) {
            try db.define(
                .trigger, name: "g",
                sql: "CREATE TRIGGER h AFTER INSERT ON money BEGIN SELECT 1; END")
        }
        #expect(throws: SQLiteError.self) {
            try db.define(.table, name: "g", sql: "CREATE VIRTUAL TABLE g USING fts5(a)")
        }
        #expect(try objects(db) == ["money"])
    }

    @Test("views and triggers of a file call nothing that could do harm")
    func trusted() throws {
        let db = try Connection(path: ":memory:")
        #expect(try db.integer("PRAGMA trusted_schema") == 0)
        try db.execute("CREATE VIEW v AS SELECT load_extension('x')")
        #expect(throws: SQLiteError.self) { try db.text("SELECT * FROM v") }
        // Nor where a schema is trusted, in a view or by itself, also after the door of `define`.
        try db.execute("PRAGMA trusted_schema = ON")
        try db.define(.view, name: "w", sql: "CREATE VIEW w AS SELECT json('[]') AS a")
        #expect(try db.text("SELECT a FROM w") == "[]")
        #expect(throws: SQLiteError.self) { try db.text("SELECT * FROM v") }
        #expect {
            try db.text("SELECT LOAD_EXTENSION('x')")
        } throws: {
            ($0 as? SQLiteError)?.message.contains("not authorized to use function") == true
        }
    }

    @Test("a file that does not change is read without anything beside it, whatever its name")
    func unchanging() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "rientro-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("odd ?%41#&é\u{1}.sqlite").path
        do {
            let db = try Connection(path: path)
            try db.execute("PRAGMA journal_mode = WAL; CREATE TABLE t(a); INSERT INTO t VALUES (7)")
        }
        let db = try Connection(path: path, mode: .unchanging)
        #expect(try db.integer("SELECT a FROM t") == 7)
        #expect(throws: SQLiteError.self) { try db.execute("DELETE FROM t") }
        #expect(db.isReadOnly)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.count == 1)
    }
}
