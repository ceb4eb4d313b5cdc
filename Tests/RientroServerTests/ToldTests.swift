import RientroClient
import RientroProtocol
import RientroSQLite
import Testing

@testable import RientroServer

@Suite("what an office tells of itself", .timeLimit(.minutes(2)))
struct ToldTests {
    /// What the centre knows of an office once the server has stopped.
    private func record(_ centre: TestCentre, of replica: Int64) async throws -> ReplicaRecord {
        await centre.stop()
        let all = try centre.centre.engine(.readOnly).replicas()
        return try #require(all.first { $0.number == replica })
    }

    /// Three change-sets in a row, of one note each.
    private func three(of office: TestPush) -> [ChangeSet] {
        var sets: [ChangeSet] = []
        for number in 1...3 {
            sets.append(
                office.changeSet(
                    Int64(number), after: sets.last?.hash ?? .zero,
                    note: TestRow.own(Int(office.replica) * 16 + number)))
        }
        return sets
    }

    @Test("what it sealed and did not send is counted as unsent")
    func unsent() async throws {
        let centre = try TestCentre()
        let office = try TestPush(centre, "MT")
        let sets = three(of: office)
        var request = office.request([sets[0]])
        request.head = sets[2].head
        #expect(try await office.send(request).status == 200)
        let found = try await record(centre, of: office.replica)
        #expect(found.headNumber == 1 && found.toldHead == 3 && found.unsent == 2)
        #expect(found.provenCommit == nil)
    }

    @Test("a number that was taken from an office before it had a range is out of it, not believed")
    func outOfRange() async throws {
        let centre = try TestCentre()
        let offices = [try TestPush(centre, "MT"), try TestPush(centre, "MT")]
        await centre.stop()
        let engine = try centre.centre.engine()
        for (office, number) in zip(offices, [Int64.max, .min]) {
            try engine.db.run(
                "UPDATE replica SET told_head = ?1, proven_commit = ?1 WHERE number = ?2",
                .integer(number), .integer(office.replica))
        }
        let found = try engine.replicas()
        #expect(found.map(\.toldHead) == [Limits.changeSetNumberMax, 0])
        #expect(found.map(\.unsent) == [Limits.changeSetNumberMax, 0])
        #expect(found.map(\.provenCommit) == [Limits.commitNumberMax, 0])
    }

    @Test("the schema and the portfolios that its last request told are known")
    func held() async throws {
        let centre = try TestCentre()
        let office = try TestPush(centre, "MT", "PZ")
        #expect(try centre.centre.engine(.readOnly).replicas().first?.held == nil)
        var request = office.request([])
        request.schemaVersion = 7
        request.portfolios = ["MT", "PZ"]
        _ = try await office.send(request)
        let found = try await record(centre, of: office.replica)
        #expect(found.schemaVersion == 7 && found.held == ["MT", "PZ"])
    }

    @Test("nothing is unsent once it has all come, nor of an office that never asked")
    func complete() async throws {
        let centre = try TestCentre()
        let office = try TestPush(centre, "MT")
        let silent = try TestPush(centre, "MT")
        let sets = three(of: office)
        var request = office.request([sets[0]])
        request.head = sets[2].head
        #expect(try await office.send(request).status == 200)
        #expect(try await office.send(Array(sets[1...])).status == 200)
        let found = try await record(centre, of: office.replica)
        #expect(found.headNumber == 3 && found.toldHead == 3 && found.unsent == 0)
        let other = try await record(centre, of: silent.replica)
        #expect(other.toldHead == 0 && other.unsent == 0 && other.provenCommit == nil)
    }

    @Test("what was told while another request of the same file waited is not taken back by it")
    func waiting() async throws {
        let centre = try TestCentre()
        let office = try TestPush(centre, "MT")
        let other = try TestPush(centre, "MT")
        let sets = three(of: office)
        async let reply = office.send([], wait: 50)
        while try await centre.metric("rientro_long_polls_waiting") != 1 {
            try await Task.sleep(for: .milliseconds(10))
        }
        var request = office.request([])
        request.head = sets[2].head
        #expect(try await office.send(request).status == 200)
        _ = try await other.send([other.changeSet(1, note: TestRow.own(1))])
        #expect(try await reply.status == 200)
        let found = try await record(centre, of: office.replica)
        #expect(found.toldHead == 3 && found.unsent == 3)
    }

