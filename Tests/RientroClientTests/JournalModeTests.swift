import Portfolio
import RientroProtocol
import RientroSQLite
import Testing

@testable import RientroClient

@Suite("A file that was taken out of WAL mode", .timeLimit(.minutes(2)))
struct JournalModeTests {
    @Test("is put back when it is opened, so that whoever reads for long stops nobody who writes")
    func putBack() async throws {
        let desk = try await Desk()
        let copy = desk.folder.file("copy.db")
        try desk.peek().execute("VACUUM INTO '\(copy)'")
        #expect(
            try Connection(path: copy, mode: .readWrite).text("PRAGMA journal_mode") == "delete")
        let replica = try await Replica.open(at: copy, transport: desk.centre)
        #expect(try await replica.status().isInWAL)
        let reader = try Connection(path: copy, mode: .readWrite)
        try reader.execute("BEGIN; SELECT count(*) FROM contact_attempt")
        try await desk.call("while somebody reads", on: replica)
        #expect(try reader.integer("SELECT count(*) FROM contact_attempt") == 0)
        try reader.execute("COMMIT")
        #expect(try await Desk.notes(replica) == ["while somebody reads"])
    }

    @Test("is opened all the same where somebody is in the way, and says so")
    func inTheWay() async throws {
        let desk = try await Desk()
        let copy = desk.folder.file("copy.db")
        try desk.peek().execute("VACUUM INTO '\(copy)'")
        let reader = try Connection(path: copy, mode: .readWrite)
        try reader.execute("BEGIN; SELECT count(*) FROM contact_attempt")
        let replica = try await Replica.open(at: copy, transport: desk.centre)
        #expect(try await !replica.status().isInWAL)
        try reader.execute("COMMIT")
        let again = try await Replica.open(at: copy, transport: desk.centre)
        #expect(try await again.status().isInWAL)
    }
}
