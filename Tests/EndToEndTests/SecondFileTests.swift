import Testing

@Suite("A creditor's second file", .timeLimit(.minutes(4)))
struct SecondFileTests {
    private let header = "principal_code;case_ref;surname;item_ref;due_date;currency;open_amount"

    private func write(_ amount: String, _ name: String, in firm: Firm) throws -> String {
        try firm.folder.write(
            name, "\(header)\nC-MATERA;Z1;Rossi;F1;28/02/2026;EUR;\(amount)\n")
    }

    @Test(
        "what an office recorded as paid is not taken off again, and an unsaid meaning is asked for"
    )
    func sameMoneyTwice() throws {
        let firm = try Firm()
        let first = try write("500,00", "first.csv", in: firm)
        let words = ["import", firm.centre]
        let into = ["--portfolio", "MATERA"]
        try firm.run(words + [first] + into).expect(0)
        let office = try firm.office("matera")
        try office.run("pay", "Z1", "200").expect(0)
        try office.sync()
        let second = try write("300,00", "second.csv", in: firm)
        let balance = "SELECT balance FROM accounts WHERE case_ref = 'Z1'"
        let asked = try firm.run(words + [second] + into).expect(3)
        asked.says(
            "line 2", "F1", "Z1", "500.00", "300.00", "200.00", "--meaning status",
            "--meaning placement", "Nothing was loaded")
        #expect(try firm.rows(balance) == ["30000"])
        let json = try firm.run(words + [second] + into + ["--json"]).expect(3).json()
        #expect(json["outcome"].text == "asked")
        #expect(json["questions"][0]["about"].text == "meaning")
        #expect(json["questions"][0]["paid"].number == 20_000)
        let loaded = try firm.run(words + [second] + into + ["--meaning", "status", "--json"])
            .expect(0).json()
        #expect(loaded["meaning"].text == "status")
        for key in ["balances_before", "balances_after", "stated"] {
            #expect(loaded[key]["EUR"].number == 30_000, "\(loaded)")
        }
        #expect(try firm.rows(balance) == ["30000"])
        // The next list has less, and the office learns of it.
        let third = try write("100,00", "third.csv", in: firm)
        try firm.run(words + [third] + into + ["--meaning", "status"]).expect(0)
            .says("payments to the creditor", "300.00", "200.00", "100.00", "agree")
        try firm.run(words + [third] + into + ["--meaning", "status"]).expect(0).says("already")
        try office.sync()
        #expect(try office.rows(balance) == ["10000"])
        try firm.run(words + [third] + into + ["--meaning", "perhaps"]).expect(2)
    }

    @Test("a list that does not know of a payment puts it on again, says so, and ends with 3")
    func unconfirmed() throws {
        let firm = try Firm()
        let first = try write("500,00", "first.csv", in: firm)
        let into = ["--portfolio", "MATERA", "--meaning", "status"]
        try firm.run(["import", firm.centre, first] + into).expect(0)
        let office = try firm.office("matera")
        try office.run("pay", "Z1", "200").expect(0)
        try office.sync()
        let second = try write("500,00 ", "second.csv", in: firm)
        try firm.run(["import", firm.centre, second] + into).expect(3)
            .says("Z1", "recorded as paid", "Ask the creditor")
        #expect(
            try firm.rows("SELECT balance FROM accounts WHERE case_ref = 'Z1'") == ["50000"])
    }
}
