import RientroServer
import Testing

@testable import Interchange

@Suite("Columns that are left out")
struct LeftOutColumnTests {
    private static let names = "case_ref;surname;item_ref;due_date;open_amount"

    private func summary(
        _ name: String, _ values: [String], ignored: [String] = [], names: String = names
    ) throws -> HandOverSummary {
        let rows = values.indices.map {
            "C\($0);Rossi;I\($0);2026-03-31;10,00;\(values[$0])"
        }
        let file = try FileOnDisk(([names + ";" + name] + rows).joined(separator: "\n") + "\n")
        return try HandOver.inspect(
            path: file.path, options: .init(creditor: "E", ignored: ignored)
        ).summary
    }

    private func doubt(_ name: String, _ values: String...) throws -> LeftOutColumn.Doubt? {
        try summary(name, values).leftOut.first?.doubt
    }

    @Test(
        "by its name a column stops the load, in Italian, English and German",
        arguments: [
            ("SettledDate", "2026-03-01", "paid_on"), ("DaysToSettle", "12", "status"),
            ("paid", "yes", "status"), ("Paid Amount", "1,00", "money"),
            ("date_paid", "01/03/2026", "paid_on"), ("ReceiptDate", "01/03/2026", "paid_on"),
            ("Amount received", "5,00", "money"), ("Clearing doc.", "44", "status"),
            ("Pagato", "S", "status"), ("Data pagamento", "01/03/2026", "paid_on"),
            ("Data incasso", "2026-3-1", "paid_on"), ("INCASSATO", "12,00", "money"),
            ("Quietanzata", "no", "status"), ("Acconto", "3,00", "money"),
            ("Bezahlt am", "1.3.2026", "paid_on"), ("Ausgleichsdatum", "01.03.2026", "paid_on"),
            ("Zahlungseingang", "5,00", "money"), ("beglichen", "ja", "status"),
            ("S/H", "S", "sign"), ("D/A", "D", "sign"), ("Dr/Cr", "Dr", "sign"),
            ("Dare-Avere", "D", "sign"), ("Segno", "+", "sign"), ("Vorzeichen", "-", "sign"),
            ("SollHaben", "1", "sign"), ("D.A", "x", "sign"),
            ("Status", "7", "status"), ("StatoPratica", "affidata", "status"),
            ("Situazione", "x", "status"), ("Chiusa", "N", "status"), ("Disputed", "No", "status"),
            ("Storniert", "nein", "status"), ("Aperta", "S", "status"), ("Zustand", "1", "status"),
            ("Importo", "3", "money"), ("Residuo", "1.000", "money"), ("Saldo", "4", "money"),
            ("Amount due", "44", "money"), ("Open Balance", "44", "money"),
            ("offen", "7,00", "money"), ("offen", "ja", "status"), ("Total", "9", "money"),
            ("Dare", "9", "money"), ("Avere", "9", "money"), ("Betrag (EUR)", "7", "money"),
            ("Restbetrag", "7", "money"), ("Zinsen", "7", "money"), ("Mahngebühr", "5", "money"),
            ("Mora", "1", "money"), ("Spese", "2", "money"), ("Abbuono", "2", "money"),
        ])
    func byName(name: String, value: String, meaning: String) throws {
        let found = try #require(try doubt(name, value), "\(name)")
        #expect(found.meaning.rawValue == meaning)
        #expect(found.isByName)
        #expect(found.value == value)
        #expect(found.line == 2)
    }

    @Test(
        "by its values a column stops the load, whatever it is called",
        arguments: [
            (["S", "H"], "sign", 2), (["", "D", "A", "D"], "sign", 3), (["Dr", "Cr"], "sign", 2),
            (["dare", "avere"], "sign", 2), (["+", "-"], "sign", 2), (["FT", "NC"], "sign", 3),
            (["RE", "Gutschrift"], "sign", 3), (["invoice", "Credit Note"], "sign", 3),
            (["x", "y", "z", "Paid"], "status", 5), (["Saldato", ""], "status", 2),
            (["offen", "bezahlt"], "status", 3), (["open", "written off"], "status", 3),
            (["12,50", "1.000,00"], "money", 2), (["0.00", "", "420.00"], "money", 2),
            (["01/03/2026", "2026-03-02"], "paid_on", 2), (["", "1.3.26"], "paid_on", 3),
            (["EUR", "USD"], "currency", 3), (["CHF"], "currency", 2),
        ] as [([String], String, Int)])
    func byValues(values: [String], meaning: String, line: Int) throws {
        for name in ["F7", ""] {
            let column = try #require(try summary(name, values).leftOut.first)
            #expect(column.label == (name.isEmpty ? "#6" : name))
            let found = try #require(column.doubt, "\(values)")
            #expect(found.meaning.rawValue == meaning)
            #expect(!found.isByName)
            #expect(found.line == line)
        }
    }

