extension GuardForm {
    private static var here: String { "WHERE id = '\(TestIDs.point)'" }
    private static let pay = "INSERT INTO payment(id, account_id, amount) VALUES"
    private static let account = TestIDs.account

    /// Transactions and savepoints.
    static let transactionForms: [GuardForm] = [
        .sql(
            "a transaction that is rolled back leaves nothing pending",
            """
            BEGIN;
            UPDATE contact_point SET value = '1' \(here);
            \(pay) ('\(TestIDs.fresh)', '\(account)', 1);
            ROLLBACK;
            """, .captured([])),
        .sql(
            "a savepoint that is rolled back leaves nothing pending",
            """
            SAVEPOINT s;
            UPDATE contact_point SET value = '1' \(here);
            ROLLBACK TO s;
            RELEASE s;
            """, .captured([])),
        .sql(
            "nested savepoints of which the inner is rolled back",
            """
            SAVEPOINT a;
            \(pay) ('\(TestIDs.fresh)', '\(account)', 1);
            SAVEPOINT b;
            \(pay) ('\(TestIDs.fresh2)', '\(account)', 2);
            ROLLBACK TO b;
            RELEASE b;
            \(pay) ('\(TestIDs.fresh3)', '\(account)', 3);
            RELEASE a;
            """, .captured(["payment.birth fresh", "payment.birth fresh3"])),
        .sql(
            "nested savepoints of which the outer is rolled back",
            """
            SAVEPOINT a;
            \(pay) ('\(TestIDs.fresh)', '\(account)', 1);
            SAVEPOINT b;
            \(pay) ('\(TestIDs.fresh2)', '\(account)', 2);
            RELEASE b;
            ROLLBACK TO a;
            RELEASE a;
            """, .captured([])),
        .sql(
            "a row rolled back and inserted again",
            """
            SAVEPOINT a;
            \(pay) ('\(TestIDs.fresh)', '\(account)', 1);
            ROLLBACK TO a;
            \(pay) ('\(TestIDs.fresh)', '\(account)', 2);
            RELEASE a;
            """, .captured(["payment.birth fresh"])),
        .sql(
            "a row ignored, rolled back, and inserted again",
            """
            BEGIN;
            \(pay) ('\(TestIDs.fresh)', '\(account)', 1);
            INSERT OR IGNORE INTO payment(id, account_id, amount)
              VALUES ('\(TestIDs.fresh)', '\(account)', 1);
            ROLLBACK;
            \(pay) ('\(TestIDs.fresh)', '\(account)', 2);
            """, .captured(["payment.birth fresh"])),
        .sql(
            "an open transaction at the end of the program is rolled back",
            "BEGIN; UPDATE contact_point SET value = '1' \(here);", .captured([])),
    ]

