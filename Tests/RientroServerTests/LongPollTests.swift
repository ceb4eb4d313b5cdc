import RientroProtocol
import RientroSQLite
import Testing

@testable import RientroServer

@Suite("the long poll", .timeLimit(.minutes(2)))
struct LongPollTests {
    /// Lets an office ask and wait, and calls `then` once it does.
    private func waiting(
        _ centre: TestCentre, _ office: TestPush, seconds: Int = 50,
        then: () async throws -> Void
    ) async throws -> TestHTTP.Answer {
        async let reply = office.send([], wait: seconds)
        while try await centre.metric("rientro_long_polls_waiting") != 1 {
            try await Task.sleep(for: .milliseconds(10))
        }
        try await then()
        return try await reply
    }

    @Test("a commit for its portfolio ends the wait, with the commit in the answer")
    func woken() async throws {
        let centre = try TestCentre()
        let a = try TestPush(centre, "MT")
        let b = try TestPush(centre, "MT")
        let reply = try await waiting(centre, a) {
            _ = try await b.send([b.changeSet(1, note: TestRow.own(1))])
        }
        let answer = try SyncAnswer(decoding: reply.body)
        #expect(answer.commits.map(\.replica) == [b.replica])
        #expect(try await centre.metric("rientro_long_polls_waiting") == 0)
        await centre.stop()
    }

    @Test("a commit of another process ends the wait as well")
    func otherProcess() async throws {
        let centre = try TestCentre()
        let a = try TestPush(centre, "MT")
        let reply = try await waiting(centre, a) {
            // A connection that the server knows nothing of, as a command beside it has.
            let engine = try centre.centre.engine()
            _ = try engine.db.transaction {
                try engine.act(now: SystemClock.now()) {
                    try $0.insert("portfolio", id: "PV", ["name": .text("Pavia")])
                }
            }
        }
        #expect(try SyncAnswer(decoding: reply.body).commits.map(\.replica) == [0])
        await centre.stop()
    }

    @Test("a commit for others does not end it; the cursor has moved when the time is over")
    func others() async throws {
        let centre = try TestCentre()
        let a = try TestPush(centre, "MT")
        let reply = try await waiting(centre, a, seconds: 2) {
            let engine = try centre.centre.engine()
            _ = try engine.db.transaction {
                try engine.act(now: SystemClock.now()) {
                    try $0.set("account", id: TestRow.account("PZ", 1), ["status": .text("paid")])
                }
            }
        }
        let answer = try SyncAnswer(decoding: reply.body)
        #expect(answer.commits.isEmpty)
        #expect(answer.cursor.commit == a.cursor.commit + 1)
        await centre.stop()
    }

    @Test("revoking its token ends the wait with 401, and the next request too")
    func revoked() async throws {
        let centre = try TestCentre()
        let a = try TestPush(centre, "MT")
        let reply = try await waiting(centre, a) {
            let engine = try centre.centre.engine()
            _ = try engine.db.transaction { try engine.revoke(replica: a.replica, now: 1) }
        }
        #expect(reply.status == 401)
        #expect(reply.code == "unknown_token")
        #expect(reply.fields["www-authenticate"] == "Bearer")
        #expect(try await a.send([]).status == 401)
        await centre.stop()
    }

    @Test("a stop of the server ends every wait at once, with an answer")
    func stopped() async throws {
        let centre = try TestCentre()
        let a = try TestPush(centre, "MT")
        let reply = try await waiting(centre, a) { await centre.stop() }
        #expect(reply.status == 200)
        #expect(try SyncAnswer(decoding: reply.body).commits.isEmpty)
        #expect(centre.log.all.last?.hasSuffix("event=stopped") == true)
    }
}
