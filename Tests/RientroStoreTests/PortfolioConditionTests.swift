import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@Suite("Which rows belong to a portfolio")
struct PortfolioConditionTests {
    @Test(
        "every routing finds its rows",
        arguments: [
            (BoxSchema.place, "", ["MT", "PZ"]), (BoxSchema.place, "MT", []),
            (BoxSchema.box, "MT", ["b1"]), (BoxSchema.box, "PZ", ["b2", "b3"]),
            (BoxSchema.box, "", []), (BoxSchema.box, "it's", []),
            (BoxSchema.owner, "MT", ["o1"]), (BoxSchema.owner, "PZ", ["o1", "o2"]),
            (BoxSchema.tag, "MT", ["t1"]), (BoxSchema.tag, "PZ", ["t1", "t2"]),
            (BoxSchema.lid, "MT", ["l1"]), (BoxSchema.lid, "PZ", ["l2"]),
            (BoxSchema.mark, "PZ", ["m2"]), (BoxSchema.stain, "PZ", ["s2", "s3"]),
            (BoxSchema.rust, "MT", ["r1"]), (BoxSchema.rust, "PZ", ["r2"]),
            (BoxSchema.rust, "", []),
            (SystemTables.conflict, "MT", ["k1"]), (SystemTables.conflict, "PZ", ["k2"]),
            (SystemTables.resolution, "MT", ["v1"]), (SystemTables.resolution, "PZ", ["v2"]),
        ] as [(Schema.Table, String, [String])])
    func rows(table: Schema.Table, portfolio: String, ids: [String]) throws {
        let file = try DigestTests.file()
        let condition = try PortfolioCondition(file.store).sql(table, portfolio: "?1")
        let found = try file.db.rows(
            "SELECT id FROM \(table.name) WHERE ?1 = ?1 AND (\(condition)) ORDER BY id",
            .text(portfolio)
        ) { $0.text(0) }
        #expect(found == ids)
    }

    @Test("a conflict about a unit in two portfolios belongs to both")
    func shared() throws {
        let file = try DigestTests.file()
        try file.put("UPDATE conflict SET unit_id = 'o1' WHERE id = 'k2'")
        let condition = try PortfolioCondition(file.store)
            .sql(SystemTables.conflict, portfolio: "?1")
        for portfolio in ["MT", "PZ"] {
            let found = try file.db.rows(
                "SELECT id FROM conflict WHERE id = 'k2' AND (\(condition))", .text(portfolio)
            ) { $0.text(0) }
            #expect(found == ["k2"])
        }
    }

    @Test("tables in a portfolio's digest are those that are not everyone's")
    func tables() throws {
        let file = try DigestTests.file()
        #expect(file.store.tables(inDigestOf: "").map(\.table.number) == [10, 11])
        #expect(
            file.store.tables(inDigestOf: "MT").map(\.table.number)
                == [1, 2, 20, 21, 22, 23, 30, 31, 32])
    }
}
