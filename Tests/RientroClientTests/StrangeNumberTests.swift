import Foundation
import RientroProtocol
import RientroSQLite
import Testing

@testable import RientroClient

/// Numbers that another program may have set, and numbers that the centre may tell.
@Suite("A number that cannot be", .timeLimit(.minutes(2)))
struct StrangeNumberTests {
    private static let extremes: [Int64] = [.max, .min, -1, (1 << 53), 1 << 20]

    @Test(
        "in the position of the sync is judged by what is kept, said truly, and put right",
        arguments: ["acknowledged", "outcomes_merged", "covered"], extremes)
    func position(column: String, value: Int64) async throws {
        let desk = try await Desk()
        try await desk.call("sent")
        _ = try await desk.replica.sync()
        try await desk.call("waits")
        try desk.peek().run("UPDATE office SET \(column) = ?", .integer(value))
        #expect(try await desk.replica.status().onTheWay >= 1, "it is not said that nothing waits")
        #expect(try await desk.replica.preview().rowsByTable["contact_attempt"] ?? 0 >= 1)
        let report = try await desk.replica.sync()
        #expect(report.acknowledged >= 1)
        #expect(try await desk.replica.status().onTheWay == 0)
        let now = try desk.peek().first(
            "SELECT acknowledged, outcomes_merged, covered FROM office"
        ) { [$0.integer(0), $0.integer(1), $0.integer(2)] }
        #expect(now == [2, 2, 0])
        #expect(try await desk.centre.integer("SELECT count(*) FROM contact_attempt") == 2)
        #expect(try await desk.replica.verify().isProven)
    }

    @Test("where the outbox keeps nothing any more, everything was acknowledged")
    func nothingKept() async throws {
        let desk = try await Desk()
        try await desk.call("sent")
        await desk.centre.setCovered(1)
        _ = try await desk.replica.sync()
        #expect(try desk.peek().integer("SELECT count(*) FROM outbox") == 0)
        try desk.peek().execute(
            "UPDATE office SET acknowledged = 2, outcomes_merged = 9223372036854775807")
        #expect(try await desk.replica.status().onTheWay == 0)
        #expect(try await desk.replica.sync().refusals == 0)
        let body = try #require(await desk.centre.requests.last).body
        #expect(try SyncRequest(decoding: body).outcomesMerged == 1, "its outcome is here")
        #expect(try await Desk.notes(desk.replica) == ["sent"])
    }

