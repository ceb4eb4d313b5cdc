import Foundation
import RientroSQLite
import Testing

@Suite("A transaction", .timeLimit(.minutes(1)))
struct TransactionTests {
    private struct Stop: Error {}

    @Test("is kept if its body returns, and undone if it throws")
    func commitAndRollBack() throws {
        let db = try Connection(path: ":memory:")
        try db.execute("CREATE TABLE t(a)")
        _ = try db.transaction { try db.run("INSERT INTO t VALUES (1)") }
        #expect(throws: Stop.self) {
            try db.transaction {
                try db.run("INSERT INTO t VALUES (2)")
                throw Stop()
            }
        }
        #expect(try db.integer("SELECT count(*) FROM t") == 1)
        #expect(!db.isInTransaction)
    }

    @Test("a savepoint inside undoes its own part alone, at every depth")
    func savepoints() throws {
        let db = try Connection(path: ":memory:")
        try db.execute("CREATE TABLE t(a)")
        try db.transaction {
            try db.run("INSERT INTO t VALUES (1)")
            try db.savepoint {
                try db.run("INSERT INTO t VALUES (2)")
                try? db.savepoint {
                    try db.run("INSERT INTO t VALUES (3)")
                    throw Stop()
                }
            }
            try? db.savepoint {
                try db.run("INSERT INTO t VALUES (4)")
                throw Stop()
            }
        }
        #expect(try db.rows("SELECT a FROM t ORDER BY a") { $0.integer(0) } == [1, 2])
    }

    @Test("waits for another's lock, and says busy when it waited long enough")
    func busy() throws {
        let file = TemporaryFile()
        let one = try Connection(path: file.path)
        let two = try Connection(path: file.path)
        try one.execute("CREATE TABLE t(a)")
        two.setBusyTimeout(milliseconds: 30)
        try one.transaction {
            let error = #expect(throws: SQLiteError.self) { try two.transaction {} }
            #expect(error?.isBusy == true)
        }
        _ = try two.transaction { try two.run("INSERT INTO t VALUES (1)") }
        #expect(try one.integer("SELECT count(*) FROM t") == 1)
    }

    @Test("a deferred one sees one state, whatever others commit")
    func snapshot() throws {
        let file = TemporaryFile()
        let one = try Connection(path: file.path)
        let two = try Connection(path: file.path)
        try one.execute("PRAGMA journal_mode = WAL; CREATE TABLE t(a)")
        try one.transaction(.deferred) {
            #expect(try one.integer("SELECT count(*) FROM t") == 0)
            _ = try two.run("INSERT INTO t VALUES (1)")
            #expect(try one.integer("SELECT count(*) FROM t") == 0)
        }
        #expect(try one.integer("SELECT count(*) FROM t") == 1)
    }

    @Test("counts direct changes apart from those of triggers")
    func changes() throws {
        let db = try Connection(path: ":memory:")
        try db.execute(
            """
            CREATE TABLE t(a); CREATE TABLE log(a);
            CREATE TRIGGER noted AFTER INSERT ON t BEGIN INSERT INTO log VALUES (NEW.a); END;
            """)
        let before = db.totalChanges
        #expect(try db.run("INSERT INTO t VALUES (1), (2)") == 2)
        #expect(db.totalChanges - before == 4)
    }
}

@Suite("An executor", .timeLimit(.minutes(1)))
struct ExecutorTests {
    private actor Slow {
        private let executor = ConnectionExecutor(label: "slow")
        nonisolated var unownedExecutor: UnownedSerialExecutor {
            executor.asUnownedSerialExecutor()
        }
        private var depth = 0

        /// Blocks a thread; true if nothing else ran on this actor meanwhile.
        func block() -> Bool {
            depth += 1
            defer { depth -= 1 }
            Thread.sleep(forTimeInterval: 0.05)
            return depth == 1
        }
    }

    @Test("runs one job at a time, also when many wait")
    func serial() async {
        let slow = Slow()
        let results = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 { group.addTask { await slow.block() } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results == [Bool](repeating: true, count: 8))
    }
}

@Suite("Quoting")
struct QuotingTests {
    @Test("names and texts survive every quote, blobs every byte")
    func quoting() throws {
        let db = try Connection(path: ":memory:")
        let odd = #"a"b'c;--"#
        try db.execute("CREATE TABLE \(SQL.name(odd))(\(SQL.name(odd)) TEXT)")
        try db.execute("INSERT INTO \(SQL.name(odd)) VALUES (\(SQL.text(odd)))")
        #expect(try db.text("SELECT \(SQL.name(odd)) FROM \(SQL.name(odd))") == odd)
        let bytes = [UInt8](0...255)
        #expect(try db.first("SELECT \(SQL.blob(bytes))") { $0.blob(0) } == bytes)
    }
}
