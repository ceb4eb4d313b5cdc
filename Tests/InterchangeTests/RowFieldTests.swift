import Portfolio
import Testing

@testable import Interchange

/// One row, given by its columns; what is not given is right.
private func read(
    _ fields: [String: String], dates: DateOrder = .dayFirst
) throws -> RowReader.Result {
    var all = [
        "principal_code": "E", "case_ref": "C1", "surname": "Rossi", "item_ref": "I1",
        "due_date": "2026-03-31", "open_amount": "10,00",
    ]
    all.merge(fields) { _, new in new }
    let names = all.keys.sorted()
    func cell(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
    let file = try FileOnDisk(
        names.joined(separator: ";") + "\n"
            + names.map { cell(all[$0] ?? "") }.joined(separator: ";") + "\n")
    let handOver = try HandOver.inspect(path: file.path, options: .init(dates: dates))
    var reader = try CSVReader(path: file.path, delimiter: 0x3B, encoding: .utf8)
    _ = try reader.next()
    let record = try #require(try reader.next())
    return handOver.summary.format.reader.read(record)
}

private func good(_ fields: [String: String], dates: DateOrder = .dayFirst) throws -> HandOverRow {
    guard case .good(let row) = try read(fields, dates: dates) else {
        throw Refused()
    }
    return row
}

private func problems(_ fields: [String: String]) throws -> [FieldProblem] {
    guard case .bad(let problems) = try read(fields) else { return [] }
    return problems
}

private struct Refused: Error {}

@Suite("The fields of a row")
struct RowFieldTests {
    @Test(
        "a text is kept up to the length of its column, and refused beyond",
        arguments: [
            ("notes", 8_000), ("address", 300), ("phone_1", 300), ("email", 300), ("pec", 300),
            ("surname", 200), ("name", 200), ("company_name", 200), ("birth_place", 200),
            ("city", 200), ("codice_fiscale", 32), ("partita_iva", 32), ("iban", 48), ("cap", 40),
            ("province", 40), ("case_ref", 140), ("item_ref", 140), ("lot_id", 140),
            ("doc_number", 140), ("supply_point", 140), ("contract_ref", 140),
            ("customer_ref", 140),
        ])
    func lengths(column: String, most: Int) throws {
        #expect(try problems([column: String(repeating: "x", count: most)]) == [])
        let long = try problems([column: String(repeating: "x", count: most + 1)])
        #expect(
            long.first
                == .init(line: 2, column: column, reason: .tooLong(bytes: most + 1, most: most)))
    }

    @Test("names hold no control characters, and notes and addresses only line ends and tabs")
    func control() throws {
        for column in ["surname", "item_ref", "city"] {
            #expect(
                try problems([column: "a\tb"]) == [
                    .init(line: 2, column: column, reason: .controlCharacters)
                ])
        }
        for column in ["notes", "address"] {
            #expect(try problems([column: "a\tb\r\nc"]) == [])
            #expect(
                try problems([column: "a\u{8}b"]) == [
                    .init(line: 2, column: column, reason: .controlCharacters)
                ])
        }
        #expect(try problems(["surname": "a\u{1F}b"]).count == 1)
        #expect(try problems(["surname": "a b\u{7F}"]) == [])
    }

    @Test(
        "a number that a spreadsheet cut is known by its form",
        arguments: [
            ("1,00022E+20", true), ("1E+5", true), ("1.5e+10", true), ("1E5", false),
            ("E+5", false), ("1E+", false), ("1E+x", false), ("A1E+5", false), ("1E+5E+2", false),
            ("+1E5", false), ("1-2E+5", false), ("1+E5", false), (",5E+3", false), ("12+3", false),
        ])
    func lostDigits(text: String, isLost: Bool) throws {
        #expect(RowFields.hasLostDigits(text) == isLost)
        #expect(try problems(["item_ref": text]).isEmpty == !isLost)
        let row = try good(["customer_ref": text])
        #expect((row.customerRef == nil) == isLost)
        #expect(row.flags.map(\.kind).contains(.customerRefLost) == isLost)
    }

    @Test("amounts are taken up to what any debt is, in both directions")
    func amounts() throws {
        #expect(try good(["open_amount": "100000000000,00"]).item.openAmount == 10_000_000_000_000)
        #expect(
            try good(["open_amount": "-100000000000,00"]).item.openAmount == -10_000_000_000_000)
        #expect(
            try problems(["open_amount": "100000000000,01"]).map(\.reason) == [
                .tooLarge("100000000000,01")
            ])
        let row = try good([
            "original_amount": "12,50", "fees": "0,99", "open_amount": "1,00", "currency": "kwd",
        ])
        #expect(row.item.currency == "KWD")
        #expect(row.item.originalAmount == 12_500)
        #expect(row.item.fees == 990)
        #expect(try problems(["fees": "x"]).map(\.column) == ["fees"])
        #expect(try problems(["original_amount": "x"]).map(\.column) == ["original_amount"])
        // In an unknown currency no amount can be judged.
        #expect(try problems(["currency": "LIT", "fees": "x"]).map(\.column) == ["currency"])
    }

    @Test("a currency that is missing is the euro, with a flag")
    func currency() throws {
        let row = try good([:])
        #expect(row.item.currency == "EUR")
        #expect(
            row.flags.contains(FieldFlag(line: 2, column: "currency", kind: .currencyAssumed)))
        #expect(try good(["currency": "USD"]).flags == [])
    }

    @Test("a due date that is missing is the document's, with a flag; without both it is refused")
    func dueDate() throws {
        let row = try good(["due_date": "", "doc_date": "28/02/2026"])
        #expect(row.item.dueOn == "2026-02-28")
        #expect(row.item.docDate == "2026-02-28")
        #expect(row.flags.contains { $0.kind == .dueDateAssumed && $0.column == "due_date" })
        #expect(try problems(["due_date": ""]).map(\.reason) == [.missing])
        let both = try good(["doc_date": "28/02/2026", "currency": "EUR"])
        #expect(both.item.dueOn == "2026-03-31")
        #expect(both.flags == [])
        #expect(
            try good(["interest_from": "01/04/2026", "recall_date": "31/12/2026"]).recallOn
                == "2026-12-31")
        #expect(try good(["interest_from": "01/04/2026"]).item.interestFrom == "2026-04-01")
    }

    @Test(
        "a date of birth is of the last century from 20 on, and what is none is only flagged",
        arguments: [
            ("1.1.45", "1945-01-01"), ("1.1.70", "1970-01-01"), ("1.1.20", "1920-01-01"),
            ("1.1.19", "2019-01-01"), ("1.1.08", "2008-01-01"), ("31/02/1970", nil), ("boh", nil),
        ] as [(String, String?)])
    func birthDate(text: String, date: String?) throws {
        let row = try good(["birth_date": text, "currency": "EUR"])
        #expect(row.debtor.birthDate == date)
        #expect(row.flags.map(\.kind) == (date == nil ? [.birthDate] : []))
    }

    @Test("two digits of a year are of the last century from 70 on, of this one below")
    func century() throws {
        #expect(try FileDate.parse("1.1.70", order: .dayFirst) == "1970-01-01")
        #expect(try FileDate.parse("1.1.69", order: .dayFirst) == "2069-01-01")
        #expect(try FileDate.parse("1.1.99", order: .dayFirst) == "1999-01-01")
        #expect(try FileDate.parse("1.1.00", order: .dayFirst) == "2000-01-01")
        #expect(try good(["due_date": "1.1.70"]).item.dueOn == "1970-01-01")
    }

    @Test(
        "a contested item is told by a word, in any case of letters",
        arguments: [
            ("S", true), ("si", true), ("Sì", true), ("Y", true), ("YES", true), ("1", true),
            ("true", true), ("Vero", true), ("x", true), ("N", false), ("no", false), ("0", false),
            ("", false), ("false", false),
        ])
    func disputed(text: String, isDisputed: Bool) throws {
        #expect(try good(["dispute_flag": text]).isDisputed == isDisputed)
    }

    @Test("kinds of items and debtors are those of the lists; others are flagged")
    func kinds() throws {
        #expect(try good([:]).item.kind == "invoice")
        #expect(try good(["item_kind": "CREDIT_NOTE"]).item.kind == "credit_note")
        let other = try good(["item_kind": "bolla", "currency": "EUR"])
        #expect(other.item.kind == "other")
        #expect(other.flags.map(\.kind) == [.unknownKind])
        #expect(other.flags.map(\.column) == ["item_kind"])
        #expect(try good(["debtor_kind": "Condominium"]).debtor.kind == "condominium")
        let guess = try good(["debtor_kind": "srl", "company_name": "A", "currency": "EUR"])
        #expect(guess.debtor.kind == "company")
        #expect(guess.flags.map(\.column) == ["debtor_kind"])
        #expect(try good(["company_name": "A"]).debtor.kind == "company")
        #expect(try good(["debtor_kind": "boh"]).debtor.kind == "natural")
        for kind in ["natural", "sole_trader", "company", "public_body"] {
            #expect(try good(["debtor_kind": kind, "currency": "EUR"]).flags == [])
        }
    }

    @Test("a debtor has a surname, a given name or a firm's name")
    func names() throws {
        #expect(
            try problems(["surname": "", "name": ""]) == [
                .init(line: 2, column: "surname", reason: .missing)
            ])
        #expect(try good(["surname": "", "name": "Anna"]).debtor.givenName == "Anna")
        #expect(try good(["surname": "", "company_name": "A"]).debtor.companyName == "A")
    }

    @Test("countries are two letters, and Italy's names are Italy")
    func country() throws {
        for text in ["it", "Italia", "ITALY", "ita"] {
            #expect(try good(["country": text]).debtor.country == "IT")
        }
        #expect(try good(["country": "de"]).debtor.country == "DE")
        #expect(try good(["country": "Germany"]).debtor.country == nil)
        #expect(try good(["country": "D"]).debtor.country == nil)
        #expect(try good([:]).debtor.country == nil)
    }

    @Test(
        "an Italian postcode gets its zeros back, with a flag",
        arguments: [
            ("144", "", "00144", true), ("10", "IT", "00010", true), ("1100", "IT", "01100", true),
            ("1", "IT", "1", false), ("00144", "IT", "00144", false), ("75100", "", "75100", false),
            ("144", "DE", "144", false), ("14a", "IT", "14a", false), ("1:0", "IT", "1:0", false),
            ("1/0", "IT", "1/0", false),
        ])
    func postcode(text: String, country: String, postcode: String, isPadded: Bool) throws {
        let row = try good(["cap": text, "country": country, "currency": "EUR"])
        #expect(row.debtor.postcode == postcode)
        #expect(row.flags.map(\.kind) == (isPadded ? [.postcodePadded] : []))
    }

    @Test("phones of all three columns are kept, each flagged where it is doubtful")
    func phones() throws {
        let row = try good([
            "phone_1": "boh", "phone_2": "333 1234567 (moglie)", "phone_3": "0835/1234",
            "currency": "EUR",
        ])
        #expect(row.debtor.phones.count == 3)
        #expect(
            row.flags == [
                .init(line: 2, column: "phone_1", kind: .phone),
                .init(line: 2, column: "phone_2", kind: .thirdPartyPhone),
            ])
        // The country decides how a number without a prefix is read.
        #expect(try good(["phone_1": "333 1234567", "country": "DE"]).debtor.phones[0].e164 == nil)
    }

    @Test("tax codes and accounts are kept also if wrong, with a flag of their own")
    func codes() throws {
        let right = try good([
            "partita_iva": "IT00743110157", "codice_fiscale": "RSSMRA45C12F205C",
            "iban": "IT60 X054 2811 1010 0000 0123 456", "currency": "EUR",
        ])
        #expect(right.flags == [])
        #expect(right.debtor.partitaIVA == "00743110157")
        #expect(right.debtor.iban == "IT60X0542811101000000123456")
        let wrong = try good([
            "partita_iva": "00743110158", "codice_fiscale": "RSSMRA45C12F205X",
            "iban": "IT61X0542811101000000123456", "currency": "EUR",
        ])
        #expect(Set(wrong.flags.map(\.kind)) == [.partitaIVA, .codiceFiscale, .iban])
        #expect(wrong.debtor.partitaIVAFault != nil && wrong.debtor.ibanFault != nil)
        // A firm's number in the column of the codice fiscale is its partita IVA too.
        let firm = try good([
            "company_name": "A", "codice_fiscale": "00743110157", "currency": "EUR",
        ])
        #expect(firm.debtor.partitaIVA == "00743110157")
        #expect(firm.flags.map(\.kind) == [.partitaIVAInCodiceFiscale])
        let both = try good([
            "company_name": "A", "codice_fiscale": "00743110157", "partita_iva": "01114601006",
            "currency": "EUR",
        ])
        #expect(both.debtor.partitaIVA == "01114601006")
        #expect(both.flags == [])
    }
}
