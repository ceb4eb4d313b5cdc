import RientroSQLite
import RientroStore
import Testing

/// SQLite runs the newest trigger first, and the capture relies on it.
@Suite("A person's own triggers beside ours")
struct TriggerOrderTests {
    @Test("after a mending a person's triggers still run before ours, and in their own order")
    func order() throws {
        let schema = try BoxSchema.make()
        let file = try BoxFile(schema: schema)
        try file.put(DigestTests.rows)
        try file.db.execute(
            """
            CREATE TABLE said(what);
            CREATE TRIGGER zebra AFTER UPDATE ON lid BEGIN INSERT INTO said VALUES ('zebra'); END;
            CREATE TRIGGER mine AFTER UPDATE ON lid WHEN NEW.shape IS NOT 'seen'
            BEGIN UPDATE lid SET shape = 'seen' WHERE id = NEW.id; END;
            CREATE TRIGGER ant AFTER UPDATE OF count ON lid
            BEGIN INSERT INTO said VALUES ('ant'); END;
            DROP TRIGGER rientro_lid_updated;
            """)
        #expect(try StoreCheck(db: file.db, schema: schema).mend() == [23])
        try file.db.execute("DELETE FROM pending; UPDATE lid SET count = 77 WHERE id = 'l2'")
        // First the shape, by `mine`, then the count.
        let noted = try file.db.rows("SELECT registers FROM pending ORDER BY seq") {
            $0.integer(0)
        }
        #expect(noted == [1, 8])
        #expect(try file.db.text("SELECT what FROM said LIMIT 1") == "ant")
        #expect(try file.db.integer("SELECT count(*) FROM lid WHERE shape_stamp > 1") == 1)
    }
}
