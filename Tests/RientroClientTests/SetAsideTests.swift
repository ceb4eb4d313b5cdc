import Portfolio
import RientroProtocol
import RientroSQLite
import Testing

@testable import RientroClient

/// What does not go through is said by the sync that finds it, and by no other.
@Suite("What is set aside", .timeLimit(.minutes(2)))
struct SetAsideTests {
    private static let badText = """
        INSERT INTO contact_attempt(account_id, channel, outcome, note)
          VALUES ('\(Known.account)', 'phone', 'NA', CAST(x'ff42' AS TEXT));
        """

    @Test("in a sync that finds nobody is told by the next, once")
    func afterNoContact() async throws {
        let desk = try await Desk()
        try Desk.shell(desk.path, Self.badText)
        await desk.centre.fail(.lostRequest)
        await #expect(throws: ReplicaError.noContact("the test cut the line")) {
            try await desk.replica.sync()
        }
        #expect(try await desk.replica.status().refused == 1)
        let told = try await desk.replica.sync()
        #expect(told.setAside == 1 && told.refusals == 0)
        #expect(try await desk.replica.sync().setAside == 0)
    }

    @Test("in a verification is told by it, though the rest is proven")
    func verified() async throws {
        let desk = try await Desk()
        try Desk.shell(desk.path, Self.badText)
        var sync = SyncReport()
        let report = try await desk.replica.verify(into: &sync)
        #expect(report.isProven && sync.setAside == 1)
    }

    @Test("counts nothing where the transaction is undone")
    func undone() async throws {
        let desk = try await Desk()
        try Desk.shell(desk.path, Self.badText)
        let engine = try ReplicaEngine(path: desk.path)
        let answer = SyncAnswer(
            replica: 99, centreHead: .none, outcomes: [], from: Known.start, commits: [],
            cursor: Known.start, hasMore: false, portfolios: ["P1"], centreTime: 1, covered: 0)
        #expect(throws: ReplicaError.answerForAnother(replica: 99)) {
            try engine.merge(answer, clockOffset: nil)
        }
        #expect(engine.setAside() == 0)
        _ = try engine.request()
        #expect(engine.setAside() == 1)
        #expect(engine.setAside() == 0)
    }

    @Test("is told where a row of the log takes the place of one of other content")
    func otherContent() async throws {
        let desk = try await Desk()
        try await desk.call("mine")
        let id = try await desk.replica.read {
            try $0.first("SELECT id FROM contact_attempt")?["id"].text ?? ""
        }
        try await desk.centre.write(
            Snapshot.row(
                desk.schema, "contact_attempt", id,
                [
                    "account_id": .text(Known.account), "channel": .text("phone"),
                    "outcome": .text("PTP"), "note": .text("theirs"), "direction": .text("out"),
                    "started_at": .text("2024-05-01T10:00:00.000Z"),
                    "recorded_at": .text("2024-05-01T10:00:00.000Z"),
                ]), merging: false)
        let report = try await desk.replica.sync()
        #expect(report.setAside == 1 && report.refusals == 0)
        #expect(try await Desk.notes(desk.replica) == ["theirs"])
    }

    @Test("and what came, is listed row by row")
    func received() async throws {
        let desk = try await Desk()
        let other = try await desk.other("potenza.db")
        try await desk.call("one", "two")
        _ = try await desk.replica.sync()
        let report = try await other.sync()
        let ids = try await desk.replica.read {
            try $0.rows("SELECT id FROM contact_attempt ORDER BY note").map { $0["id"].text ?? "" }
        }
        #expect(
            report.received
                == ids.map { SyncReport.ReceivedRow(table: "contact_attempt", id: $0) })
        #expect(try await other.sync().received == [])
    }
}
