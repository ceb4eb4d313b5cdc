import Foundation
import RientroSQLite
import RientroStore
import Testing

@Suite("The flag that silences the triggers")
struct QuietTests {
    private struct Stop: Error {}

    private func isQuiet(_ file: BoxFile) throws -> Bool {
        try file.db.integer("SELECT quiet FROM me") == 1
    }

    @Test("it is set inside and reset after")
    func resets() throws {
        let file = try BoxFile()
        try file.db.transaction {
            let inside = try file.store.quietly { try isQuiet(file) }
            #expect(inside)
            let after = try isQuiet(file)
            #expect(!after)
        }
        #expect(try isQuiet(file) == false)
    }

    @Test("it is reset when the transaction ends in an error")
    func rolledBack() throws {
        let file = try BoxFile()
        #expect(throws: Stop.self) {
            try file.db.transaction { try file.store.quietly { throw Stop() } }
        }
        #expect(try isQuiet(file) == false)
    }

    @Test("it is reset when the error is caught inside the transaction")
    func caughtInside() throws {
        let file = try BoxFile()
        try file.db.transaction {
            #expect(throws: Stop.self) { try file.store.quietly { throw Stop() } }
            try file.db.execute("INSERT INTO lid(box_id) VALUES ('b')")
        }
        #expect(try isQuiet(file) == false)
        #expect(try file.db.integer("SELECT count(*) FROM pending") == 1)
    }

    @Test("another connection never sees it set")
    func unseen() throws {
        let file = try ReplicaFile()
        defer { withExtendedLifetime(file) {} }
        let db = try Connection(path: file.file.path)
        let reader = try Connection(path: file.file.path, mode: .readOnly)
        let store = try Store(db: db, schema: try FileState.schema.get())
        try db.transaction {
            try store.quietly {
                let outside = try reader.integer("SELECT quiet FROM me")
                let inside = try db.integer("SELECT quiet FROM me")
                #expect(outside == 0)
                #expect(inside == 1)
            }
        }
        #expect(try reader.integer("SELECT quiet FROM me") == 0)
    }
}
