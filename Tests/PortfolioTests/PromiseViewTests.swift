import Testing

@Suite("What became of promises")
struct PromiseViewTests {
    /// A promise of 100.00 made on 1 March 2026, due on the 10th.
    private func promise(
        _ id: String = "q", amount: Int = 10_000, made: String = "2026-03-01",
        due: String = "2026-03-10", tolerance: Int = 0, currency: String = "EUR",
        more: String = "NULL, NULL"
    ) -> String {
        """
        INSERT INTO promise(id, account_id, amount, made_on, due_on, tolerance_days, currency,
          replaces_id, cancels_id)
          VALUES ('\(id)', 'a', \(amount), '\(made)', '\(due)', \(tolerance), '\(currency)',
            \(more));
        """
    }

    private func payment(
        _ id: String, _ amount: Int, on day: String, currency: String = "EUR",
        reverses: String = "NULL", state: String = "received", value: String = "NULL"
    ) -> String {
        """
        INSERT INTO payment(id, account_id, amount, received_on, currency, reverses_id, state,
          value_on)
          VALUES ('\(id)', 'a', \(amount), '\(day)', '\(currency)', \(reverses), '\(state)',
            \(value));
        """
    }

    private func states(_ sql: String...) throws -> [String] {
        try Shell().run(sql.joined() + "SELECT state, paid FROM promises ORDER BY id")
    }

    @Test("a promise paid in full and in time is kept, even in parts")
    func kept() throws {
        let sql = [
            promise(), payment("p1", 4_000, on: "2026-03-01"),
            payment("p2", 6_000, on: "2026-03-10"),
        ]
        #expect(try states(sql.joined()) == ["kept|10000"])
    }

    @Test("a promise of which a part came is partly kept, of which nothing came is broken")
    func brokenOrPartly() throws {
        #expect(try states(promise()) == ["broken|0"])
        #expect(
            try states(promise(), payment("p", 9_999, on: "2026-03-05")) == ["partly_kept|9999"])
    }

    @Test("a promise that is not due yet is open, whatever came, until all of it came")
    func open() throws {
        let later = promise(due: "9999-03-10")
        #expect(try states(later) == ["open|0"])
        #expect(try states(later, payment("p", 100, on: "2026-03-05")) == ["open|100"])
        #expect(try states(later, payment("p", 10_000, on: "2026-03-05")) == ["kept|10000"])
    }

    @Test("days of tolerance count from the due date, and the last of them is in time")
    func tolerance() throws {
        let tolerant = promise(tolerance: 5)
        #expect(try states(tolerant, payment("p", 10_000, on: "2026-03-15")) == ["kept|10000"])
        #expect(try states(tolerant, payment("p", 10_000, on: "2026-03-16")) == ["broken|0"])
    }

    @Test("tolerance runs over the nights on which the clocks change, and over the end of February")
    func calendar() throws {
        #expect(
            try Shell(zone: "CET-1CEST,M3.5.0,M10.5.0/3").run(
                promise("q1", due: "2026-03-28", tolerance: 2)
                    + promise("q2", due: "2026-10-24", tolerance: 2)
                    + promise("q3", due: "2028-02-28", tolerance: 2)
                    + "SELECT deadline FROM promises ORDER BY id")
                == ["2026-03-30", "2026-10-26", "2028-03-01"])
    }

    @Test("a payment counts by its value date, not by the day of receipt")
    func valueDate() throws {
        let late = payment("p", 10_000, on: "2026-03-10", value: "'2026-03-11'")
        #expect(try states(promise(), late) == ["broken|0"])
        let early = payment("p", 10_000, on: "2026-03-12", value: "'2026-03-10'")
        #expect(try states(promise(), early) == ["kept|10000"])
    }

    @Test("a payment of before the promise does not keep it")
    func before() throws {
        #expect(try states(promise(), payment("p", 10_000, on: "2026-02-28")) == ["broken|0"])
    }

    @Test("a reversed payment turns a kept promise into a broken one, however late it bounced")
    func reversed() throws {
        let sql = [
            promise(), payment("p", 10_000, on: "2026-03-05"),
            payment("r", -10_000, on: "2026-04-20", reverses: "'p'"),
        ]
        #expect(try states(sql.joined()) == ["broken|0"])
    }

    @Test("a payment that syncs in late turns a broken promise into a kept one")
    func lateSync() throws {
        let lines = try Shell().run(
            promise() + "SELECT state FROM promises;" + payment("p", 10_000, on: "2026-03-09")
                + "SELECT state FROM promises")
        #expect(lines == ["broken", "kept"])
    }

    @Test("neither another currency nor a mere report keeps a promise")
    func otherMoney() throws {
        #expect(
            try states(
                promise(), payment("p1", 10_000, on: "2026-03-05", currency: "USD"),
                payment("p2", 10_000, on: "2026-03-05", state: "reported")) == ["broken|0"])
    }

    @Test("one payment keeps one of two promises, two payments keep both")
    func parallel() throws {
        let both = promise("q1") + promise("q2", due: "2026-03-20")
        #expect(
            try states(both, payment("p", 10_000, on: "2026-03-05")) == ["kept|10000", "broken|0"])
        #expect(
            try states(both, payment("p", 10_000, on: "2026-03-15")) == ["broken|0", "kept|10000"])
        #expect(
            try states(both, payment("p", 25_000, on: "2026-03-05"))
                == ["kept|10000", "kept|10000"])
        #expect(
            try states(both, payment("p", 15_000, on: "2026-03-05"))
                == ["kept|10000", "partly_kept|5000"])
    }

    @Test("a promise that ran out takes nothing from one made after it")
    func afterwards() throws {
        let second = promise("q2", made: "2026-03-12", due: "2026-03-20")
        #expect(
            try states(promise("q1"), second, payment("p", 10_000, on: "2026-03-15"))
                == ["broken|0", "kept|10000"])
        // On the day on which it runs out it is still served first.
        let sameDay = promise("q2", made: "2026-03-10", due: "2026-03-20")
        #expect(
            try states(promise("q1"), sameDay, payment("p", 15_000, on: "2026-03-10"))
                == ["kept|10000", "partly_kept|5000"])
    }

    @Test(
        "a replaced promise is superseded, a cancelled one cancelled, the cancelling row is none"
    )
    func ended() throws {
        #expect(
            try states(
                promise("q1"), promise("q2", more: "'q1', NULL"), promise("q3"),
                promise("q4", amount: 0, more: "NULL, 'q3'"), payment("p", 10_000, on: "2026-03-05")
            )
                == ["superseded|10000", "kept|10000", "cancelled|0"])
    }
}

