import Testing

/// Which row takes which payment back, worked out by hand.
@Suite("What reverses what")
struct ReversalTests {
    /// A payment of 100.00 on account a, and what else is told; gives id, reversed and net of each.
    private func lines(_ others: String..., ask: String = "id, reversed, net") throws -> [String] {
        try Shell().run(
            """
            INSERT INTO payment(id, account_id, amount) VALUES ('p', 'a', 10000);
            \(others.joined(separator: "\n"))
            SELECT \(ask) FROM payments ORDER BY id
            """)
    }

    /// A row that names `of`.
    private func reversal(
        _ id: String = "r", _ amount: Int = -10_000, of: String = "p", on account: String = "a",
        currency: String = "EUR", state: String = "received"
    ) -> String {
        """
        INSERT INTO payment(id, account_id, amount, currency, state, reverses_id)
          VALUES ('\(id)', '\(account)', \(amount), '\(currency)', '\(state)', '\(of)');
        """
    }

    @Test("a reversal of another account's payment takes nothing back, there or here")
    func otherAccount() throws {
        #expect(try lines(reversal("r", -7_000, on: "b")) == ["p|0|10000", "r|0|0"])
        #expect(
            try lines(
                reversal("r", -7_000, on: "b"),
                "SELECT account_id, sum(net) FROM payments GROUP BY account_id ORDER BY 1;")
                == ["a|10000", "b|0", "p|0|10000", "r|0|0"])
    }

    @Test("a reversal of nothing, or of itself, counts as nothing")
    func ofNothing() throws {
        #expect(try lines(reversal(of: "")) == ["p|0|10000", "r|0|0"])
        #expect(try lines(reversal(of: "P")) == ["p|0|10000", "r|0|0"])
        #expect(try lines(reversal(of: "r")) == ["p|0|10000", "r|0|0"])
        #expect(try lines(reversal("r", 10_000, of: "r")) == ["p|0|10000", "r|0|0"])
    }

    @Test("money with the same sign takes nothing back, and takes no other reversal away")
    func sameSign() throws {
        #expect(try lines(reversal("r", 5_000)) == ["p|0|10000", "r|0|0"])
        #expect(try lines(reversal("r", 0)) == ["p|0|10000", "r|0|0"])
        #expect(
            try lines(reversal("r1", -4_000), reversal("r2", 3_000))
                == ["p|1|6000", "r1|0|0", "r2|0|0"])
    }

    @Test("what takes back is not taken back: the payment stays reversed")
    func chain() throws {
        #expect(
            try lines(reversal(), reversal("s", 10_000, of: "r"))
                == ["p|1|0", "r|0|0", "s|0|0"])
    }

    @Test("money given back is reversed by money that came, in part or whole")
    func refund() throws {
        let refund = "INSERT INTO payment(id, account_id, amount) VALUES ('o', 'a', -500);"
        #expect(
            try lines(refund, reversal("r", 200, of: "o"))
                == ["o|1|-300", "p|0|10000", "r|0|0"])
        #expect(
            try lines(refund, reversal("r", 700, of: "o")) == ["o|1|0", "p|0|10000", "r|0|0"])
        #expect(
            try lines(refund, reversal("r", -200, of: "o"))
                == ["o|0|-500", "p|0|10000", "r|0|0"])
    }

    @Test("more than there was takes back what there was")
    func tooMuch() throws {
        #expect(try lines(reversal("r", -10_001)) == ["p|1|0", "r|0|0"])
        #expect(
            try lines(reversal("r1", -6_000), reversal("r2", -6_000))
                == ["p|1|0", "r1|0|0", "r2|0|0"])
    }

    @Test("a reversal counts only in the payment's currency")
    func otherCurrency() throws {
        #expect(try lines(reversal(currency: "USD")) == ["p|0|10000", "r|0|0"])
    }

    @Test("what was only reported is announced until it is reversed, and never net")
    func announced() throws {
        let reported = """
            INSERT INTO payment(id, account_id, amount, state) VALUES ('q', 'a', 300, 'reported');
            """
        let ask = "id, net, announced"
        #expect(try lines(reported, ask: ask) == ["p|10000|0", "q|0|300"])
        #expect(
            try lines(reported, reversal("r", -100, of: "q"), ask: ask)
                == ["p|10000|0", "q|0|200", "r|0|0"])
        #expect(
            try lines(reported, reversal("r", -300, of: "q", state: "reported"), ask: ask)
                == ["p|10000|0", "q|0|0", "r|0|0"])
    }

    @Test("a payment shows the day by which promises are judged, and all that was written")
    func columns() throws {
        #expect(
            try Shell().run(
                """
                INSERT INTO payment(id, account_id, amount, method, reference, received_on,
                  value_on, state, received_by, payer_name, receipt_number, note, operator,
                  recorded_at) VALUES
                  ('p', 'a', 5, 'cash', 'R', '2026-01-02', '2026-01-03', 'cleared', 'firm', 'N',
                    '7', 'x', 'anna', '2026-01-02T10:00:00.000Z'),
                  ('q', 'a', 6, NULL, NULL, '2026-01-02', NULL, 'received', NULL, NULL, NULL,
                    NULL, NULL, '2026-01-02T10:00:00.000Z');
                SELECT * FROM payments ORDER BY id
                """) == [
                    "p|a|5|EUR|cash|R|2026-01-02|2026-01-03|cleared||0|5|0|firm|N|7|x|anna|"
                        + "2026-01-02T10:00:00.000Z",
                    "q|a|6|EUR|||2026-01-02|2026-01-02|received||0|6|0||||||"
                        + "2026-01-02T10:00:00.000Z",
                ])
    }
}

