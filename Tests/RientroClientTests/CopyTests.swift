import Foundation
import RientroProtocol
import RientroSQLite
import Testing

@testable import RientroClient

@Suite("A copied or rolled-back file", .timeLimit(.minutes(2)))
struct CopyTests {
    private func copy(_ desk: Desk, to name: String) throws -> String {
        let path = desk.folder.file(name)
        try desk.peek().execute("VACUUM INTO \(SQL.text(path))")
        try FileManager.default.copyItem(atPath: desk.path + ".token", toPath: path + ".token")
        return path
    }

    @Test("goes on under a new number, and both end with all rows of both, nothing twice")
    func copied() async throws {
        let desk = try await Desk()
        try await desk.call("shared, not sent")
        let path = try copy(desk, to: "copy.db")
        let copy = try await Replica.open(at: path, transport: desk.centre)
        try await desk.call("of the original")
        try await desk.call("of the copy", on: copy)
        _ = try await desk.replica.sync()
        let before = await desk.centre.requests.count
        let report = try await copy.sync()
        #expect(report.renumbered == 1)
        let sent = await desk.centre.requests[before...]
        #expect(sent.contains { $0.path == "/v1/renumber" && !$0.body.isEmpty })
        #expect(report.requests == sent.count)
        #expect(report.bytesUp == sent.reduce(0) { $0 + $1.body.count })
        #expect(try await copy.status().replica == 6)
        #expect(try await copy.status().needsNewNumber == false)
        _ = try await desk.replica.sync()
        let all = ["of the copy", "of the original", "shared, not sent"]
        #expect(try await Desk.notes(copy) == all)
        #expect(try await Desk.notes(desk.replica) == all)
        #expect(try await desk.centre.integer("SELECT count(*) FROM contact_attempt") == 3)
        let lines = try TokenFile(replica: path).lines()
        #expect(lines.count == 1, "the old token is dropped")
        try await desk.call("later", on: copy)
        #expect(try await copy.sync().renumbered == 0)
        #expect(try await copy.verify().isProven)
    }

    @Test("put back from a backup keeps what was sent since, and what was never sent")
    func putBack() async throws {
        let desk = try await Desk()
        try await desk.call("one")
        let path = try copy(desk, to: "backup.db")
        _ = try await desk.replica.sync()
        try await desk.call("two")
        _ = try await desk.replica.sync()
        let old = try await Replica.open(at: path, transport: desk.centre)
        let report = try await old.sync()
        #expect(report.renumbered == 1)
        #expect(try await Desk.notes(old) == ["one", "two"])
        #expect(try await old.verify().isProven)
    }

    @Test("asks as another where the centre knows its incarnation id from somebody else, once")
    func hashTaken() async throws {
        let desk = try await Desk()
        try await desk.call("one")
        let path = try copy(desk, to: "copy.db")
        let copy = try await Replica.open(at: path, transport: desk.centre)
        try await desk.call("two")
        _ = try await desk.replica.sync()
        let taken = TransportResponse(
            status: 409, headers: ["Content-Type": "application/problem+json"],
            body: Array(#"{"code":"hash_taken","detail":"taken"}"#.utf8))
        let error = ReplicaError.centreRefused(status: 409, code: "hash_taken", detail: "taken")
        // The answer to the first request says that it is a copy.
        await desk.centre.fail(
            .meanwhile({}), .instead(taken), .instead(taken))
        await #expect(throws: error) { try await copy.sync() }
        let report = try await copy.sync()
        #expect(report.renumbered == 1)
        let asked = try await desk.centre.requests.filter { $0.path == "/v1/renumber" }.map {
            try RenumberRequest(decoding: $0.body)
        }
        #expect(asked.count == 3 && asked[0].incarnation != asked[1].incarnation)
        #expect(try await Desk.notes(copy) == ["one", "two"])
    }

    @Test("asks with the same token after the answer to its request for a number was lost")
    func lostAnswer() async throws {
        let desk = try await Desk()
        try await desk.call("one")
        let path = try copy(desk, to: "copy.db")
        try await desk.call("original")
        _ = try await desk.replica.sync()
        let copy = try await Replica.open(at: path, transport: desk.centre)
        try await desk.call("copy", on: copy)
        await desk.centre.fail(.meanwhile {}, .lostAnswer)
        await #expect(throws: ReplicaError.noContact("the test cut the line")) {
            try await copy.sync()
        }
        #expect(try await copy.status().needsNewNumber)
        let again = try await Replica.open(at: path, transport: desk.centre)
        #expect(try await again.sync().renumbered == 1)
        let requests = try await desk.centre.requests.filter { $0.path == "/v1/renumber" }.map {
            try RenumberRequest(decoding: $0.body)
        }
        #expect(requests.count == 2 && requests[0] == requests[1])
        #expect(try await again.status().replica == 6)
    }

    @Test("whose centre has lost what this file no longer keeps goes on under a new number")
    func coveredAndLost() async throws {
        let desk = try await Desk()
        for note in ["one", "two"] {
            try await desk.call(note)
            _ = try await desk.replica.sync()
        }
        await desk.centre.setCovered(2)
        _ = try await desk.replica.sync()
        #expect(try desk.peek().integer("SELECT count(*) FROM outbox") == 0)
        let cursor = await desk.centre.cursor()
        let back = SyncAnswer(
            replica: 5, centreHead: .none, outcomes: [], from: cursor, commits: [],
            cursor: cursor, hasMore: false, portfolios: ["P1"], centreTime: 1, covered: 0)
        await desk.centre.fail(.instead(MiniCentre.message(back.encoded())))
        #expect(try await desk.replica.sync().renumbered == 1)
        #expect(try await Desk.notes(desk.replica) == ["one", "two"])
    }
}
