import RientroProtocol
import RientroSQLite
import RientroServer
import Testing

@testable import Interchange

@Suite("What an import writes of each row")
struct ImportDetailTests {
    private let anna = "RSSMRA45C12F205C"

    /// A file of the given columns, each row as a dictionary.
    private func file(_ rows: [String: String]...) throws -> FileOnDisk {
        let right = [
            "principal_code": "ENERGIA", "case_ref": "C1", "surname": "Rossi", "item_ref": "I1",
            "due_date": "2026-03-31", "open_amount": "10,00", "currency": "EUR",
        ]
        let names = Set(rows.flatMap(\.keys)).union(right.keys).sorted()
        let lines = rows.map { row in
            names.map { row[$0] ?? right[$0] ?? "" }.joined(separator: ";")
        }
        return try FileOnDisk(
            ([names.joined(separator: ";")] + lines).joined(separator: "\n") + "\n")
    }

    @Test("the same number twice in a file is one contact point, however it is written")
    func sameNumber() throws {
        let centre = try ImportedCentre()
        let report = try centre.load(
            file([
                "phone_1": "333 1234567", "phone_2": "+39 333 1234567", "phone_3": "3331234567",
                "email": "A@b.it", "pec": "a@B.it",
            ])
        ).report
        #expect(report.contactsAdded == 2)
        #expect(
            try centre.rows("SELECT kind, value, raw, source FROM contact_point ORDER BY kind") == [
                "email|a@b.it|A@b.it|creditor", "mobile|+393331234567|333 1234567|creditor",
            ])
        // Nor when it comes again, as it was typed then or otherwise.
        let again = try centre.load(
            file([
                "phone_1": "333 1234567", "phone_2": "0039/3331234567", "phone_3": "boh",
                "email": "a@b.IT", "case_ref": "C1",
            ])
        ).report
        #expect(again.contactsAdded == 1)
        #expect(
            try centre.rows("SELECT value FROM contact_point WHERE kind = 'phone'") == ["boh"])
        #expect(
            try centre.load(file(["phone_1": "BOH", "surname": "Rossi"])).report.contactsAdded == 0)
    }

    @Test("numbers of every row of an account are its debtor's, as are the first mail and IBAN")
    func allRows() throws {
        let centre = try ImportedCentre()
        try centre.load(
            file(
                ["phone_1": "3331234561", "item_ref": "I1"],
                [
                    "phone_1": "3331234562", "item_ref": "I2", "email": "a@b.it", "pec": "p@b.it",
                    "iban": "IT60X0542811101000000123456", "customer_ref": "K9",
                    "recall_date": "2026-12-31", "dispute_flag": "S",
                ],
                [
                    "phone_1": "3331234561", "item_ref": "I3", "email": "z@b.it", "pec": "z@c.it",
                    "iban": "IT28W8000000292100645211", "customer_ref": "K8",
                    "recall_date": "2027-12-31",
                ]))
        #expect(
            try centre.rows("SELECT value FROM contact_point ORDER BY value") == [
                "+393331234561", "+393331234562", "a@b.it", "p@b.it",
            ])
        #expect(try centre.rows("SELECT iban FROM debtor") == ["IT60X0542811101000000123456"])
        #expect(
            try centre.rows("SELECT customer_ref, recall_on, status, currency FROM account") == [
                "K9|2026-12-31|disputed|EUR"
            ])
    }

    @Test("an item is written with everything that the file says of it")
    func item() throws {
        let centre = try ImportedCentre()
        let report = try centre.load(
            file([
                "doc_number": "D1", "doc_date": "2026-01-31", "original_amount": "12,00",
                "fees": "0,50", "interest_from": "2026-04-01", "supply_point": "POD",
                "contract_ref": "CON", "notes": "nota", "item_kind": "bill", "lot_id": "L9",
            ])
        ).report
        #expect(report.rows == 1 && report.accounts == 1)
        #expect(
            try centre.rows(
                "SELECT item_ref, kind, doc_number, doc_date, due_on, currency, original_amount,"
                    + " open_amount, fees, interest_from, supply_point, contract_ref, note,"
                    + " adjusts_id FROM debt_item") == [
                    "I1|bill|D1|2026-01-31|2026-03-31|EUR|1200|1000|50|2026-04-01|POD|CON|nota|-"
                ])
        #expect(
            try centre.rows(
                "SELECT length(lot.id), reference, file_hash = '\(report.fileHash.hex)',"
                    + " i.lot_id = lot.id, a.lot_id = lot.id FROM lot, debt_item AS i, account AS a"
            )
                == ["16|L9|1|1|1"])
    }

    @Test("each amount and date that changes makes an adjustment, and adjustments add up")
    func adjustments() throws {
        let centre = try ImportedCentre()
        let first = [
            "original_amount": "12,00", "fees": "1,00", "interest_from": "2026-04-01",
        ]
        try centre.load(file(first))
        let adjusted =
            "SELECT original_amount, open_amount, fees, due_on, interest_from FROM debt_item"
            + " WHERE adjusts_id IS NOT NULL ORDER BY id"
        var expected: [String] = []
        for (change, row) in [
            (["fees": "1,50"], "-|0|50|2026-03-31|2026-04-01"),
            (["fees": "1,25"], "-|0|-25|2026-03-31|2026-04-01"),
            (["original_amount": "13,00"], "100|0|-|2026-03-31|2026-04-01"),
            (["interest_from": "2026-05-01"], "-|0|-|2026-03-31|2026-05-01"),
            (["due_date": "2026-05-31"], "-|0|-|2026-05-31|2026-05-01"),
            (["open_amount": "9,00"], "-|-100|-|2026-05-31|2026-05-01"),
        ] {
            var all = [
                "original_amount": "", "fees": "", "interest_from": "", "case_ref": "C1",
                "due_date": expected.count > 4 ? "2026-05-31" : "2026-03-31",
            ]
            all.merge(change) { _, new in new }
            let report = try centre.load(file(all)).report
            #expect(report.itemsAdjusted == 1)
            expected.append(row)
            #expect(try centre.rows(adjusted) == expected)
        }
        // What now stands is what the last of each said.
        let same = try centre.load(
            file([
                "original_amount": "13,00", "fees": "1,25", "interest_from": "2026-05-01",
                "due_date": "2026-05-31", "open_amount": "9,00",
            ])
        ).report
        #expect(same.itemsUnchanged == 1)
        #expect(same.commits == 0)
    }

    @Test("an item without original amount or fees gets them as they are first said")
    func firstSaid() throws {
        let centre = try ImportedCentre()
        try centre.load(file([:]))
        let row = ["original_amount": "12,00", "fees": "1,00", "interest_from": "2026-04-01"]
        #expect(try centre.load(file(row)).report.itemsAdjusted == 1)
        #expect(
            try centre.rows(
                "SELECT original_amount, fees, interest_from FROM debt_item WHERE adjusts_id <> ''")
                == ["1200|100|2026-04-01"])
        var again = row
        again["lot_id"] = "L2"
        let same = try centre.load(file(again)).report
        #expect(same.itemsUnchanged == 1)
        #expect(same.itemsAdjusted == 0)
        // Nothing names the lot, so it is none.
        #expect(try centre.rows("SELECT count(*) FROM lot") == ["2"])
    }

    @Test("a file of two lots or creditors makes a lot of each, and one without a name")
    func lots() throws {
        let centre = try ImportedCentre()
        try centre.load(
            file(
                ["lot_id": "L1"], ["lot_id": "L2", "case_ref": "C2", "item_ref": "I2"],
                ["lot_id": "L1", "case_ref": "C3", "item_ref": "I3", "principal_code": "GAS"],
                ["lot_id": "L1", "case_ref": "C4", "item_ref": "I4"],
                ["case_ref": "C5", "item_ref": "I5"]))
        #expect(
            try centre.rows(
                "SELECT creditor_id, reference FROM lot ORDER BY creditor_id, reference") == [
                    "ENERGIA|-", "ENERGIA|L1", "ENERGIA|L2", "GAS|L1",
                ])
        #expect(try centre.rows("SELECT count(DISTINCT lot_id) FROM account") == ["4"])
        #expect(try centre.rows("SELECT count(*) FROM accounts") == ["5"])
    }

    @Test("what a known debtor's row has stays for another account, and what it lacks is filled")
    func fill() throws {
        let centre = try ImportedCentre()
        try centre.load(
            file([
                "codice_fiscale": anna, "city": "Matera", "name": "Maria",
            ]))
        let report = try centre.load(
            file([
                "codice_fiscale": anna, "case_ref": "C2", "item_ref": "I2", "surname": "Bianchi",
                "city": "Bari", "address": "Via Roma 1", "iban": "IT60X0542811101000000123456",
                "birth_date": "1945-03-12", "birth_place": "Milano",
            ])
        ).report
        #expect(report.debtorsRecognized == 1)
        // Name and address are there, as far as they go; date and place of birth and the IBAN not.
        #expect(report.valuesChanged == 3)
        #expect(report.valuesKept == 0)
        #expect(
            try centre.rows(
                "SELECT surname, given_name, city, street, iban, birth_place FROM debtor") == [
                    "Rossi|Maria|Matera|-|IT60X0542811101000000123456|Milano"
                ])
    }

    @Test("a correction of the same account changes what it says and leaves what it leaves out")
    func correct() throws {
        let centre = try ImportedCentre()
        try centre.load(
            file([
                "name": "Maria", "city": "Matera", "address": "Via Roma 1", "cap": "75100",
                "customer_ref": "K1", "recall_date": "2026-12-31",
            ]))
        let report = try centre.load(
            file(["name": "", "city": "Bari", "customer_ref": "K2", "recall_date": "2026-12-31"])
        ).report
        #expect(report.valuesChanged == 2)
        #expect(
            try centre.rows(
                "SELECT given_name, city, street, postcode, customer_ref, recall_on"
                    + " FROM debtor, account") == ["Maria|Bari|Via Roma 1|75100|K2|2026-12-31"])
        let again = try centre.load(file(["city": "Bari", "customer_ref": "K2"])).report
        #expect(again.valuesChanged == 0)
        #expect(again.commits == 0)
    }

    @Test("an office's value of a register stays, with all columns that are written together")
    func kept() throws {
        let centre = try ImportedCentre()
        try centre.load(file(["city": "Matera", "address": "Via Roma 1"]))
        let office = Stamp(milliseconds: centre.now + 1_000, replica: 7)
        try centre.db.run(
            "UPDATE debtor SET city = 'Potenza', address_stamp = ?", .integer(office.rawValue))
        let report = try centre.load(
            file(["city": "Bari", "address": "Via Napoli 2", "surname": "Russo"])
        ).report
        #expect(report.valuesKept == 2)
        #expect(report.valuesChanged == 1)
        #expect(
            try centre.rows("SELECT surname, city, street FROM debtor") == [
                "Russo|Potenza|Via Roma 1"
            ])
    }

    @Test(
        "a row that is there twice, and one that the centre refuses, are both in the rejected file")
    func rejected() throws {
        let centre = try ImportedCentre()
        try centre.load(file(["case_ref": "C7", "item_ref": "I7"]))
        let second = try file(
            ["item_ref": "I1"], ["item_ref": "I1", "case_ref": "C2"],
            ["item_ref": "I7", "case_ref": "C3"], ["item_ref": "I8", "open_amount": "x"])
        let options = ImportOptions(portfolio: "MT", acceptsPartial: true)
        let found = try centre.load(second, options: options)
        #expect(found.report.rowsRefused == 3)
        let handOver = try HandOver.inspect(path: second.path)
        var reasons: [FieldProblem.Reason] = []
        let count = try handOver.writeRejected(also: found.problems) {
            reasons.append($0)
            return "x"
        }
        #expect(count == 3)
        #expect(
            reasons == [
                .repeated(firstLine: 2), .itemElsewhere(caseRef: "C7"), .unreadableAmount("x"),
            ])
        #expect(handOver.summary.accounts == 2)
    }

    @Test("the oldest of several rows that could be meant is taken")
    func oldest() throws {
        let centre = try ImportedCentre()
        // One after the other: within a millisecond ids have no order.
        try centre.load(file(["customer_ref": "K", "codice_fiscale": anna]))
        try centre.load(
            file([
                "customer_ref": "K", "case_ref": "C2", "item_ref": "I2", "surname": "Verdi",
                "codice_fiscale": "MRSMSR81D60Z611H",
            ]))
        #expect(try centre.count("debtor") == 2)
        try centre.load(
            file(["customer_ref": "K", "case_ref": "C3", "item_ref": "I3", "surname": "Neri"]))
        #expect(
            try centre.rows(
                "SELECT surname FROM debtor JOIN account ON debtor_id = debtor.id"
                    + " WHERE case_ref = 'C3'") == ["Rossi"])
    }
}
