import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@Suite("Units and their rows")
struct UnitRowTests {
    @Test("a unit is sent with everything under it, its conflicts and what was decided, root first")
    func rows() throws {
        let file = try DigestTests.file()
        let box = try file.store.rows(of: Unit(table: 22, id: "b1"))
        #expect(box.map(\.id) == ["b1", "l1", "m1", "s1", "r1", "k1", "v1"])
        let owner = try file.store.rows(of: Unit(table: 20, id: "o2"))
        #expect(owner.map(\.id) == ["o2", "t2", "k2", "v2"])
        let bare = try file.store.rows(of: Unit(table: 22, id: "b3"))
        #expect(bare.map(\.id) == ["b3"])
    }

    @Test("a unit that is not here, or is none, has no rows")
    func none() throws {
        let file = try DigestTests.file()
        #expect(try file.store.rows(of: Unit(table: 22, id: "no")) == [])
        #expect(try file.store.rows(of: Unit(table: 4_000, id: "b1")) == [])
        #expect(try file.store.rows(of: .everyone) == [])
    }

    @Test("the rows of a unit merged into an empty file are the same rows")
    func grant() throws {
        let file = try DigestTests.file()
        let other = try BoxFile()
        for unit in [Unit(table: 22, id: "b1"), Unit(table: 20, id: "o1")] {
            let rows = try file.store.rows(of: unit)
            #expect(try other.merge(rows).allSatisfy { $0 == .inserted })
            #expect(try other.merge(rows).allSatisfy { $0 == .unchanged })
            #expect(try other.store.rows(of: unit) == rows)
        }
        let digests = try other.store.digests(portfolios: ["MT"])
        let theirs = try file.store.digests(portfolios: ["MT"]).filter { $0.portfolio == "MT" }
        #expect(digests == theirs)
    }

    @Test(
        "the unit of a row is found through all its parents",
        arguments: [
            (22, "b1", Unit(table: 22, id: "b1")), (23, "l1", Unit(table: 22, id: "b1")),
            (30, "m1", Unit(table: 22, id: "b1")), (31, "s1", Unit(table: 22, id: "b1")),
            (32, "r2", Unit(table: 22, id: "b2")), (20, "o3", Unit(table: 20, id: "o3")),
            (21, "t2", Unit(table: 20, id: "o2")), (10, "MT", Unit.everyone),
            (1, "k1", Unit(table: 22, id: "b1")), (2, "v2", Unit(table: 20, id: "o2")),
            (32, "r3", nil), (23, "no", nil), (4_000, "b1", nil),
        ] as [(Int, String, Unit?)])
    func unit(table: Int, id: String, unit: Unit?) throws {
        #expect(try DigestTests.file().store.unit(table: table, id: id) == unit)
    }

    @Test("a row whose text is not UTF-8 is left out of a grant, and the others are not")
    func malformed() throws {
        let file = try DigestTests.file()
        try file.put("UPDATE mark SET remark = CAST(x'ff' AS TEXT) WHERE id = 'm1'")
        let ids = try file.store.rows(of: Unit(table: 22, id: "b1")).map(\.id)
        #expect(!ids.contains("m1"))
        #expect(ids.contains("k1"))
        #expect(ids.contains("s1"))
    }

    @Test("a row sent whole says no stamp where it is as old as the row")
    func whole() throws {
        let file = try DigestTests.file()
        try file.put("UPDATE lid SET shape_stamp = born_stamp")
        let layout = try file.layout(BoxSchema.lid)
        let row = try #require(try file.store.read(layout, id: "l1"))
        let change = try #require(file.store.wholeChange(layout, id: "l1", row: row))
        guard case .record(let birth, let writes) = change.content else {
            Issue.record("a lid is a record")
            return
        }
        #expect(
            birth
                == Birth(
                    stamp: try #require(Stamp(rawValue: 6)), fixed: [.text("b1"), .text("red")]))
        #expect(writes.map(\.register) == [1, 2, 4])
        #expect(writes.map(\.stamp) == [nil, nil, Stamp(rawValue: 9)])
        #expect(writes.map(\.base) == [nil, nil, nil])
    }
}