@Suite("Rows that name what they cannot count with")
struct DanglingReferenceTests {
    private static let rows = """
        INSERT INTO payment(id, account_id, amount, currency, reverses_id, operator, recorded_at)
          VALUES
          ('p', 'a', 100, 'EUR', NULL, 'anna', '2026-01-01T00:00:00.000Z'),
          ('n', 'a', -100, 'EUR', NULL, 'anna', '2026-01-01T00:00:00.000Z'),
          ('ok', 'a', -100, 'EUR', 'p', 'anna', '2026-01-01T00:00:00.000Z'),
          ('okn', 'a', 100, 'EUR', 'n', 'anna', '2026-01-01T00:00:00.000Z'),
          ('r1', 'a', -7, 'EUR', 'gone', 'anna', '2026-01-01T00:00:00.000Z'),
          ('r2', 'a', -7, 'EUR', 'r2', NULL, '2026-01-01T00:00:00.000Z'),
          ('r3', 'b', -7, 'EUR', 'p', NULL, '2026-01-01T00:00:00.000Z'),
          ('r4', 'a', -7, 'USD', 'p', NULL, '2026-01-01T00:00:00.000Z'),
          ('r5', 'a', 7, 'EUR', 'ok', NULL, '2026-01-01T00:00:00.000Z'),
          ('r6', 'a', 7, 'EUR', 'p', NULL, '2026-01-01T00:00:00.000Z'),
          ('r7', 'a', -101, 'EUR', 'p', NULL, '2026-01-01T00:00:00.000Z'),
          ('r8', 'a', -7, 'EUR', 'n', NULL, '2026-01-01T00:00:00.000Z'),
          ('r9', 'a', 0, 'EUR', 'p', NULL, '2026-01-01T00:00:00.000Z');
        INSERT INTO promise(id, account_id, amount, replaces_id, cancels_id) VALUES
          ('q', 'a', 5, NULL, NULL), ('qc', 'a', 0, NULL, 'q'), ('q1', 'a', 0, NULL, 'gone'),
          ('q2', 'a', 6, 'qx', NULL), ('q3', 'b', 6, 'q', NULL), ('q4', 'a', 0, NULL, 'qc'),
          ('q5', 'a', 6, 'q2', NULL);
        INSERT INTO contact_attempt(id, account_id, channel, outcome, corrects_id) VALUES
          ('c', 'a', 'phone', 'NA', NULL), ('c1', 'b', 'phone', 'NA', 'c'),
          ('c2', 'a', 'phone', 'NA', 'c'), ('c3', 'a', 'phone', 'NA', 'c2');
        INSERT INTO promise(id, account_id, amount, contact_attempt_id) VALUES
          ('s', 'a', 5, 'c'), ('s1', 'b', 5, 'c');
        INSERT INTO debt_item(id, account_id, open_amount, adjusts_id) VALUES
          ('i', 'a', 5, NULL), ('i1', 'a', -5, 'i'), ('i2', 'a', -6, 'i9');
        """

    @Test("each is listed with the reason, and none that counts")
    func reasons() throws {
        #expect(
            try Shell().run(
                Self.rows + "SELECT kind, id, reference, why FROM dangling_references ORDER BY id")
                == [
                    "contact_attempt|c1|corrects_id|other_account",
                    "debt_item|i2|adjusts_id|nothing", "promise|q1|cancels_id|nothing",
                    "promise|q2|replaces_id|nothing", "promise|q3|replaces_id|other_account",
                    "promise|q4|cancels_id|chain", "payment|r1|reverses_id|nothing",
                    "payment|r2|reverses_id|itself", "payment|r3|reverses_id|other_account",
                    "payment|r4|reverses_id|other_currency", "payment|r5|reverses_id|chain",
                    "payment|r6|reverses_id|wrong_sign", "payment|r7|reverses_id|too_much",
                    "payment|r8|reverses_id|wrong_sign", "payment|r9|reverses_id|wrong_sign",
                    "promise|s1|contact_attempt_id|other_account",
                ])
    }

    @Test("a row is shown with what it names, its money and who wrote it")
    func columns() throws {
        #expect(
            try Shell().run(
                Self.rows
                    + """
                    SELECT account_id, names, amount, currency, operator, recorded_at
                      FROM dangling_references WHERE id = 'r1';
                    SELECT amount, currency, operator IS NULL FROM dangling_references
                      WHERE id IN ('i2', 'c1') ORDER BY id
                    """) == ["a|gone|-7|EUR|anna|2026-01-01T00:00:00.000Z", "||1", "-6|EUR|1"])
    }

    @Test("a promise that names itself, or a row of another account, ends nothing")
    func ends() throws {
        #expect(
            try Shell().run(
                """
                INSERT INTO promise(id, account_id, amount, due_on, replaces_id, cancels_id) VALUES
                  ('q1', 'a', 5, '9999-01-01', 'q1', NULL),
                  ('q2', 'a', 5, '9999-01-01', NULL, NULL),
                  ('q3', 'b', 0, '9999-01-01', NULL, 'q2'),
                  ('q4', 'b', 5, '9999-01-01', 'q2', NULL);
                SELECT id, state FROM promises ORDER BY id
                """) == ["q1|open", "q2|open", "q4|open"])
    }
}
