extension GuardForm {
    private static let columns = "contact_point(debtor_id, kind, value)"
    private static let withID = "contact_point(id, debtor_id, kind, value)"
    private static var row: String { "'\(TestIDs.debtor)', 'mobile', '+39777'" }

    /// Rows that are new.
    static let insertForms: [GuardForm] = [
        .sql(
            "INSERT without id", "INSERT INTO \(columns) VALUES (\(row));",
            .captured(["contact_point.birth new"])),
        .sql(
            "INSERT with id", "INSERT INTO \(withID) VALUES ('\(TestIDs.fresh)', \(row));",
            .captured(["contact_point.birth fresh"])),
        .sql(
            "INSERT of several rows",
            """
            INSERT INTO \(withID)
            VALUES ('\(TestIDs.fresh)', \(row)), ('\(TestIDs.fresh2)', \(row));
            """,
            .captured(["contact_point.birth fresh", "contact_point.birth fresh2"])),
        .sql(
            "INSERT of generated rows",
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40)
            INSERT INTO contact_point(debtor_id, kind, value)
            SELECT '\(TestIDs.debtor)', 'mobile', '+39' || i FROM n;
            """, .captured(Array(repeating: "contact_point.birth new", count: 40))),
        .sql(
            "INSERT … SELECT from the same table",
            """
            INSERT INTO contact_point(debtor_id, kind, value)
            SELECT debtor_id, kind, value || '1' FROM contact_point;
            """, .captured(["contact_point.birth new", "contact_point.birth new"])),
        .sql(
            "WITH … INSERT",
            """
            WITH d(i) AS (SELECT id FROM debtor)
            INSERT INTO contact_point(debtor_id, kind, value) SELECT i, 'pec', 'x@y.it' FROM d;
            """, .captured(["contact_point.birth new"])),
        .sql(
            "INSERT … RETURNING", "INSERT INTO \(columns) VALUES (\(row)) RETURNING id;",
            .captured(["contact_point.birth new"])),
        .sql(
            "INSERT with NULL for an id that has a default",
            "INSERT INTO \(withID) VALUES (NULL, \(row));", .refused("NOT NULL")),
        .sql(
            "INSERT OR REPLACE with NULL for an id takes the default",
            "INSERT OR REPLACE INTO \(withID) VALUES (NULL, \(row));",
            .captured(["contact_point.birth new"])),
        .sql(
            "INSERT with an id in capitals",
            "INSERT INTO \(withID) VALUES ('0189000A-0000-7000-8000-000000000001', \(row));",
            .refused("UUID in lower case")),
        .sql(
            "INSERT of a ledger row with an id that is no UUID",
            """
            INSERT INTO payment(id, account_id, amount) VALUES ('P-7', '\(TestIDs.account)', 1);
            """, .refused("UUID in lower case")),
        .sql(
            "INSERT with an id that a zero byte follows",
            "INSERT INTO \(withID) VALUES ('\(TestIDs.fresh)' || char(0), \(row));",
            .refused("UUID in lower case")),
        .sql(
            "INSERT OR IGNORE with a digit too many, which leaves the row out as it was told to",
            "INSERT OR IGNORE INTO \(withID) VALUES ('\(TestIDs.fresh)' || '0', \(row));",
            .captured([])),
        .sql(
            "INSERT with another letter in the id",
            "INSERT INTO \(withID) VALUES (replace('\(TestIDs.fresh)', '8', 'g'), \(row));",
            .refused("UUID in lower case")),
        .sql(
            "INSERT of an existing id",
            "INSERT INTO \(withID) VALUES ('\(TestIDs.point)', \(row));", .refused("UNIQUE")),
        .sql(
            "INSERT of a ledger row without id",
            "INSERT INTO payment(account_id, amount) VALUES ('\(TestIDs.account)', 100);",
            .captured(["payment.birth new"])),
        .sql(
            "INSERT of a reversal",
            """
            INSERT INTO payment(account_id, amount, reverses_id)
            VALUES ('\(TestIDs.account)', -1000, '\(TestIDs.payment)');
            """, .captured(["payment.birth new"])),
        .sql(
            "INSERT of a resolution",
            "INSERT INTO resolution(conflict_id, choice) VALUES ('\(TestIDs.conflict)', 'won');",
            .captured(["resolution.birth new"])),
        .sql(
            "INSERT over a limit of bytes",
            """
            INSERT INTO contact_point(debtor_id, kind, value)
            VALUES ('\(TestIDs.debtor)', 'mobile', printf('%.400c', 'x'));
            """, .refused("CHECK")),
        .sql(
            "INSERT of the wrong type",
            "INSERT INTO payment(account_id, amount) VALUES ('\(TestIDs.account)', 'ten');",
            .refused("cannot store TEXT value")),
        .sql(
            "INSERT of a number with a fraction",
            "INSERT INTO payment(account_id, amount) VALUES ('\(TestIDs.account)', 10.5);",
            .refused("cannot store REAL value")),
        .sql(
            "INSERT of a date that does not exist",
            "INSERT INTO task(account_id, due_on) VALUES ('\(TestIDs.account)', '2026-02-30');",
            .refused("CHECK")),
        .sql(
            "INSERT with DEFAULT VALUES lacks what is required",
            "INSERT INTO contact_point DEFAULT VALUES;", .refused("NOT NULL")),
        .sql(
            "INSERT of a table that the centre inserts",
            """
            INSERT INTO debt_item(account_id, open_amount) VALUES ('\(TestIDs.account)', 1);
            """, .refused("debt_item rows are inserted by the centre alone")),
        .sql(
            "INSERT of a debtor", "INSERT INTO debtor(surname) VALUES ('Bianchi');",
            .refused("debtor rows are inserted by the centre alone")),
        .sql(
            "INSERT of a conflict",
            """
            INSERT INTO conflict SELECT '\(TestIDs.fresh)', unit_table, unit_id, row_table,
              row_id, register, won, won_stamp, lost, lost_stamp, noticed_at FROM conflict;
            """,
            .refused("conflict rows are inserted by the centre alone")),
        .sql(
            "INSERT of a reference row", "INSERT INTO creditor(id, name) VALUES ('X', 'X');",
            .refused("creditor rows are written by the centre alone")),
        .sql(
            "INSERT OR IGNORE of a reference row",
            "INSERT OR IGNORE INTO creditor(id, name) VALUES ('X', 'X');",
            .refused("creditor rows are written by the centre alone")),
        .sql(
            "INSERT into a view", "INSERT INTO payments(id) VALUES ('x');",
            .refused("cannot modify payments because it is a view")),
        .sql(
            "INSERT naming rowid",
            "INSERT INTO payment(rowid, account_id, amount) VALUES (1, '\(TestIDs.account)', 1);",
            .refused("no column named rowid")),
        .sql(
            "INSERT of text that is not UTF-8 is captured; the seal sets it aside",
            """
            INSERT INTO contact_point(debtor_id, kind, value)
            VALUES ('\(TestIDs.debtor)', 'mobile', CAST(x'ff41' AS TEXT));
            """, .captured(["contact_point.birth new"])),
        .sql(
            "INSERT of an id that is no UUID",
            "INSERT INTO \(withID) VALUES ('my-own', \(row));",
            .refused("id must be a UUID in lower case")),
    ]

    /// REPLACE deletes without firing delete triggers.
    static let replaceForms: [GuardForm] = [
        .sql(
            "REPLACE of an existing record",
            "REPLACE INTO \(withID) VALUES ('\(TestIDs.point)', \(row));",
            .refused("REPLACE would wipe this contact_point row")),
        .sql(
            "INSERT OR REPLACE of an existing record",
            "INSERT OR REPLACE INTO \(withID) VALUES ('\(TestIDs.point)', \(row));",
            .refused("use UPDATE, or INSERT … ON CONFLICT(id) DO UPDATE")),
        .sql(
            "REPLACE with a new id", "REPLACE INTO \(withID) VALUES ('\(TestIDs.fresh)', \(row));",
            .captured(["contact_point.birth fresh"])),
        .sql(
            "REPLACE of an existing ledger row",
            """
            REPLACE INTO payment(id, account_id, amount)
            VALUES ('\(TestIDs.payment)', '\(TestIDs.account)', 1);
            """,
            .refused("insert a payment of the negative amount that names it in reverses_id")),
        .sql(
            "REPLACE … SELECT of the whole table onto itself",
            "REPLACE INTO contact_point SELECT * FROM contact_point;",
            .refused("REPLACE would wipe")),
        .sql(
            "REPLACE of several rows of which the last exists",
            """
            REPLACE INTO \(withID)
            VALUES ('\(TestIDs.fresh)', \(row)), ('\(TestIDs.point)', \(row));
            """, .refused("REPLACE would wipe")),
        .sql(
            "REPLACE twice of one id within a statement",
            """
            REPLACE INTO \(withID)
            VALUES ('\(TestIDs.fresh)', \(row)), ('\(TestIDs.fresh)', \(row));
            """, .refused("REPLACE would wipe")),
        .sql(
            "REPLACE twice of one new id in a transaction",
            """
            BEGIN;
            REPLACE INTO \(withID) VALUES ('\(TestIDs.fresh)', \(row));
            REPLACE INTO \(withID) VALUES ('\(TestIDs.fresh)', \(row));
            COMMIT;
            """, .refused("REPLACE would wipe")),
        .sql(
            "REPLACE of an existing account",
            """
            REPLACE INTO account(id, debtor_id, portfolio_id, creditor_id, case_ref)
            VALUES ('\(TestIDs.account)', '\(TestIDs.debtor)', 'MT', 'ENEL', 'C1');
            """, .refused("account rows are inserted by the centre alone")),
        .sql(
            "REPLACE of an existing reference row",
            "REPLACE INTO creditor(id, name) VALUES ('ENEL', 'Enel S.p.A.');",
            .refused("creditor rows are written by the centre alone")),
        .sql(
            "REPLACE of an existing conflict", "REPLACE INTO conflict SELECT * FROM conflict;",
            .refused("conflict rows are inserted by the centre alone")),
        .sql(
            "REPLACE after OR IGNORE of the same id",
            """
            INSERT OR IGNORE INTO \(withID) VALUES ('\(TestIDs.point)', \(row));
            REPLACE INTO \(withID) VALUES ('\(TestIDs.point)', \(row));
            """, .partly("REPLACE would wipe", [])),
        .sql(
            "INSERT of an id that another table was found to have",
            """
            INSERT OR IGNORE INTO contact_attempt(id, account_id, channel, outcome)
              VALUES ('\(TestIDs.attempt)', '\(TestIDs.account)', 'phone', 'NA');
            INSERT INTO promise(id, account_id, amount)
              VALUES ('\(TestIDs.attempt)', '\(TestIDs.account)', 100);
            """, .captured(["promise.birth attempt"])),
    ]

    /// INSERT with ON CONFLICT.
    static let upsertForms: [GuardForm] = [
        .sql(
            "UPSERT DO NOTHING of an existing record",
            "INSERT INTO \(withID) VALUES ('\(TestIDs.point)', \(row)) ON CONFLICT DO NOTHING;",
            .captured([])),
        .sql(
            "UPSERT DO NOTHING of a new record",
            "INSERT INTO \(withID) VALUES ('\(TestIDs.fresh)', \(row)) ON CONFLICT DO NOTHING;",
            .captured(["contact_point.birth fresh"])),
        .sql(
            "UPSERT DO UPDATE of an existing record",
            """
            INSERT INTO \(withID) VALUES ('\(TestIDs.point)', \(row))
            ON CONFLICT(id) DO UPDATE SET value = excluded.value;
            """, .captured(["contact_point.value point"])),
        .sql(
            "UPSERT DO UPDATE that changes nothing",
            """
            INSERT INTO \(withID) VALUES ('\(TestIDs.point)', \(row))
            ON CONFLICT(id) DO UPDATE SET kind = excluded.kind;
            """, .captured([])),
        .sql(
            "UPSERT DO UPDATE of a new and an existing record, one row twice",
            """
            INSERT INTO \(withID) VALUES ('\(TestIDs.fresh)', \(row)), ('\(TestIDs.point)', \(row)),
              ('\(TestIDs.fresh)', '\(TestIDs.debtor)', 'mobile', '+39888')
            ON CONFLICT(id) DO UPDATE SET value = excluded.value;
            """,
            .captured([
                "contact_point.birth fresh", "contact_point.value point",
                "contact_point.value fresh",
            ])),
        .sql(
            "UPSERT DO UPDATE of a ledger row",
            """
            INSERT INTO payment(id, account_id, amount)
              VALUES ('\(TestIDs.payment)', '\(TestIDs.account)', 7)
            ON CONFLICT(id) DO UPDATE SET amount = excluded.amount;
            """, .refused("this payment row never changes")),
        .sql(
            "UPSERT DO NOTHING of an existing ledger row",
            """
            INSERT INTO payment(id, account_id, amount)
              VALUES ('\(TestIDs.payment)', '\(TestIDs.account)', 7) ON CONFLICT(id) DO NOTHING;
            """, .captured([])),
        .sql(
            "UPSERT DO UPDATE of a reference row",
            """
            INSERT INTO creditor(id, name) VALUES ('ENEL', 'x')
            ON CONFLICT(id) DO UPDATE SET name = excluded.name;
            """, .refused("creditor rows are written by the centre alone")),
        .sql(
            "UPSERT DO NOTHING of an existing reference row",
            "INSERT INTO creditor(id, name) VALUES ('ENEL', 'x') ON CONFLICT DO NOTHING;",
            .captured([])),
        .sql(
            "UPSERT DO UPDATE of an account that is there",
            """
            INSERT INTO account(id, debtor_id, portfolio_id, creditor_id, case_ref)
            VALUES ('\(TestIDs.account)', '\(TestIDs.debtor)', 'MT', 'ENEL', 'C1')
            ON CONFLICT(id) DO UPDATE SET priority = 2;
            """, .captured(["account.priority account"])),
        .sql(
            "UPSERT DO UPDATE of an account that is not there",
            """
            INSERT INTO account(id, debtor_id, portfolio_id, creditor_id, case_ref)
            VALUES ('\(TestIDs.fresh)', '\(TestIDs.debtor)', 'MT', 'ENEL', 'C1')
            ON CONFLICT(id) DO UPDATE SET priority = 2;
            """, .refused("account rows are inserted by the centre alone")),
        .sql(
            "UPSERT DO UPDATE of the parent",
            """
            INSERT INTO \(withID) VALUES ('\(TestIDs.point)', '\(TestIDs.fresh)', 'mobile', '1')
            ON CONFLICT(id) DO UPDATE SET debtor_id = excluded.debtor_id;
            """, .refused("never change")),
        .sql(
            "UPSERT DO UPDATE with a condition that does not hold",
            """
            INSERT INTO \(withID) VALUES ('\(TestIDs.point)', \(row))
            ON CONFLICT(id) DO UPDATE SET value = excluded.value WHERE contact_point.kind = 'pec';
            """, .captured([])),
        .sql(
            "UPSERT of a conflict that is there",
            """
            INSERT INTO conflict SELECT * FROM conflict WHERE 1
            ON CONFLICT(id) DO UPDATE SET won = 'x';
            """,
            .refused("this conflict row never changes")),
    ]
}