    @Test("a proof is believed up to the commit that it has seen, and never goes down")
    func proven() async throws {
        let centre = try TestCentre()
        let office = try TestPush(centre, "MT")
        let last = office.cursor.commit
        for proven in [last, 0, nil, last + 1, Limits.commitNumberMax] {
            var request = office.request([])
            request.provenCommit = proven
            #expect(try await office.send(request).status == 200)
        }
        #expect(try await record(centre, of: office.replica).provenCommit == last)
        let behind = try TestCentre()
        let late = try TestPush(behind, "MT")
        _ = try await late.send([late.changeSet(1, note: TestRow.own(1))])
        var request = late.request([])
        request.provenCommit = late.cursor.commit + 1
        #expect(try await late.send(request).status == 200)
        #expect(try await record(behind, of: late.replica).provenCommit == nil)
    }

    @Test("what is noted in several steps before it is written loses nothing of them")
    func noted() {
        let line = WriterLine()
        func told(_ number: Int64, proven: Int64?) -> ToldBySync {
            ToldBySync(
                SyncRequest(
                    schemaVersion: 1, replica: 9,
                    head: Head(number: number, hash: SHA256.hash([4])), outcomesMerged: 0,
                    cursors: [], portfolios: [], changeSets: [], provenCommit: proven))
        }
        let steps: [WriterLine.Seen] = [
            .init(commit: 5, time: 1, told: told(3, proven: 5)),
            .init(commit: 6, time: 2, told: told(4, proven: 3)),
            .init(commit: 7, time: 3, told: nil),
        ]
        #expect(steps.map { line.note(9, $0) } == [true, false, false])
        let taken = line.takeSeen()
        #expect(taken[9]?.commit == 7 && taken[9]?.time == 3)
        #expect(taken[9]?.told == told(4, proven: 3) && taken[9]?.proven == 5)
        // It could not be written, and meanwhile the office came again.
        let later = told(5, proven: nil)
        _ = line.note(9, .init(commit: 8, time: 4, told: later))
        line.putBack(taken)
        let again = line.takeSeen()
        #expect(again[9]?.commit == 8 && again[9]?.told == later && again[9]?.proven == 5)
    }

    @Test("work that came under its file's next number is not unsent; what has not come is")
    func renumbered() throws {
        let world = try World()
        try world.act { act in
            let person = try act.insert("person", ["name": .text("P")])
            try act.insert("matter", ["person_id": .text(person), "portfolio_id": .text("MT")])
        }
        let office = try world.office("A", ["MT"])
        try world.sync(office)
        let copy = try office.copy(to: world.path())
        try Self.pay(1, by: office)
        try world.sync(office)
        for amount in [2, 3] {
            try Self.pay(amount, by: copy)
            try Self.tell(copy, world)
        }
        let number = try office.engine.replica()
        let before = try #require(try world.centre.replicas().first { $0.number == number })
        #expect(before.headNumber == 1 && before.toldHead == 2 && before.unsent == 1)
        try world.sync(copy)
        try Self.tell(copy, world)
        let after = try world.centre.replicas()
        #expect(after.map(\.toldHead) == [2, 2] && after.map(\.unsent) == [0, 0])
        #expect(after.last?.succeeds == number)
        // The file itself goes on under the number, and what it seals next is its own.
        for amount in [4, 5] { try Self.pay(amount, by: office) }
        try Self.tell(office, world)
        #expect(try world.centre.replicas().map(\.unsent) == [1, 0])
    }

    private static func pay(_ amount: Int, by office: Office) throws {
        try office.sql.execute(
            "INSERT INTO paid(matter_id, amount) SELECT id, \(amount) FROM matter")
    }

    /// The office seals, and the centre hears its head and nothing else.
    private static func tell(_ office: Office, _ world: World) throws {
        let request = try office.engine.request()
        try world.centre.db.transaction {
            try world.centre.noteSeen(
                replica: request.replica, commit: 0, told: ToldBySync(request),
                proven: request.provenCommit, now: World.now())
        }
    }
}
