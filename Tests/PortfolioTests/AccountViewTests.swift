import Testing

@Suite("The view accounts")
struct AccountViewTests {
    /// Two items of 100.00, due 40 and 10 days ago, handed over without a lot.
    private let two = """
        INSERT INTO creditor(id, name) VALUES ('C', 'Energia');
        INSERT INTO debtor(id, surname, given_name) VALUES ('d', 'Rossi', 'Anna');
        INSERT INTO account(id, debtor_id, portfolio_id, creditor_id, case_ref)
          VALUES ('a', 'd', 'P', 'C', 'E-1');
        INSERT INTO debt_item(id, account_id, open_amount, due_on) VALUES
          ('i1', 'a', 10000, date('now', 'localtime', '-40 days')),
          ('i2', 'a', 10000, date('now', 'localtime', '-10 days'));
        """

    private let ask = "SELECT balance, days_overdue, bucket FROM accounts"

    @Test("the balance is what was handed over less what was received")
    func balance() throws {
        #expect(
            try Shell().run(two + "SELECT debtor, creditor, currency FROM accounts;" + ask)
                == ["Rossi Anna|Energia|EUR", "20000|40|31-60"])
    }

    @Test(
        "payments settle the item due first",
        arguments: [
            (9_999, "10001|40|31-60"), (10_000, "10000|10|1-30"), (19_999, "1|10|1-30"),
            (20_000, "0|0|"), (25_000, "-5000|0|"),
        ])
    func oldestFirst(amount: Int, line: String) throws {
        #expect(
            try Shell().run(
                two + "INSERT INTO payment(id, account_id, amount) VALUES ('p', 'a', \(amount));"
                    + ask) == [line])
    }

    @Test(
        "the ageing bucket is that of the oldest open item",
        arguments: [
            (-5, "0|not due"), (0, "0|not due"), (1, "1|1-30"), (30, "30|1-30"), (31, "31|31-60"),
            (61, "61|61-90"), (91, "91|91-120"), (121, "121|121-180"), (180, "180|121-180"),
            (181, "181|181-360"), (360, "360|181-360"), (361, "361|361+"),
        ])
    func buckets(days: Int, line: String) throws {
        #expect(
            try Shell().run(
                """
                INSERT INTO account(id, debtor_id, portfolio_id, creditor_id, case_ref)
                  VALUES ('a', 'd', 'P', 'C', 'E-1');
                INSERT INTO debt_item(id, account_id, open_amount, due_on)
                  VALUES ('i', 'a', 1, date('now', 'localtime', '\(-days) days'));
                SELECT days_overdue, bucket FROM accounts
                """) == [line])
    }

    @Test("what the debtor only reports to have paid is announced and reduces nothing")
    func reported() throws {
        #expect(
            try Shell().run(
                two + """
                    INSERT INTO payment(id, account_id, amount, state)
                      VALUES ('p', 'a', 5000, 'reported');
                    SELECT balance, announced FROM accounts
                    """) == ["20000|5000"])
    }

    @Test("a credit note covers the oldest item, an adjustment changes its own")
    func corrections() throws {
        let credit = "INSERT INTO debt_item(id, account_id, kind, open_amount) VALUES "
        #expect(
            try Shell().run(two + credit + "('k', 'a', 'credit_note', -10000);" + ask)
                == ["10000|10|1-30"])
        let adjustment = """
            INSERT INTO debt_item(id, account_id, adjusts_id, open_amount, due_on) VALUES
              ('j', 'a', 'i2', -10000, date('now', 'localtime', '-10 days'));
            SELECT id, open_amount FROM debt_items ORDER BY id;
            """
        #expect(
            try Shell().run(two + adjustment + ask) == ["i1|10000", "i2|0", "10000|40|31-60"])
    }

    @Test("an adjustment of the due date alone moves the item")
    func dueDateCorrected() throws {
        #expect(
            try Shell().run(
                two + """
                    INSERT INTO debt_item(id, account_id, adjusts_id, open_amount, due_on)
                      VALUES ('j', 'a', 'i1', 0, date('now', 'localtime', '-5 days'));
                    SELECT due_on = date('now', 'localtime', '-5 days') FROM debt_items
                      WHERE id = 'i1';
                    """ + ask) == ["1", "20000|10|1-30"])
    }

    @Test("currencies are never summed: neither owed nor paid")
    func currencies() throws {
        #expect(
            try Shell().run(
                two + """
                    INSERT INTO debt_item(id, account_id, currency, open_amount)
                      VALUES ('u', 'a', 'USD', 700);
                    INSERT INTO payment(id, account_id, currency, amount)
                      VALUES ('p', 'a', 'USD', 200);
                    SELECT balance, other_balances FROM accounts;
                    SELECT accounts, currency IS NULL, balance IS NULL FROM debtors
                    """) == ["20000|USD 500", "1|1|1"])
    }

    @Test("a lot that has come in half is in no view, and all of it once its own row is there")
    func halfALot() throws {
        let half = """
            UPDATE account SET lot_id = 'L';
            UPDATE debt_item SET lot_id = 'L';
            SELECT count(*) FROM accounts; SELECT count(*) FROM debtors;
            SELECT count(*) FROM debt_items; SELECT count(*) FROM timeline;
            INSERT INTO lot(id, creditor_id) VALUES ('L', 'C');
            SELECT count(*) FROM accounts; SELECT balance FROM debtors;
            """
        #expect(try Shell().run(two + half) == ["0", "0", "0", "0", "1", "20000"])
    }

    @Test("days overdue are counted by the local date")
    func localDate() throws {
        // 25 hours apart, these two are never on the same day.
        let sql = """
            INSERT INTO account(id, debtor_id, portfolio_id, creditor_id, case_ref)
              VALUES ('a', 'd', 'P', 'C', 'E-1');
            INSERT INTO debt_item(id, account_id, open_amount, due_on)
              VALUES ('i', 'a', 1, date('now', '-11 hours'));
            SELECT days_overdue, bucket FROM accounts
            """
        #expect(try Shell(zone: "WEST11").run(sql) == ["0|not due"])
        #expect(["1|1-30", "2|1-30"].contains(try Shell(zone: "EAST-14").run(sql).first))
    }

    @Test("an account shows its last contact, its next open promise and its open tasks")
    func work() throws {
        #expect(
            try Shell().run(
                two + """
                    INSERT INTO contact_attempt(id, account_id, channel, outcome, started_at) VALUES
                      ('c1', 'a', 'phone', 'NA', '2026-01-02T10:00:00.000Z'),
                      ('c2', 'a', 'phone', 'RPC', '2026-01-03T10:00:00.000Z');
                    INSERT INTO promise(id, account_id, amount, due_on) VALUES
                      ('q1', 'a', 100, '9999-01-02'), ('q2', 'a', 100, '9999-01-01'),
                      ('q3', 'a', 100, '2020-01-01');
                    INSERT INTO task(id, account_id, status) VALUES
                      ('t1', 'a', 'open'), ('t2', 'a', 'done');
                    SELECT last_contact_at, next_promise_on, open_tasks FROM accounts
                    """) == ["2026-01-03T10:00:00.000Z|9999-01-01|1"])
    }

    @Test("the timeline lists everything of an account and nothing of another")
    func timeline() throws {
        #expect(
            try Shell().run(
                two + """
                    INSERT INTO contact_attempt(id, account_id, channel, outcome, note)
                      VALUES ('c', 'a', 'phone', 'NA', 'squilla');
                    INSERT INTO payment(id, account_id, amount, method, operator)
                      VALUES ('p', 'a', 500, 'cash', 'anna'), ('x', 'b', 1, 'cash', 'anna');
                    INSERT INTO promise(id, account_id, amount, due_on)
                      VALUES ('q', 'a', 900, '2030-01-01');
                    INSERT INTO task(id, account_id) VALUES ('t', 'a');
                    SELECT kind, text, amount, operator FROM timeline WHERE account_id = 'a'
                      AND kind <> 'debt_item' ORDER BY kind;
                    SELECT count(*) FROM timeline WHERE account_id = 'a'
                    """) == [
                    "contact_attempt|phone NA squilla||", "payment|received cash|500|anna",
                    "promise|due 2030-01-01|900|", "task|callback open||", "6",
                ])
    }

    @Test(
        "money that is only reported is in no balance of other currencies, and not announced here")
    func reportedInAnotherCurrency() throws {
        #expect(
            try Shell().run(
                two + """
                    INSERT INTO debt_item(id, account_id, currency, open_amount) VALUES
                      ('u', 'a', 'USD', 700), ('c', 'a', 'CHF', 100), ('z', 'a', 'GBP', 50);
                    INSERT INTO payment(id, account_id, currency, amount, state) VALUES
                      ('p1', 'a', 'USD', 500, 'reported'), ('p2', 'a', 'USD', 100, 'received'),
                      ('p3', 'a', 'GBP', 50, 'cleared');
                    SELECT balance, other_balances, announced FROM accounts
                    """) == ["20000|CHF 100, USD 600|0"])
    }

    @Test("a reported payment that was reversed is announced no more")
    func reportedAndReversed() throws {
        #expect(
            try Shell().run(
                two + """
                    INSERT INTO payment(id, account_id, amount, state, reverses_id) VALUES
                      ('p', 'a', 5000, 'reported', NULL), ('r', 'a', -2000, 'received', 'p');
                    SELECT balance, announced FROM accounts
                    """) == ["20000|3000"])
    }

    @Test(
        "items, payments, promises and tasks of another account are in none of an account's figures"
    )
    func otherAccounts() throws {
        #expect(
            try Shell().run(
                two + """
                    INSERT INTO account(id, debtor_id, portfolio_id, creditor_id, case_ref)
                      VALUES ('b', 'd', 'P', 'C', 'E-2');
                    INSERT INTO debt_item(id, account_id, open_amount, currency) VALUES
                      ('j', 'b', 1, 'EUR'), ('k', 'b', 1, 'USD');
                    INSERT INTO payment(id, account_id, amount, currency, state) VALUES
                      ('p1', 'b', 1, 'EUR', 'received'), ('p2', 'b', 2, 'EUR', 'reported'),
                      ('p3', 'b', 3, 'CHF', 'received');
                    INSERT INTO promise(id, account_id, amount, due_on)
                      VALUES ('q', 'b', 100, '9999-01-02');
                    INSERT INTO task(id, account_id) VALUES ('t', 'b');
                    INSERT INTO contact_attempt(id, account_id, channel, outcome)
                      VALUES ('x', 'b', 'phone', 'NA');
                    SELECT balance, other_balances IS NULL, announced, last_contact_at IS NULL,
                      next_promise_on IS NULL, open_tasks FROM accounts WHERE id = 'a';
                    SELECT balance, other_balances, announced, open_tasks FROM accounts
                      WHERE id = 'b'
                    """) == ["20000|1|0|1|1|0", "0|CHF -3, USD 1|2|1"])
    }

    @Test("an item of a lot that is still coming in is in no sum, of whatever currency")
    func itemOfHalfALot() throws {
        #expect(
            try Shell().run(
                two + """
                    INSERT INTO lot(id, creditor_id) VALUES ('whole', 'C');
                    INSERT INTO debt_item(id, account_id, currency, open_amount, lot_id, due_on)
                      VALUES ('e1', 'a', 'EUR', 1, 'half', '2020-01-01'),
                      ('u1', 'a', 'USD', 2, 'half', '2020-01-01'),
                      ('e2', 'a', 'EUR', 4, 'whole', '2030-01-01'),
                      ('u2', 'a', 'USD', 8, 'whole', '2030-01-01');
                    INSERT INTO debt_item(id, account_id, adjusts_id, open_amount, lot_id, due_on)
                      VALUES ('e3', 'a', 'i1', 16, 'half', '2020-01-01'),
                      ('e4', 'a', 'i2', 32, 'whole', '2020-06-01');
                    SELECT balance, other_balances FROM accounts;
                    SELECT id, open_amount FROM debt_items ORDER BY id;
                    SELECT due_on FROM debt_items WHERE id = 'i2';
                    SELECT count(*) FROM timeline WHERE kind = 'debt_item';
                    SELECT currency IS NULL FROM debtors;
                    DELETE FROM debt_item WHERE currency = 'USD';
                    SELECT balance FROM debtors
                    """) == [
                    "20036|USD 8", "e2|4", "i1|10000", "i2|10032", "u2|8", "2020-06-01", "5", "1",
                    "20036",
                ])
    }

    @Test(
        "an adjustment of another account's item, or in another currency, leaves the item as it is")
    func strangeAdjustments() throws {
        #expect(
            try Shell().run(
                two + """
                    INSERT INTO debt_item(id, account_id, adjusts_id, currency, open_amount, due_on)
                      VALUES ('x', 'b', 'i1', 'EUR', -1, '2020-01-01'),
                      ('y', 'a', 'i1', 'USD', -2, '2020-02-01');
                    SELECT id, open_amount, due_on = date('now', 'localtime', '-40 days')
                      FROM debt_items WHERE id = 'i1'
                    """) == ["i1|10000|0"])
    }

    @Test("the last contact is the latest moment of the account's attempts")
    func lastContact() throws {
        #expect(
            try Shell().run(
                two + """
                    INSERT INTO contact_attempt(id, account_id, channel, outcome, started_at) VALUES
                      ('c1', 'a', 'phone', 'NA', '2026-01-03T09:59:59.999Z'),
                      ('c2', 'a', 'phone', 'NA', '2026-01-03T10:00:00.000Z'),
                      ('c3', 'a', 'phone', 'NA', '2025-12-31T23:00:00.000Z'),
                      ('c4', 'b', 'phone', 'NA', '2027-01-01T00:00:00.000Z');
                    SELECT last_contact_at FROM accounts
                    """) == ["2026-01-03T10:00:00.000Z"])
    }

    @Test("a contact that was taken back or put right is not the last, nor is what says so")
    func lastContactStands() throws {
        #expect(
            try Shell().run(
                two + """
                    INSERT INTO account(id, debtor_id, portfolio_id, creditor_id, case_ref)
                      VALUES ('b', 'd', 'P', 'C', 'E-2');
                    INSERT INTO contact_attempt(id, account_id, channel, outcome, started_at,
                      corrects_id) VALUES
                      ('c1', 'a', 'phone', 'NA', '2026-01-03T10:00:00.000Z', NULL),
                      ('c2', 'a', 'phone', 'NA', '2026-01-04T10:00:00.000Z', NULL),
                      ('c3', 'a', 'phone', 'VOID', '2026-01-05T10:00:00.000Z', 'c2'),
                      ('c4', 'a', 'phone', 'NA', '2026-01-06T10:00:00.000Z', NULL),
                      ('c5', 'a', 'phone', 'NA', '2026-01-02T10:00:00.000Z', 'c4'),
                      ('c6', 'b', 'phone', 'VOID', '2026-01-07T10:00:00.000Z', 'c1'),
                      ('c7', 'b', 'phone', 'NA', '2026-01-01T10:00:00.000Z', 'c7');
                    SELECT id, last_contact_at FROM accounts ORDER BY id
                    """) == [
                    "a|2026-01-03T10:00:00.000Z", "b|2026-01-01T10:00:00.000Z",
                ])
    }

    @Test("the next promise is the first that is open, and none that is kept, ended or past")
    func nextPromise() throws {
        #expect(
            try Shell().run(
                two + """
                    INSERT INTO promise(id, account_id, amount, due_on, replaces_id) VALUES
                      ('q1', 'a', 0, '9998-01-01', NULL), ('q2', 'a', 100, '9998-02-01', NULL),
                      ('q3', 'a', 100, '9998-04-01', 'q2'), ('q4', 'a', 100, '9998-03-01', NULL),
                      ('q5', 'a', 100, '2020-01-01', NULL);
                    SELECT next_promise_on FROM accounts
                    """) == ["9998-03-01"])
    }

    @Test(
        "one account is looked up by indexes alone",
        arguments: [
            "accounts WHERE id = 'a'", "accounts WHERE case_ref = 'a'",
            "accounts WHERE debtor_id = 'a'", "timeline WHERE account_id = 'a'",
            "payments WHERE account_id = 'a'", "promises WHERE account_id = 'a'",
            "debt_items WHERE account_id = 'a'", "debtors WHERE id = 'a'",
        ])
    func plans(question: String) throws {
        let plan = try Shell().run("EXPLAIN QUERY PLAN SELECT * FROM \(question)")
        #expect(plan.count > 1)
        let tables = ["account", "debtor", "debt_item", "payment", "promise", "task"]
        let aliases = tables + ["a", "d", "i", "j", "p", "q", "r", "e", "f", "t", "k"]
        for line in plan {
            let words = line.split(separator: " ").map(String.init)
            if let scan = words.firstIndex(where: { $0.hasSuffix("SCAN") }) {
                // What is scanned is a subquery's few rows, never a table.
                #expect(!aliases.contains(words[scan + 1]), "\(line)")
            }
            #expect(!line.contains("debt_item_by_adjusts_id") || !line.contains(" i "), "\(line)")
        }
    }
}
