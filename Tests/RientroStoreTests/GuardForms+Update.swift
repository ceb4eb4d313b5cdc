extension GuardForm {
    private static var here: String { "WHERE id = '\(TestIDs.point)'" }
    private static let account = "WHERE id = '\(TestIDs.account)'"

    /// UPDATE in its forms.
    static let updateForms: [GuardForm] = [
        .sql(
            "UPDATE of one register", "UPDATE contact_point SET value = '+39000' \(here);",
            .captured(["contact_point.value point"])),
        .sql(
            "UPDATE to the same value", "UPDATE contact_point SET value = value;", .captured([])),
        .sql(
            "UPDATE that finds no row", "UPDATE contact_point SET value = 'x' WHERE id = 'no';",
            .captured([])),
        .sql(
            "UPDATE of two registers",
            "UPDATE contact_point SET value = '1', remark = 'casa' \(here);",
            .captured(["contact_point.value point", "contact_point.remark point"])),
        .sql(
            "UPDATE of two registers whose losers are listed, and of one whose are not",
            "UPDATE debtor SET surname = 'Bianchi', codice_fiscale = 'X', city = 'Matera';",
            .captured([
                "debtor.name debtor", "debtor.codice_fiscale debtor",
                "debtor.address debtor",
            ])),
        .sql(
            "UPDATE twice of two registers whose losers are listed",
            """
            UPDATE debtor SET surname = 'Bianchi', iban = 'X';
            UPDATE debtor SET surname = 'Verdi', iban = 'Y';
            """,
            .captured([
                "debtor.name debtor", "debtor.iban debtor", "debtor.name debtor",
                "debtor.iban debtor",
            ])),
        .sql(
            "UPDATE of two registers of which one stays the same",
            "UPDATE contact_point SET value = '1', kind = 'mobile' \(here);",
            .captured(["contact_point.value point"])),
        .sql(
            "UPDATE of one column of a group",
            "UPDATE contact_point SET verified_on = '2026-01-31' \(here);",
            .captured(["contact_point.quality point"])),
        .sql(
            "UPDATE of both columns of a group",
            "UPDATE contact_point SET quality = 'good', verified_on = '2026-01-31' \(here);",
            .captured(["contact_point.quality point"])),
        .sql(
            "UPDATE of all rows", "UPDATE contact_point SET remark = 'x';",
            .captured(["contact_point.remark point", "contact_point.remark point2"])),
        .sql(
            "NULL to a value and back to NULL",
            """
            UPDATE contact_point SET remark = 'x' \(here);
            UPDATE contact_point SET remark = NULL \(here);
            """, .captured(["contact_point.remark point", "contact_point.remark point"])),
        .sql(
            "two writes of one register",
            """
            UPDATE contact_point SET value = '1' \(here);
            UPDATE contact_point SET value = '2' \(here);
            """, .captured(["contact_point.value point", "contact_point.value point"])),
        .sql(
            "a value that differs in case alone",
            "UPDATE contact_point SET value = upper(value) WHERE id = '\(TestIDs.otherPoint)';",
            .captured(["contact_point.value point2"])),
        .sql(
            "UPDATE … FROM",
            """
            UPDATE contact_point SET remark = d.surname FROM debtor AS d
            WHERE d.id = contact_point.debtor_id AND contact_point.id = '\(TestIDs.point)';
            """, .captured(["contact_point.remark point"])),
        .sql(
            "WITH … UPDATE",
            """
            WITH w(i) AS (SELECT '\(TestIDs.point)')
            UPDATE contact_point SET remark = 'w' WHERE id IN (SELECT i FROM w);
            """, .captured(["contact_point.remark point"])),
        .sql(
            "UPDATE … RETURNING", "UPDATE contact_point SET remark = 'r' \(here) RETURNING *;",
            .captured(["contact_point.remark point"])),
        .sql(
            "UPDATE of a row value",
            "UPDATE contact_point SET (value, remark) = (SELECT '8', 'v') \(here);",
            .captured(["contact_point.value point", "contact_point.remark point"])),
        .sql(
            "UPDATE of a row that was inserted before",
            """
            INSERT INTO task(id, account_id) VALUES ('\(TestIDs.fresh)', '\(TestIDs.account)');
            UPDATE task SET status = 'done' WHERE id = '\(TestIDs.fresh)';
            """, .captured(["task.birth fresh", "task.status fresh"])),
        .sql(
            "UPDATE of a debtor, which the centre inserts and offices correct",
            "UPDATE debtor SET city = 'Matera', province = 'MT';",
            .captured(["debtor.address debtor"])),
        .sql(
            "UPDATE of a view", "UPDATE payments SET amount = 1;",
            .refused("cannot modify payments because it is a view")),
        .sql(
            "UPDATE of rowid", "UPDATE contact_point SET rowid = 2;", .refused("no such column")),
        .sql(
            "UPDATE over a limit", "UPDATE account SET priority = 10;", .refused("CHECK")),
        .sql(
            "UPDATE of a required column to NULL", "UPDATE contact_point SET value = NULL \(here);",
            .refused("NOT NULL")),
    ]

    /// UPDATE OR … and INSERT OR …
    static let conflictClauseForms: [GuardForm] = [
        .sql(
            "INSERT OR IGNORE of an existing record",
            """
            INSERT OR IGNORE INTO contact_point(id, debtor_id, kind, value)
            VALUES ('\(TestIDs.point)', '\(TestIDs.debtor)', 'pec', 'x');
            """, .captured([])),
        .sql(
            "INSERT OR IGNORE of one id twice",
            """
            INSERT OR IGNORE INTO payment(id, account_id, amount) VALUES
              ('\(TestIDs.fresh)', '\(TestIDs.account)', 1),
              ('\(TestIDs.fresh)', '\(TestIDs.account)', 2);
            """, .captured(["payment.birth fresh"])),
        .sql(
            "INSERT OR IGNORE over a limit drops the row",
            """
            INSERT OR IGNORE INTO payment(account_id, amount)
            VALUES ('\(TestIDs.account)', NULL);
            """,
            .captured([])),
        .sql(
            "INSERT OR ABORT of an existing ledger row",
            """
            INSERT OR ABORT INTO payment(id, account_id, amount) VALUES
              ('\(TestIDs.fresh)', '\(TestIDs.account)', 1),
              ('\(TestIDs.payment)', '\(TestIDs.account)', 2);
            """, .refused("UNIQUE")),
        .sql(
            "INSERT OR FAIL keeps what came before",
            """
            INSERT OR FAIL INTO payment(id, account_id, amount) VALUES
              ('\(TestIDs.fresh)', '\(TestIDs.account)', 1),
              ('\(TestIDs.payment)', '\(TestIDs.account)', 2),
              ('\(TestIDs.fresh2)', '\(TestIDs.account)', 3);
            """, .partly("UNIQUE", ["payment.birth fresh"])),
        .sql(
            "INSERT OR ROLLBACK ends the transaction",
            """
            BEGIN;
            UPDATE contact_point SET value = '9' \(here);
            INSERT OR ROLLBACK INTO payment(id, account_id, amount)
              VALUES ('\(TestIDs.payment)', '\(TestIDs.account)', 2);
            """, .refused("UNIQUE")),
        .sql(
            "INSERT OR FAIL of a reference row",
            "INSERT OR FAIL INTO creditor(id, name) VALUES ('X', 'X');",
            .refused("creditor rows are written by the centre alone")),
        .sql(
            "UPDATE OR REPLACE of an id onto another",
            "UPDATE OR REPLACE contact_point SET id = '\(TestIDs.otherPoint)' \(here);",
            .refused("never change")),
        .sql(
            "UPDATE OR IGNORE of an id onto another",
            "UPDATE OR IGNORE contact_point SET id = '\(TestIDs.otherPoint)' \(here);",
            .refused("never change")),
        .sql(
            "UPDATE OR FAIL of an id",
            "UPDATE OR FAIL contact_point SET id = '\(TestIDs.fresh)' \(here);",
            .refused("never change")),
        .sql(
            "UPDATE OR ROLLBACK of an id",
            "UPDATE OR ROLLBACK contact_point SET id = '\(TestIDs.fresh)' \(here);",
            .refused("never change")),
        .sql(
            "UPDATE OR REPLACE of a required column to NULL takes the default",
            """
            UPDATE contact_point SET quality = 'good' \(here);
            UPDATE OR REPLACE contact_point SET quality = NULL \(here);
            """, .captured(["contact_point.quality point", "contact_point.quality point"])),
        .sql(
            "UPDATE OR IGNORE skips the row that breaks a limit",
            """
            UPDATE OR IGNORE contact_point
            SET remark = iif(id = '\(TestIDs.point)', printf('%.900c', 'x'), 'y');
            """, .captured(["contact_point.remark point2"])),
        .sql(
            "UPDATE OR REPLACE of one register",
            "UPDATE OR REPLACE contact_point SET value = '5' \(here);",
            .captured(["contact_point.value point"])),
        .sql(
            "UPDATE OR IGNORE of one register",
            "UPDATE OR IGNORE contact_point SET value = '5' \(here);",
            .captured(["contact_point.value point"])),
        .sql(
            "UPDATE OR REPLACE of a ledger row", "UPDATE OR REPLACE payment SET amount = 1;",
            .refused("this payment row never changes")),
        .sql(
            "UPDATE OR IGNORE of a ledger row", "UPDATE OR IGNORE payment SET amount = 1;",
            .refused("this payment row never changes")),
    ]

    /// What no office may take away.
    static let deleteForms: [GuardForm] = [
        .sql(
            "DELETE of a record", "DELETE FROM contact_point \(here);",
            .refused("set its quality to wrong_number or unreachable")),
        .sql(
            "DELETE of a whole record table", "DELETE FROM contact_point;",
            .refused("this contact_point row is never deleted")),
        .sql(
            "DELETE of a ledger row", "DELETE FROM payment;",
            .refused("this payment row is never deleted")),
        .sql(
            "DELETE … RETURNING", "DELETE FROM payment RETURNING *;",
            .refused("this payment row is never deleted")),
        .sql(
            "DELETE of a reference row", "DELETE FROM creditor;",
            .refused("creditor rows are written by the centre alone")),
        .sql(
            "DELETE of a conflict", "DELETE FROM conflict;",
            .refused("choose with `rientro resolve`")),
        .sql(
            "WITH … DELETE",
            "WITH w(i) AS (SELECT id FROM task) DELETE FROM task WHERE id IN (SELECT i FROM w);",
            .refused("set its status to done or cancelled")),
        .sql(
            "DELETE that finds no row", "DELETE FROM payment WHERE id = 'no';", .captured([])),
        .sql(
            "DELETE of the identity", "DELETE FROM me;",
            .refused("this row is the identity of the replica")),
        .sql(
            "REPLACE of the identity",
            "REPLACE INTO me(one, replica, incarnation) VALUES (1, 6, x'00');",
            .refused("this row is the identity of the replica")),
        .sql(
            "DELETE of a row that was inserted before",
            """
            BEGIN;
            INSERT INTO payment(id, account_id, amount)
              VALUES ('\(TestIDs.fresh)', '\(TestIDs.account)', 1);
            DELETE FROM payment WHERE id = '\(TestIDs.fresh)';
            COMMIT;
            """, .refused("this payment row is never deleted")),
    ]

    /// Columns that never change, or that the centre alone writes.
    static let fixedForms: [GuardForm] = [
        .sql(
            "UPDATE of an id", "UPDATE contact_point SET id = '\(TestIDs.fresh)' \(here);",
            .refused("never change")),
        .sql(
            "UPDATE of an id to itself", "UPDATE contact_point SET id = id, remark = 'x' \(here);",
            .captured(["contact_point.remark point"])),
        .sql(
            "UPDATE of the parent",
            "UPDATE contact_point SET debtor_id = '\(TestIDs.fresh)' \(here);",
            .refused("id, debtor_id, raw, source of this contact_point row never change")),
        .sql(
            "UPDATE of a column outside all registers", "UPDATE contact_point SET raw = '3';",
            .refused("never change")),
        .sql(
            "UPDATE of the parent of a ledger row",
            "UPDATE payment SET account_id = '\(TestIDs.otherAccount)';",
            .refused("this payment row never changes")),
        .sql(
            "UPDATE of a ledger row to the same values", "UPDATE payment SET amount = amount;",
            .refused("this payment row never changes")),
        .sql(
            "UPDATE of a portfolio", "UPDATE account SET portfolio_id = 'PZ' \(account);",
            .refused(
                "the centre alone writes portfolio_id, customer_ref, recall_on of this account row")
        ),
        .sql(
            "UPDATE of a column of the centre to the same value",
            "UPDATE account SET portfolio_id = portfolio_id, priority = 3 \(account);",
            .captured(["account.priority account"])),
        .sql(
            "UPDATE of a column of the centre from NULL",
            "UPDATE account SET recall_on = '2026-12-31' \(account);",
            .refused("the centre alone writes")),
        .sql(
            "UPDATE of a reference row", "UPDATE creditor SET name = 'x';",
            .refused("creditor rows are written by the centre alone")),
        .sql(
            "UPDATE of a code to itself", "UPDATE code SET label_it = label_it;",
            .refused("code rows are written by the centre alone")),
        .sql(
            "UPDATE of a reference row that is not there",
            "UPDATE creditor SET name = 'x' WHERE id = 'no';", .captured([])),
    ]
}
