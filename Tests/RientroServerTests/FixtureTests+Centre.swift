import Foundation
import RientroClient
import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@testable import RientroServer

extension FixtureTests {
    @Test("the centre's file opens, holds all that one can hold, and its chain and rows are right")
    func centre() throws {
        let world = try Fixture.world()
        let db = world.centre.db
        #expect(try db.integer("PRAGMA user_version") == FileFormat.version)
        #expect(try db.integer("PRAGMA application_id") == FileFormat.centreID)
        let least = [
            "commit_log": 8, "commit_part": 8, "route": 4, "quarantine": 2, "correction": 1,
            "epoch": 2, "change_set": 4, "change_set_name": 1, "replica": 3, "conflict": 2,
        ]
        for (table, count) in least {
            let found = try db.integer("SELECT count(*) FROM \(table)") ?? 0
            #expect(found >= count, "\(table)")
        }
        let report = try CentreVerify.run(Centre.open(folder: world.folder.path))
        #expect(report.findings == [])
        #expect(report.commits == (try world.centre.cursor().commit))
    }

    @Test("a snapshot is adopted, and the new office works and syncs with the centre")
    func snapshot() throws {
        let world = try Fixture.world()
        let path = try Fixture.copy("snapshot.sqlite", into: world)
        let incarnation = [UInt8](repeating: 5, count: 16)
        let answer = try world.centre.db.transaction {
            let added = try world.centre.addReplica(
                name: "New", portfolios: ["MT"], now: World.now())
            return try world.centre.enrol(
                EnrolRequest(code: added.code, tokenHash: .zero, incarnation: incarnation),
                now: World.now())
        }
        try ReplicaEngine.adoptSnapshot(
            at: path, answer: answer, server: "https://centre.example", incarnation: incarnation,
            clockOffset: 0)
        let before = try Fixture.objects(path)
        let office = try Office(path: path)
        #expect(try Fixture.objects(path) == before)
        try office.sql.execute("UPDATE account SET priority = 8 WHERE case_ref = 'CASE-1'")
        try world.sync(office)
        #expect(
            try world.centre.db.integer(
                "SELECT priority FROM account WHERE case_ref = 'CASE-1'") == 8)
        #expect(try office.digests() == world.centre.store.digests(portfolios: ["MT"]))
    }

    /// A decoder and the encoder after it, by the name of the message.
    private static let forms: [String: @Sendable ([UInt8]) throws -> [UInt8]] = [
        "sync-request": { try SyncRequest(decoding: $0).encoded() },
        "sync-answer": { try SyncAnswer(decoding: $0).encoded() },
        "enrol-request": { try EnrolRequest(decoding: $0).encoded() },
        "enrol-answer": { try EnrolAnswer(decoding: $0).encoded() },
        "renumber-request": { try RenumberRequest(decoding: $0).encoded() },
        "renumber-answer": { try EnrolAnswer(decoding: $0).encoded() },
        "digest-answer": { try DigestAnswer(decoding: $0).encoded() },
        "range-answer": { try RangeAnswer(decoding: $0).encoded() },
    ]

    @Test("every message is read, and written again with the same bytes")
    func messages() throws {
        let messages = try Fixture.messages()
        #expect(Set(messages.map(\.name)) == Set(Self.forms.keys))
        for message in messages {
            let form = try #require(Self.forms[message.name])
            #expect(try form(message.bytes) == message.bytes, "\(message.name)")
        }
    }

    @Test("what the messages only carry is read and written too, and hashed as the files say")
    func contents() throws {
        let world = try Fixture.world()
        let request = try SyncRequest(decoding: Fixture.message("sync-request"))
        let answer = try SyncAnswer(decoding: Fixture.message("sync-answer"))
        #expect(!request.changeSets.isEmpty && !answer.commits.isEmpty && !answer.outcomes.isEmpty)
        for bytes in request.changeSets {
            let set = try ChangeSet(decoding: bytes)
            #expect(set.encoded() == bytes)
            let known = try world.centre.db.first(
                "SELECT hash FROM change_set WHERE replica = ? AND n = ?", .integer(set.replica),
                .integer(set.number)
            ) { $0.blob(0) }
            #expect(set.hash.bytes == known)
            let units = try UnitChanges.decode(set.part.content)
            #expect(UnitChanges.encode(units) == set.part.content)
        }
        for part in answer.commits.flatMap(\.parts) {
            let units = try UnitChanges.decode(part.part.content)
            #expect(UnitChanges.encode(units) == part.part.content)
        }
        let enrolled = try EnrolAnswer(decoding: Fixture.message("enrol-answer"))
        #expect(try Schema(json: enrolled.schema) == world.centre.store.schema)
        #expect(try Schema(json: enrolled.schema).json() == enrolled.schema)
    }

    @Test("the centre takes the same request again and answers as it did")
    func again() throws {
        let world = try Fixture.world()
        let kept = try SyncAnswer(decoding: Fixture.message("sync-answer"))
        let answer = try SyncAnswer(
            decoding: world.serve(Fixture.message("sync-request")))
        let (again, before) = (answer.outcomes.first, kept.outcomes.first { $0.number == 1 })
        #expect(again?.number == 1 && again?.items == before?.items)
        #expect(again?.status == .alreadyApplied)
        let numbers = Set(kept.commits.map(\.number))
        #expect(answer.commits.filter { numbers.contains($0.number) } == kept.commits)
    }

    @Test("an office of before the proofs is heard, and its request is the same with one")
    func beforeProofs() throws {
        let bytes = try Fixture.message("sync-request")
        var request = try SyncRequest(decoding: bytes)
        #expect(request.provenCommit == nil)
        request.provenCommit = 7
        let proven = request.encoded()
        // One key more, after all that was there.
        #expect(proven.dropFirst() == bytes.dropFirst() + [0x18, 65, 7])
        #expect(proven[0] == bytes[0] + 1)
        #expect(try SyncRequest(decoding: proven) == request)
    }

    @Test("the digests that the centre gave are those of its file")
    func digests() throws {
        let world = try Fixture.world()
        let answer = try DigestAnswer(decoding: Fixture.message("digest-answer"))
        #expect(try answer.cursor == world.centre.cursor())
        #expect(try answer.tables == world.centre.store.digests(portfolios: ["MT"]))
    }
}
