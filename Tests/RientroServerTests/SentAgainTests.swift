import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Testing

/// What an office sends comes again, in part refused, or under a hash that is not its own.
@Suite("change-sets as they came")
struct SentAgainTests {
    let world: World
    let office: Office
    let matters: [String]

    init() throws {
        world = try World()
        var made: [String] = []
        try world.act { act in
            for number in 0..<3 {
                let person = try act.insert("person", ["name": .text("\(number)")])
                made.append(
                    try act.insert(
                        "matter", ["person_id": .text(person), "portfolio_id": .text("MT")]))
            }
        }
        matters = made.sorted()
        office = try world.office("A", ["MT"])
        try world.sync(office)
    }

    private func id(_ number: Int) -> String { "01890000-0000-7000-8000-00000000000\(number)" }

    private func paid(_ number: Int, _ matter: String, _ amount: Int64) -> RowChange {
        RowChange(
            table: 14, id: id(number),
            content: .ledger([.text(matter), .integer(amount), .null]))
    }

    private func set(_ units: [UnitChanges]) throws -> ChangeSet {
        let replica = try office.engine.replica()
        let head = try world.centre.head(of: replica)
        return ChangeSet(
            replica: replica, number: head.number + 1, previous: head.hash,
            cursor: try world.centre.cursor(), names: [],
            part: Part(
                salt: Array(repeating: 1, count: 16), content: UnitChanges.encode(units)))
    }

    private func request(_ sets: [ChangeSet], head: Head) throws -> SyncRequest {
        SyncRequest(
            schemaVersion: 1, replica: try office.engine.replica(), head: head,
            outcomesMerged: 0, cursors: [try world.centre.cursor()], portfolios: ["MT"],
            changeSets: sets.map { $0.encoded() })
    }

    private func push(_ request: SyncRequest) throws -> [Outcome] {
        try world.centre.db.transaction {
            try SentChangeSet.all(of: request).map {
                try world.centre.ingest($0, from: request.replica, now: World.now())
            }
        }
    }

    @Test("a refused row in the middle leaves the log with exactly the others", arguments: 0..<3)
    func refusedBetween(_ bad: Int) throws {
        // The amount may not be absent; every row is in a unit of its own.
        let rows = (0..<3).map { number in
            number == bad
                ? RowChange(
                    table: 14, id: id(number),
                    content: .ledger([.text(matters[number]), .null, .null]))
                : paid(number, matters[number], 100)
        }
        let units = zip(matters, rows).map {
            UnitChanges(unit: Unit(table: 12, id: $0), rows: [$1])
        }
        let set = try set(units)
        let outcome = try push(request([set], head: set.head))[0]
        #expect(outcome.items.map(\.id) == [id(bad)])
        let logged = try world.centre.db.rows(
            "SELECT content FROM commit_part ORDER BY number DESC LIMIT 1"
        ) { try UnitChanges.decode($0.blob(0)) }
        #expect(logged.first == units.enumerated().filter { $0.offset != bad }.map(\.element))
    }

    @Test("rows of one unit and of several are relayed as they came")
    func relayed() throws {
        let units = [
            UnitChanges(
                unit: Unit(table: 12, id: matters[0]),
                rows: [paid(1, matters[0], 1), paid(2, matters[0], 2)]),
            UnitChanges(unit: Unit(table: 12, id: matters[2]), rows: [paid(3, matters[2], 3)]),
        ]
        let set = try set(units)
        #expect(try push(request([set], head: set.head)).map(\.status) == [.applied])
        let part = try world.centre.db.first(
            "SELECT salt, content FROM commit_part ORDER BY number DESC LIMIT 1"
        ) { Part(salt: $0.blob(0), content: $0.blob(1)) }
        #expect(part == set.part)
    }

    @Test("its own hash decides what is known, not what its sender says of it")
    func forgedHash() throws {
        let first = try set([
            UnitChanges(unit: Unit(table: 12, id: matters[0]), rows: [paid(1, matters[0], 1)])
        ])
        _ = try push(request([first], head: first.head))
        let second = try set([
            UnitChanges(unit: Unit(table: 12, id: matters[0]), rows: [paid(2, matters[0], 1)])
        ])
        let other = Head(number: 1, hash: Hash(bytes: Array(repeating: 9, count: 32)) ?? .zero)
        #expect(try push(request([first], head: other)).map(\.status) == [.alreadyApplied])
        var changed = first
        changed.part = Part(salt: Array(repeating: 2, count: 16), content: first.part.content)
        // The head names what the centre has, and so does the one behind it.
        #expect(try push(request([changed], head: first.head)).map(\.status) == [.foreign])
        #expect(
            try push(request([changed, second], head: second.head)).map(\.status)
                == [.foreign, .applied])
    }

    @Test("a change-set of another number than the sender's is foreign, and changes nothing")
    func notItsOwn() throws {
        let theirs = try set([
            UnitChanges(unit: Unit(table: 12, id: matters[0]), rows: [paid(1, matters[0], 1)])
        ])
        let other = try world.office("B", ["MT"]).engine.replica()
        let commit = try world.centre.cursor().commit
        let outcome = try world.centre.db.transaction {
            try world.centre.ingest(theirs, from: other, now: World.now())
        }
        #expect(outcome == Outcome(number: 1, status: .foreign, items: []))
        #expect(try world.centre.cursor().commit == commit)
        for replica in [other, theirs.replica] {
            #expect(try world.centre.head(of: replica) == .none)
        }
    }

    /// Found by the model of the protocol: a copy whose centre was put back, or that was enrolled
    /// anew, may be first to bring what its original has sealed too.
    @Test("one that came under a later name first is not applied again under its own")
    func laterNameFirst() throws {
        let first = try set([
            UnitChanges(unit: Unit(table: 12, id: matters[0]), rows: [paid(1, matters[0], 1)])
        ])
        let copy = try HandMade(world: world, replica: first.replica).renumbered()
        let name = ChangeSetName(
            replica: first.replica, number: first.number, hash: first.hash)
        let renamed = ChangeSet(
            replica: copy.replica, number: 1, previous: .zero, cursor: first.cursor,
            names: [name], part: first.part)
        let outcome = try world.centre.db.transaction {
            try world.centre.ingest(renamed, from: renamed.replica, now: World.now())
        }
        #expect(outcome.status == .applied)
        let commit = try world.centre.cursor().commit
        #expect(try push(request([first], head: first.head)).map(\.status) == [.alreadyApplied])
        #expect(try world.centre.cursor().commit == commit)
        #expect(try world.centre.head(of: first.replica) == first.head)
    }
}
