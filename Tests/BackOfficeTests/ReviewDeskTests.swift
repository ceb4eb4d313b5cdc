import RientroProtocol
import RientroSQLite
import RientroServer
import Testing

@testable import BackOffice

/// What settling writes, and that it stays settled.
@Suite("settling what waits")
struct ReviewDeskTests {
    let firm: TestFirm
    let account: String
    let day = "2026-11-22"

    init() throws {
        firm = try TestFirm()
        try firm.creditor("ACME", "Acme S.p.A.")
        try firm.branch("MT", "Matera")
        try firm.branch("PZ", "Potenza")
        try firm.operator("MROSSI", "Maria Rossi")
        try firm.operator("LBIANCHI", "Luca Bianchi")
        account = try firm.account(
            "A1", branch: "MT", creditor: "ACME", placed: "2026-09-01",
            items: [("2026-09-01", 50_000)])
        firm.now = try firm.noon("2026-11-20")
    }

    private func settle(
        _ key: String, _ choice: ReviewChoice, values: [String] = [], by person: String = "MROSSI",
        note: String? = nil, on date: String? = nil
    ) throws -> ReviewOutcome {
        firm.now += 1000
        return try ReviewDesk(firm.centre, try firm.centre.engine()).settle(
            key, ReviewDecision(choice, values: values, operator: person, note: note),
            date: date ?? day, now: firm.now)
    }

    /// Whether it was settled by this call.
    private func isNew(_ outcome: ReviewOutcome) -> Bool {
        if case .settled = outcome { true } else { false }
    }

    private func waiting(_ kind: ReviewKind, on date: String? = nil) throws -> [ReviewEntry] {
        let book = try CloseBook.read(folder: firm.centre.folder)
        return try firm.queue(date ?? day, book: book).entries.filter { $0.kind == kind }
    }

    private func only(_ kind: ReviewKind) throws -> ReviewEntry {
        let found = try waiting(kind)
        try #require(found.count == 1)
        return found[0]
    }

    private func value(_ point: String) throws -> String? {
        try firm.engine.db.text("SELECT value FROM contact_point WHERE id = ?", .text(point))
    }

