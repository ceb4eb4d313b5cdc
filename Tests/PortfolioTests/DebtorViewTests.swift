import Testing

@Suite("The view debtors")
struct DebtorViewTests {
    /// A debtor with an account.
    private let one = """
        INSERT INTO debtor(id, surname, given_name) VALUES ('d', 'Rossi', 'Anna');
        INSERT INTO account(id, debtor_id, portfolio_id, creditor_id, case_ref)
          VALUES ('a', 'd', 'P', 'C', 'E-1');
        """

    private func contact(
        _ id: String, _ kind: String, _ value: String, _ quality: String = "unknown",
        of debtor: String = "d"
    ) -> String {
        """
        INSERT INTO contact_point(id, debtor_id, kind, value, quality)
          VALUES ('\(id)', '\(debtor)', '\(kind)', '\(value)', '\(quality)');
        """
    }

    @Test(
        "a number that is wrong, does not answer or is somebody else's is not the debtor's",
        arguments: ["wrong_number", "unreachable", "third_party"])
    func badNumbers(quality: String) throws {
        let ask = "SELECT phone FROM debtors"
        #expect(
            try Shell().run(
                one + contact("1", "mobile", "+391", quality) + contact("2", "mobile", "+392")
                    + ask) == ["+392"])
        #expect(
            try Shell().run(
                one + contact("1", "mobile", "+391", quality)
                    + "SELECT phone IS NULL FROM debtors") == ["1"])
    }

    @Test("the number shown is a good one if there is one, else the first")
    func goodFirst() throws {
        let three =
            one + contact("1", "mobile", "+391") + contact("2", "landline", "+392", "good")
            + contact("3", "phone", "+393", "good")
        #expect(try Shell().run(three + "SELECT phone FROM debtors") == ["+392"])
        #expect(
            try Shell().run(
                one + contact("2", "phone", "+392") + contact("1", "mobile", "+391")
                    + "SELECT phone FROM debtors") == ["+391"])
    }

    @Test(
        "only numbers of the debtor's own are shown, and nobody else's",
        arguments: ["work_phone", "email", "pec", "postal", "workplace"])
    func otherKinds(kind: String) throws {
        #expect(
            try Shell().run(
                one + contact("1", kind, "x") + contact("2", "mobile", "+399", of: "e")
                    + "SELECT phone IS NULL FROM debtors WHERE id = 'd'") == ["1"])
    }

    @Test("a name is the firm's, else surname and given name as far as they are known")
    func names() throws {
        #expect(
            try Shell().run(
                """
                INSERT INTO debtor(id, surname, given_name, company_name) VALUES
                  ('1', 'Rossi', 'Anna', NULL), ('2', 'Rossi', NULL, ''), ('3', NULL, 'Anna', NULL),
                  ('4', 'Rossi', 'Anna', 'Rossi SRL'), ('5', NULL, NULL, NULL);
                INSERT INTO account(id, debtor_id, portfolio_id, creditor_id, case_ref)
                  SELECT 'a' || id, id, 'P', 'C', 'E' FROM debtor;
                SELECT '[' || name || ']' FROM debtors ORDER BY id;
                SELECT '[' || debtor || ']' FROM accounts ORDER BY id
                """)
                == Array(
                    repeating: [
                        "[Rossi Anna]", "[Rossi]", "[Anna]", "[Rossi SRL]", "[]",
                    ], count: 2
                ).flatMap { $0 })
    }

    @Test("what a debtor owes is what his accounts owe, and nobody else's")
    func owed() throws {
        #expect(
            try Shell().run(
                one + """
                    INSERT INTO debtor(id, surname) VALUES ('e', 'Bruni');
                    INSERT INTO account(id, debtor_id, portfolio_id, creditor_id, case_ref, lot_id)
                      VALUES ('b', 'd', 'P', 'C', 'E-2', NULL), ('c', 'e', 'P', 'C', 'E-3', NULL),
                      ('h', 'd', 'P', 'C', 'E-4', 'half');
                    INSERT INTO debt_item(id, account_id, open_amount)
                      VALUES ('i1', 'a', 100), ('i2', 'b', 50), ('i3', 'c', 7);
                    INSERT INTO payment(id, account_id, amount, currency, state) VALUES
                      ('p1', 'a', 30, 'EUR', 'received'), ('p2', 'c', 1, 'EUR', 'received'),
                      ('p3', 'a', 9, 'USD', 'reported');
                    SELECT name, accounts, currency, balance FROM debtors ORDER BY name
                    """) == ["Bruni|1|EUR|6", "Rossi Anna|2|EUR|120"])
    }

    @Test("a debtor of whom no account has come in whole is not there, and one who owes nothing is")
    func presence() throws {
        #expect(
            try Shell().run(
                one + """
                    INSERT INTO debtor(id, surname) VALUES ('e', 'Bruni'), ('f', 'Neri');
                    INSERT INTO account(id, debtor_id, portfolio_id, creditor_id, case_ref, lot_id)
                      VALUES ('h', 'e', 'P', 'C', 'E-4', 'half');
                    SELECT id, currency IS NULL, balance IS NULL FROM debtors
                    """) == ["d|1|1"])
    }
}
