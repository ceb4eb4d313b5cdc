import Foundation
import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

/// What tools do to a file, and that it is mended at the next open.
@Suite("Damage to the file's schema")
struct StoreCheckTests {
    private let file: BoxFile
    private let schema: Schema

    init() throws {
        schema = try BoxSchema.make()
        file = try BoxFile(schema: schema)
        try file.put(DigestTests.rows)
        try file.db.execute("UPDATE lid SET count = 5 WHERE id = 'l1'")
    }

    private func mend() throws -> Set<Int> { try StoreCheck(db: file.db, schema: schema).mend() }

    private func objects() throws -> Set<String> {
        Set(
            try file.db.rows(
                "SELECT type || ' ' || name || ' ' || sql FROM sqlite_schema WHERE sql IS NOT NULL"
            ) {
                $0.text(0)
            })
    }

    private func expected() -> Set<String> {
        Set(Store.objects(schema, role: .replica).map { "\($0.type) \($0.name) \($0.sql)" })
    }

    /// Rebuilds a table as tools do, with another end of its definition.
    private func rebuild(_ table: String, from old: String, to new: String) throws {
        let sql = try #require(
            try file.db.text("SELECT sql FROM sqlite_schema WHERE name = ?", .text(table)))
        #expect(sql.contains(old))
        let parts = sql.components(separatedBy: old).joined(separator: new)
        let list = try file.db.rows("SELECT name FROM pragma_table_info(?)", .text(table)) {
            SQL.name($0.text(0))
        }.joined(separator: ", ")
        try file.db.execute(
            """
            PRAGMA legacy_alter_table = ON;
            BEGIN;
            ALTER TABLE \(table) RENAME TO was;
            \(parts);
            INSERT INTO \(table)(\(list)) SELECT \(list) FROM was;
            DROP TABLE was;
            COMMIT;
            PRAGMA legacy_alter_table = OFF;
            """)
    }

    private func digests() throws -> [TableDigest] {
        try file.store.digests(portfolios: ["MT", "PZ"])
    }

    /// Mends, and expects these suspects, the rows as they were, and a file as new.
    private func expectMended(_ suspects: Set<Int>) throws {
        let before = try digests()
        let pending = try file.db.integer("SELECT count(*) FROM pending")
        let writes = file.db.totalChanges
        #expect(try mend() == suspects)
        #expect(try objects().isSuperset(of: expected()))
        #expect(try digests() == before)
        #expect(try file.db.integer("SELECT count(*) FROM pending") == pending)
        #expect(try file.db.integer("SELECT replica FROM me") == 5)
        #expect(file.db.isInTransaction == false)
        let after = file.db.totalChanges
        #expect(try mend() == [], "a mended file needs no mending")
        #expect(file.db.totalChanges == after)
        #expect(after >= writes)
        // The guards and the capture work again.
        #expect(throws: SQLiteError.self) { try file.db.execute("DELETE FROM mark") }
        #expect(throws: SQLiteError.self) { try file.db.execute("DELETE FROM me") }
        try file.db.execute("UPDATE lid SET count = count + 1 WHERE id = 'l1'")
        #expect(try file.db.integer("SELECT count(*) FROM pending") == (pending ?? 0) + 1)
    }

    @Test("where nothing differs, nothing is written")
    func sound() throws {
        let before = file.db.totalChanges
        #expect(try mend() == [])
        #expect(file.db.totalChanges == before)
    }

    @Test(
        "every trigger that was dropped is made anew, and its table is suspected",
        arguments: [
            ("rientro_lid_updated", 23), ("rientro_lid_born", 23),
            ("rientro_mark_noted", 30),
            ("rientro_box_centre", 22), ("rientro_place_deleted", 10),
            ("rientro_conflict_changed", 1),
        ])
    func droppedTrigger(name: String, table: Int) throws {
        try file.db.execute("DROP TRIGGER \(name)")
        try expectMended([table])
    }

    @Test("a trigger that was changed is made anew")
    func changedTrigger() throws {
        try file.db.execute(
            """
            DROP TRIGGER rientro_mark_deleted;
            CREATE TRIGGER rientro_mark_deleted BEFORE DELETE ON mark BEGIN SELECT 1; END;
            """)
        try expectMended([30])
    }

    @Test("the guards of the identity are made anew, and no table is suspected")
    func identityGuard() throws {
        try file.db.execute("DROP TRIGGER rientro_me_kept; DROP TRIGGER rientro_me_single")
        try expectMended([])
    }

    @Test("a trigger with our prefix that no longer belongs here goes")
    func leftOver() throws {
        try file.db.execute(
            """
            CREATE TRIGGER rientro_lid_old AFTER INSERT ON lid
            BEGIN SELECT raise(ABORT, 'old'); END
            """)
        try expectMended([])
        #expect(try objects() == expected())
    }

    @Test("a table rebuilt as it was has lost its triggers only")
    func rebuiltSame() throws {
        try rebuild("lid", from: "STRICT", to: "STRICT")
        try expectMended([23])
    }

    @Test("a table rebuilt with a rowid is put back without one, and keeps its rows")
    func rebuiltWithRowid() throws {
        for (table, number) in [("lid", 23), ("mark", 30)] {
            // Mending sets it back; the ids here are no UUIDs.
            try file.db.execute("PRAGMA ignore_check_constraints = ON")
            try rebuild(table, from: " STRICT, WITHOUT ROWID", to: "")
            try expectMended([number])
        }
    }

    @Test("a table rebuilt with another CHECK keeps rows that ours would not take")
    func otherCheck() throws {
        let check =
            " CONSTRAINT \"words must be at most 12 bytes long\""
            + " CHECK (length(CAST(\"words\" AS BLOB)) <= 12)"
        try rebuild("tag", from: check, to: "")
        try file.db.execute("UPDATE tag SET words = 'thirteen bytes' WHERE id = 't1'")
        try expectMended([21])
        #expect(try file.db.text("SELECT words FROM tag WHERE id = 't1'") == "thirteen bytes")
    }

    @Test("a column that a person added goes into a table of its own, and our columns stay")
    func added() throws {
        try file.db.execute("ALTER TABLE mark ADD COLUMN mine TEXT DEFAULT 'x'")
        let count = try file.db.integer("SELECT count(*) FROM mark")
        #expect(!(try mend()).isEmpty)
        #expect(try objects().isSuperset(of: expected()))
        #expect(try file.db.integer("SELECT count(*) FROM kept_mark WHERE mine = 'x'") == count)
        #expect(
            try file.db.integer("SELECT count(*) FROM mark AS m JOIN kept_mark AS k ON k.id = m.id")
                == count)
        try file.db.execute("ALTER TABLE mark ADD COLUMN again TEXT")
        _ = try mend()
        #expect(try file.db.integer("SELECT count(*) FROM kept_mark_2") == count)
    }

    @Test("rows that the table cannot hold any more are set aside, and the others stay")
    func unfit() throws {
        let count = try #require(try file.db.integer("SELECT count(*) FROM lid"))
        let list = try file.db.rows("SELECT name FROM pragma_table_info('lid')") {
            SQL.name($0.text(0))
        }.joined(separator: ", ")
        try file.db.execute(
            """
            CREATE TABLE was AS SELECT * FROM lid;
            DROP TABLE lid;
            CREATE TABLE lid(\(list));
            INSERT INTO lid SELECT * FROM was;
            INSERT INTO lid SELECT * FROM was LIMIT 1;
            UPDATE lid SET count = 1.5 WHERE rowid = 1;
            DROP TABLE was;
            """)
        _ = try mend()
        #expect(try objects().isSuperset(of: expected()))
        let left = try #require(try file.db.integer("SELECT count(*) FROM lid"))
        let aside = try #require(try file.db.integer("SELECT count(*) FROM refused"))
        // The one with half a lid; its double has its id then, and fits.
        #expect(left == count && aside == 1)
        #expect(try file.db.text("SELECT raw FROM refused LIMIT 1")?.contains("1.5") == true)
    }

    @Test("a table without its stamps is mended: its rows are as old as can be")
    func lostStamps() throws {
        try file.db.execute(
            """
            DROP TRIGGER rientro_lid_born; DROP TRIGGER rientro_lid_inserted;
            DROP TRIGGER rientro_lid_updated;
            ALTER TABLE lid RENAME COLUMN shape_stamp TO s;
            ALTER TABLE lid RENAME COLUMN born_stamp TO b;
            """)
        #expect(try mend() == [23])
        #expect(try objects().isSuperset(of: expected()))
        #expect(try file.db.integer("SELECT count(b) FROM kept_lid") == 2)
        #expect(try file.db.integer("SELECT count(*) FROM lid WHERE born_stamp IS NULL") == 2)
        try file.db.execute("UPDATE lid SET shape = 'x' WHERE id = 'l2'")
        #expect(try file.db.integer("SELECT count(*) FROM lid WHERE shape_stamp > 1") == 1)
    }

    @Test("a column that was renamed makes the table unusable, and nothing is changed")
    func renamedColumn() throws {
        try file.db.execute("ALTER TABLE lid RENAME COLUMN shape TO form")
        let before = try objects()
        #expect(throws: StoreError.tableUnusable(table: "lid", column: "shape")) { try mend() }
        #expect(try objects() == before)
        try file.db.execute("ALTER TABLE lid RENAME COLUMN form TO shape")
        try expectMended([])
    }

    @Test("a table that was renamed or dropped is missing, and nothing is changed")
    func renamedTable() throws {
        try file.db.execute("ALTER TABLE stain RENAME TO macchia")
        let before = try objects()
        #expect(throws: StoreError.notAStore(missing: "stain")) { try mend() }
        #expect(try objects() == before)
    }

    @Test("a view and an index that were dropped or changed are made anew")
    func derived() throws {
        try file.db.execute(
            """
            DROP VIEW boxes; DROP VIEW conflicts; CREATE VIEW conflicts AS SELECT 1;
            DROP INDEX rientro_mark_amount_made_on; DROP INDEX rientro_parked_row;
            CREATE INDEX rientro_parked_row ON parked(row);
            """)
        try expectMended([])
    }

    @Test(
        "the store's own tables are mended as well",
        arguments: ["me", "pending", "cursor", "parked"])
    func ownTable(name: String) throws {
        try file.db.execute("ALTER TABLE \(name) ADD COLUMN mine TEXT")
        try expectMended([])
    }

    @Test(
        "what a person made stands: tables, views, indexes, and triggers, also of a rebuilt table")
    func foreign() throws {
        let theirs = [
            "CREATE TABLE notes(a)", "CREATE VIEW mine AS SELECT id, count FROM lid",
            "CREATE INDEX lid_by_colour ON lid(colour)",
            """
            CREATE TRIGGER reminder AFTER INSERT ON mark
            BEGIN INSERT INTO notes VALUES (NEW.id); END
            """,
            """
            CREATE TRIGGER lid_note AFTER UPDATE OF shape ON lid
            BEGIN INSERT INTO notes VALUES (1); END
            """,
        ]
        for sql in theirs { try file.db.execute(sql) }
        try file.db.execute("ALTER TABLE lid ADD COLUMN mine TEXT; DROP TRIGGER rientro_mark_noted")
        try expectMended([23, 30])
        let present = try file.db.rows("SELECT sql FROM sqlite_schema") { $0.text(0) }
        for sql in theirs { #expect(present.contains(sql), "\(sql)") }
        #expect(try file.db.integer("SELECT count(*) FROM mine") == 2)
    }

    @Test("a person's view and trigger that no longer fit do not stop the mending")
    func brokenForeign() throws {
        try file.db.execute(
            """
            ALTER TABLE lid ADD COLUMN mine TEXT;
            CREATE VIEW over AS SELECT mine FROM lid;
            CREATE TRIGGER on_mine AFTER UPDATE OF mine ON lid BEGIN SELECT 1; END;
            """)
        try expectMended([23])
    }

    @Test(
        "a view that is not one SELECT is refused before anything is made",
        arguments: [
            "SELECT 1; CREATE TABLE hidden(a)", "SELECT 1; DELETE FROM lid",
            "SELECT 1 AS one, (", "DELETE FROM lid",
        ])
    func hiddenStatement(select: String) throws {
        let bad = try Schema(
            name: schema.name, version: schema.version, tables: schema.tables,
            views: schema.views + [Schema.View(name: "lids_too", select: select)],
            indexes: schema.indexes, codes: schema.codes)
        let fresh = try Connection(path: ":memory:")
        #expect {
            try fresh.transaction { try Store.create(on: fresh, schema: bad, role: .centre) }
        } throws: {
            if case .badSchema(let fact)? = $0 as? StoreError {
                fact.contains("lids_too")
            } else {
                false
            }
        }
        #expect(try fresh.integer("SELECT count(*) FROM sqlite_schema") == 0)
        // A file says what its schema is: one that was tampered with is not mended by running it.
        let before = try objects()
        #expect(throws: StoreError.self) { try StoreCheck(db: file.db, schema: bad).mend() }
        #expect(try objects() == before)
        #expect(try file.db.integer("SELECT count(*) FROM lid") ?? 0 > 0)
    }

    @Test("a person's trigger that hides a second statement in the file is left out, and not run")
    func hiddenInTrigger() throws {
        try file.db.execute(
            """
            CREATE TRIGGER mine AFTER UPDATE ON lid BEGIN SELECT 1; END;
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = sql || '; DELETE FROM lid' WHERE name = 'mine';
            PRAGMA writable_schema = OFF;
            """)
        let count = try file.db.integer("SELECT count(*) FROM lid")
        try rebuild("lid", from: "STRICT", to: "")
        _ = try mend()
        #expect(try file.db.integer("SELECT count(*) FROM lid") == count)
        #expect(expected().isSubset(of: try objects()))
    }
}
