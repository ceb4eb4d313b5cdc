import Testing

@Suite("A creditor's file with columns that are not ours", .timeLimit(.minutes(4)))
struct LeftOutColumnTests {
    private static let header =
        "principal_code;case_ref;surname;item_ref;due_date;currency;open_amount"
    private static let row = "C-MATERA;Z1;Rossi;F1;28/02/2026;EUR;500,00"

    private func load(
        _ lines: [String], _ options: String..., in firm: Firm
    ) throws -> Answer {
        let file = try firm.folder.write("list.csv", lines.joined(separator: "\n") + "\n")
        return try firm.run(["import", firm.centre, file, "--portfolio", "MATERA"] + options)
    }

    private func count(_ firm: Firm) throws -> [String] {
        try firm.rows("SELECT count(*) FROM account WHERE case_ref = 'Z1'")
    }

    @Test("a column that decides stops the load with 3, says why, and --ignore lets it go on")
    func stops() throws {
        let firm = try Firm()
        let lines = [
            Self.header + ";SettledDate;S/H;agente", Self.row + ";01/03/2026;S;Bianchi",
        ]
        try load(lines, in: firm).expect(3).says(
            "SettledDate", "days of payment", "line 2: 01/03/2026", "--ignore 'SettledDate'",
            "S/H", "sign of amounts", "Nothing was loaded", "left out: SettledDate, S/H, agente")
        #expect(try count(firm) == ["0"])
        let json = try load(lines, "--json", "--ignore", "S/H", in: firm).expect(3).json()
        #expect(json["outcome"].text == "asked")
        #expect(json["questions"].array.count == 1)
        #expect(json["questions"][0]["column"].text == "SettledDate")
        #expect(json["questions"][0]["meaning"].text == "paid_on")
        #expect(json["left_out_columns"].array.count == 3)
        try load(lines, "--ignore", "Settled", in: firm).expect(1)
            .says("--ignore names Settled", "agente")
        let loaded = try load(
            lines, "--ignore", "S/H", "--ignore", "#8", "--json", in: firm
        ).expect(0).json()
        #expect(loaded["outcome"].text == "loaded")
        #expect(loaded["left_out_columns"][0]["ignored"].flag == true)
        #expect(try count(firm) == ["1"])
    }

    @Test("amounts that may be cents, or a thousandfold, are asked about, with the way out")
    func amounts() throws {
        let firm = try Firm()
        func lines(_ amount: String) -> [String] {
            [Self.header, Self.row.replacing("500,00", with: amount)]
        }
        try load(lines("22345"), in: firm).expect(3)
            .says("22345 on line 2", "--amounts cents", "--amounts units", "Nothing was loaded")
        let open = try load(lines("1.500"), "--json", in: firm).expect(3).json()
        #expect(
            open["questions"][0]["options"].array.map(\.text) == [
                "--decimal comma", "--decimal point",
            ])
        #expect(try count(firm) == ["0"])
        try load(lines("1.500"), "--decimal", "point", "--dry-run", in: firm).expect(0)
            .says("1.50 EUR")
        try load(lines("22345"), "--amounts", "cents", in: firm).expect(0).says("223.45 EUR")
        #expect(try count(firm) == ["1"])
    }

    @Test(
        "with --creditor no column needs to say whose rows they are, and errors say what was found")
    func creditor() throws {
        let firm = try Firm()
        let lines = [
            Self.header.replacing("principal_code;", with: ""),
            Self.row.replacing("C-MATERA;", with: ""),
        ]
        try load(lines, in: firm).expect(1).says(
            "principal_code", "--creditor", "line 1", "delimiter ;", "case_ref, surname")
        try load(lines, "--creditor", "C-MATERA", in: firm).expect(0)
        #expect(try count(firm) == ["1"])
        try load(["Nr;Betrag;Datum", "1;2;3"], in: firm).expect(1)
            .says("nearest comes line 1", "delimiter ;", "Nr, Betrag, Datum", "open_amount")
    }

    @Test("what was guessed and set aside stands in --json, and a wrong total or letter stops")
    func told() throws {
        let firm = try Firm()
        let lines = [
            Self.header, Self.row.replacing("28/02", with: "01/02").replacing(";EUR", with: ";"),
            ";;;Totale;;;500,00", "Fine",
        ]
        let json = try load(
            lines, "--json", "--expect", "rows=1,total=500", in: firm
        ).expect(0).json()
        #expect(json["dates"].text == "dmy")
        #expect(json["dates_assumed"].flag == true)
        #expect(json["decimal"].text == "comma")
        #expect(json["encoding"].text == "UTF-8")
        #expect(json["delimiter"].text == ";")
        #expect(json["remark_lines"][0].number == 4)
        #expect(json["total_rows"].number == 1)
        #expect(json["doubts"]["currency_assumed"].number == 1)
        try load(lines, "--expect", "rows=2", in: firm).expect(0).says("already")
        try load(lines + [""], "--expect", "rows=2", in: firm).expect(1)
            .says("2 rows were expected, and 1 are there", "not what was expected")
        try load(lines, "--expect", "rows", in: firm).expect(2).says("--expect")
        try load(
            [lines[0], lines[1], ";;;Totale;;;501,00"], in: firm
        ).expect(1).says(
            "line 3", "no sum of the good rows", "501,00", "total row does not agree")
        // Of a total nothing is said where the file has none.
        let bad = try load([lines[0], Self.row.replacing("28/02", with: "31/02")], in: firm)
        try bad.expect(1).says("Nothing was loaded. 1 refused")
        #expect(!"\(bad)".contains("total row"))
    }

    @Test("rejected rows are no formulas to a spreadsheet, and come back as they were")
    func rejected() throws {
        let firm = try Firm()
        let bad = "C-MATERA;Z1;=cmd|' /C calc'!A0;F1;31/02/2026;EUR;-500,00"
        let refused = try load([Self.header, bad], "--json", in: firm).expect(1).json()
        let path = try #require(refused["rejected_file"].text)
        let text = try firm.folder.run("cat", [path]).expect(0).output
        #expect(text.contains(";'=cmd|' /C calc'!A0;") && text.contains(";'-500,00"))
        let mended = try firm.folder.write(
            "mended.csv", text.replacing("31/02/2026", with: "28/02/2026"))
        try firm.run(["import", firm.centre, mended, "--portfolio", "MATERA"]).expect(0)
        #expect(
            try firm.rows(
                "SELECT surname, balance FROM accounts JOIN debtor ON debtor.id = debtor_id"
                    + " WHERE case_ref = 'Z1'") == ["=cmd|' /C calc'!A0|-50000"])
    }
}
