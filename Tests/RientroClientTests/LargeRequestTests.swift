import Portfolio
import RientroProtocol
import RientroSQLite
import Testing

@testable import RientroClient

/// A proxy that takes no large request stops what goes up, and never what comes down.
@Suite("A request that is too large for its way", .timeLimit(.minutes(2)))
struct LargeRequestTests {
    /// So many change-sets of nearly 8 KB each, and news from the centre.
    private func desk(sets: Int) async throws -> Desk {
        let desk = try await Desk()
        let engine = try ReplicaEngine(path: desk.path)
        for number in 0..<sets {
            try await desk.call("\(number) " + String(repeating: "x", count: 7_900))
            _ = try engine.request()
        }
        let other = try await desk.other("other.db")
        try await desk.call("news", on: other)
        _ = try await other.sync()
        return desk
    }

    private func sent(_ desk: Desk) async -> [Int] {
        await desk.centre.requests.suffix(20).filter { $0.path == "/v1/sync" }.compactMap {
            try? SyncRequest(decoding: $0.body).changeSets.count
        }
    }

    @Test("goes again in pieces, a change-set each, and all of it goes")
    func oneByOne() async throws {
        let desk = try await desk(sets: 4)
        await desk.centre.setProxy(bodyBytesMax: 12_000)
        let report = try await desk.replica.sync()
        #expect(report.unsent == nil && !report.needsAttention)
        #expect(report.changeSetsSent == 4 && report.rowsSent == 4 && report.acknowledged == 4)
        #expect(await sent(desk).suffix(5) == [4, 1, 1, 1, 1])
        #expect(try await desk.replica.status().onTheWay == 0)
        #expect(try await Desk.notes(desk.replica).contains("news"))
        #expect(try await desk.centre.integer("SELECT count(*) FROM contact_attempt") == 5)
    }

    @Test("stays here where not even one goes through; what others wrote comes, and it is said")
    func none() async throws {
        let desk = try await desk(sets: 3)
        await desk.centre.setProxy(bodyBytesMax: 6_000)
        let report = try await desk.replica.sync()
        #expect(await sent(desk).suffix(3) == [3, 1, 0])
        let unsent = try #require(report.unsent)
        #expect(unsent.changeSets == 3 && unsent.rows == 3 && report.needsAttention)
        #expect((7_900...12_000).contains(unsent.requestBytes))
        #expect(report.changeSetsSent == 0 && report.rowsSent == 0)
        #expect(try await Desk.notes(desk.replica).contains("news"))
        let status = try await desk.replica.status()
        #expect(status.sealed == 3 && status.lastSync == nil || status.onTheWay == 3)

        // What is not on its way through does not keep a verification busy.
        var sync = SyncReport()
        let verified = try await desk.replica.verify(into: &sync)
        #expect(verified.onTheWay == 3 && !verified.isProven && sync.unsent != nil)

        await desk.centre.setProxy(bodyBytesMax: .max)
        #expect(try await desk.replica.sync().unsent == nil)
        #expect(try await desk.replica.status().onTheWay == 0)
    }

    @Test("is tried alone only if others went with it")
    func alone() async throws {
        let desk = try await desk(sets: 1)
        await desk.centre.setProxy(bodyBytesMax: 6_000)
        #expect(try await desk.replica.sync().unsent?.changeSets == 1)
        #expect(await sent(desk).suffix(2) == [1, 0])
    }

    @Test("and carries nothing is an error that says how large it was")
    func empty() async throws {
        let desk = try await Desk()
        await desk.centre.setProxy(bodyBytesMax: 10)
        await #expect {
            try await desk.replica.sync()
        } throws: {
            if case .requestTooLarge(let bytes) = $0 as? ReplicaError { bytes > 10 } else { false }
        }
    }

    @Test(
        "what the centre does not take for now stays, what others wrote comes, and then it is said",
        arguments: [(429, "too_many_refused"), (429, "too_many_conflicts"), (503, "disk_full")])
    func turnedAway(status: Int, code: String) async throws {
        let desk = try await desk(sets: 3)
        await desk.centre.turnAway(code, status: status, sets: 1)
        var begun = SyncReport()
        do {
            try await desk.replica.sync(into: &begun)
            Issue.record("it was taken")
        } catch {
            #expect(error == .centreRefused(status: status, code: code, detail: "later"))
        }
        // What it had done until then is told all the same.
        #expect(begun.rowsReceived == 1 && begun.received.count == 1)
        #expect(await sent(desk).suffix(3) == [3, 1, 0])
        #expect(try await Desk.notes(desk.replica).contains("news"))
        #expect(try await desk.replica.status().onTheWay == 3)
        // Where only some of it is too much, the rest goes, each by itself.
        await desk.centre.turnAway(code, status: status, sets: 2)
        let report = try await desk.replica.sync()
        #expect(report.changeSetsSent == 3 && report.unsent == nil)
        #expect(try await desk.replica.status().onTheWay == 0)
    }

    @Test(
        "another 429 or 503 is an error at once: nothing of the request would be taken now",
        arguments: [(429, "too_many_requests"), (503, "busy"), (429, "disk_full")])
    func tooMuchAtOnce(status: Int, code: String) async throws {
        let desk = try await desk(sets: 2)
        await desk.centre.turnAway(code, status: status, sets: 0)
        await #expect(
            throws: ReplicaError.centreRefused(status: status, code: code, detail: "later")
        ) { try await desk.replica.sync() }
        #expect(await sent(desk).last == 2)
        #expect(try await desk.replica.status().onTheWay == 2)
    }
}