    /// Tables renamed, widened and rebuilt.
    static let schemaForms: [GuardForm] = [
        .sql(
            "ADD COLUMN leaves the capture alone",
            """
            ALTER TABLE task ADD COLUMN colour TEXT;
            UPDATE task SET status = 'done', colour = 'red';
            """, .captured(["task.status task"])),
        .sql(
            "DROP COLUMN of a register", "ALTER TABLE contact_point DROP COLUMN remark;",
            .refused("error in trigger")),
        .sql(
            "DROP COLUMN of a stamp", "ALTER TABLE contact_point DROP COLUMN remark_stamp;",
            .refused("error in trigger")),
        .sql(
            "RENAME TO: the capture goes on under the new name",
            """
            DROP VIEW debtors;
            ALTER TABLE task RENAME TO compito;
            UPDATE compito SET status = 'done';
            ALTER TABLE compito RENAME TO task;
            """, .captured(["task.status task"])),
        .sql(
            "RENAME COLUMN: the capture goes on under the new name",
            """
            ALTER TABLE contact_point RENAME COLUMN remark TO nota;
            UPDATE contact_point SET nota = 'x' \(here);
            ALTER TABLE contact_point RENAME COLUMN nota TO remark;
            """, .captured(["contact_point.remark point"])),
        .python(
            "a table rebuilt in twelve steps with its triggers made anew",
            """
            db = sqlite3.connect(PATH, isolation_level=None)
            sql = {n: s for n, s in db.execute("SELECT name, sql FROM sqlite_schema")}
            triggers = [s for s, in db.execute(
                "SELECT sql FROM sqlite_schema WHERE type='trigger' AND tbl_name='contact_point'")]
            db.execute("PRAGMA foreign_keys=OFF")
            db.execute("PRAGMA legacy_alter_table=ON")
            db.execute("BEGIN")
            db.execute(sql["contact_point"].replace('"contact_point"', "fresh", 1))
            db.execute("INSERT INTO fresh SELECT * FROM contact_point")
            db.execute("DROP TABLE contact_point")
            db.execute("ALTER TABLE fresh RENAME TO contact_point")
            for t in triggers: db.execute(t)
            db.execute("COMMIT")
            db.execute("UPDATE contact_point SET value = '6' \(here)")
            db.execute("INSERT INTO contact_point(debtor_id, kind, value)"
                       " VALUES ('\(TestIDs.debtor)', 'pec', 'z')")
            """, .captured(["contact_point.value point", "contact_point.birth new"])),
        .sql(
            "VACUUM, REINDEX and ANALYZE", "VACUUM; REINDEX; ANALYZE;", .captured([])),
        .sql(
            "TRUNCATE by dropping no rows with WHERE 1", "DELETE FROM contact_attempt WHERE 1;",
            .refused("insert a contact_attempt that names it in corrects_id")),
    ]

    /// Settings of the connection, and other tables of the names of ours.
    static let settingForms: [GuardForm] = [
        .sql(
            "REPLACE with recursive triggers",
            """
            PRAGMA recursive_triggers = ON;
            REPLACE INTO payment(id, account_id, amount)
            VALUES ('\(TestIDs.payment)', '\(account)', 1);
            """, .refused("this payment row")),
        .sql(
            "UPDATE with recursive triggers",
            """
            PRAGMA recursive_triggers = ON;
            UPDATE contact_point SET value = '1', kind = 'pec' \(here);
            """,
            .captured(["contact_point.kind point", "contact_point.value point"])),
        .sql(
            "INSERT with recursive triggers",
            "PRAGMA recursive_triggers = ON; \(pay) ('\(TestIDs.fresh)', '\(account)', 1);",
            .captured(["payment.birth fresh"])),
        .sql(
            "foreign keys on",
            """
            PRAGMA foreign_keys = ON;
            PRAGMA defer_foreign_keys = ON;
            \(pay) ('\(TestIDs.fresh)', '\(TestIDs.fresh2)', 1);
            """, .captured(["payment.birth fresh"])),
        .sql(
            "CHECKs ignored",
            "PRAGMA ignore_check_constraints = ON; UPDATE account SET priority = 11;",
            .captured(["account.priority account", "account.priority account2"])),
        .sql(
            "case-sensitive LIKE and reversed order of rows",
            """
            PRAGMA case_sensitive_like = ON;
            PRAGMA reverse_unordered_selects = ON;
            UPDATE contact_point SET remark = 'x';
            """, .captured(["contact_point.remark point", "contact_point.remark point2"])),
        .sql(
            "a TEMP table of the name pending catches nothing",
            """
            CREATE TEMP TABLE pending(tab, row, registers, base);
            CREATE TEMP TABLE me(quiet, noted, replica);
            INSERT INTO temp.me VALUES (1, NULL, 77);
            UPDATE main.contact_point SET value = '1' \(here);
            """, .captured(["contact_point.value point"])),
        .sql(
            "a view with INSTEAD OF triggers of a person's own",
            """
            CREATE TEMP VIEW phones AS SELECT * FROM main.contact_point;
            CREATE TEMP TRIGGER dial INSTEAD OF UPDATE ON phones BEGIN
              UPDATE contact_point SET value = NEW.value WHERE id = OLD.id;
            END;
            UPDATE phones SET value = '12' \(here);
            """, .captured(["contact_point.value point"])),
    ]

