import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@Suite("Digests")
struct DigestTests {
    /// Two boxes in two places, with everything under them.
    static let rows = """
        INSERT INTO place(id, name, born_stamp) VALUES ('MT', 'Matera', 1), ('PZ', 'Potenza', 1);
        INSERT INTO owner(id, name, born_stamp) VALUES
          ('o1', 'A', 1), ('o2', 'B', 1), ('o3', 'C', 1);
        INSERT INTO tag(id, owner_id, words, born_stamp) VALUES
          ('t1', 'o1', 'x', 1), ('t2', 'o2', 'y', 1);
        INSERT INTO box(id, owner_id, place_id, born_stamp) VALUES
          ('b1', 'o1', 'MT', 5), ('b2', 'o2', 'PZ', 5), ('b3', 'o1', 'PZ', 5);
        INSERT INTO lid(id, box_id, born_stamp, count_stamp) VALUES
          ('l1', 'b1', 6, 9), ('l2', 'b2', 6, 9);
        INSERT INTO mark(id, lid_id, amount) VALUES ('m1', 'l1', 1), ('m2', 'l2', 2);
        INSERT INTO stain(id, mark_id) VALUES ('s1', 'm1'), ('s2', 'm2'), ('s3', 'm2');
        INSERT INTO rust(id, stain_id) VALUES ('r1', 's1'), ('r2', 's2'), ('r3', 'none');
        INSERT INTO conflict(id, unit_table, unit_id, row_table, row_id, register, won, won_stamp,
          lost, lost_stamp, noticed_at) VALUES
          ('k1', 22, 'b1', 'lid', 'l1', 'held', '1', 2, '2', 1, 't'),
          ('k2', 20, 'o2', 'tag', 't2', 'words', '1', 2, '2', 1, 't');
        INSERT INTO resolution(id, conflict_id, choice) VALUES
          ('v1', 'k1', 'won'), ('v2', 'k2', 'lost');
        """

    static func file() throws -> BoxFile {
        let file = try BoxFile()
        try file.put(rows)
        return file
    }

    @Test(
        "any change of a row changes the digest, and putting it back restores it",
        arguments: [
            "UPDATE lid SET seal = x'01' WHERE id = 'l1'",
            "UPDATE lid SET count = count + 1 WHERE id = 'l1'",
            "UPDATE lid SET shape = '' WHERE id = 'l1'",
            "UPDATE lid SET shape = CAST(x'ff' AS TEXT) WHERE id = 'l1'",
            "UPDATE lid SET colour = 'Red' WHERE id = 'l1'",
            "UPDATE lid SET born_stamp = 5 WHERE id = 'l1'",
            "UPDATE lid SET count_stamp = 10 WHERE id = 'l1'",
            "UPDATE lid SET count_stamp = NULL WHERE id = 'l1'",
            "UPDATE lid SET shape_stamp = 7 WHERE id = 'l1'",
            "UPDATE lid SET id = 'l9' WHERE id = 'l1'",
            "UPDATE mark SET amount = 3 WHERE id = 'm1'",
            "UPDATE mark SET remark = 'its' WHERE id = 'm1'",
            "DELETE FROM stain WHERE id = 's1'",
            "INSERT INTO stain(id, mark_id) VALUES ('s9', 'm1')",
            "UPDATE box SET place_id = 'PZ' WHERE id = 'b1'",
            "UPDATE place SET name = 'matera' WHERE id = 'MT'",
            "UPDATE owner SET name = 'A ' WHERE id = 'o1'",
        ])
    func oneChange(sql: String) throws {
        let file = try Self.file()
        let before = try file.store.digests(portfolios: ["MT"])
        try file.db.execute("BEGIN; UPDATE me SET quiet = 1; \(sql)")
        #expect(file.db.changes == 1)
        #expect(try file.store.digests(portfolios: ["MT"]) != before)
        try file.db.execute("ROLLBACK")
        #expect(try file.store.digests(portfolios: ["MT"]) == before)
    }

    @Test("a stamp written out that is as old as the row changes nothing")
    func effective() throws {
        let file = try Self.file()
        let before = try file.store.digests(portfolios: ["MT", "PZ"])
        try file.put("UPDATE lid SET shape_stamp = born_stamp, held_stamp = born_stamp")
        #expect(try file.store.digests(portfolios: ["MT", "PZ"]) == before)
    }

    @Test("what the replica alone has, such as refusals and pending writes, is in no digest")
    func ownTables() throws {
        let file = try Self.file()
        let before = try file.store.digests(portfolios: ["MT"])
        try file.db.execute("INSERT INTO pending(tab, row, registers) VALUES (0, '', 0)")
        try file.db.execute("UPDATE me SET floor = 9")
        #expect(try file.store.digests(portfolios: ["MT"]) == before)
    }

    @Test("a digest is of the tables with rows, in the order of portfolios and tables")
    func order() throws {
        let file = try Self.file()
        let found = try file.store.digests(portfolios: ["PZ", "MT", "XX"]).map {
            "\($0.portfolio) \($0.table) \($0.digest.count)"
        }
        #expect(
            found == [
                " 10 2", "MT 1 1", "MT 2 1", "MT 20 1", "MT 21 1", "MT 22 1", "MT 23 1", "MT 30 1",
                "MT 31 1", "MT 32 1", "PZ 1 1", "PZ 2 1", "PZ 20 2", "PZ 21 2", "PZ 22 2",
                "PZ 23 1", "PZ 30 1", "PZ 31 2", "PZ 32 1",
            ])
    }

    @Test(
        "ranges cover all ids, follow each other and sum up",
        arguments: [1, 2, 3, 7, 16, 99, 100, 101, 500])
    func ranges(pieces: Int) throws {
        let file = try Self.file()
        try file.put(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
            INSERT INTO mark(id, lid_id, amount) SELECT printf('n%03d', i), 'l1', i FROM n
            """)
        let layout = try file.layout(BoxSchema.mark)
        for (from, to) in [("", ""), ("n010", ""), ("", "n050"), ("n020", "n021"), ("x", "")] {
            let whole = try file.store.digest(layout, portfolio: "MT", from: from, to: to)
            let found = try file.store.ranges(
                layout, portfolio: "MT", from: from, to: to, pieces: pieces)
            #expect(found.count <= pieces)
            #expect(found.first?.from == from)
            #expect(found.last?.to == to)
            #expect(zip(found, found.dropFirst()).allSatisfy { $0.to == $1.from })
            #expect(found.map(\.digest).reduce(RowDigest.empty, +) == whole)
            for range in found {
                let again = try file.store.digest(
                    layout, portfolio: "MT", from: range.from, to: range.to)
                #expect(again == range.digest)
            }
        }
    }

    @Test("the hashes of rows sum up to the digest, in the order of the ids")
    func rowHashes() throws {
        let file = try Self.file()
        let layout = try file.layout(BoxSchema.stain)
        let rows = try file.store.rowHashes(layout, portfolio: "PZ", from: "", to: "")
        #expect(rows.map(\.id) == ["s2", "s3"])
        let sum = rows.map(\.digest).reduce(RowDigest.empty, +)
        let whole = try file.store.digest(layout, portfolio: "PZ")
        #expect(sum == whole)
        #expect(
            try file.store.rowHashes(layout, portfolio: "PZ", from: "s3", to: "").map(\.id) == [
                "s3"
            ])
        #expect(
            try file.store.rowHashes(layout, portfolio: "PZ", from: "", to: "s3").map(\.id) == [
                "s2"
            ])
    }
}
