import Foundation
import RientroProtocol
import RientroSQLite
import Testing

@testable import RientroClient

@Suite("A sync", .timeLimit(.minutes(2)))
struct SyncTests {
    /// A call by another office, as the centre relays it.
    private func foreignCall(_ desk: Desk, _ note: String) throws -> RowChange {
        try Snapshot.row(
            desk.schema, "contact_attempt", UUID().uuidString.lowercased(),
            [
                "account_id": .text(Known.account), "channel": .text("phone"),
                "outcome": .text("PTP"), "note": .text(note), "direction": .text("out"),
                "started_at": .text("2024-05-01T10:00:00.000Z"),
                "recorded_at": .text("2024-05-01T10:00:00.000Z"),
            ])
    }

    @Test("ten changes up and ten down are one request")
    func oneRequest() async throws {
        let desk = try await Desk()
        for index in 0..<10 {
            try await desk.call("up \(index)")
            try await desk.centre.write(foreignCall(desk, "down \(index)"))
        }
        let report = try await desk.replica.sync()
        #expect(report.requests == 1)
        #expect(report.changeSetsSent == 1 && report.rowsSent == 10 && report.acknowledged == 1)
        #expect(report.commits == 10 && report.rowsReceivedByTable == ["contact_attempt": 10])
        #expect(await desk.centre.count(of: "/v1/sync") == 1)
        #expect(try await Desk.notes(desk.replica).count == 20)
        #expect(try await desk.centre.integer("SELECT count(*) FROM contact_attempt") == 20)
        let status = try await desk.replica.status()
        #expect(status.sealed == 0 && status.pending == 0 && status.lastSync != nil)
        #expect(status.cursor.commit == 14)
    }

