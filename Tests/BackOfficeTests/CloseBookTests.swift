import Foundation
import RientroSQLite
import Testing

@testable import BackOffice

@Suite("the close's own book")
struct CloseBookTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("rientro-book-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test("it is made where it is not there, for its owner alone, and read only then")
    func made() throws {
        try withFolder { folder in
            #expect(try CloseBook.read(folder: folder) == nil)
            #expect(!FileManager.default.fileExists(atPath: CloseBook.path(in: folder)))
            let book = try CloseBook.open(folder: folder)
            #expect(try book.db.text("PRAGMA journal_mode") == "wal")
            #expect(try book.db.integer("PRAGMA synchronous") == 3)
            #expect(try book.db.integer("PRAGMA user_version") == CloseBook.version)
            try book.db.run("INSERT INTO seen(key, first_date) VALUES ('k', '2026-11-22')")
            for end in ["", "-wal", "-shm"] {
                let facts = try FileManager.default.attributesOfItem(
                    atPath: CloseBook.path(in: folder) + end)
                #expect(facts[.posixPermissions] as? Int == 0o600)
            }
            let again = try CloseBook.open(folder: folder)
            #expect(try again.seen() == ["k": "2026-11-22"])
            #expect(try #require(try CloseBook.read(folder: folder)).seen().count == 1)
        }
    }

    @Test("a newer program's book is left alone") func newer() throws {
        try withFolder { folder in
            try CloseBook.open(folder: folder).db.execute("PRAGMA user_version = 2")
            let path = CloseBook.path(in: folder)
            let error = CloseBookError.newerFormat(path: path, version: 2)
            #expect(throws: error) { _ = try CloseBook.open(folder: folder) }
            #expect(throws: error) { _ = try CloseBook.read(folder: folder) }
            let db = try Connection(path: path, mode: .readOnly)
            #expect(try db.integer("PRAGMA user_version") == 2)
        }
    }

    @Test("what was settled in a way that this program does not know is not settled")
    func unknownChoice() throws {
        try withFolder { folder in
            let book = try CloseBook.open(folder: folder)
            try book.db.execute(
                """
                INSERT INTO settled(key, kind, choice, operator, settled_at) VALUES
                  ('a', 'duplicate', 'later', 'X', 1), ('b', 'duplicate', 'same', 'X', 2),
                  ('c', 'novel', 'same', 'X', 3)
                """)
            #expect(try book.settled().keys.sorted() == ["b"])
        }
    }
}
