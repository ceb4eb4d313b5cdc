import Foundation
import Interchange
import Portfolio
import Testing

@Suite("The hand-over file")
struct HandOverTests {
    static let names =
        "principal_code;case_ref;customer_ref;surname;codice_fiscale;phone_1;cap;item_ref;due_date;"
        + "currency;open_amount"

    /// A file of the given rows below a header.
    private func file(_ rows: String..., header: String = names) throws -> FileOnDisk {
        try FileOnDisk(([header] + rows).joined(separator: "\r\n") + "\r\n")
    }

    private let good = "ENERGIA;C1;77;Rossi;;;75100;I1;28/02/2026;EUR;1.234,50"

    @Test("a good row comes out typed, with amounts in cents and dates in ISO 8601")
    func goodRow() throws {
        let file = try file(good)
        let handOver = try HandOver.inspect(path: file.path)
        #expect(handOver.summary.rows == 1)
        #expect(handOver.summary.problems == [])
        #expect(handOver.summary.openAmounts == ["EUR": 123_450])
        var accounts = try handOver.accounts()
        let row = try #require(try accounts.next()?.rows.first)
        #expect(try accounts.next() == nil)
        #expect(row.creditor == "ENERGIA")
        #expect(row.caseRef == "C1")
        #expect(row.customerRef == "77")
        #expect(row.debtor.surname == "Rossi")
        #expect(row.debtor.kind == "natural")
        #expect(row.item.dueOn == "2026-02-28")
        #expect(row.item.openAmount == 123_450)
        #expect(row.flags == [])
    }

