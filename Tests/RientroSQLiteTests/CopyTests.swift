import Foundation
import RientroSQLite
import Testing

@Suite("A copy of a file in use")
struct CopyTests {
    @Test("it is the state of the transaction in which it is made, and one file in rollback mode")
    func inTransaction() throws {
        let (file, other) = (TemporaryFile(), TemporaryFile())
        let db = try Connection(path: file.path)
        try db.execute("PRAGMA journal_mode = WAL; CREATE TABLE t(x); INSERT INTO t VALUES (1)")
        try db.execute("PRAGMA user_version = 7")
        try db.transaction(.deferred) {
            #expect(try db.integer("SELECT count(*) FROM t") == 1)
            try Connection(path: file.path).run("INSERT INTO t VALUES (2)")
            var told: [Int] = []
            try db.copy(to: other.path) { done, total in
                told.append(done)
                #expect(done <= total)
            }
            #expect(told.last ?? 0 > 0)
        }
        let copy = try Connection(path: other.path, mode: .readOnly)
        #expect(try copy.integer("SELECT count(*) FROM t") == 1)
        #expect(try copy.integer("PRAGMA user_version") == 7)
        #expect(try copy.text("PRAGMA journal_mode") == "delete")
        #expect(try db.integer("SELECT count(*) FROM t") == 2)
        for end in ["-wal", "-shm", "-journal"] {
            #expect(!FileManager.default.fileExists(atPath: other.path + end))
        }
    }

    @Test("what stood in the other file is gone") func over() throws {
        let (file, other) = (TemporaryFile(), TemporaryFile())
        try Connection(path: other.path).execute("CREATE TABLE old(x)")
        let db = try Connection(path: file.path)
        try db.execute("CREATE TABLE new(x)")
        try db.copy(to: other.path)
        let names = try Connection(path: other.path, mode: .readOnly).rows(
            "SELECT name FROM sqlite_master"
        ) { $0.text(0) }
        #expect(names == ["new"])
    }

    @Test("a folder that is not there is an error") func nowhere() throws {
        let db = try Connection(path: ":memory:")
        #expect(throws: SQLiteError.self) { try db.copy(to: "/nowhere/at/all") }
    }
}
