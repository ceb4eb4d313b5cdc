import RientroProtocol
import Testing

@testable import Interchange

@Suite("Total rows and covering letters")
struct TotalRowTests {
    private static let names =
        "principal_code;case_ref;surname;item_ref;due_date;currency;open_amount"

    private func summary(_ rows: String...) throws -> HandOverSummary {
        let file = try FileOnDisk(([Self.names] + rows).joined(separator: "\r\n") + "\r\n")
        return try HandOver.inspect(path: file.path).summary
    }

    private func row(_ number: Int, _ amount: String, currency: String = "EUR") -> String {
        "E;C\(number);Rossi;I\(number);2026-03-31;\(currency);\(amount)"
    }

    @Test(
        "a total row is known wherever its label stands, in Italian, English and German",
        arguments: [
            "TOTALE;;;;;;3,00", ";Totale generale;;;;;3,00", ";;;Totale:;;;3,00",
            ";;Grand total;;;;3,00", ";;;;TOTAL;;3,00", ";;;;;Tot.;3,00", "Somma EUR;;;;;EUR;3,00",
            ";;Summe;;;;3,00", ";Gesamtsumme;;;;;3,00",
            ";;Gesamt;2 Posten;;;3,00".replacing(
                "2 Posten", with: ""),
            ";;Endsumme;;;;3,00", "Saldo finale;;;;;;3,00", ";;Kontensaldo;;;;3,00",
            "Importo totale;;;;;;3,00", "Subtotal;;;;;;3,00", ";;Balance due;;;;3,00",
            ";C1;Totale Rossi;;;;3,00", ";;Insgesamt;;;;3,00",
        ])
    func labels(total: String) throws {
        let found = try summary(row(1, "1,00"), row(2, "2,00"), total)
        #expect(found.rows == 2)
        #expect(found.totalCount == 1)
        #expect(found.problems == [])
        #expect(found.statedTotal == "3,00")
        #expect(found.differenceFromStated == 0)
        #expect(found.wrongTotals == [])
        #expect(found.remarkCount == 0)
    }

    @Test("a total that is wrong is told with line and difference")
    func wrong() throws {
        let found = try summary(row(1, "1,00"), row(2, "2,00"), ";;Totale;;;;3,50")
        #expect(found.wrongTotals == [StatedTotal(line: 4, text: "3,50", difference: 50)])
        #expect(found.differenceFromStated == 50)
        #expect(found.unreadTotals == [])
    }

    @Test("a debtor called Total is no total")
    func debtor() throws {
        let whole = try summary("E;C1;Total S.p.A.;I1;2026-03-31;EUR;1,00")
        #expect(whole.goodRows == 1)
        #expect(whole.totalCount == 0)
        // Nor where something is missing: that is a bad row.
        for bad in ["E;C1;Total S.p.A.;I1;;EUR;1,00", "E;C1;Total S.p.A.;;2026-03-31;EUR;1,00"] {
            let found = try summary(row(2, "1,00"), bad)
            #expect(found.badRows == 1)
            #expect(found.totalCount == 0)
        }
        // The label must be one of the first words.
        let late = try summary(row(1, "1,00"), ";;per conto di una certa Total;;;;9,00")
        #expect(late.totalCount == 0)
    }

    @Test("totals of sections, of all before and of all rows agree; one of none is wrong")
    func sections() throws {
        let found = try summary(
            ";Totale;;;;;7,00", row(1, "1,00"), row(2, "2,00"), ";C2;Totale;;;;3,00",
            row(3, "4,00"),
            ";C3;Totale;;;;4,00", "Totale generale;;;;;;7,00")
        #expect(found.totalCount == 4)
        #expect(found.wrongTotals == [])
        #expect(found.differenceFromStated == 0)
        #expect(found.statedTotal == "7,00")
        let wrong = try summary(
            row(1, "1,00"), row(2, "2,00"), ";C2;Totale;;;;2,00", row(3, "4,00"),
            "Totale generale;;;;;;7,00")
        #expect(wrong.wrongTotals == [StatedTotal(line: 4, text: "2,00", difference: -500)])
        #expect(wrong.differenceFromStated == -500)
    }

    @Test("totals are compared in their currency, and told where it cannot be known")
    func currencies() throws {
        let found = try summary(
            row(1, "1,00"), row(2, "2,00", currency: "USD"), "Totale;;;;;EUR;1,00",
            "Totale;;;;;usd;2,00")
        #expect(found.differenceFromStated == 0)
        #expect(found.wrongTotals == [])
        let unread = try summary(
            row(1, "1,00"), row(2, "2,00", currency: "USD"), "Totale;;;;;;3,00")
        #expect(unread.wrongTotals == [StatedTotal(line: 4, text: "3,00", difference: nil)])
        #expect(unread.differenceFromStated == nil)
        #expect(unread.unreadTotals.count == 1)
        // The number stands in another column.
        let elsewhere = try summary(row(1, "1,00"), "Totale;;;;1,00;;")
        #expect(elsewhere.unreadTotals == [StatedTotal(line: 3, text: "", difference: nil)])
        #expect(elsewhere.statedTotal == nil)
    }

