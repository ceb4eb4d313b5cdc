import Interchange
import RientroProtocol
import RientroSQLite
import RientroServer
import Testing

@Suite("Who an import takes for known")
struct ImportIdentityTests {
    private let anna = "RSSMRA45C12F205C"
    private let other = "MRSMSR81D60Z611H"

    @Test("a debtor with the same valid codice fiscale is one debtor, whoever hands it over")
    func sharedByCode() throws {
        let centre = try ImportedCentre()
        _ = try centre.load([handOverRow(codiceFiscale: anna, phone: "3391234567")])
        let second = try centre.load([
            handOverRow(
                creditor: "GAS", customer: "999", surname: "ROSSI", codiceFiscale: anna,
                phone: "+39 339 123 4567", email: "anna@example.it", item: "G1")
        ])
        #expect(second.debtorsRecognized == 1)
        #expect(second.debtorsAdded == 0)
        #expect(second.contactsAdded == 1)
        #expect(try centre.count("debtor") == 1)
        // Another creditor's spelling does not change the name.
        #expect(try centre.rows("SELECT surname FROM debtor") == ["Rossi"])
        #expect(try centre.rows("SELECT DISTINCT debtor_id FROM account").count == 1)
    }

    @Test("a wrong codice fiscale makes nobody one, and is kept with its flag")
    func wrongCode() throws {
        let centre = try ImportedCentre()
        let wrong = "RSSMRA80A01H501X"
        let report = try centre.load([
            handOverRow(case: "C1", customer: "", codiceFiscale: wrong, item: "I1"),
            handOverRow(case: "C2", customer: "", codiceFiscale: wrong, item: "I2"),
        ])
        #expect(report.debtorsAdded == 2)
        #expect(
            try centre.rows("SELECT codice_fiscale, codice_fiscale_flag FROM debtor") == [
                "\(wrong)|check", "\(wrong)|check",
            ])
    }

    @Test("a customer number makes accounts of one creditor one debtor's, and of two creditors not")
    func customerNumber() throws {
        let centre = try ImportedCentre()
        let report = try centre.load([
            handOverRow(case: "C1", customer: "K", item: "I1"),
            handOverRow(case: "C2", customer: "K", item: "I2"),
            handOverRow(creditor: "GAS", case: "C3", customer: "K", item: "I3"),
        ])
        #expect(report.debtorsAdded == 2)
        #expect(report.debtorsRecognized == 1)
        #expect(try centre.count("lot") == 2)
    }

    @Test("two valid codici fiscali under one customer number are two debtors")
    func handsChanged() throws {
        let centre = try ImportedCentre()
        let report = try centre.load([
            handOverRow(case: "C1", customer: "K", codiceFiscale: anna, item: "I1"),
            handOverRow(case: "C2", customer: "K", codiceFiscale: other, item: "I2"),
        ])
        #expect(report.debtorsAdded == 2)
    }

    @Test("what a recognised debtor lacks is filled in")
    func filled() throws {
        let centre = try ImportedCentre()
        _ = try centre.load([handOverRow(case: "C1", customer: "K", item: "I1")])
        let second = try centre.load([
            handOverRow(case: "C2", customer: "K", codiceFiscale: anna, item: "I2")
        ])
        #expect(second.debtorsRecognized == 1)
        #expect(second.valuesChanged == 1)
        #expect(try centre.rows("SELECT codice_fiscale FROM debtor") == [anna])
    }

    @Test("a known account in another portfolio is refused, with the names of both")
    func otherPortfolio() throws {
        let centre = try ImportedCentre()
        _ = try centre.load([handOverRow()])
        let file = try ImportedCentre.file([
            handOverRow(open: "90,00"), handOverRow(case: "C2", customer: "K2", item: "I2"),
        ])
        var options = ImportOptions(portfolio: "PZ")
        let refused = try centre.load(file, options: options)
        #expect(refused.report.outcome == .refused)
        #expect(
            refused.problems == [
                2: FieldProblem(
                    line: 2, column: "case_ref",
                    reason: .accountElsewhere(portfolio: "MT", wanted: "PZ"))
            ])
        #expect(try centre.count("account") == 1)
        options.acceptsPartial = true
        let partial = try centre.load(file, options: options).report
        #expect(partial.outcome == .loaded)
        #expect(partial.rowsRefused == 1)
        #expect(
            try centre.rows("SELECT case_ref, portfolio_id FROM account ORDER BY case_ref") == [
                "C1|MT", "C2|PZ",
            ])
        #expect(try centre.rows("SELECT sum(open_amount) FROM debt_item") == ["20000"])
    }

    @Test("an item that is in another account, or was in another currency, is refused")
    func itemElsewhere() throws {
        let centre = try ImportedCentre()
        _ = try centre.load([handOverRow(item: "I1"), handOverRow(item: "I2")])
        let found = try centre.load(
            ImportedCentre.file([
                handOverRow(case: "C9", item: "I1"), handOverRow(item: "I2", currency: "USD"),
            ]))
        #expect(found.report.outcome == .refused)
        #expect(found.problems[2]?.reason == .itemElsewhere(caseRef: "C1"))
        #expect(found.problems[3]?.reason == .currencyChanged(from: "EUR"))
        #expect(try centre.count("account") == 1)
    }

    @Test("an unknown creditor or portfolio is named, and nothing is loaded")
    func unknown() throws {
        let centre = try ImportedCentre()
        let file = try ImportedCentre.file([
            handOverRow(), handOverRow(creditor: "ACQUA", case: "C2", item: "I2"),
        ])
        #expect(throws: ImportError.unknownCreditor("ACQUA", line: 3)) { try centre.load(file) }
        #expect(throws: ImportError.unknownPortfolio("NA")) {
            try centre.load(file, options: ImportOptions(portfolio: "NA"))
        }
        #expect(try centre.count("account") == 0)
        let gas = HandOver.Options(creditor: "GAS")
        #expect(try centre.load(file, reading: gas).report.outcome == .loaded)
        #expect(try centre.rows("SELECT DISTINCT creditor_id FROM account") == ["GAS"])
    }
}
