import RientroClient
import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@testable import RientroServer

/// What the centre does with rows that name others, and with too many of them.
@Suite("references at the centre's door")
struct ReferenceDoorTests {
    let world: World
    let office: Office
    /// Two matters of the office's portfolio.
    let own: [String]
    /// One of another portfolio.
    let foreign: String

    init() throws {
        world = try World(schema: ReturnsSchema.make())
        var made: [String] = []
        try world.act { act in
            for portfolio in ["MT", "MT", "PZ"] {
                let person = try act.insert("person", ["name": .text(portfolio)])
                made.append(
                    try act.insert(
                        "matter", ["person_id": .text(person), "portfolio_id": .text(portfolio)]))
            }
        }
        // Units travel in the order of their ids, and those of one millisecond have none.
        (own, foreign) = (made.prefix(2).sorted(), made[2])
        office = try world.office("A", ["MT"])
        try world.sync(office)
    }

    private static func id(_ number: Int) -> String {
        let digits = String(number)
        return "01890000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count)
            + digits
    }

    /// Writes a payment past the guards of the file, as a program made for it would send it.
    private func pay(
        _ number: Int, _ amount: Int64, on matter: String, undoing other: Int? = nil,
        at office: Office
    ) throws {
        let store = office.engine.store
        let named = other.map { Value.text(Self.id($0)) } ?? .null
        let change = RowChange(
            table: 14, id: Self.id(number),
            content: .ledger([.text(matter), .integer(amount), .null, named]))
        let paid = try #require(store.layout(named: "paid")).table
        try store.db.transaction {
            try store.quietly { _ = try store.merge(change) }
            try store.noteBirth(paid, id: change.id)
        }
    }

    /// What the office is told of its refused rows.
    private func told() throws -> [String] {
        try office.sql.rows("SELECT row, reason, detail FROM refused ORDER BY row") {
            "\($0.text(0).suffix(2)) \($0.text(1)): \($0.optionalText(2) ?? "")"
        }
    }

    private func paid() throws -> [String] {
        try world.centre.db.rows("SELECT id FROM paid ORDER BY id") { "\($0.text(0).suffix(2))" }
    }

    private static let demand =
        "undoes_id must name another paid of the same matter_id, itself without undoes_id,"
        + " and take back no more than its amount, with its sign turned"