    @Test("a greatest number that one may be is still one, and the next is said")
    func lastNumber() async throws {
        let desk = try await Desk()
        let last = Limits.changeSetNumberMax
        try desk.peek().run("INSERT INTO history VALUES (5, ?, zeroblob(32))", .integer(last + 1))
        try await desk.call("one")
        #expect(try await desk.replica.sync().acknowledged == 1)
        try desk.peek().run("INSERT INTO history VALUES (5, ?, zeroblob(32))", .integer(last))
        #expect(try await desk.replica.status().head.number == last)
        try await desk.call("two")
        await #expect(
            throws: ReplicaError.strangeNumber(
                path: desk.path, column: "history.n", value: last)
        ) { try await desk.replica.sync() }
        #expect(try await desk.replica.status().pending == 1)
        // The way out: a new number begins at 1.
        try PlainFile.remove(desk.path + ".token")
        try desk.peek().run("DELETE FROM history WHERE n = ?", .integer(last))
        try await desk.replica.enrol(code: "good", allowsPlainHTTP: true)
        #expect(try await desk.replica.sync().acknowledged == 2)
    }

    @Test(
        "of the file itself stops everything that computes with it, and says which it is",
        arguments: [
            ("me", "replica", Int64(0)), ("me", "replica", 1 << 20), ("me", "replica", .min),
            ("me", "replica", .max), ("cursor", "number", .max), ("cursor", "number", -1),
            ("cursor", "number", 1 << 53),
        ])
    func identity(table: String, column: String, value: Int64) async throws {
        let desk = try await Desk()
        try await desk.call("one")
        try desk.peek().run("UPDATE \(table) SET \(column) = ?", .integer(value))
        let error = ReplicaError.strangeNumber(
            path: desk.path, column: "\(table).\(column)", value: value)
        await #expect(throws: error) { try await desk.replica.sync() }
        await #expect(throws: error) { try await desk.replica.status() }
        #expect(await desk.centre.count(of: "/v1/sync") == 0)
        #expect(try await Desk.notes(desk.replica) == ["one"], "what is there can be read")
    }

    @Test("the ends of the range are in it")
    func ends() async throws {
        let desk = try await Desk()
        for value in [1, Limits.replicaNumberMax] {
            try desk.peek().run("UPDATE me SET replica = ?", .integer(value))
            #expect(try await desk.replica.status().replica == value)
        }
        for value in [0, Limits.commitNumberMax] {
            try desk.peek().run("UPDATE cursor SET number = ?", .integer(value))
            #expect(try await desk.replica.status().cursor.commit == value)
        }
    }

    @Test(
        "in clock, dates and counts neither traps nor stops a sync", arguments: extremes)
    func clock(value: Int64) async throws {
        let desk = try await Desk()
        try await desk.call("one")
        _ = try? await desk.replica.exchangeFailing(desk)
        try desk.peek().run("UPDATE me SET \"offset\" = ?", .integer(value))
        try desk.peek().run(
            """
            UPDATE office SET last_sync = ?1, proven_at = ?1, proven_commit = ?1, succeeds = ?1,
              token_refused = ?1
            """, .integer(value))
        try desk.peek().run(
            "UPDATE outbox SET rows = ?1, sealed_at = ?1, is_cut = ?1", .integer(value))
        let status = try await desk.replica.status()
        #expect(status.sealed == 1)
        #expect((0...Limits.changeSetExpandedBytesMax).contains(status.sealedRows))
        #expect(abs(status.clockOffsetMilliseconds) <= Limits.stampMillisecondsMax)
        #expect(try await desk.replica.sync().acknowledged == 1)
        #expect(try await desk.replica.verify().isProven)
        #expect(try await desk.replica.status().clockOffsetMilliseconds == 0)
    }

    @Test("an earlier cursor or a portfolio that cannot be is not told to the centre")
    func told() async throws {
        let desk = try await Desk()
        try desk.peek().execute(
            """
            UPDATE cursor SET seq = 10;
            INSERT INTO cursor(seq, epoch, number, chain) VALUES (1, x'00', 1, zeroblob(32)),
              (2, randomblob(16), -1, zeroblob(32)), (3, randomblob(16), 9007199254740992, x''),
              (4, randomblob(16), 9007199254740991, x'')
            """)
        let many = (0..<70).map { "P\($0)" }.joined(separator: " ")
        try desk.peek().run("UPDATE office SET portfolios = ?", .text("no.key " + many))
        _ = try await desk.replica.sync()
        let body = try #require(await desk.centre.requests.last).body
        let request = try SyncRequest(decoding: body)
        #expect(request.cursors.map(\.commit) == [3, Limits.commitNumberMax])
        #expect(request.portfolios.count == Limits.portfoliosMax && request.portfolios[0] == "P0")
        #expect(try await desk.replica.status().portfolios == ["P1"])
    }

    @Test("an epoch that is none is said; a request for a new number that is none is made anew")
    func ids() async throws {
        let desk = try await Desk()
        try await desk.call("one")
        _ = try await desk.replica.sync()
        try desk.peek().execute("UPDATE office SET mending = x'0102'")
        #expect(try await desk.replica.status().needsNewNumber == false)
        let foreign = SyncAnswer(
            replica: 5, centreHead: Head(number: 1, hash: SHA256.hash([])), outcomes: [],
            from: await desk.centre.cursor(), commits: [], cursor: await desk.centre.cursor(),
            hasMore: false, portfolios: ["P1"], centreTime: 1, covered: 0)
        await desk.centre.fail(.instead(MiniCentre.message(foreign.encoded())))
        #expect(try await desk.replica.sync().renumbered == 1)
        try desk.peek().execute("UPDATE cursor SET epoch = x'01'")
        await #expect(
            throws: ReplicaError.notAReplica(path: desk.path, fact: "its cursor has no epoch")
        ) { try await desk.replica.sync() }
    }

    @Test("told by the centre changes nothing", arguments: [0, 1, 2, 3, 4])
    func answers(which: Int) async throws {
        let desk = try await Desk()
        try await desk.call("one")
        let over = Limits.commitNumberMax + 1
        let cursor = await desk.centre.cursor()
        var answer = SyncAnswer(
            replica: 5, centreHead: .none, outcomes: [], from: cursor, commits: [],
            cursor: cursor, hasMore: false, portfolios: ["P1"], centreTime: 1, covered: 0)
        switch which {
        case 0: answer.centreHead = Head(number: over, hash: SHA256.hash([]))
        case 1: answer.covered = over
        case 2: answer.cursor.commit = over
        case 3: answer.outcomes = [Outcome(number: over, status: .applied, items: [])]
        default: answer.from.commit = over
        }
        let before = try await desk.replica.status()
        await desk.centre.fail(.instead(MiniCentre.message(answer.encoded())))
        await #expect {
            try await desk.replica.sync()
        } throws: { if case .badAnswer = $0 as? ReplicaError { true } else { false } }
        let after = try await desk.replica.status()
        #expect(after.cursor == before.cursor && after.needsNewNumber == false)
        #expect(try await desk.replica.sync().acknowledged == 1)
    }

    @Test("bytes of a sealed change-set that are none are damage of the file, not of the answer")
    func spoiledOutbox() async throws {
        let desk = try await Desk()
        try await desk.call("one")
        _ = try? await desk.replica.exchangeFailing(desk)
        try desk.peek().execute("UPDATE outbox SET content = x'00'")
        let damage = ReplicaError.damaged(
            path: desk.path, fact: "a sealed change-set is not readable: wrongType")
        await #expect(throws: damage) { try await desk.replica.preview() }
        try PlainFile.remove(desk.path + ".token")
        await #expect(throws: damage) {
            try await desk.replica.enrol(code: "good", allowsPlainHTTP: true)
        }
        #expect(try await desk.replica.status().replica == 5)
    }

    @Test("a refusal with bytes that are none is left alone, and stops no commit")
    func spoiledRefusal() async throws {
        let desk = try await Desk()
        let id = "0193a22a-5dba-76bc-8e69-559b805851c3"
        let call = try Snapshot.row(
            desk.schema, "contact_attempt", id,
            [
                "account_id": .text(Known.account), "channel": .text("phone"),
                "outcome": .text("PTP"), "note": .text("theirs"), "direction": .text("out"),
                "started_at": .text("2024-05-01T10:00:00.000Z"),
                "recorded_at": .text("2024-05-01T10:00:00.000Z"),
            ])
        try desk.peek().run(
            """
            INSERT INTO refused(change_set, tab, row, register, reason, content, refused_at)
            VALUES (1, ?, ?, 0, 'bad_value', x'00', 0)
            """, .integer(Int64(call.table)), .text(id))
        try await desk.centre.write(call)
        #expect(try await desk.replica.sync().commits == 1)
        #expect(try await Desk.notes(desk.replica) == ["theirs"])
        #expect(try await desk.replica.status().refused == 1)
    }

    @Test("the greatest cursor that one may be is taken")
    func greatestCursor() async throws {
        let desk = try await Desk()
        let cursor = await desk.centre.cursor()
        var answer = SyncAnswer(
            replica: 5, centreHead: .none, outcomes: [], from: cursor, commits: [],
            cursor: cursor, hasMore: false, portfolios: ["P1"], centreTime: 1, covered: 0)
        answer.cursor.commit = Limits.commitNumberMax
        answer.covered = Limits.changeSetNumberMax
        await desk.centre.fail(.instead(MiniCentre.message(answer.encoded())))
        _ = try await desk.replica.sync()
        #expect(try await desk.replica.status().cursor.commit == Limits.commitNumberMax)
    }
}

extension Replica {
    /// Seals, and gets no answer.
    fileprivate func exchangeFailing(_ desk: Desk) async throws -> SyncReport {
        await desk.centre.fail(.lostRequest)
        return try await sync()
    }
}
