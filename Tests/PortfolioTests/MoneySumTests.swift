import Portfolio
import Testing

@Suite("Sums that cannot run over")
struct MoneySumTests {
    private static let most = DebtorPortfolio.sumMax

    /// The sum of the numbers, as the views make it.
    private func sum(_ numbers: [Int64?]) throws -> [String] {
        let values = numbers.map { "(\($0.map(String.init) ?? "NULL"))" }.joined(separator: ", ")
        let sum = DebtorPortfolio.sum("amount")
        return try Shell().run(
            "CREATE TEMP TABLE money(amount INTEGER);"
                + (numbers.isEmpty ? "" : "INSERT INTO money VALUES \(values);")
                + "SELECT \(sum), typeof(\(sum)) FROM money")
    }

    @Test(
        "a sum is exact to the last cent",
        arguments: [
            ([], 0), ([nil], 0), ([nil, 7], 7), ([1, 2, -4], -1),
            ([999_999_999, 1], 1_000_000_000),
            ([-999_999_999, -1], -1_000_000_000), ([1_000_000_001, -2], 999_999_999),
            ([9_007_199_254_740_993, 1], 9_007_199_254_740_994),
            ([1_000_000_000_000_000_001, 2_000_000_000_000_000_002], 3_000_000_000_000_000_003),
            ([-1_999_999_999_999_999_999, -1_999_999_999_999_999_999], -3_999_999_999_999_999_998),
            (
                [4_000_000_000_000_000_000, 4_000_000_000_000_000_000, -8_000_000_000_000_000_000],
                0
            ),
            ([9_223_372_036_854_775_807, -9_223_372_036_854_775_807, 5], 5),
        ] as [([Int64?], Int64)])
    func exact(numbers: [Int64?], sum expected: Int64) throws {
        #expect(try sum(numbers) == ["\(expected)|integer"])
    }

    @Test("beyond the bound a sum is the bound, on both sides")
    func bounded() throws {
        let large = Array<Int64?>(repeating: 9_000_000_000_000_000_000, count: 20)
        #expect(try sum(large) == ["\(Self.most)|integer"])
        #expect(try sum(large.map { $0.map { -$0 } }) == ["-\(Self.most)|integer"])
        #expect(try sum([Self.most, 1]) == ["\(Self.most)|integer"])
        #expect(try sum([-Self.most, -1]) == ["-\(Self.most)|integer"])
        #expect(try sum([Self.most, -1]) == ["\(Self.most - 1)|integer"])
        // The difference of any two fits in 64 bits.
        #expect(!Self.most.subtractingReportingOverflow(-Self.most).overflow)
    }

    @Test("a running sum is made in the same way")
    func running() throws {
        #expect(
            try Shell().run(
                """
                CREATE TEMP TABLE money(day INTEGER, amount INTEGER);
                INSERT INTO money VALUES (1, 5000000000), (2, -1), (3, 9000000000000000000),
                  (4, 9000000000000000000);
                SELECT \(DebtorPortfolio.sum("amount", over: "ORDER BY day")) FROM money
                  ORDER BY day
                """) == ["5000000000", "4999999999", "\(Self.most)", "\(Self.most)"])
    }

    /// Three items and three payments that no 64 bits hold together.
    private static let endless = """
        INSERT INTO debtor(id, surname) VALUES ('d', 'Rossi');
        INSERT INTO account(id, debtor_id, portfolio_id, creditor_id, case_ref)
          VALUES ('a', 'd', 'P', 'C', 'E-1');
        WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12)
        INSERT INTO payment(id, account_id, amount, currency, state, reverses_id)
          SELECT 'p' || i, 'a', 1000000000000000000, 'EUR', 'received', NULL FROM n
          UNION ALL SELECT 'u' || i, 'a', 1000000000000000000, 'USD', 'received', NULL FROM n
          UNION ALL SELECT 'n' || i, 'a', 1000000000000000000, 'EUR', 'reported', NULL FROM n
          UNION ALL SELECT 'r' || i, 'a', -1000000000000000000, 'EUR', 'received', 'p1' FROM n;
        """

    @Test("accounts, debtors and promises are shown whatever the sums of their rows")
    func views() throws {
        #expect(
            try Shell().run(
                Self.endless + """
                    SELECT balance, other_balances, announced FROM accounts;
                    SELECT net FROM payments WHERE id = 'p1';
                    INSERT INTO promise(id, account_id, amount, made_on)
                      VALUES ('q', 'a', 5, '2020-01-01');
                    SELECT state, paid FROM promises;
                    INSERT INTO debt_item(id, account_id, open_amount, currency)
                      SELECT 'i' || id, 'a', amount, 'EUR' FROM payment WHERE id GLOB 'p*';
                    INSERT INTO debt_item(id, account_id, adjusts_id, open_amount)
                      SELECT 'j' || id, 'a', 'ip1', amount FROM payment WHERE id GLOB 'p*';
                    SELECT balance FROM accounts;
                    SELECT open_amount FROM debt_items WHERE id = 'ip1';
                    SELECT currency IS NULL, balance IS NULL FROM debtors;
                    DELETE FROM payment WHERE currency = 'USD';
                    SELECT currency, balance FROM debtors
                    """) == [
                    "-\(Self.most)|USD -\(Self.most)|\(Self.most)", "0", "kept|5", "0",
                    "\(Self.most + 1_000_000_000_000_000_000)", "1|1", "EUR|\(Self.most)",
                ])
    }
}