    @Test(
        "a bad row is refused with line, column and reason",
        arguments: [
            (
                "ENERGIA;C1;;Rossi;;;;I1;28/02/2026;EUR;n.d.", "open_amount",
                .unreadableAmount("n.d.")
            ),
            ("ENERGIA;C1;;Rossi;;;;I1;28/02/2026;EUR;", "open_amount", .missing),
            ("ENERGIA;C1;;Rossi;;;;I1;28/02/2026;EUR;1,005", "open_amount", .tooPrecise("1,005")),
            (
                "ENERGIA;C1;;Rossi;;;;I1;28/02/2026;EUR;100000000000000,00", "open_amount",
                .tooLarge("100000000000000,00")
            ),
            ("ENERGIA;C1;;Rossi;;;;I1;31/02/2026;EUR;1,00", "due_date", .noSuchDay("31/02/2026")),
            ("ENERGIA;C1;;Rossi;;;;I1;presto;EUR;1,00", "due_date", .unreadableDate("presto")),
            ("ENERGIA;C1;;Rossi;;;;;28/02/2026;EUR;1,00", "item_ref", .missing),
            ("ENERGIA;;;Rossi;;;;I1;28/02/2026;EUR;1,00", "case_ref", .missing),
            (";C1;;Rossi;;;;I1;28/02/2026;EUR;1,00", "principal_code", .missing),
            ("ENERGIA;C1;;;;;;I1;28/02/2026;EUR;1,00", "surname", .missing),
            ("ENERGIA;C1;;Rossi;;;;I1;28/02/2026;LIT;1,00", "currency", .unknownCurrency("LIT")),
            (
                "ENERGIA;1,00022E+20;;Rossi;;;;I1;28/02/2026;EUR;1,00", "case_ref",
                .lostDigits("1,00022E+20")
            ),
            (
                "ENERGIA;C1;;Rossi;;;;I1;28/02/2026", "", .tooFewFields(count: 9, expected: 11)
            ),
        ] as [(String, String, FieldProblem.Reason)])
    func badRow(row: String, column: String, reason: FieldProblem.Reason) throws {
        let file = try file("ENERGIA;C0;;Verdi;;;;I0;31/12/2026;EUR;2,50", row)
        let handOver = try HandOver.inspect(path: file.path)
        #expect(
            handOver.summary.problems == [FieldProblem(line: 3, column: column, reason: reason)])
        #expect(handOver.summary.rows == 2)
        #expect(handOver.summary.badRows == 1)
        #expect(handOver.summary.openAmounts == ["EUR": 250])
        var cases: [String] = []
        try handOver.forEachAccount { cases.append($0.caseRef) }
        #expect(cases == ["C0"])
    }

    @Test("every problem of a row is listed, not only the first")
    func allProblems() throws {
        let file = try file("ENERGIA;C1;;Rossi;;;;;31/02/2026;EUR;n.d.")
        let columns = try HandOver.inspect(path: file.path).summary.problems.map(\.column)
        #expect(columns.sorted() == ["due_date", "item_ref", "open_amount"])
    }

    @Test("what is doubtful is flagged and loaded")
    func flags() throws {
        let file = try file(
            "ENERGIA;C1;1,00022E+20;Rossi;RSSMRA80A01H501X;339-1234567 (moglie);144;I1;"
                + "28/02/2026;;1,00",
            "ENERGIA;C2;8;Rossi;00743110157;boh;75100;I2;28/02/2026;EUR;1,00")
        let handOver = try HandOver.inspect(path: file.path)
        #expect(handOver.summary.badRows == 0)
        #expect(
            handOver.summary.flagCounts == [
                .customerRefLost: 1, .codiceFiscale: 1, .thirdPartyPhone: 1, .postcodePadded: 1,
                .currencyAssumed: 1, .partitaIVAInCodiceFiscale: 1, .phone: 1,
            ])
        var accounts = try handOver.accounts()
        let first = try #require(try accounts.next()?.rows.first)
        #expect(first.customerRef == nil)
        #expect(first.debtor.codiceFiscale == "RSSMRA80A01H501X")
        #expect(first.debtor.codiceFiscaleFault == .check)
        #expect(first.debtor.postcode == "00144")
        #expect(first.debtor.phones.first?.remark == "moglie")
        #expect(first.item.currency == "EUR")
        let second = try #require(try accounts.next()?.rows.first)
        #expect(second.debtor.partitaIVA == "00743110157")
        #expect(second.debtor.codiceFiscaleFault == .otherCode)
    }

    @Test("an item that stands twice is refused the second time")
    func repeated() throws {
        let file = try file(good, good)
        let handOver = try HandOver.inspect(path: file.path)
        #expect(
            handOver.summary.problems == [
                .init(line: 3, column: "item_ref", reason: .repeated(firstLine: 2))
            ])
        var counts: [Int] = []
        try handOver.forEachAccount { counts.append($0.rows.count) }
        #expect(counts == [1])
    }

    @Test("rows of an account that lie apart come together, and accounts in the file's order")
    func apart() throws {
        func row(_ account: String, _ item: Int) -> String {
            "ENERGIA;\(account);;Rossi;;;;\(item);28/02/2026;EUR;1,00"
        }
        let file = try file(
            row("A", 1), row("B", 2), row("A", 3), row("A", 4), row("C", 5), row("B", 6),
            "ENERGIA;B;;Rossi;;;;7;28/02/2026;EUR;no", row("B", 8), row("D", 9), row("A", 10))
        var found: [String] = []
        let handOver = try HandOver.inspect(path: file.path)
        try handOver.forEachAccount { account in
            found.append(account.caseRef + account.rows.map { " " + $0.item.itemRef }.joined())
        }
        #expect(found == ["A 1 3 4 10", "B 2 6 8", "C 5", "D 9"])
        #expect(handOver.summary.accounts == 4)
    }

    @Test("the rejected rows are written with line, column, reason and the row as it was")
    func rejectedFile() throws {
        let file = try FileOnDisk(
            "principal_code;case_ref;surname;item_ref;due_date;open_amount;notes\r\n"
                + "E;C1;Rossi;I1;28/02/2026;1,00;\r\n"
                + "E;C1;Rossi;;28/02/2026;n.d.;\"dice \"\"mai\"\";\r\nmai\"\r\n")
        let handOver = try HandOver.inspect(path: file.path)
        #expect(try handOver.writeRejected { _ in "perché no" } == 1)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: handOver.rejectedPath))
        let row = "E;C1;Rossi;;28/02/2026;n.d.;\"dice \"\"mai\"\";\r\nmai\"\r\n"
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "\u{FEFF}line;column;reason;principal_code;case_ref;surname;item_ref;due_date;"
                + "open_amount;notes\r\n3;item_ref, open_amount;\"perché no; perché no\";" + row)
        let facts = try FileManager.default.attributesOfItem(atPath: handOver.rejectedPath)
        #expect((facts[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }

    @Test("all bytes of the file are given once and in order, so that they can be hashed")
    func bytes() throws {
        let file = try file(good)
        var bytes: [UInt8] = []
        _ = try HandOver.inspect(path: file.path, bytes: { bytes += $0 })
        #expect(try Data(contentsOf: URL(fileURLWithPath: file.path)) == Data(bytes))
    }

    @Test("a file that changed since its inspection is not read")
    func changed() throws {
        let file = try file(good)
        let handOver = try HandOver.inspect(path: file.path)
        try Data("altro".utf8).write(to: URL(fileURLWithPath: file.path))
        #expect(throws: HandOverError.changed(path: file.path)) { try handOver.accounts() }
    }
}
