import Dispatch
import RientroProtocol
import RientroSQLite
import Synchronization
import Testing

@testable import RientroServer

@Suite("group commit", .timeLimit(.minutes(2)))
struct GroupCommitTests {
    /// A disk whose commits wait at a gate, for a group that time does not end.
    private static func disk(_ gate: TestGate) -> WriterDisk {
        WriterDisk(
            commit: { db in
                gate.pass()
                try db.execute("COMMIT")
            }, moment: { 0 })
    }

    /// Waits until so many requests wait for the writer.
    private func waiting(_ count: Int, _ centre: TestCentre) async throws {
        while try await centre.metric("rientro_writer_waiting") != count {
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    @Test("64 offices that push while the disk is busy share one commit, and are answered after it")
    func shared() async throws {
        let gate = TestGate()
        let centre = try TestCentre(disk: Self.disk(gate))
        let offices = try (0..<65).map { _ in try TestPush(centre, "MT") }
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
                // The first is at the gate before the others come.
                while index == 0, !gate.isWaitedAt { try await Task.sleep(for: .milliseconds(5)) }
            }
            try await waiting(64, centre)
            #expect(try await centre.metric("rientro_change_sets_total") == 0)
            gate.open()
            try await group.waitForAll()
        }
        #expect(try await centre.metric("rientro_change_sets_total") == 65)
        #expect(try await centre.metric("rientro_group_commits_total") == 2)
        #expect(try centre.centre.engine().db.integer("SELECT count(*) FROM note") == 65)
        await centre.stop()
    }

    @Test("where the commit fails everybody gets 503 and nothing is applied; later it goes through")
    func failure() async throws {
        let isBroken = TestSwitch()
        let centre = try TestCentre(
            disk: WriterDisk(commit: { db in
                if isBroken.isOn { throw SQLiteError(code: 1_034, message: "fsync", sql: nil) }
                try db.execute("COMMIT")
            }))
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

    @Test("where SQLite has undone the group nothing of it is done, and nobody is told otherwise")
    func undone() async throws {
        let centre = try TestCentre()
        await centre.stop()
        let engine = try centre.centre.engine()
        let line = WriterLine()
        let writer = GroupWriter(
            engine: engine, line: line, metrics: Metrics(), clock: { 1 },
            disk: WriterDisk(moment: { 0 }), onCommit: {})
        let told = TestLines()
        func add(_ name: String, _ sql: String, fails: Bool = false) throws {
            let entry = WriterEntry.calling({ (result: Result<Void, any Error>) in
                switch result {
                case .success: told.add("\(name) done")
                case .failure(let error): told.add("\(name) \(error as? CentreError == .diskFull)")
                }
            }) { engine, _, _ in
                try engine.db.execute(sql)
                if fails { throw SQLiteError(code: 13, message: "full", sql: nil) }
            }
            _ = try line.add(entry, line: 1, bytes: 0)
        }
        func insert(_ name: String) -> String {
            "INSERT INTO setting(name, value) VALUES ('\(name)', '')"
        }
        try add("first", insert("first"))
        // As after a full disk: the transaction is gone.
        try add("second", "ROLLBACK", fails: true)
        try add("third", insert("third"))
        writer.work()
        // The third is in a group of its own.
        #expect(told.all == ["first true", "second true", "third done"])
        let names = try engine.db.rows(
            "SELECT name FROM setting WHERE name IN ('first', 'third')"
        ) { $0.text(0) }
        #expect(names == ["third"])
        #expect(!engine.db.isInTransaction)
    }

    @Test("a change-set whose part cannot be read fails alone")
    func poisoned() async throws {
        let gate = TestGate()
        let centre = try TestCentre(disk: Self.disk(gate))
        let offices = try (0..<8).map { _ in try TestPush(centre, "MT") }
        try await withThrowingTaskGroup(of: (Int, TestHTTP.Answer).self) { group in
            for (index, office) in offices.enumerated() {
                while index == 1, !gate.isWaitedAt { try await Task.sleep(for: .milliseconds(5)) }
                group.addTask {
                    let good = office.changeSet(1, note: TestRow.own(index))
                    // 0xff is not the head of any item that the protocol has.
                    let bad = office.changeSet(2, after: good.hash, content: [0xff])
                    return (index, try await office.send(index == 3 ? [good, bad] : [good]))
                }
            }
            // The other seven, the bad one among them, become one group.
            try await waiting(7, centre)
            gate.open()
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
        #expect(try await centre.metric("rientro_group_commits_total") == 2)
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

/// Holds whoever comes, until it is opened for good.
final class TestGate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let visitors = Atomic<Int>(0)

    var isWaitedAt: Bool { visitors.load(ordering: .acquiring) > 0 }

    func pass() {
        visitors.add(1, ordering: .acquiringAndReleasing)
        semaphore.wait()
        semaphore.signal()
    }

    func open() { semaphore.signal() }
}
