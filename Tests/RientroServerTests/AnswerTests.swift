import RientroClient
import RientroProtocol
import RientroSQLite
import Testing

@testable import RientroServer

/// What an answer says of change-sets, and how much it brings, as the specification has it.
@Suite("answers")
struct AnswerTests {
    let world: World
    let office: HandMade
    let person: String
    let unit: Unit

    init() throws {
        world = try World()
        var (person, matter) = ("", "")
        try world.act { act in
            person = try act.insert("person", ["name": .text("P")])
            matter = try act.insert(
                "matter", ["person_id": .text(person), "portfolio_id": .text("MT")])
        }
        self.person = person
        unit = Unit(table: 12, id: matter)
        office = HandMade(
            world: world, replica: try world.office("A", ["MT"]).engine.replica())
    }

    private func paid(
        _ number: Int, _ amount: Value = .integer(5), text: String? = nil
    ) -> RowChange {
        let digits = String(number, radix: 16)
        let zeros = String(repeating: "0", count: 12 - digits.count)
        let id = "01890000-0000-7000-8000-" + zeros + digits
        let note = text.map { Value.text($0) } ?? .null
        return RowChange(table: 14, id: id, content: .ledger([.text(unit.id), amount, note]))
    }

    /// The office's next change-set, of one row that is refused and one that is not, applied.
    private func pushRefused(_ number: Int) throws -> ChangeSet {
        let rows = [paid(2 * number), paid(2 * number + 1, .null)]
        return try push([UnitChanges(unit: unit, rows: rows)])
    }

    private func push(_ units: [UnitChanges]) throws -> ChangeSet {
        let set = try office.changeSet(units)
        _ = try world.centre.db.transaction {
            try world.centre.ingest(set, from: office.replica, now: World.now())
        }
        return set
    }

    private func request(
        _ sets: [ChangeSet] = [], merged: Int64 = 0, head: Head? = nil, from: Cursor? = nil
    ) throws -> SyncRequest {
        SyncRequest(
            schemaVersion: 1, replica: office.replica,
            head: try head ?? world.centre.head(of: office.replica), outcomesMerged: merged,
            cursors: [try from ?? world.centre.cursor()], portfolios: ["MT"],
            changeSets: sets.map { $0.encoded() })
    }

    private func answer(_ request: SyncRequest) throws -> SyncAnswer {
        try SyncAnswer(decoding: world.serve(request.encoded()))
    }

    @Test("what comes again is already applied, with its items, merged before or not")
    func again() throws {
        let sets = [try pushRefused(1), try pushRefused(2), try pushRefused(3)]
        for merged in 0...3 as ClosedRange<Int64> {
            let outcomes = try answer(request(sets, merged: merged)).outcomes
            #expect(outcomes.map(\.number) == [1, 2, 3])
            #expect(outcomes.allSatisfy { $0.status == .alreadyApplied })
            #expect(outcomes.allSatisfy { $0.items.map(\.reason) == [.badValue] })
        }
        // What does not come again was applied, and is told above what was merged.
        let outcomes = try answer(request([sets[2]], merged: 1)).outcomes
        #expect(outcomes.map(\.number) == [2, 3])
        #expect(outcomes.map(\.status) == [.applied, .alreadyApplied])
    }

    @Test("outcomes come in the order of their numbers, foreign and gap among them")
    func order() throws {
        let first = try pushRefused(1)
        let second = try pushRefused(2)
        var foreign = first
        foreign.part = Part(salt: Array(repeating: 2, count: 16), content: first.part.content)
        var gap = second
        gap.number = 9
        let outcomes = try answer(
            request([gap, second, foreign], merged: 0, head: second.head)
        ).outcomes
        #expect(outcomes.map(\.number) == [1, 1, 2, 9])
        #expect(outcomes.map(\.status) == [.applied, .foreign, .alreadyApplied, .gap])
        #expect(outcomes.map(\.items.count) == [1, 0, 1, 0])
    }

    @Test("what was applied under an earlier name is already applied in every answer")
    func renamed() throws {
        let set = try pushRefused(1)
        let copy = try office.renumbered()
        let name = ChangeSetName(replica: set.replica, number: 1, hash: set.hash)
        let renamed = ChangeSet(
            replica: copy.replica, number: 1, previous: .zero, cursor: set.cursor, names: [name],
            part: set.part)
        _ = try world.centre.db.transaction {
            try world.centre.ingest(renamed, from: copy.replica, now: World.now())
        }
        var later = try request()
        later.replica = copy.replica
        let outcomes = try answer(later).outcomes
        #expect(outcomes.map(\.status) == [.alreadyApplied])
        #expect(outcomes.first?.items.map(\.reason) == [.badValue])
    }

    @Test("an own commit that was not applied as sent never comes before its outcome")
    func ownAfterOutcome() throws {
        let start = try world.centre.cursor()
        let most = Int64(CentreEngine.outcomesMax)
        for number in 1...Int(most) + 2 { _ = try pushRefused(number) }
        let first = try answer(request(from: start))
        #expect(first.outcomes.map(\.number) == Array(1...most))
        #expect(first.commits.map(\.changeSet) == Array(1...most))
        #expect(first.hasMore)
        let rest = try answer(request(merged: most, from: first.cursor))
        #expect(rest.outcomes.map(\.number) == [most + 1, most + 2])
        #expect(rest.commits.map(\.changeSet) == [most + 1, most + 2])
        #expect(!rest.hasMore)
    }

    @Test("an answer looks at 20,000 commits of others at most, and says that there are more")
    func scanned() throws {
        let start = try world.centre.cursor()
        try world.centre.db.execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20001)
            INSERT INTO commit_log(number, time, replica, change_set, hashes, chain, is_clean)
            SELECT \(start.commit) + i, 0, 99, i, x'', zeroblob(32), 1 FROM n
            """)
        let request = try request(head: Head.none, from: start)
        let answer = try world.centre.answer(to: request, ingested: [], now: World.now())
        #expect(answer.cursor.commit == start.commit + 20_000 && answer.hasMore)
    }

    @Test("commits come about as many bytes as are asked for, one at least, up to a whole message")
    func bytes() throws {
        let start = try world.centre.cursor()
        let long = String(repeating: "x", count: 100_000)
        for number in 1...60 {
            _ = try push([UnitChanges(unit: unit, rows: [paid(number, text: long)])])
        }
        func count(_ most: Int) throws -> Int {
            var request = try request(merged: 60, head: Head.none, from: start)
            request.answerBytesMax = most
            let bytes = try world.serve(request.encoded())
            #expect(bytes.count <= Limits.messageBytesMax)
            return try SyncAnswer(decoding: bytes).commits.count
        }
        #expect(try count(0) == 1)
        #expect(try count(250_000) == 2)
        #expect(try count(1 << 20) == 10)
        #expect(try count(3 << 20) == 31)
        #expect(try count(5 << 20) == 51)
    }
}