    @Test(
        "a conflict is decided in one commit: the value that was chosen, and who chose it",
        arguments: [
            (ReviewChoice.won, [], "won", "+390835000002"),
            (.lost, [], "lost", "+390835000001"),
            (.value, ["0835 000 007"], "other", "+390835000007"),
            (.value, ["value=+390835000008"], "other", "+390835000008"),
        ] as [(ReviewChoice, [String], String, String)])
    func conflict(
        _ choice: ReviewChoice, _ values: [String], _ word: String, _ final: String
    ) throws {
        let point = try firm.disagree(account, "+390835000001", "+390835000002")
        let entry = try only(.conflict)
        let before = try firm.commit()
        #expect(isNew(try settle(entry.key, choice, values: values)))
        #expect(try firm.commit() == before + 1)
        #expect(try value(point) == final)
        let db = firm.engine.db
        #expect(
            try db.text("SELECT conflict_id || ' ' || choice || ' ' || operator FROM resolution")
                == "\(entry.subjects[0]) \(word) MROSSI")
        #expect(try db.integer("SELECT count(*) FROM conflicts") == 0)
        #expect(try waiting(.conflict) == [])
        // The same again says so; anything else is too late.
        #expect(!isNew(try settle(entry.key, choice, values: values)))
        let other: ReviewChoice = choice == .won ? .lost : .won
        #expect(throws: ReviewError.self) { _ = try settle(entry.key, other) }
        #expect(try firm.commit() == before + 1)
        #expect(try value(point) == final)
    }

    @Test("what cannot be a value of the register is refused, and nothing is settled")
    func badValue() throws {
        let point = try firm.disagree(account, "+390835000001", "+390835000002")
        let entry = try only(.conflict)
        for typed in ["wno", ""] {
            #expect(throws: ReviewError.notAPhone) {
                _ = try settle(entry.key, .value, values: [typed])
            }
        }
        #expect(throws: ReviewError.badValues(columns: ["value"])) {
            _ = try settle(entry.key, .value, values: ["1", "2"])
        }
        #expect(throws: ReviewError.badChoice(.same, kind: .conflict)) {
            _ = try settle(entry.key, .same)
        }
        #expect(try waiting(.conflict) == [entry])
        #expect(try value(point) == "+390835000002")
        #expect(try CloseBook.open(folder: firm.centre.folder).settled().isEmpty)
    }

    @Test("of columns that belong together those that are named are written, the others stay")
    func group() throws {
        let debtor = try #require(
            try firm.engine.db.text("SELECT debtor_id FROM account WHERE id = ?", .text(account)))
        let base = try firm.engine.db.integer(
            "SELECT born_stamp FROM debtor WHERE id = ?", .text(debtor))
        for (name, given) in [("Rossi", "Maria"), ("Rosi", "Mario")] {
            let office = try firm.office(name, "MT")
            firm.now += 1000
            let write = RegisterWrite(
                register: 2, stamp: Stamp(milliseconds: firm.now, replica: office),
                base: Stamp(rawValue: base ?? 0), values: [.text(name), .text(given), .null])
            try firm.send(
                RowChange(
                    table: 20, id: debtor, content: .record(birth: nil, writes: [write])),
                under: Unit(table: 20, id: debtor), from: office)
        }
        let entry = try only(.conflict)
        #expect(entry.facts["lost"] == "surname=Rossi, given_name=Maria")
        let columns = ["surname", "given_name", "company_name"]
        for typed in [["Rossi"], ["surname=A", "surname=B"], ["city=Bari"], []] {
            #expect(throws: ReviewError.badValues(columns: columns)) {
                _ = try settle(entry.key, .value, values: typed)
            }
        }
        let long = "surname=" + String(repeating: "x", count: 10_000)
        #expect(throws: CentreError.self) {
            _ = try settle(entry.key, .value, values: [long])
        }
        #expect(isNew(try settle(entry.key, .value, values: ["surname=Rossi"])))
        #expect(
            try firm.engine.db.text(
                "SELECT surname || ' ' || given_name FROM debtor WHERE id = ?", .text(debtor))
                == "Rossi Mario")
    }

    @Test("a conflict that an office decided waits no more, and is not decided twice")
    func officeWasFaster() throws {
        _ = try firm.disagree(account, "+390835000001", "+390835000002")
        let entry = try only(.conflict)
        let id = try firm.insert(
            "resolution", ["conflict_id": .text(entry.subjects[0]), "choice": .text("won")])
        #expect(throws: ReviewError.noSuch(key: entry.key)) { _ = try settle(entry.key, .lost) }
        #expect(try firm.engine.db.text("SELECT id FROM resolution") == id)
        // Between the list and the write it is looked at again.
        let desk = try ReviewDesk(firm.centre, try firm.centre.engine())
        let settled = SettledReview(
            key: entry.key, kind: .conflict, choice: .lost, operator: "MROSSI", note: nil,
            settledAt: firm.now)
        #expect(throws: ReviewError.changed(fact: "somebody has decided it meanwhile")) {
            try desk.engine.db.transaction {
                try desk.write(entry, settled, values: [], date: day)
            }
        }
    }

    @Test("one payment recorded twice is reversed once, by a row that says why")
    func same() throws {
        let first = try firm.pay(account, 15_000, on: "2026-11-20", ["reference": .text("R 1")])
        let second = try firm.pay(
            account, 15_000, on: "2026-11-21",
            ["reference": .text("r1"), "method": .text("cash"), "payer_name": .text("Anna Verdi")])
        let entry = try only(.duplicate)
        #expect(isNew(try settle(entry.key, .same, note: "one receipt")))
        let row = try firm.engine.db.first(
            """
            SELECT account_id, amount, currency, reference, method, received_on, state, operator,
              note, payer_name FROM payment WHERE reverses_id = ?
            """, .text(second)
        ) { row in (0..<10).map { row.optionalText($0) ?? "-" } }
        #expect(
            row == [
                account, "-15000", "EUR", "r1", "cash", day, "received", "MROSSI",
                "Recorded twice: the same payment as \(first). one receipt", "-",
            ])
        #expect(try firm.tables(day).db.integer("SELECT balance FROM day_account") == 35_000)
        // A close of the day before, made afterwards, does not ask again.
        for date in ["2026-11-21", day, "2026-11-30"] {
            #expect(try waiting(.duplicate, on: date) == [])
        }
        #expect(!isNew(try settle(entry.key, .same)))
        #expect(throws: ReviewError.self) { _ = try settle(entry.key, .different) }
        #expect(try firm.engine.db.integer("SELECT count(*) FROM payment") == 3)
    }

    @Test("two payments that are two stay flagged no more, until a third comes")
    func different() throws {
        try firm.pay(account, 1_500, on: "2026-11-20")
        try firm.pay(account, 1_500, on: "2026-11-20")
        let entry = try only(.duplicate)
        let before = try firm.commit()
        #expect(isNew(try settle(entry.key, .different, note: "mother and son")))
        #expect(try firm.commit() == before)
        for date in [day, "2026-12-22"] { #expect(try waiting(.duplicate, on: date) == []) }
        #expect(!isNew(try settle(entry.key, .different)))
        try firm.pay(account, 1_500, on: "2026-11-21")
        let next = try only(.duplicate)
        #expect(next.subjects.count == 3 && next.key != entry.key)
        #expect(isNew(try settle(next.key, .different)))
        // Nothing was written, so it may still be decided otherwise.
        #expect(isNew(try settle(next.key, .same)))
        #expect(try waiting(.duplicate) == [])
        #expect(
            try firm.engine.db.integer(
                "SELECT count(*) FROM payment WHERE reverses_id IS NOT NULL") == 2)
    }

    @Test("of three records of one payment the first stays, and a row takes back each other")
    func sameOfThree() throws {
        let ids = try (0..<3).map { _ in try firm.pay(account, 1_500, on: "2026-11-20") }
        let before = try firm.commit()
        let entry = try only(.duplicate)
        #expect(isNew(try settle(entry.key, .same)))
        #expect(try firm.commit() == before + 1)
        let reversed = try firm.engine.db.rows(
            "SELECT reverses_id, amount FROM payment WHERE reverses_id IS NOT NULL ORDER BY 1"
        ) { "\($0.text(0)) \($0.integer(1))" }
        #expect(reversed == ["\(ids[1]) -1500", "\(ids[2]) -1500"])
        #expect(!isNew(try settle(entry.key, .same)))
        #expect(try firm.commit() == before + 1)
    }

    @Test(
        "of records of one payment none is reversed where any of them was meanwhile",
        arguments: 0..<3)
    func reversedMeanwhile(index: Int) throws {
        let ids = try (0..<3).map { _ in try firm.pay(account, 1_500, on: "2026-11-20") }
        let entry = try only(.duplicate)
        try firm.pay(account, -1_500, on: "2026-11-21", ["reverses_id": .text(ids[index])])
        let desk = try ReviewDesk(firm.centre, try firm.centre.engine())
        let settled = SettledReview(
            key: entry.key, kind: .duplicate, choice: .same, operator: "MROSSI", note: nil,
            settledAt: firm.now)
        let error = ReviewError.changed(fact: "one of the payments has been reversed meanwhile")
        #expect(throws: error) {
            try desk.engine.db.transaction {
                try desk.write(entry, settled, values: [], date: day)
            }
        }
        #expect(
            try firm.engine.db.integer(
                "SELECT count(*) FROM payment WHERE reverses_id IS NOT NULL") == 1)
    }

    @Test("what was accepted comes back only when something new happens")
    func accepted() throws {
        try firm.pay(account, 60_000, on: "2026-11-20")
        try firm.close(account, on: "2026-11-20")
        try firm.pay(account, 700, on: "2026-11-21")
        let (over, late) = (try only(.overpaid), try only(.paymentOnClosed))
        for entry in [over, late] { #expect(isNew(try settle(entry.key, .accepted))) }
        for entry in [over, late] { #expect(!isNew(try settle(entry.key, .accepted))) }
        #expect(try waiting(.overpaid) == [] && waiting(.paymentOnClosed) == [])
        try firm.pay(account, 800, on: "2026-11-22")
        #expect(try only(.overpaid).key != over.key)
        #expect(try only(.paymentOnClosed).key != late.key)
    }

    @Test("a promise on a closed account is withdrawn by a row of its own, once")
    func cancel() throws {
        let promise = try firm.promise(
            account, 5_000, made: "2026-11-19", due: "2026-12-24", ["currency": .text("USD")])
        try firm.close(account, on: "2026-11-20")
        let entry = try only(.promiseOnClosed)
        #expect(isNew(try settle(entry.key, .accepted)))
        #expect(try waiting(.promiseOnClosed) == [])
        #expect(isNew(try settle(entry.key, .cancel, by: "lbianchi")))
        let row = try firm.engine.db.first(
            """
            SELECT account_id, amount, currency, due_on, made_on, operator FROM promise
            WHERE cancels_id = ?
            """, .text(promise)
        ) { row in (0..<6).map { row.text($0) } }
        #expect(row == [account, "0", "USD", "2026-12-24", day, "LBIANCHI"])
        #expect(try firm.tables(day).db.text("SELECT state FROM day_promise") == "cancelled")
        #expect(!isNew(try settle(entry.key, .cancel)))
        #expect(throws: ReviewError.self) { _ = try settle(entry.key, .accepted) }
    }

    @Test("a refused row that is not wanted waits no more, and stays in the table")
    func discard() throws {
        let office = try firm.office("Matera", "MT")
        let row = RowChange(
            table: 33, id: "01890000-0000-7000-8000-0000000000aa",
            content: .ledger([.text(account), .integer(-1), .text("EUR")]))
        try firm.send(row, under: Unit(table: 22, id: account), from: office)
        let entry = try only(.quarantine)
        #expect(isNew(try settle(entry.key, .discard)))
        #expect(try waiting(.quarantine) == [])
        #expect(!isNew(try settle(entry.key, .discard)))
        let db = firm.engine.db
        #expect(try db.integer("SELECT closed_at FROM quarantine") == firm.now - 1000)
        #expect(try db.integer("SELECT count(*) FROM quarantine") == 1)
    }

    @Test("a beginning names a key that no other has; what nobody knows is said to be unknown")
    func keys() throws {
        for amount in 0..<20 {
            for _ in 1...2 { try firm.pay(account, 100 + Int64(amount), on: "2026-11-20") }
        }
        let found = try waiting(.duplicate)
        // Of twenty keys two begin with the same of sixteen digits.
        let short = try #require(
            Dictionary(grouping: found, by: { $0.key.prefix(1) }).first { $0.value.count > 1 }?.key)
        let same = found.map(\.key).filter { $0.hasPrefix(short) }.sorted()
        #expect(same.count > 1)
        #expect(
            throws: ReviewError.severalSuch(
                key: String(short), found: Array(same.prefix(ReviewLimits.candidatesMax)))
        ) { _ = try settle(String(short), .different) }
        #expect(isNew(try settle(found[0].key.prefix(13).uppercased(), .different)))
        for key in ["", "zz", "01890000-0000-8000-8000-000000000001"] {
            #expect(throws: ReviewError.noSuch(key: key)) { _ = try settle(key, .different) }
        }
        #expect(throws: ReviewError.unknownOperator("X", known: ["LBIANCHI", "MROSSI"])) {
            _ = try settle(found[1].key, .different, by: "X")
        }
        let long = String(repeating: "x", count: ReviewLimits.noteBytesMax + 1)
        #expect(throws: ReviewError.noteTooLong(bytesMax: ReviewLimits.noteBytesMax)) {
            _ = try settle(found[1].key, .different, note: long)
        }
        #expect(try waiting(.duplicate).count == found.count - 1)
    }

    @Test("stopped between its two commits, it finds with the whole key what it has written")
    func stopped() throws {
        try firm.pay(account, 1_500, on: "2026-11-20")
        try firm.pay(account, 1_500, on: "2026-11-20")
        let entry = try only(.duplicate)
        _ = try settle(entry.key, .same)
        let book = try CloseBook.open(folder: firm.centre.folder)
        let kept = try book.settled()
        try book.db.execute("DELETE FROM settled")
        let commit = try firm.commit()
        #expect(!isNew(try settle(entry.key, .same)))
        #expect(try firm.commit() == commit)
        let again = try #require(try book.settled()[entry.key])
        #expect(again.choice == .same && again.operator == "MROSSI" && again.kind == .duplicate)
        #expect(again.settledAt / 1000 == (kept[entry.key]?.settledAt ?? 0) / 1000)
    }

    @Test("a centre that was put back to before it asks again, and takes another answer")
    func putBack() throws {
        try firm.pay(account, 1_500, on: "2026-11-20")
        try firm.pay(account, 1_500, on: "2026-11-20")
        let entry = try only(.duplicate)
        let book = try CloseBook.open(folder: firm.centre.folder)
        try book.settle(
            SettledReview(
                key: entry.key, kind: .duplicate, choice: .same, operator: "MROSSI", note: nil,
                settledAt: firm.now))
        #expect(try waiting(.duplicate) == [entry])
        #expect(isNew(try settle(entry.key, .different)))
        #expect(try waiting(.duplicate) == [])
    }
}
