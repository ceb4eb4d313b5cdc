import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@Suite("Code lists")
struct CodeListTests {
    @Test("a code stands in its own list alone")
    func lists() throws {
        let store = try ValidationTests.file().store
        #expect(try store.isCode("round", of: "shape"))
        #expect(try store.isCode("oak", of: "wood"))
        for (code, list) in [("oak", "shape"), ("ROUND", "shape"), ("", "shape"), ("round", "no")] {
            let isCode = try store.isCode(code, of: list)
            #expect(!isCode, "\(code) of \(list)")
        }
    }

    @Test("the library's check names the table, the column and the code")
    func unknown() throws {
        let file = try ValidationTests.file()
        try file.db.execute("INSERT INTO lid(box_id, shape) VALUES ('b', 'oak')")
        #expect(throws: StoreError.unknownCode(table: "lid", column: "shape", code: "oak")) {
            try file.store.checkCodes(after: 0)
        }
    }

    @Test("only what was written after a point is checked")
    func after() throws {
        let file = try ValidationTests.file()
        try file.db.execute("INSERT INTO lid(box_id, shape) VALUES ('b', 'oak')")
        let last = try #require(try file.db.integer("SELECT max(seq) FROM pending"))
        try file.store.checkCodes(after: last)
        try file.db.execute("INSERT INTO lid(box_id, shape) VALUES ('b', 'round'), ('b', NULL)")
        try file.store.checkCodes(after: last)
        try file.db.execute("UPDATE lid SET shape = 'oval' WHERE shape IS NULL")
        #expect(throws: StoreError.unknownCode(table: "lid", column: "shape", code: "oval")) {
            try file.store.checkCodes(after: last)
        }
    }

    @Test("SQL takes a code that is in no list, so that a merge is never stopped by a new one")
    func notInSQL() throws {
        let file = try ValidationTests.file()
        try file.db.execute("PRAGMA ignore_check_constraints = OFF")
        try file.db.execute("INSERT INTO lid(box_id, shape) VALUES ('b', 'new')")
        #expect(try file.db.integer("SELECT count(*) FROM lid") == 1)
    }
}