    @Test("a reference that leaves its unit is refused, and another portfolio's payment stays")
    func leavesItsUnit() throws {
        let other = try world.office("B", ["PZ"])
        try world.sync(other)
        try pay(11, 7_000, on: foreign, at: other)
        try world.sync(other)
        try pay(12, -7_000, on: own[0], undoing: 11, at: office)
        try pay(13, 50, on: own[0], at: office)
        try world.sync(office)
        #expect(try paid() == ["11", "13"])
        // The office has no row 11, and so cannot tell by itself what was wrong.
        #expect(try told() == ["12 bad_value: "])
        #expect(
            try world.centre.db.text("SELECT detail FROM quarantine")
                == "\(Self.demand), not \(Self.id(11))")
    }

    @Test("what cannot count is refused with the column and the value, what can is taken")
    func judged() throws {
        try pay(11, 100, on: own[0], at: office)
        try pay(12, -40, on: own[0], undoing: 11, at: office)
        try pay(13, -40, on: own[1], undoing: 11, at: office)
        try pay(14, 40, on: own[0], undoing: 11, at: office)
        try pay(15, -40, on: own[0], undoing: 15, at: office)
        try world.sync(office)
        let (taken, refused) = (try paid(), try told())
        #expect(taken == ["11", "12"])
        #expect(
            refused == [
                "13 bad_value: \(Self.demand), not \(Self.id(11))",
                "14 bad_value: \(Self.demand), not \(Self.id(11))",
                "15 bad_value: \(Self.demand), not \(Self.id(15))",
            ])
        #expect(try office.sql.integer("SELECT count(*) FROM paid") == 2)
    }

    @Test("a reversal may come before what it reverses, and both stay whichever came first")
    func comesBefore() throws {
        let second = try world.office("B", ["MT"])
        try world.sync(second)
        try pay(12, -40, on: own[0], undoing: 11, at: office)
        try world.sync(office)
        #expect(try paid() == ["12"])
        try pay(11, 100, on: own[0], at: second)
        for office in [second, office] { try world.sync(office) }
        #expect(try paid() == ["11", "12"])
        #expect(try told() == [])
        for office in [office, second] {
            #expect(try office.digests() == world.centre.store.digests(portfolios: ["MT"]))
        }
    }

    @Test("a row that was taken before what it names came elsewhere is no harm, sent again")
    func takenBefore() throws {
        let copy = try office.copy(to: world.path())
        try pay(12, -40, on: own[0], undoing: 11, at: office)
        try world.sync(office)
        try pay(11, 100, on: own[1], at: office)
        try world.sync(office)
        // The copy sends the same row in a change-set of its own, under a new number.
        try pay(12, -40, on: own[0], undoing: 11, at: copy)
        try world.sync(copy)
        #expect(try copy.engine.replica() != office.engine.replica())
        #expect(try copy.sql.integer("SELECT count(*) FROM refused") == 0)
        #expect(try copy.sql.integer("SELECT count(*) FROM paid") == 2)
        #expect(try paid() == ["11", "12"])
    }

    @Test("under one parent an office puts so many rows and no more, and is told so")
    func crowded() throws {
        for number in 11...15 { try pay(number, 1, on: own[0], at: office) }
        try pay(16, 1, on: own[1], at: office)
        try world.sync(office)
        #expect(try paid() == ["11", "12", "13", "16"])
        let detail = "this matter has 3 rows of paid, and takes no more"
        #expect(try told() == ["14 too_large: \(detail)", "15 too_large: \(detail)"])
        // The centre itself is not bound, and what is full takes a row again that it has.
        try world.act { act in
            try act.insert("paid", ["matter_id": .text(own[0]), "amount": .integer(1)])
        }
        #expect(try world.centre.db.integer("SELECT count(*) FROM paid") == 5)
    }

    @Test("records are bound alike: a person's phones, each born once")
    func crowdedRecords() throws {
        let person = try #require(
            try world.centre.db.text("SELECT person_id FROM matter WHERE id = '\(own[0])'"))
        let insert = "INSERT INTO phone(person_id, value) VALUES ('\(person)', "
        for number in 1...3 { try office.sql.execute("\(insert)'\(number)')") }
        try world.sync(office)
        #expect(try world.centre.db.integer("SELECT count(*) FROM phone") == 2)
        try office.sql.execute("UPDATE phone SET hint = 'full, and written to all the same'")
        try world.sync(office)
        #expect(
            try world.centre.db.integer("SELECT count(*) FROM phone WHERE hint IS NOT NULL") == 2)
        #expect(try office.sql.integer("SELECT count(*) FROM refused") == 1)
    }

    @Test("a refused value is named with its column, in a row and in a register")
    func named() throws {
        try office.sql.execute("PRAGMA ignore_check_constraints = ON")
        let person = try #require(try office.sql.text("SELECT person_id FROM matter LIMIT 1"))
        let long = String(repeating: "x", count: 101)
        try office.sql.execute(
            "INSERT INTO phone(person_id, value) VALUES ('\(person)', '\(long)')")
        try office.sql.execute("UPDATE matter SET stage = '\(long)' WHERE id = '\(own[0])'")
        try world.sync(office)
        let shown = String(repeating: "x", count: 40) + "…"
        #expect(
            try office.sql.rows("SELECT detail FROM refused ORDER BY detail") { $0.text(0) } == [
                "stage must be at most 20 bytes long, not \"\(shown)\"",
                "value must be at most 100 bytes long, not \"\(shown)\"",
            ])
        #expect(
            try world.centre.db.rows("SELECT detail FROM quarantine ORDER BY detail") { $0.text(0) }
                == office.sql.rows("SELECT detail FROM refused ORDER BY detail") { $0.text(0) })
    }
}
