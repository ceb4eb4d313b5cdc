extension GuardForm {
    private static var here: String { "WHERE id = '\(TestIDs.point)'" }
    private static let sentence = "stamps are written by the triggers"
    /// A stamp far ahead, and one far back.
    private static let ahead = 3_000_000_000_000 << 20 | 1
    private static let back = 1_000 << 20 | 1

    /// Stamps written by hand.
    static let stampForms: [GuardForm] = [
        .sql(
            "INSERT with a stamp",
            """
            INSERT INTO contact_point(debtor_id, kind, value, value_stamp)
            VALUES ('\(TestIDs.debtor)', 'pec', 'x', \(ahead));
            """, .refused("leave the stamp columns out")),
        .sql(
            "INSERT with born_stamp",
            """
            INSERT INTO contact_point(debtor_id, kind, value, born_stamp)
            VALUES ('\(TestIDs.debtor)', 'pec', 'x', \(back));
            """, .refused("leave the stamp columns out")),
        .sql(
            "INSERT with NULL stamps",
            """
            INSERT INTO contact_point(debtor_id, kind, value, born_stamp, value_stamp)
            VALUES ('\(TestIDs.debtor)', 'pec', 'x', NULL, NULL);
            """, .captured(["contact_point.birth new"])),
        .sql(
            "a stamp set back", "UPDATE contact_point SET value_stamp = \(back) \(here);",
            .refused(sentence)),
        .sql(
            "a stamp set forward", "UPDATE contact_point SET value_stamp = \(ahead) \(here);",
            .refused(sentence)),
        .sql(
            "a stamp set to NULL", "UPDATE contact_point SET value_stamp = NULL \(here);",
            .refused(sentence)),
        .sql(
            "a stamp set back from NULL",
            "UPDATE contact_point SET remark_stamp = \(back) \(here);",
            .refused(sentence)),
        .sql(
            "a stamp set forward from NULL",
            "UPDATE contact_point SET remark_stamp = \(ahead) \(here);", .refused(sentence)),
        .sql(
            "born_stamp set back", "UPDATE contact_point SET born_stamp = \(back) \(here);",
            .refused(sentence)),
        .sql(
            "born_stamp set forward", "UPDATE contact_point SET born_stamp = \(ahead) \(here);",
            .refused(sentence)),
        .sql(
            "born_stamp set to NULL", "UPDATE contact_point SET born_stamp = NULL \(here);",
            .refused(sentence)),
        .sql(
            "a stamp set to itself",
            "UPDATE contact_point SET value_stamp = value_stamp, born_stamp = born_stamp \(here);",
            .captured([])),
        .sql(
            "a value with a stamp ahead",
            "UPDATE contact_point SET value = '4', value_stamp = \(ahead) \(here);",
            .refused(sentence)),
        .sql(
            "a value with a stamp behind",
            "UPDATE contact_point SET value = '4', value_stamp = \(back) \(here);",
            .refused(sentence)),
        .sql(
            "a row saved whole with the stamps that were read",
            """
            UPDATE contact_point SET kind = 'mobile', value = '4', value_stamp =
              (SELECT value_stamp FROM contact_point \(here)), remark_stamp = NULL \(here);
            """, .captured(["contact_point.value point"])),
        .sql(
            "a row saved whole with the stamps of an earlier reading",
            """
            CREATE TEMP TABLE was AS SELECT * FROM contact_point \(here);
            UPDATE contact_point SET value = '4' \(here);
            UPDATE contact_point
            SET (value, value_stamp) = (SELECT value, value_stamp FROM was) \(here);
            """, .partly(sentence, ["contact_point.value point"])),
        .sql(
            "a stamp of another register set forward right after a write",
            """
            UPDATE contact_point SET value = '4' \(here);
            UPDATE contact_point SET kind_stamp = \(ahead) \(here);
            """, .partly(sentence, ["contact_point.value point"])),
        .sql(
            "a stamp set back right after a write of its register",
            """
            UPDATE contact_point SET value = '4' \(here);
            UPDATE contact_point SET value_stamp = value_stamp - 1 \(here);
            """, .partly(sentence, ["contact_point.value point"])),
        .sql(
            "a value and a stamp ahead right after a write of the register",
            """
            UPDATE contact_point SET value = '4' \(here);
            UPDATE contact_point SET value = '5', value_stamp = \(ahead) \(here);
            """, .partly(sentence, ["contact_point.value point"])),
        .sql(
            "a stamp ahead in one row after a write in another",
            """
            UPDATE contact_point SET value = '4' \(here);
            UPDATE contact_point SET value_stamp = \(ahead) WHERE id = '\(TestIDs.otherPoint)';
            """, .partly(sentence, ["contact_point.value point"])),
        .sql(
            "a stamp ahead with OR IGNORE",
            "UPDATE OR IGNORE contact_point SET value = '4',"
                + " value_stamp = \(ahead) \(here);", .refused(sentence)),
        .sql(
            "born_stamp back right after the birth",
            """
            INSERT INTO task(id, account_id)
            VALUES ('\(TestIDs.fresh)', '\(TestIDs.account)');
            UPDATE task SET status = 'done', born_stamp = born_stamp - 1
            WHERE id = '\(TestIDs.fresh)';
            """, .partly(sentence, ["task.birth fresh"])),
        .sql(
            "the stamps of a reference row", "UPDATE creditor SET name_stamp = \(ahead);",
            .refused("creditor rows are written by the centre alone")),
    ]
}
