import Foundation
import RientroSQLite
import Testing

/// A file of its own for one test, gone with it.
final class TemporaryFile: Sendable {
    let path: String

    init() {
        path =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("rientro-\(UUID().uuidString).db").path
    }

    deinit {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
        }
    }
}

@Suite("A connection")
struct ConnectionTests {
    @Test("every kind of value comes back as it went in")
    func values() throws {
        let db = try Connection(path: ":memory:")
        let values: [SQLiteValue] = [
            nil, 0, .integer(.max), .integer(.min), .real(0.1), "", "perché 🙂", .blob([]),
            .blob([0, 255]),
        ]
        for value in values {
            let back = try db.first("SELECT ?", value) { $0.value(0) }
            #expect(back == value)
        }
    }

    @Test("a text with NUL keeps what follows it")
    func nul() throws {
        let db = try Connection(path: ":memory:")
        #expect(try db.text("SELECT ?", "a\u{0}b") == "a\u{0}b")
        #expect(try db.integer("SELECT length(CAST(? AS BLOB))", "a\u{0}b") == 3)
    }

    @Test("a text that is not UTF-8 keeps its bytes, and is shown with U+FFFD")
    func malformed() throws {
        let db = try Connection(path: ":memory:")
        let (value, shown) = try #require(
            try db.first("SELECT CAST(x'41ff42' AS TEXT)") { ($0.value(0), $0.text(0)) })
        #expect(value == .malformedText([0x41, 0xFF, 0x42]))
        #expect(shown == "A\u{FFFD}B")
    }

    @Test("a statement is prepared once, and forgets its values and its row")
    func cache() throws {
        let db = try Connection(path: ":memory:")
        let first = try db.statement("SELECT ?")
        try first.bind(1, "secret")
        #expect(try first.step())
        let again = try db.statement("SELECT ?")
        #expect(first === again)
        #expect(try again.step())
        #expect(again.isNull(0))
    }

    @Test("what SQLite refuses names code, message and statement, never the values")
    func errors() throws {
        let db = try Connection(path: ":memory:")
        try db.execute("CREATE TABLE t(a INTEGER CHECK (a < 3)) STRICT")
        #expect {
            try db.run("INSERT INTO t VALUES (?)", 99)
        } throws: { error in
            guard let error = error as? SQLiteError else { return false }
            return error.isConstraint && !error.description.contains("99")
                && error.sql == "INSERT INTO t VALUES (?)"
        }
        #expect {
            try db.execute("SELEC 1")
        } throws: { ($0 as? SQLiteError)?.primaryCode == 1 }
        #expect(throws: SQLiteError.self) { try db.statement("-- nothing") }
    }

    @Test("a file that is something else is damaged; one that is not there cannot be opened")
    func notADatabase() throws {
        let file = TemporaryFile()
        #expect {
            try Connection(path: file.path, mode: .readWrite)
        } throws: { ($0 as? SQLiteError)?.isCannotOpen == true }
        try Data(repeating: 65, count: 4096).write(to: URL(fileURLWithPath: file.path))
        #expect {
            let db = try Connection(path: file.path, mode: .readWrite)
            try db.execute("SELECT * FROM sqlite_schema")
        } throws: { ($0 as? SQLiteError)?.isDamaged == true }
    }

    @Test("a read-only connection reads and does not write")
    func readOnly() throws {
        let file = TemporaryFile()
        try Connection(path: file.path).execute("CREATE TABLE t(a); INSERT INTO t VALUES (1)")
        let db = try Connection(path: file.path, mode: .readOnly)
        #expect(db.isReadOnly)
        #expect(try db.integer("SELECT a FROM t") == 1)
        #expect {
            try db.run("INSERT INTO t VALUES (2)")
        } throws: { ($0 as? SQLiteError)?.isReadOnly == true }
    }

    @Test("REPLACE deletes without a trigger, on which the guards count")
    func recursiveTriggers() throws {
        let db = try Connection(path: ":memory:")
        try db.execute(
            """
            CREATE TABLE t(id TEXT PRIMARY KEY) WITHOUT ROWID;
            CREATE TRIGGER kept BEFORE DELETE ON t BEGIN SELECT raise(ABORT, 'kept'); END;
            INSERT INTO t VALUES ('a');
            """)
        try db.run("INSERT OR REPLACE INTO t VALUES ('a')")
        #expect(throws: SQLiteError.self) { try db.run("DELETE FROM t") }
    }
}
