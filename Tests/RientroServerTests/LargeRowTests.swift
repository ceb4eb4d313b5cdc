import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Testing

/// Rows whose registers each travel, and which whole do not.
@Suite("rows that outgrow a message")
struct LargeRowTests {
    let world: World
    let a: Office
    let b: Office

    init() throws {
        let schema = try Schema(
            name: "papers", version: 1,
            tables: [
                .init(
                    number: 10, name: "paper", kind: .record, insertedBy: .centre,
                    routing: .portfolio(column: "portfolio_id"),
                    columns: [
                        .init(number: 1, name: "portfolio_id", type: .text, isRequired: true),
                        .init(number: 2, name: "one", type: .text),
                        .init(number: 3, name: "two", type: .text),
                        .init(number: 4, name: "three", type: .text),
                    ],
                    registers: [
                        .init(number: 1, name: "portfolio_id", writer: .centre),
                        .init(number: 2, name: "one"), .init(number: 3, name: "two"),
                        .init(number: 4, name: "three"),
                    ])
            ])
        world = try World(schema: schema)
        try world.act { try $0.insert("paper", ["portfolio_id": .text("MT")]) }
        (a, b) = (try world.office("A", ["MT"]), try world.office("B", ["MT"]))
        for office in [a, b] { try world.sync(office) }
    }

    private static let long = "hex(zeroblob(60000))"

    private func expectEqual() throws {
        for office in [a, b, a] { try world.sync(office) }
        #expect(try a.digests() == b.digests())
        #expect(try a.digests() == world.centre.store.digests(portfolios: ["MT"]))
        #expect(try a.sql.text("SELECT \"two\" FROM paper") != nil)
    }

    @Test("three long texts written at once are set aside, and the office syncs on")
    func atOnce() throws {
        try a.sql.execute(
            "UPDATE paper SET one = \(Self.long), two = 'short', three = \(Self.long)")
        try world.sync(a)
        try a.sql.execute("UPDATE paper SET two = \(Self.long)")
        try world.sync(a)
        #expect(try a.engine.refusals().map(\.reason) == [.tooLarge])
        #expect(try a.sql.text("SELECT two FROM paper") == "short")
        try a.sql.execute(
            """
            UPDATE paper
            SET one = \(Self.long) || 'x', two = \(Self.long), three = \(Self.long) || 'x'
            """
        )
        try world.sync(a)
        try expectEqual()
    }

    @Test("long texts written by two offices are refused where together they are too long")
    func together() throws {
        try a.sql.execute("UPDATE paper SET one = \(Self.long)")
        try b.sql.execute("UPDATE paper SET two = \(Self.long), three = 'short'")
        for office in [a, b, a] { try world.sync(office) }
        try a.sql.execute("UPDATE paper SET one = 'short', three = \(Self.long)")
        try b.sql.execute("UPDATE paper SET one = \(Self.long) || 'x'")
        for office in [b, a] { try world.sync(office) }
        try expectEqual()
        let row = try #require(
            try world.centre.db.integer(
                "SELECT length(one) + length(two) + length(three) FROM paper"))
        #expect(row < Int64(Limits.rowBytesMax))
    }

    @Test("a row of the centre's that no office could read is refused before it is logged")
    func centre() throws {
        let long = Value.text(String(repeating: "x", count: 120_000))
        let before = try world.centre.cursor()
        #expect(throws: CentreError.self) {
            try world.act {
                try $0.insert(
                    "paper",
                    ["portfolio_id": .text("MT"), "one": long, "two": long, "three": long])
            }
        }
        #expect(try world.centre.cursor() == before)
    }
}
