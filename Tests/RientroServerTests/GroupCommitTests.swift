import Glibc
import RientroProtocol
import RientroSQLite
import Synchronization
import Testing

@testable import RientroServer

@Suite("group commit", .timeLimit(.minutes(2)))
struct GroupCommitTests {
    /// A disk whose `fsync` takes its time, so that something waits meanwhile.
    private static let slowDisk: @Sendable (Connection) throws -> Void = { db in
        usleep(20_000)
        try db.execute("COMMIT")
    }

    @Test("64 offices that push at once share few commits, and each is answered after its commit")
    func shared() async throws {
        let centre = try TestCentre(commit: Self.slowDisk)
        let offices = try (0..<64).map { _ in try TestPush(centre, "MT") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, office) in offices.enumerated() {
                group.addTask {
                    let reply = try await office.send([
                        office.changeSet(1, note: TestRow.own(index))
                    ])
                    let answer = try SyncAnswer(decoding: reply.body)
                    #expect(answer.outcomes.map(\.status) == [.applied])
                    // Another connection sees it, so it was committed before the answer.
                    let db = try centre.centre.connect(.readOnly)
                    #expect(
                        try db.integer(
                            "SELECT n FROM change_set WHERE replica = ?", .integer(office.replica))
                            == 1)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await centre.metric("rientro_change_sets_total") == 64)
        let groups = try #require(try await centre.metric("rientro_group_commits_total"))
        #expect((1...24).contains(groups))
        #expect(try centre.centre.engine().db.integer("SELECT count(*) FROM note") == 64)
        await centre.stop()
    }

    @Test("where the commit fails everybody gets 503 and nothing is applied; later it goes through")
    func failure() async throws {
        let isBroken = TestSwitch()
        let centre = try TestCentre(commit: { db in
            if isBroken.isOn { throw SQLiteError(code: 1_034, message: "fsync", sql: nil) }
            try Self.slowDisk(db)
        })
        let offices = try (0..<8).map { _ in try TestPush(centre, "MT") }
        let before = try centre.centre.engine().cursor()
        isBroken.isOn = true
        for round in [503, 200] {
            try await withThrowingTaskGroup(of: Int.self) { group in
                for (index, office) in offices.enumerated() {
                    group.addTask {
                        let set = office.changeSet(1, note: TestRow.own(index))
                        let reply = try await office.send([set])
                        if round == 503 {
                            #expect(reply.code == "busy")
                            #expect(reply.fields["retry-after"] == "2")
                        }
                        return reply.status
                    }
                }
                for try await status in group { #expect(status == round) }
            }
            let engine = try centre.centre.engine()
            let notes = try engine.db.integer("SELECT count(*) FROM note")
            #expect(notes == (round == 503 ? 0 : 8))
            if round == 503 {
                #expect(try engine.cursor() == before)
                #expect(try await centre.metric("rientro_change_sets_total") == 0)
            }
            isBroken.isOn = false
        }
        await centre.stop()
    }

    @Test("a change-set whose part cannot be read fails alone")
    func poisoned() async throws {
        let centre = try TestCentre(commit: Self.slowDisk)
        let offices = try (0..<8).map { _ in try TestPush(centre, "MT") }
        try await withThrowingTaskGroup(of: (Int, TestHTTP.Answer).self) { group in
            for (index, office) in offices.enumerated() {
                group.addTask {
                    let good = office.changeSet(1, note: TestRow.own(index))
                    // 0xff is not the head of any item that the protocol has.
                    let bad = office.changeSet(2, after: good.hash, content: [0xff])
                    return (index, try await office.send(index == 3 ? [good, bad] : [good]))
                }
            }
            for try await (index, reply) in group {
                #expect(reply.status == (index == 3 ? 400 : 200))
                if index == 3 { #expect(reply.code == "malformed_message") }
            }
        }
        let db = try centre.centre.engine().db
        #expect(try db.integer("SELECT count(*) FROM note") == 7)
        #expect(
            try db.integer(
                "SELECT count(*) FROM change_set WHERE replica = ?", .integer(offices[3].replica))
                == 0)
        #expect(try await centre.metric("rientro_change_sets_total") == 7)
        await centre.stop()
    }
}

/// Something that a test turns on and off.
final class TestSwitch: Sendable {
    private let value = Atomic<Bool>(false)

    var isOn: Bool {
        get { value.load(ordering: .acquiring) }
        set { value.store(newValue, ordering: .releasing) }
    }
}