    /// Commands of the programs themselves.
    static let otherProgramForms: [GuardForm] = [
        .shell(
            "the replica attached to another database",
            """
            .shell cp replica.db own.db
            .open :memory:
            CREATE TABLE me(quiet, noted, replica, "offset", floor);
            INSERT INTO me VALUES (1, NULL, 77, 0, 0);
            CREATE TABLE pending(tab, row, registers, base);
            ATTACH 'replica.db' AS r;
            UPDATE r.contact_point SET value = '1' \(here);
            INSERT INTO r.payment(id, account_id, amount)
            VALUES ('\(TestIDs.fresh)', '\(account)', 1);
            """, .captured(["contact_point.value point", "payment.birth fresh"])),
        .shell(
            "rows copied from an attached database",
            """
            ATTACH 'other.db' AS o;
            CREATE TABLE o.calls(a, c);
            INSERT INTO o.calls VALUES ('\(account)', 'phone'), ('\(account)', 'sms');
            INSERT INTO contact_attempt(account_id, channel, outcome)
            SELECT a, c, 'NA' FROM o.calls;
            """, .captured(["contact_attempt.birth new", "contact_attempt.birth new"])),
        .shell(
            ".import of a CSV file with a heading, then INSERT … SELECT",
            """
            .shell echo id,debtor,kind,value > new.csv
            .shell echo \(TestIDs.fresh),\(TestIDs.debtor),pec,q@r.it >> new.csv
            .mode csv
            .import new.csv sheet
            INSERT INTO contact_point(id, debtor_id, kind, value) SELECT * FROM sheet;
            """, .captured(["contact_point.birth fresh"])),
        .shell(
            ".import of a CSV file straight into a ledger table",
            """
            .shell printf '\(TestIDs.fresh),\(TestIDs.conflict),won,' > new.csv
            .shell echo anna,2026-01-01T09:00:00.000Z >> new.csv
            .mode csv
            .import new.csv resolution
            """, .captured(["resolution.birth fresh"])),
        .shell(
            ".dump read back into the same file",
            """
            .output dump.sql
            .dump payment
            .output
            .read dump.sql
            """, .refused("UNIQUE")),
        .python(
            "Python's executemany in its own transaction",
            """
            db = sqlite3.connect(PATH)
            with db:
                db.executemany("INSERT INTO payment(id, account_id, amount) VALUES (?, ?, ?)",
                    [("\(TestIDs.fresh)", "\(account)", 1), ("\(TestIDs.fresh2)", "\(account)", 2)])
            """, .captured(["payment.birth fresh", "payment.birth fresh2"])),
        .python(
            "Python's context manager rolls back what an error ends",
            """
            db = sqlite3.connect(PATH)
            with db:
                db.execute("UPDATE contact_point SET value = ? WHERE id = ?",
                    ("1", "\(TestIDs.point)"))
                db.execute("DELETE FROM payment")
            """, .refused("this payment row is never deleted")),
        .python(
            "Python forgetting to commit",
            """
            db = sqlite3.connect(PATH)
            db.execute("UPDATE contact_point SET value = ? WHERE id = ?", ("1", "\(TestIDs.point)"))
            db.close()
            """, .captured([])),
        .python(
            "Python's REPLACE with bound values",
            """
            db = sqlite3.connect(PATH)
            with db:
                db.execute(
                    "REPLACE INTO contact_point(id, debtor_id, kind, value) VALUES (?,?,?,?)",
                    ("\(TestIDs.point)", "\(TestIDs.debtor)", "mobile", "1"))
            """, .refused("REPLACE would wipe")),
        .python(
            "two connections in turn",
            """
            a = sqlite3.connect(PATH, isolation_level=None)
            b = sqlite3.connect(PATH, isolation_level=None)
            a.execute("UPDATE contact_point SET value = '1' \(here)")
            b.execute("UPDATE contact_point SET value = '2' \(here)")
            a.execute("UPDATE contact_point SET value = '1' \(here)")
            """, .captured(Array(repeating: "contact_point.value point", count: 3))),
        .python(
            "text with a NUL inside",
            """
            db = sqlite3.connect(PATH, isolation_level=None)
            db.execute("UPDATE contact_point SET remark = ? \(here)", ("a\\0b",))
            """, .captured(["contact_point.remark point"])),
    ]
}