    @Test("a total that cannot be compared needs a person, and the rows are loaded")
    func needsPerson() throws {
        let centre = try ImportedCentre()
        let file = try FileOnDisk(
            "\(Self.names)\nENERGIA;C1;Rossi;I1;2026-03-31;EUR;1,00\nTotale;;;;n. 1;;\n")
        var hash = 0
        let inspected = try HandOver.inspect(path: file.path, bytes: { hash += $0.count })
        #expect(inspected.summary.remarkCount == 1)
        let total = try FileOnDisk(
            "\(Self.names)\nENERGIA;C1;Rossi;I1;2026-03-31;EUR;1,00\nTotale;;;;1,00;;\n")
        let load = try HandOverImport(
            HandOver.inspect(path: total.path), hash: .zero, engine: centre.engine,
            options: .init(portfolio: "MT"))
        let report = try load.run(clock: { centre.now }).report
        #expect(report.outcome == .loaded)
        #expect(!report.needsPerson)
        #expect(load.needsPerson(report))
        #expect(!load.isTotalWrong)
    }

    @Test("the sign of a total decides where no amount of a row does")
    func decimalSign() throws {
        let found = try summary(row(1, "1.500"), row(2, "2.500"), "Totale;;;;;;4.000,00")
        #expect(found.format.decimal == .comma)
        #expect(found.questions == [])
        let english = try summary(row(1, "1,500"), "Total;;;;;;1,500.00", "Total;;;;;;1.500,00")
        #expect(english.format.decimal == .point)
        #expect(english.openAmounts == ["EUR": 150_000])
        // Where the rows decide, it does not.
        let rows = try summary(row(1, "1.50"), "Totale;;;;;;1,50")
        #expect(rows.format.decimal == .point)
    }

    @Test("a label is one of the first three words, and a remark has three fields at most")
    func bounds() throws {
        #expect(try summary(row(1, "1,00"), ";;Al netto: totale;;;;1,00").totalCount == 1)
        #expect(try summary(row(1, "1,00"), ";;Al netto del totale;;;;1,00").totalCount == 0)
        #expect(try summary(row(1, "1,00"), ";;Al netto della Summe;;;;1,00").totalCount == 0)
        #expect(try summary(row(1, "1,00"), "a;;b;;;c;").remarkCount == 1)
        #expect(try summary(row(1, "1,00"), "a;;b;;x;c;").badRows == 1)
        #expect(try summary(row(1, "1,00"), "a;;b;;;;1,00").badRows == 1)
        #expect(try summary(row(1, "1,00"), ";C9;;;;;").badRows == 1)
        #expect(try summary(row(1, "1,00"), ";;;I9;;;").badRows == 1)
    }

    @Test("what is no item and no total is set aside, with its line, and counted")
    func remarks() throws {
        let found = try summary(
            row(1, "1,00"), ";;;;;;", "", "Fine del file", ";;Totale;;;;", ";a;;;;;", "x;y;;;z;;")
        #expect(found.remarks == [5, 6])
        #expect(found.remarkCount == 2)
        #expect(found.totalCount == 0)
        #expect(found.rows == 3)
        #expect(found.badRows == 2)
    }

    @Test(
        "a covering letter is read with its parts in any order",
        arguments: [
            ("rows=3", 3, nil), ("total=1.234,50", nil, "1.234,50"),
            ("rows=3,total=1,234.50", 3, "1,234.50"), ("total=12,5,rows=0", 0, "12,5"),
        ] as [(String, Int?, String?)])
    func letter(text: String, rows: Int?, total: String?) {
        let expected = ExpectedTotals(text)
        #expect(expected != nil)
        #expect(expected?.rows == rows)
        #expect(expected?.total == total)
    }

    @Test(
        "what is no covering letter is refused",
        arguments: [
            "", "rows", "rows=", "rows=x", "rows=-1", "rows=1,rows=1", "total=", "total=x",
            "lines=3",
            "rows=1,", "total=1,total=2", ",rows=1", "rows=1;total=2",
        ])
    func noLetter(text: String) {
        #expect(ExpectedTotals(text) == nil)
    }

    @Test("a file that is not what the letter says is told, and not loaded")
    func expected() throws {
        let centre = try ImportedCentre()
        func load(_ letter: String, partial: Bool = false) throws -> (
            HandOverImport, ImportReport
        ) {
            let file = try FileOnDisk(
                "\(Self.names)\nENERGIA;C1;Rossi;I1;2026-03-31;EUR;1.234,50\n")
            let load = try HandOverImport(
                HandOver.inspect(path: file.path), hash: .zero, engine: centre.engine,
                options: .init(
                    portfolio: "MT", acceptsPartial: partial, expected: ExpectedTotals(letter)))
            return (load, try load.run(clock: { centre.now }).report)
        }
        let (rows, refused) = try load("rows=2")
        #expect(refused.outcome == .refused)
        #expect(rows.expectedDifferences == [.rows(2, found: 1)])
        let (total, _) = try load("rows=1,total=1,234.51")
        #expect(
            total.expectedDifferences == [.total(123_451, found: 123_450, currency: "EUR")])
        #expect(total.isTotalWrong)
        #expect(try load("total=1,23456").0.expectedDifferences == [.totalUnknown("1,23456")])
        #expect(try centre.count("account") == 0)
        let (partial, loaded) = try load("rows=2,total=1234,50", partial: true)
        #expect(loaded.outcome == .loaded)
        #expect(partial.needsPerson(loaded))
        let (right, _) = try load("rows=1,total=1,234.50")
        #expect(right.expectedDifferences == [])
        #expect(!right.isTotalWrong)
    }

    @Test("the total of several currencies cannot be compared with a letter")
    func severalCurrencies() throws {
        let found = try summary(row(1, "1,00"), row(2, "2,00", currency: "USD"))
        let letter = try #require(ExpectedTotals("rows=2,total=3"))
        #expect(letter.differences(from: found) == [.totalUnknown("3")])
        // What the letter leaves open is written like the file.
        let english = try summary(row(1, "1,500.00"))
        let open = try #require(ExpectedTotals("total=1,500"))
        #expect(open.differences(from: english) == [])
    }
}
