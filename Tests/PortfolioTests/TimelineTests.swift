import Testing

@Suite("The view timeline")
struct TimelineTests {
    private let rows = """
        INSERT INTO contact_attempt(id, account_id, channel, outcome, reason, note, started_at,
          operator) VALUES ('c', 'a', 'phone', 'RPC', 'illness', 'parla',
          '2026-03-02T23:30:05.250Z', 'anna');
        INSERT INTO payment(id, account_id, amount, currency, method, reference, note, state,
          received_on, operator)
          VALUES ('p', 'a', 500, 'CHF', 'cash', 'R1', 'di persona', 'cleared', '2026-03-03', 'bea');
        INSERT INTO promise(id, account_id, amount, due_on, made_on, method, note, cancels_id)
          VALUES ('q', 'a', 900, '2030-01-01', '2026-03-01', 'cash', 'sì', NULL),
          ('x', 'a', 0, '2030-01-01', '2026-03-04', NULL, NULL, 'q');
        INSERT INTO debt_item(id, account_id, kind, doc_number, note, open_amount, due_on)
          VALUES ('i', 'a', 'invoice', 'F1', 'luce', 900, '2026-01-31');
        INSERT INTO task(id, account_id, kind, due_on, due_time, note)
          VALUES ('t', 'a', 'callback', '2026-03-09', '18:00', 'dopo');
        INSERT INTO conflict(id, unit_table, unit_id, row_table, row_id, register, won, won_stamp,
          lost, lost_stamp, noticed_at) VALUES
          ('k', 22, 'a', 'account', 'a', 'status', '["in_work",null]', 2,
            '["disputed","dice \\"no\\""]', 1, '2026-03-05T10:00:00.000Z'),
          ('l', 20, 'a', 'debtor', 'a', 'name', '["x"]', 2, '["y"]', 1, '2026-03-05T10:00:00.000Z');
        """

    @Test("everything is told with its local day, in words, with its money and who wrote it")
    func lines() throws {
        #expect(
            try Shell(zone: "CET-1").run(
                rows + """
                    SELECT at, kind, text, amount, currency, operator, id FROM timeline
                      WHERE account_id = 'a' ORDER BY at
                    """) == [
                    "2026-01-31|debt_item|invoice F1 luce|900|EUR||i",
                    "2026-03-01|promise|due 2030-01-01 cash sì|900|EUR||q",
                    "2026-03-03|payment|cleared cash R1 di persona|500|CHF|bea|p",
                    "2026-03-03 00:30:05|contact_attempt|phone RPC illness parla|||anna|c",
                    "2026-03-04|promise|cancelled|0|EUR||x",
                    "2026-03-05 11:00:00|conflict|"
                        + "status: in_work / disputed, dice \"no\"||||k",
                    "2026-03-09|task|callback open 18:00 dopo||||t",
                ])
    }

    @Test("nothing of another account is told")
    func others() throws {
        #expect(
            try Shell().run(rows + "SELECT count(*) FROM timeline WHERE account_id <> 'a'")
                == ["0"])
    }

    @Test("a conflict is told also when somebody has chosen, since it says what was done meanwhile")
    func resolved() throws {
        #expect(
            try Shell().run(
                rows + """
                    INSERT INTO resolution(id, conflict_id, choice) VALUES ('r', 'k', 'lost');
                    SELECT count(*) FROM timeline WHERE kind = 'conflict'
                    """) == ["1"])
    }
}