@Suite("What payments count")
struct PaymentViewTests {
    @Test("a payment that two offices reverse apart is taken back once")
    func reversedTwice() throws {
        let lines = try Shell().run(
            """
            INSERT INTO payment(id, account_id, amount, reverses_id) VALUES
              ('p', 'a', 10000, NULL), ('r1', 'a', -10000, 'p'), ('r2', 'a', -10000, 'p');
            SELECT id, reversed, net FROM payments ORDER BY id; SELECT sum(net) FROM payments
            """)
        #expect(lines == ["p|1|0", "r1|0|0", "r2|0|0", "0"])
    }

    @Test("a part that is reversed leaves the rest")
    func reversedInPart() throws {
        let lines = try Shell().run(
            """
            INSERT INTO payment(id, account_id, amount, reverses_id) VALUES
              ('p', 'a', 10000, NULL), ('r', 'a', -4000, 'p');
            SELECT id, reversed, net FROM payments ORDER BY id
            """)
        #expect(lines == ["p|1|6000", "r|0|0"])
    }

    @Test("a reversal in another currency takes nothing back")
    func reversedInAnotherCurrency() throws {
        let lines = try Shell().run(
            """
            INSERT INTO payment(id, account_id, amount, currency, reverses_id) VALUES
              ('p', 'a', 10000, 'EUR', NULL), ('r', 'a', -10000, 'USD', 'p');
            SELECT id, net FROM payments ORDER BY id
            """)
        #expect(lines == ["p|10000", "r|0"])
    }

    @Test("money given back to the debtor raises what he owes")
    func refund() throws {
        let lines = try Shell().run(
            """
            INSERT INTO payment(id, account_id, amount) VALUES ('p', 'a', -500);
            SELECT net FROM payments
            """
        )
        #expect(lines == ["-500"])
    }
}
