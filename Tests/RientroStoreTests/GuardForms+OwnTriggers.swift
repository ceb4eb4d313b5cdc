extension GuardForm {
    private static var here: String { "WHERE id = '\(TestIDs.point)'" }
    private static let pay = "INSERT INTO payment(id, account_id, amount) VALUES"
    private static let account = TestIDs.account

    /// Triggers that a person made, which write on.
    static let ownTriggerForms: [GuardForm] = [
        .sql(
            "a TEMP trigger that writes on is captured",
            """
            CREATE TEMP TRIGGER more AFTER INSERT ON main.payment BEGIN
              UPDATE task SET status = 'done' WHERE account_id = NEW.account_id;
            END;
            \(pay) ('\(TestIDs.fresh)', '\(account)', 1);
            """, .captured(["task.status task", "payment.birth fresh"])),
        .sql(
            "a TEMP trigger that deletes is refused",
            """
            CREATE TEMP TRIGGER less AFTER INSERT ON main.payment BEGIN DELETE FROM task; END;
            \(pay) ('\(TestIDs.fresh)', '\(account)', 1);
            """, .refused("this task row is never deleted")),
        .sql(
            "a person's own trigger that inserts is captured",
            """
            CREATE TRIGGER reminder AFTER INSERT ON promise BEGIN
              INSERT INTO task(id, account_id, due_on)
              VALUES ('\(TestIDs.fresh2)', NEW.account_id, NEW.due_on);
            END;
            INSERT INTO promise(id, account_id, amount)
            VALUES ('\(TestIDs.fresh)', '\(account)', 5);
            """, .captured(["task.birth fresh2", "promise.birth fresh"])),
        .sql(
            "a person's own trigger on every UPDATE that writes on in the same row is captured",
            """
            CREATE TRIGGER seen AFTER UPDATE ON contact_point BEGIN
              UPDATE contact_point SET remark = 'seen' WHERE id = NEW.id;
            END;
            UPDATE contact_point SET value = '1' \(here);
            """, .captured(["contact_point.remark point", "contact_point.value point"])),
        .sql(
            "a person's own trigger BEFORE every UPDATE that writes on in another row is captured",
            """
            CREATE TRIGGER seen BEFORE UPDATE ON contact_point BEGIN
              UPDATE contact_point SET value = 'b@b.it' WHERE id = '\(TestIDs.otherPoint)';
            END;
            UPDATE contact_point SET value = '1' \(here);
            """, .captured(["contact_point.value point2", "contact_point.value point"])),
        .sql(
            "a TEMP trigger on every UPDATE that writes on in the same row is captured",
            """
            CREATE TEMP TRIGGER seen AFTER UPDATE ON main.contact_point BEGIN
              UPDATE contact_point SET remark = 'seen' WHERE id = NEW.id;
            END;
            UPDATE contact_point SET value = '1' \(here);
            """, .captured(["contact_point.remark point", "contact_point.value point"])),
        .sql(
            "a person's own trigger that writes on, with recursive triggers",
            """
            PRAGMA recursive_triggers = ON;
            CREATE TRIGGER seen AFTER UPDATE ON contact_point WHEN NEW.remark IS NOT 'seen' BEGIN
              UPDATE contact_point SET remark = 'seen' WHERE id = NEW.id;
            END;
            UPDATE contact_point SET value = '1', kind = 'pec' \(here);
            """,
            .captured([
                "contact_point.remark point", "contact_point.kind point",
                "contact_point.value point",
            ])),
        .sql(
            "a person's own trigger on every UPDATE that inserts, where ours stamp a new row",
            """
            CREATE TRIGGER reminder AFTER UPDATE ON task BEGIN
              INSERT OR IGNORE INTO payment(id, account_id, amount)
              VALUES ('\(TestIDs.fresh2)', '\(account)', 1);
            END;
            PRAGMA recursive_triggers = ON;
            INSERT INTO task(id, account_id) VALUES ('\(TestIDs.fresh)', '\(account)');
            UPDATE task SET status = 'done' WHERE id = '\(TestIDs.fresh)';
            """,
            .captured(["task.birth fresh", "payment.birth fresh2", "task.status fresh"])),
    ]
}
