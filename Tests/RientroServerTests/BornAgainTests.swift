import Foundation
import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Testing

/// What never changes does not change: the centre has one birth of each row.
@Suite("a row that is born again")
struct BornAgainTests {
    let world: World
    let person: String
    let contact = "01890000-0000-7000-8000-000000000001"

    /// The small trade with a table whose rows have a column that never changes, beside the one
    /// that says under what they hang.
    private static func schema() throws -> Schema {
        let small = try SmallTrade.schema()
        let table = Schema.Table(
            number: 15, name: "contact", kind: .record,
            routing: .parent(table: "person", column: "person_id"),
            columns: [
                .init(number: 1, name: "person_id", type: .text, isRequired: true),
                .init(number: 2, name: "source", type: .text, default: .value(.text("found"))),
                .init(number: 3, name: "value", type: .text, limit: .bytes(100)),
                .init(number: 4, name: "hint", type: .text, default: .value(.text("-"))),
                .init(number: 5, name: "checked", type: .text),
            ],
            registers: [
                .init(number: 1, name: "value", rule: .kept), .init(number: 2, name: "hint"),
                .init(number: 3, name: "checked", writer: .centre),
            ])
        return try Schema(name: "born again", version: 1, tables: small.tables + [table])
    }

    init() throws {
        world = try World(schema: try Self.schema())
        var made = ""
        try world.act { act in
            made = try act.insert("person", ["name": .text("P")])
            try act.insert("matter", ["person_id": .text(made), "portfolio_id": .text("MT")])
        }
        person = made
    }

    private var unit: RientroProtocol.Unit { .init(table: 11, id: person) }

    private func office(_ name: String) throws -> HandMade {
        HandMade(world: world, replica: try world.office(name, ["MT"]).engine.replica())
    }

    private func makeAtCentre() throws -> Stamp {
        try world.act { act in
            try act.insert(
                "contact", id: contact,
                [
                    "person_id": .text(person), "source": .text("creditor"),
                    "value": .text("centre"), "hint": .text("h"), "checked": .text("yes"),
                ])
        }
        let born = try world.centre.db.integer("SELECT born_stamp FROM contact")
        return try #require(born.flatMap { Stamp(rawValue: $0) })
    }

    private func birth(
        _ stamp: Stamp, source: Value? = "creditor", _ writes: [Int: String]
    ) -> RowChange {
        RowChange(
            table: 15, id: contact,
            content: .record(
                birth: Birth(stamp: stamp, fixed: [.text(person)] + (source.map { [$0] } ?? [])),
                writes: writes.sorted { $0.key < $1.key }.map {
                    RegisterWrite(
                        register: $0.key, stamp: nil, base: nil, values: [.text($0.value)])
                }))
    }

    private func row() throws -> String? {
        try world.centre.db.text(
            "SELECT source || ' ' || value || ' ' || hint || ' ' || checked FROM contact")
    }