    @Test(
        "what decides nothing is left out without a question",
        arguments: [
            ("agente", ["Bianchi", "Verdi"]), ("Zona", ["A", "A"]), ("Zona", ["A", "B", "C"]),
            ("countryCode", ["406", "391"]), ("PaperlessBill", ["Paper", "Electronic"]),
            ("PaperlessDate", ["4/6/2013", "3/3/2012"]), ("DaysLate", ["0", "12"]),
            ("Data nascita", ["01/03/1970"]), ("InvoiceDate", ["01/03/2026"]),
            ("Fälligkeit 2", ["01.03.2026"]), ("Modalità pagamento", ["RID"]),
            ("PaymentMethod", ["card"]), ("payment terms", ["30"]), ("Zahlungsart", ["bar"]),
            ("Codice debitore", ["123"]), ("Debtor number", ["123"]), ("Saldo", ["", ""]),
            ("Pagato", ["", " "]), ("Importo", ["n.d."]), ("Valuta conto", ["", ""]),
            ("F7", ["EUR", "EUR"]), ("F7", ["S", "N"]), ("F7", ["S", "S"]), ("F7", ["12", "7,00"]),
            ("F7", ["12,50", "x"]), ("F7", ["a", "b", "c", "d", "e", "dare", "avere"]),
            ("F7", ["01/03/2026", "x"]), ("reason", ["'n.d.' is no amount"]), ("line", ["3"]),
            ("column", ["open_amount"]), ("D", ["1"]), ("Da", ["Roma"]), ("Grado", ["1.5", "2.5"]),
        ] as [(String, [String])])
    func harmless(name: String, values: [String]) throws {
        let found = try summary(name, values)
        #expect(found.leftOut.first?.doubt == nil, "\(name)")
        #expect(found.questions == [])
        #expect(found.leftOut.count == 1)
    }

    @Test("a column of few values is no sign when a fifth one comes, also much later")
    func fewValues() throws {
        let sides = ["d", "a", "dare", "avere"]
        #expect(try doubt("F7", "d", "a", "dare", "avere")?.meaning == .sign)
        #expect(try summary("F7", sides + ["e"] + sides).leftOut.first?.doubt == nil)
    }

    @Test("a currency that is left out is no question where the file has its currency")
    func knownCurrency() throws {
        let names = Self.names.replacing("open_amount", with: "open_amount;currency")
        let file = try FileOnDisk(
            "\(names);F7\nC1;Rossi;I1;2026-03-31;10,00;EUR;USD\n")
        let found = try HandOver.inspect(path: file.path, options: .init(creditor: "E")).summary
        #expect(found.questions == [])
    }

    @Test("a question names the column, and is none when the column is told to be left out")
    func told() throws {
        let asked = try summary("SettledDate", ["01/03/2026"])
        guard case .leftOut(let column)? = asked.questions.first else {
            Issue.record("nothing is asked")
            return
        }
        #expect(asked.questions.count == 1)
        #expect(column.label == "SettledDate")
        #expect(!column.isTold)
        for word in ["SettledDate", "settleddate ", "#6"] {
            let told = try summary("SettledDate", ["01/03/2026"], ignored: [word])
            #expect(told.questions == [])
            #expect(told.leftOut.map(\.isTold) == [true])
            #expect(told.leftOut.first?.doubt?.meaning == .paidOn)
        }
    }

    @Test("a column of ours can be left out too, but not one that is needed")
    func ours() throws {
        let found = try summary("notes", ["x"], ignored: ["notes"])
        #expect(found.format.header.ignored == ["notes"])
        #expect(throws: HandOverError.self) {
            try summary("notes", ["x"], ignored: ["#5"])
        }
        // Of two columns of one name, one is left out by its place.
        #expect(throws: HandOverError.repeatedColumns(["case_ref"])) {
            try summary("case_ref", ["x"])
        }
        #expect(try summary("case_ref", ["x"], ignored: ["#6"]).rows == 1)
    }

    @Test("a name to leave out that is not there is refused with what is there")
    func noSuch() {
        let found = HeaderFound(
            line: 1, delimiter: 0x3B,
            names: Self.names.split(separator: ";").map(String.init)
                + ["agente"])
        #expect(throws: HandOverError.noSuchColumns(["Agent", "#7"], found)) {
            try summary("agente", ["x"], ignored: ["Agent", "#7", "#1", "agente"])
        }
    }

    @Test("nothing is loaded while a question is open, and all is when it is answered")
    func loaded() throws {
        let centre = try ImportedCentre()
        let cursor = try centre.engine.cursor()
        let file = try FileOnDisk(
            "principal_code;\(Self.names);S/H\nENERGIA;C1;Rossi;I1;2026-03-31;10,00;S\n")
        for dry in [true, false] {
            let options = ImportOptions(portfolio: "MT", acceptsPartial: true, isDryRun: dry)
            guard
                case .asked(let questions) = try centre.load(file, options: options).report.outcome
            else {
                Issue.record("not asked")
                return
            }
            #expect(questions.count == 1)
        }
        #expect(try centre.engine.cursor() == cursor)
        #expect(try centre.count("import") == 0)
        let told = HandOver.Options(ignored: ["S/H"])
        #expect(try centre.load(file, reading: told).report.outcome == .loaded)
        #expect(try centre.count("account") == 1)
    }
}
