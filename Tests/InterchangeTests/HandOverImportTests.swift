import Interchange
import RientroProtocol
import RientroSQLite
import RientroServer
import Testing

@Suite("The import of a hand-over")
struct HandOverImportTests {
    @Test("a file comes in as debtors, contact points, accounts, items and a lot")
    func wholeFile() throws {
        let centre = try ImportedCentre()
        let report = try centre.load([
            handOverRow(
                phone: "339 1234567 (moglie)", email: "Anna@Example.it", item: "I1",
                open: "100,50"),
            handOverRow(item: "I2", due: "01/03/2026", open: "-20,00", recall: "31/12/2026"),
            handOverRow(case: "C2", customer: "K2", surname: "Bianchi", item: "I3", open: "7,00"),
        ])
        #expect(report.outcome == .loaded)
        #expect(report.accountsAdded == 2)
        #expect(report.debtorsAdded == 2)
        #expect(report.itemsAdded == 3)
        #expect(report.contactsAdded == 2)
        #expect(report.stated.amounts == ["EUR": 8_750])
        #expect(
            try centre.rows(
                "SELECT case_ref, debtor, balance, portfolio_id, recall_on, status FROM accounts"
                    + " ORDER BY case_ref") == [
                    "C1|Rossi Anna|8050|MT|2026-12-31|placed", "C2|Bianchi Anna|700|MT|-|placed",
                ])
        #expect(
            try centre.rows(
                "SELECT kind, value, raw, remark, quality FROM contact_point ORDER BY kind") == [
                    "email|anna@example.it|Anna@Example.it|-|unknown",
                    "mobile|+393391234567|339 1234567 (moglie)|moglie|third_party",
                ])
        #expect(try centre.rows("SELECT creditor_id, reference FROM lot") == ["ENERGIA|L1"])
    }

    @Test("a lot that came days ago is placed on the day that is told") func received() throws {
        let centre = try ImportedCentre()
        let options = ImportOptions(portfolio: "MT", receivedOn: "2026-02-28")
        #expect(try centre.load([handOverRow()], options: options).outcome == .loaded)
        #expect(try centre.rows("SELECT received_on FROM lot") == ["2026-02-28"])
        #expect(try centre.rows("SELECT placed_on FROM account") == ["2026-02-28"])
    }

    @Test("the same file again loads nothing and says when it was loaded")
    func sameFile() throws {
        let centre = try ImportedCentre()
        let file = try ImportedCentre.file([handOverRow()])
        try centre.load(file)
        let importedAt = centre.now
        let commit = try centre.engine.cursor().commit
        let again = try centre.load(file, options: ImportOptions(portfolio: "PZ")).report
        #expect(again.outcome == .known(importedAt: importedAt, portfolio: "MT"))
        #expect(try centre.engine.cursor().commit == commit)
        #expect(try centre.count("debt_item") == 1)
    }

    @Test("the same rows in another file write nothing")
    func sameRows() throws {
        let centre = try ImportedCentre()
        let row = handOverRow(
            codiceFiscale: "RSSMRA45C12F205C", phone: "0835/1234", email: "a@b.it")
        _ = try centre.load([row])
        let commit = try centre.engine.cursor().commit
        let again = try centre.load([row, ""])
        #expect(again.outcome == .loaded)
        #expect(again.itemsUnchanged == 1)
        #expect(again.commits == 0)
        #expect(try centre.engine.cursor().commit == commit)
        #expect(try centre.count("lot") == 1)
    }

    @Test("a corrected file adds the difference of the amounts and the dates as they now are")
    func adjustment() throws {
        let centre = try ImportedCentre()
        _ = try centre.load([
            handOverRow(item: "I1", original: "200,00", open: "100,00"),
            handOverRow(item: "I2", open: "50,00"), handOverRow(item: "I3", open: "30,00"),
        ])
        let second = try centre.load([
            handOverRow(item: "I1", due: "15/03/2026", original: "200,00", open: "80,00"),
            handOverRow(item: "I2", open: "50,00"), handOverRow(item: "I4", open: "1,00"),
        ])
        #expect(second.itemsAdjusted == 1)
        #expect(second.itemsUnchanged == 1)
        #expect(second.itemsAdded == 1)
        #expect(second.itemsGone == 1)
        #expect(second.accountsAdded == 0)
        #expect(
            try centre.rows(
                """
                SELECT j.open_amount, j.original_amount, j.due_on, i.item_ref
                FROM debt_item AS j JOIN debt_item AS i ON i.id = j.adjusts_id
                """) == ["-2000|-|2026-03-15|I1"])
        let stand = "SELECT item_ref, open_amount, due_on FROM debt_items ORDER BY item_ref"
        #expect(
            try centre.rows(stand) == [
                "I1|8000|2026-03-15", "I2|5000|2026-02-28", "I3|3000|2026-02-28",
                "I4|100|2026-02-28",
            ])
        // The third counts from what stands, not from the first.
        let third = try centre.load([
            handOverRow(item: "I1", due: "15/03/2026", original: "200,00", open: "100,00")
        ])
        #expect(third.itemsAdjusted == 1)
        #expect(third.itemsGone == 3)
        #expect(try centre.rows(stand).first == "I1|10000|2026-03-15")
    }

    @Test("a creditor's correction is written, and what an office wrote since stays")
    func corrections() throws {
        let centre = try ImportedCentre()
        _ = try centre.load([handOverRow(surname: "Rosi", codiceFiscale: "RSSMRA45C12F205X")])
        let second = try centre.load([
            handOverRow(surname: "Rossi", codiceFiscale: "RSSMRA45C12F205C")
        ])
        #expect(second.valuesChanged == 3)
        let debtor = "SELECT surname, codice_fiscale, codice_fiscale_flag FROM debtor"
        #expect(try centre.rows(debtor) == ["Rossi|RSSMRA45C12F205C|-"])
        let office = Stamp(milliseconds: centre.now + 1_000, replica: 7)
        try centre.db.run(
            "UPDATE debtor SET surname = 'Russo', name_stamp = ?", .integer(office.rawValue))
        let third = try centre.load([
            handOverRow(surname: "Rossi", codiceFiscale: "RSSMRA45C12F205C", open: "101,00")
        ])
        #expect(third.valuesKept == 1)
        #expect(third.valuesChanged == 0)
        #expect(try centre.rows(debtor) == ["Russo|RSSMRA45C12F205C|-"])
        #expect(try centre.count("conflict") == 0)
    }

    @Test("a file that names another recall date moves it")
    func recall() throws {
        let centre = try ImportedCentre()
        _ = try centre.load([handOverRow(recall: "31/12/2026")])
        let second = try centre.load([handOverRow(recall: "30/06/2027")])
        #expect(second.valuesChanged == 1)
        #expect(try centre.rows("SELECT recall_on FROM account") == ["2027-06-30"])
    }

    @Test("a dry run counts all of it and changes nothing")
    func dryRun() throws {
        let centre = try ImportedCentre()
        let cursor = try centre.engine.cursor()
        let file = try ImportedCentre.file([handOverRow(), handOverRow(item: "I2")])
        let tried = try centre.load(
            file, options: ImportOptions(portfolio: "MT", isDryRun: true)
        ).report
        #expect(tried.outcome == .tried)
        #expect(tried.itemsAdded == 2)
        #expect(try centre.engine.cursor() == cursor)
        for table in ["debtor", "account", "debt_item", "lot", "import"] {
            #expect(try centre.count(table) == 0)
        }
        #expect(try centre.load(file).report.outcome == .loaded)
    }

    @Test("commits hold whole accounts and at most a mebibyte each")
    func commits() throws {
        let centre = try ImportedCentre()
        let rows = (0..<6_000).map {
            handOverRow(
                case: "C\($0 / 3)", customer: "K\($0 / 3)", surname: "Rossi\($0 / 3)",
                phone: "339\(1_000_000 + $0)", item: "I\($0)")
        }
        let report = try centre.load(rows)
        #expect(report.accountsAdded == 2_000)
        #expect(report.commits > 3)
        let largest = try centre.db.integer("SELECT max(length(content)) FROM commit_part")
        #expect(try #require(largest) <= ImportLimits.commitBytesMax)
        #expect(
            try centre.db.integer("SELECT count(DISTINCT account_id) FROM debt_items") == 2_000)
        #expect(try centre.db.integer("SELECT sum(balance) FROM accounts") == 60_000_000)
    }

    @Test("what a kill in the middle leaves on the disk holds nothing of the file")
    func killed() throws {
        let centre = try ImportedCentre(onDisk: true)
        // Small enough a cache that rows reach the disk before the commit does.
        try centre.db.execute("PRAGMA cache_size = 20")
        let file = try ImportedCentre.file(
            (0..<3_000).map { handOverRow(case: "C\($0)", customer: "K\($0)", item: "I\($0)") })
        let copy = centre.path + ".copy"
        var wal: Int64 = 0
        var failure: (any Error)?
        try centre.load(file) { done in
            guard done == 2_500 else { return }
            do {
                wal = try copyFiles(of: centre.path, to: copy)
            } catch { failure = error }
        }
        #expect(failure == nil)
        #expect(wal > 100_000)
        #expect(try centre.count("account") == 3_000)
        let left = try Connection(path: copy, mode: .readWrite)
        for table in ["debtor", "account", "debt_item", "lot", "import"] {
            #expect(try left.integer("SELECT count(*) FROM \(table)") == 0)
        }
        #expect(try left.text("PRAGMA integrity_check") == "ok")
    }
}