    @Test("what the centre made keeps what never changes, however early another says he made it")
    func earlierWithOtherSource() throws {
        let born = try makeAtCentre()
        let a = try office("A")
        let early = Stamp(milliseconds: born.milliseconds - 1_000, replica: a.replica)
        for source: Value? in ["office", .null, nil] {
            let outcome = try a.push(birth(early, source: source, [1: "z", 2: "z"]), of: unit)
            #expect(
                outcome.items == [
                    OutcomeItem(
                        table: 15, id: contact, register: 0, reason: .ledgerChanged, sent: early,
                        present: nil, values: nil)
                ])
        }
        #expect(try row() == "creditor centre h yes")
        #expect(
            try world.centre.db.integer("SELECT born_stamp FROM contact") == born.rawValue)
    }

    @Test("an earlier birth that is alike is told what stands, and who made the row stays")
    func earlierAndAlike() throws {
        let born = try makeAtCentre()
        let a = try office("A")
        let early = Stamp(milliseconds: born.milliseconds - 1_000, replica: a.replica)
        let outcome = try a.push(birth(early, [1: "z", 2: "z", 3: "no"]), of: unit)
        func item(_ register: Int, _ values: [Value]?) -> OutcomeItem {
            OutcomeItem(
                table: 15, id: contact, register: register, reason: nil, sent: early,
                present: born, values: values)
        }
        #expect(
            outcome.items == [
                item(1, ["centre"]), item(2, ["h"]), item(3, ["yes"]), item(0, nil),
            ])
        #expect(try row() == "creditor centre h yes")
        #expect(
            try world.centre.db.integer("SELECT born_stamp FROM contact") == born.rawValue)
        // Nobody loses a kept value that he did not see.
        #expect(try world.centre.db.text("SELECT lost FROM conflict") == "[\"z\"]")
    }

    @Test("what came with a later birth is written, not what it leaves out or may not write")
    func later() throws {
        let born = try makeAtCentre()
        let a = try office("A")
        let late = Stamp(milliseconds: born.milliseconds + 1_000, replica: a.replica)
        let outcome = try a.push(birth(late, [1: "mine", 3: "no"]), of: unit)
        #expect(
            outcome.items == [
                OutcomeItem(
                    table: 15, id: contact, register: 3, reason: nil, sent: late, present: born,
                    values: ["yes"])
            ])
        #expect(try row() == "creditor mine h yes")
        #expect(try world.centre.db.text("SELECT lost FROM conflict") == "[\"centre\"]")
        let logged = try world.centre.db.rows(
            "SELECT content FROM commit_part ORDER BY number DESC LIMIT 1"
        ) { try UnitChanges.decode($0.blob(0)) }
        let rows = try #require(logged.first).flatMap(\.rows).filter { $0.table == 15 }
        #expect(
            rows == [
                RowChange(
                    table: 15, id: contact,
                    content: .record(
                        birth: nil,
                        writes: [
                            RegisterWrite(register: 1, stamp: late, base: nil, values: ["mine"])
                        ]))
            ])
    }

    @Test("the very birth that stands says nothing new, also where it leaves out a default")
    func same() throws {
        let a = try office("A")
        let stamp = Stamp(milliseconds: World.now(), replica: a.replica)
        #expect(
            try a.push(birth(stamp, source: nil, [1: "v", 2: "h", 3: "c"]), of: unit)
                .items.isEmpty)
        for source: Value? in [nil, "found"] {
            #expect(
                try a.push(birth(stamp, source: source, [1: "v", 2: "h", 3: "c"]), of: unit)
                    .items.isEmpty)
        }
        #expect(try world.centre.db.integer("SELECT count(*) FROM conflict") == 0)
        #expect(try world.centre.db.text("SELECT source || hint FROM contact") == "foundh")
    }

    /// Two offices that insert one id; clocks an hour apart decide whose row says it is older, and
    /// the order of the syncs whose came first.
    @Test(
        "two offices with one id end with one row, the first that came, and lose no other",
        arguments: [0, -3_600_000, 3_600_000], [true, false])
    func converges(offset: Int64, isAlike: Bool) throws {
        let (a, b) = (try world.office("A", ["MT"]), try world.office("B", ["MT"]))
        let c = try world.office("C", ["MT"])
        for office in [a, b, c] { try world.sync(office) }
        try b.sql.execute("UPDATE me SET \"offset\" = \(offset)")
        for (office, name) in [(a, "a"), (b, "b")] {
            let source = isAlike ? "creditor" : name
            try office.sql.execute(
                """
                INSERT INTO contact(id, person_id, source, value, hint)
                VALUES ('\(contact)', '\(person)', '\(source)', '\(name)', 'of \(name)')
                """)
        }
        for office in [a, b, c, a, b, c] { try world.sync(office) }
        let commit = try world.centre.cursor().commit
        for office in [a, b, c] {
            #expect(try world.follow(.proof(repair: true), of: office).report.isProven)
        }
        for office in [a, b, c] {
            try world.sync(office)
            #expect(try office.digests() == world.centre.store.digests(portfolios: ["MT"]))
            let source = try office.sql.text("SELECT source FROM contact")
            #expect(source == (isAlike ? "creditor" : "a"))
        }
        #expect(try world.centre.cursor().commit == commit)
        let refused = try b.sql.integer("SELECT count(*) FROM refused WHERE row = '\(contact)'")
        #expect(refused == (isAlike ? 0 : 1))
        if isAlike {
            #expect(try world.centre.db.integer("SELECT count(*) FROM conflicts") == 1)
        }
        let scratch = world.path()
        try Data().write(to: URL(fileURLWithPath: scratch))
        #expect(try CentreVerify.run(world.centre, scratch: scratch).findings == [])
    }
}