    @Test("a lost request or answer loses nothing and doubles nothing", arguments: [true, false])
    func lost(request: Bool) async throws {
        let desk = try await Desk()
        try await desk.call("one")
        await desk.centre.fail(request ? .lostRequest : .lostAnswer)
        await #expect(throws: ReplicaError.noContact("the test cut the line")) {
            try await desk.replica.sync()
        }
        #expect(try await desk.replica.status().sealed == 1)
        try await desk.call("two")
        _ = try await desk.replica.sync()
        #expect(try await desk.centre.integer("SELECT count(*) FROM contact_attempt") == 2)
        #expect(await desk.centre.log.count == 2)
        #expect(try await desk.replica.status().sealed == 0)
        #expect(try await Desk.notes(desk.replica) == ["one", "two"])
    }

    @Test("an answer for another number, cut or not by the protocol changes nothing")
    func badAnswers() async throws {
        let desk = try await Desk()
        try await desk.call("one")
        let other = SyncAnswer(
            replica: 99, centreHead: .none, outcomes: [], from: Known.start, commits: [],
            cursor: Known.start, hasMore: false, portfolios: ["P1"], centreTime: 1, covered: 0)
        let bytes = other.encoded()
        let page = TransportResponse(
            status: 502, headers: ["content-type": "text/html"], body: Array("<h1>Bad".utf8))
        await desk.centre.fail(.instead(MiniCentre.message(bytes)))
        await #expect(throws: ReplicaError.answerForAnother(replica: 99)) {
            try await desk.replica.sync()
        }
        await desk.centre.fail(.instead(MiniCentre.message(Array(bytes.dropLast(9)))))
        await #expect {
            try await desk.replica.sync()
        } throws: { if case .badAnswer = $0 as? ReplicaError { true } else { false } }
        await desk.centre.fail(.instead(page))
        await #expect {
            try await desk.replica.sync()
        } throws: { if case .noContact = $0 as? ReplicaError { true } else { false } }
        await desk.centre.fail(.instead(MiniCentre.problem(409, "centre_put_back", "run restore")))
        await #expect(
            throws: ReplicaError.centreRefused(
                status: 409, code: "centre_put_back", detail: "run restore")
        ) { try await desk.replica.sync() }
        #expect(try await desk.replica.status().sealed == 1)
        _ = try await desk.replica.sync()
        #expect(try await desk.centre.integer("SELECT count(*) FROM contact_attempt") == 1)
    }

    @Test(
        "a refusal of the centre's HTTP server is told as what it is, and not as a proxy's page",
        arguments: [
            (503, "too_many_bytes\n", "the centre cannot answer"),
            (503, "too_many_connections\n", "the centre cannot answer"),
            (408, "body_too_slow\n", "the line is too slow"), (503, "sorry\n", "a proxy"),
            (502, "too_many_bytes\n", "a proxy"),
        ])
    func refusedEarly(_ status: Int, _ word: String, _ expected: String) async throws {
        let desk = try await Desk()
        try await desk.call("one")
        let answer = TransportResponse(
            status: status, headers: ["content-type": "text/plain"], body: Array(word.utf8))
        await desk.centre.fail(.instead(answer))
        await #expect {
            try await desk.replica.sync()
        } throws: {
            switch $0 as? ReplicaError {
            case .centreRefused(503, _, _): expected == "the centre cannot answer"
            case .noContact(let fact): fact.contains(expected)
            default: false
            }
        }
        _ = try await desk.replica.sync()
        #expect(try await desk.centre.integer("SELECT count(*) FROM contact_attempt") == 1)
    }

    @Test("a commit whose bytes are not what the chain hashed is not taken")
    func tamperedCommit() async throws {
        let desk = try await Desk()
        try await desk.centre.write(foreignCall(desk, "true"))
        let commit = try #require(await desk.centre.log.last)
        let cursor = await desk.centre.cursor()
        var false1 = commit
        false1.parts[0].part = Part(
            salt: commit.parts[0].part.salt,
            content: UnitChanges.encode([
                UnitChanges(
                    unit: Unit(table: 22, id: Known.account),
                    rows: [try foreignCall(desk, "false")])
            ]))
        var false2 = commit
        false2.time += 1
        for wrong in [false1, false2] {
            let answer = SyncAnswer(
                replica: 5, centreHead: .none, outcomes: [], from: Known.start, commits: [wrong],
                cursor: cursor, hasMore: false, portfolios: ["P1"], centreTime: 1, covered: 0)
            await desk.centre.fail(.instead(MiniCentre.message(answer.encoded())))
            await #expect {
                try await desk.replica.sync()
            } throws: { if case .badAnswer = $0 as? ReplicaError { true } else { false } }
            #expect(try await desk.replica.status().cursor.commit == 3)
        }
        _ = try await desk.replica.sync()
        #expect(try await Desk.notes(desk.replica) == ["true"])
    }

    @Test("what is written while the answer is on its way goes with the same sync")
    func meanwhile() async throws {
        let desk = try await Desk()
        try await desk.call("before")
        let replica = desk.replica
        await desk.centre.fail(
            .meanwhile {
                _ = try await replica.write { try $0.execute(Desk.insertCall, ["during"]) }
            })
        let report = try await desk.replica.sync()
        #expect(report.requests == 2)
        #expect(try await desk.centre.integer("SELECT count(*) FROM contact_attempt") == 2)
    }

    @Test("syncs of one actor run one after another, and of two programs do no harm")
    func concurrent() async throws {
        let desk = try await Desk()
        let other = try await desk.reopened()
        for index in 0..<5 {
            try await desk.call("a\(index)")
            try await desk.centre.write(foreignCall(desk, "b\(index)"))
            async let one = desk.replica.sync()
            async let two = desk.replica.sync()
            async let three = other.sync()
            _ = try await (one, two, three)
        }
        #expect(try await desk.centre.integer("SELECT count(*) FROM contact_attempt") == 10)
        #expect(try await Desk.notes(desk.replica).count == 10)
        #expect(try await desk.replica.status().replica == 5, "nobody took it for a copy")
        #expect(try await desk.replica.status().cursor == other.status().cursor)
    }

    @Test("a centre that promises more and gives nothing does not hold the sync for ever")
    func stuck() async throws {
        let desk = try await Desk()
        let answer = SyncAnswer(
            replica: 5, centreHead: .none, outcomes: [], from: Known.start, commits: [],
            cursor: Known.start, hasMore: true, portfolios: ["P1"], centreTime: 1, covered: 0)
        for _ in 0..<9 { await desk.centre.fail(.instead(MiniCentre.message(answer.encoded()))) }
        await #expect {
            try await desk.replica.sync()
        } throws: { if case .badAnswer = $0 as? ReplicaError { true } else { false } }
        #expect(await desk.centre.count(of: "/v1/sync") == SyncCourse.idleExchangesMax)
    }

    @Test("without its token a file is worked on all the same, and says what is missing")
    func noToken() async throws {
        let desk = try await Desk()
        try PlainFile.remove(desk.path + ".token")
        let replica = try await desk.reopened()
        try await desk.call("still", on: replica)
        await #expect(throws: ReplicaError.noToken(path: desk.path + ".token")) {
            try await replica.sync()
        }
        #expect(try await Desk.notes(replica) == ["still"])
    }

    @Test("a preview says what the next request carries, and writes nothing")
    func preview() async throws {
        let desk = try await Desk()
        try await desk.call("one", "two")
        try await desk.replica.write {
            try $0.execute("UPDATE contact_point SET value = '+39333111111'")
        }
        let before = try Data(contentsOf: URL(fileURLWithPath: desk.path))
        let preview = try await desk.replica.preview()
        #expect(try Data(contentsOf: URL(fileURLWithPath: desk.path)) == before)
        #expect(preview.rowsByTable == ["contact_attempt": 2, "contact_point": 1])
        _ = try await desk.replica.sync()
        let request = try #require(await desk.centre.requests.last)
        let sets = try SyncRequest(decoding: request.body).changeSets
        #expect(preview.changeSets == sets.count)
        #expect(preview.bytes == sets.reduce(0) { $0 + $1.count })
        #expect(try await desk.replica.preview().changeSets == 0)
    }

    @Test("a clock that is an hour slow writes stamps by the centre's time after one sync")
    func clock() async throws {
        let desk = try await Desk()
        await desk.centre.setClock(ahead: 3_600_000)
        let report = try await desk.replica.sync()
        let offset = try #require(report.clockOffsetMilliseconds)
        #expect(abs(offset - 3_600_000) < 60_000)
        try await desk.replica.write { try $0.execute("UPDATE contact_point SET remark = 'late'") }
        let stamp = try await desk.replica.read {
            try $0.first("SELECT remark_stamp AS s FROM contact_point")?["s"].integer
        }
        let milliseconds = try #require(stamp) >> 20
        #expect(milliseconds > Int64(Date().timeIntervalSince1970 * 1000) + 3_000_000)
    }

    @Test("a long poll says nothing about the clock that a short exchange has measured")
    func longPoll() {
        let poll = ClockReading(centreTime: 50_000, received: 50_000, roundTrip: .seconds(50))
        #expect(poll.measured == 25_000)
        #expect(poll.offset(known: 0) == nil)
        #expect(poll.offset(known: 60_000) == 25_000)
        let short = ClockReading(centreTime: 53_000, received: 50_020, roundTrip: .milliseconds(40))
        #expect(short.offset(known: 0) == 3_000)
    }
}
