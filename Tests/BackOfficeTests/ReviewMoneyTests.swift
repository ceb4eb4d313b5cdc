import RientroProtocol
import RientroSQLite
import RientroServer
import Testing

@testable import BackOffice

/// Money and promises that somebody must look at, and near misses.
@Suite("money and promises in the review")
struct ReviewMoneyTests {
    let firm: TestFirm
    let account: String

    init() throws {
        firm = try TestFirm()
        try firm.creditor("ACME", "Acme S.p.A.")
        try firm.branch("MT", "Matera")
        try firm.branch("PZ", "Potenza")
        account = try firm.account(
            "A1", branch: "MT", creditor: "ACME", placed: "2026-09-01",
            items: [("2026-09-01", 1_000_000)])
    }

    /// What tells two payments of 150,00 apart, and whether they may be one.
    struct Pair: Sendable, CustomStringConvertible {
        let description: String
        let areFlagged: Bool
        var days = ("2026-11-20", "2026-11-20")
        var one: [String: Value] = [:]
        var other: [String: Value] = [:]
        var amount: Int64 = 15_000
    }

    static let pairs = [
        Pair(description: "nothing at all", areFlagged: true),
        Pair(
            description: "four days", areFlagged: true, days: ("2026-11-20", "2026-11-16")),
        Pair(description: "five days", areFlagged: false, days: ("2026-11-20", "2026-11-15")),
        Pair(description: "a month", areFlagged: false, days: ("2026-10-20", "2026-11-20")),
        Pair(description: "a cent", areFlagged: false, amount: 15_001),
        Pair(description: "the currency", areFlagged: false, other: ["currency": .text("USD")]),
        Pair(
            description: "a reference on one side", areFlagged: true,
            other: ["reference": .text("R 1")]),
        Pair(
            description: "the spelling of a reference", areFlagged: true,
            one: ["reference": .text("r1")], other: ["reference": .text("R 1")]),
        Pair(
            description: "the reference", areFlagged: false,
            one: ["reference": .text("R1")], other: ["reference": .text("R2")]),
        Pair(
            description: "a payer on one side", areFlagged: true,
            other: ["payer_name": .text("Anna Verdi")]),
        Pair(
            description: "the payer", areFlagged: false,
            one: ["payer_name": .text("Carlo Neri")], other: ["payer_name": .text("Anna Verdi")]),
        Pair(
            description: "the payer's spelling, of one bank account", areFlagged: true,
            one: ["payer_name": .text("Verdi A."), "payer_iban": .text("IT60X0542811101000000")],
            other: [
                "payer_name": .text("Anna Verdi"), "payer_iban": .text("IT60X0542811101000000"),
            ]),
        Pair(
            description: "the payer's bank account", areFlagged: false,
            one: ["payer_iban": .text("IT60X0542811101000000")],
            other: ["payer_iban": .text("IT61X0542811101000000")]),
        Pair(
            description: "the receipt", areFlagged: false,
            one: ["receipt_number": .text("7")], other: ["receipt_number": .text("8")]),
        Pair(
            description: "a receipt on one side", areFlagged: true,
            one: ["receipt_number": .text("7")]),
        Pair(
            description: "the bank's reference", areFlagged: false,
            one: ["bank_ref": .text("X7")], other: ["bank_ref": .text("X8")]),
        Pair(
            description: "that one was only announced", areFlagged: false,
            other: ["state": .text("reported")]),
    ]

    @Test("two payments told apart by this may be one, or not", arguments: pairs)
    func duplicate(_ pair: Pair) throws {
        let one = try firm.pay(account, 15_000, on: pair.days.0, pair.one)
        let other = try firm.pay(account, pair.amount, on: pair.days.1, pair.other)
        let found = try firm.found(.duplicate)
        #expect(found.map(\.subjects) == (pair.areFlagged ? [[one, other]] : []))
        if let entry = found.first {
            #expect(entry.amount == 15_000 && entry.currency == "EUR" && entry.caseRef == "A1")
            #expect(entry.facts["earlier_id"] == one && entry.facts["later_id"] == other)
        }
    }

    @Test("which record came later is decided by when it was written, not by the day it is of")
    func order() throws {
        let late = try firm.pay(
            account, 15_000, on: "2026-11-18", ["recorded_at": .text("2026-11-20T10:00:00.000Z")])
        let early = try firm.pay(
            account, 15_000, on: "2026-11-19", ["recorded_at": .text("2026-11-19T10:00:00.000Z")])
        let entry = try #require(try firm.found(.duplicate).first)
        #expect(entry.subjects == [early, late])
        #expect(entry.since == "2026-11-19")
    }

    @Test("accounts of one debtor share a payment only by its reference, other people's never")
    func acrossAccounts() throws {
        let sibling = try firm.sibling(of: account, "A2", branch: "PZ", creditor: "ACME")
        let stranger = try firm.account(
            "B1", branch: "MT", creditor: "ACME", placed: "2026-09-01",
            items: [("2026-09-01", 1_000_000)])
        let reference: [String: Value] = ["reference": .text("TRN 5")]
        let one = try firm.pay(account, 15_000, on: "2026-11-20", reference)
        let other = try firm.pay(sibling, 15_000, on: "2026-11-21", reference)
        try firm.pay(stranger, 15_000, on: "2026-11-20", reference)
        try firm.pay(account, 700, on: "2026-11-20")
        try firm.pay(sibling, 700, on: "2026-11-20")
        let found = try firm.found(.duplicate)
        #expect(found.map(\.subjects) == [[one, other]])
        #expect(found.first?.places.map(\.caseRef) == ["A1", "A2"])
    }

    @Test("three records of one payment are one group; a reversal leaves the two that are left")
    func three() throws {
        let ids = try (0..<3).map { _ in try firm.pay(account, 15_000, on: "2026-11-20") }
        let found = try firm.found(.duplicate)
        #expect(found.map(\.subjects) == [ids])
        #expect(found.first?.facts["records"] == "3")
        // Dated later than the day that is looked at: it waits no more all the same.
        try firm.pay(account, -15_000, on: "2026-11-25", ["reverses_id": .text(ids[1])])
        #expect(try firm.found(.duplicate).map(\.subjects) == [[ids[0], ids[2]]])
    }

    @Test("an office that writes one payment a hundred times makes one finding, that shows some")
    func bounded() throws {
        for _ in 0..<100 { try firm.pay(account, 100, on: "2026-11-20") }
        let entry = try #require(try firm.found(.duplicate).first)
        #expect(entry.subjects.count == 100 && entry.facts["records"] == "100")
        let shown = entry.facts.filter { $0.name == "earlier_id" || $0.name == "later_id" }
        #expect(shown.map(\.value) == Array(entry.subjects.prefix(ReviewLimits.recordsShownMax)))
        #expect(try firm.found(.duplicate).count == 1)
    }

    @Test("an account that was paid a hundred times too much shows the last payments")
    func overpaidOften() throws {
        let small = try firm.account(
            "S1", branch: "PZ", creditor: "ACME", placed: "2026-09-01",
            items: [("2026-09-01", 100)])
        let ids = try (0..<30).map { try firm.pay(small, 100 + Int64($0), on: "2026-11-20") }
        let entry = try #require(try firm.found(.overpaid).first)
        #expect(entry.facts["payments"] == "30")
        #expect(
            entry.facts.filter { $0.name == "payment_id" }.map(\.value)
                == Array(ids.suffix(ReviewLimits.recordsShownMax)))
    }

    @Test("more paid than owed shows who paid, and any further payment makes it a new finding")
    func overpaid() throws {
        let small = try firm.account(
            "S1", branch: "PZ", creditor: "ACME", placed: "2026-09-01",
            items: [("2026-09-01", 10_000), ("2026-10-01", 5_000)])
        try firm.pay(small, 15_000, on: "2026-11-01", ["payer_name": .text("Anna Verdi")])
        #expect(try firm.found(.overpaid) == [])
        let second = try firm.pay(small, 2_000, on: "2026-11-10", ["operator": .text("MROSSI")])
        let entry = try #require(try firm.found(.overpaid).first)
        #expect(entry.amount == 2_000 && entry.currency == "EUR" && entry.since == "2026-11-10")
        #expect(entry.facts["paid"] == "17000" && entry.facts["owed"] == "15000")
        #expect(entry.facts["payment_payer_name"] == "Anna Verdi")
        #expect(entry.facts.filter { $0.name == "payment_id" }.map(\.value).last == second)
        #expect(entry.places.map(\.caseRef) == ["S1"] && entry.choices == [.accepted])
        #expect(try firm.found(.overpaid).map(\.key) == [entry.key])
        try firm.pay(small, 100, on: "2026-11-11")
        let next = try #require(try firm.found(.overpaid).first)
        #expect(next.amount == 2_100 && next.key != entry.key)
        // As of the day before, it is what it was.
        #expect(try firm.found(.overpaid, "2026-11-10").map(\.key) == [entry.key])
        try firm.pay(small, -2_000, on: "2026-11-12", ["reverses_id": .text(second)])
        try firm.pay(
            small, -15_000, on: "2026-12-01",
            [
                "reverses_id": .text(
                    try #require(next.facts["payment_id"]))
            ])
        #expect(try firm.found(.overpaid) == [])
    }

    @Test("money in a currency in which nothing is owed is too much; a credit alone is no payment")
    func currencies() throws {
        let credit = try firm.account(
            "C1", branch: "MT", creditor: "ACME", placed: "2026-09-01",
            items: [("2026-09-01", -500)])
        #expect(try firm.found(.overpaid) == [])
        try firm.pay(account, 900, on: "2026-11-01", ["currency": .text("USD")])
        let entry = try #require(try firm.found(.overpaid).first)
        #expect(entry.account == account && entry.amount == 900 && entry.currency == "USD")
        try firm.pay(credit, 100, on: "2026-11-02", ["state": .text("reported")])
        #expect(try firm.found(.overpaid).count == 1)
    }

    @Test("a payment after the closing waits, one of that day or before, and a reversed one, not")
    func paymentOnClosed() throws {
        try firm.close(account, on: "2026-11-10")
        try firm.pay(account, 100, on: "2026-11-09")
        try firm.pay(account, 200, on: "2026-11-10")
        let after = try firm.pay(account, 300, on: "2026-11-11", ["reference": .text("R9")])
        let reversed = try firm.pay(account, 400, on: "2026-11-12")
        try firm.pay(account, -400, on: "2026-12-12", ["reverses_id": .text(reversed)])
        let found = try firm.found(.paymentOnClosed)
        #expect(found.map(\.subjects) == [[after]])
        let entry = try #require(found.first)
        #expect(entry.facts["payment_id"] == after)
        #expect(entry.facts["closed_on"] == "2026-11-10")
        #expect(entry.facts["status"] == "closed_settled")
        #expect(entry.amount == 300 && entry.since == "2026-11-11")
        try firm.set("account", account, ["status": .text("reopened")])
        #expect(try firm.found(.paymentOnClosed) == [])
    }

    @Test("a promise waits that is open on a closed account or was made after its closing")
    func promiseOnClosed() throws {
        let broken = try firm.promise(account, 100, made: "2026-10-01", due: "2026-10-15")
        let open = try firm.promise(account, 200, made: "2026-11-01", due: "2026-12-01")
        try firm.close(account, on: "2026-11-10")
        let after = try firm.promise(account, 300, made: "2026-11-11", due: "2026-11-12")
        let withdrawn = try firm.promise(account, 400, made: "2026-11-11", due: "2026-12-12")
        try firm.promise(
            account, 0, made: "2026-12-13", due: "2026-12-12", ["cancels_id": .text(withdrawn)])
        let replaced = try firm.promise(account, 500, made: "2026-11-02", due: "2026-12-12")
        let instead = try firm.promise(
            account, 500, made: "2026-11-03", due: "2026-12-20", ["replaces_id": .text(replaced)])
        let found = try firm.found(.promiseOnClosed)
        #expect(Set(found.flatMap(\.subjects)) == [open, after, instead])
        #expect(!found.flatMap(\.subjects).contains(broken))
        let entry = try #require(found.first { $0.subjects == [open] })
        #expect(entry.since == "2026-11-10" && entry.amount == 200)
        #expect(entry.choices == [.accepted, .cancel])
    }

    @Test("the same day gives the same entries, byte for byte, and no two share a key")
    func stable() throws {
        for _ in 0..<4 { try firm.pay(account, 400_000, on: "2026-11-12") }
        try firm.close(account, on: "2026-11-10")
        try firm.promise(account, 300, made: "2026-11-11", due: "2026-11-12")
        let first = try firm.queue("2026-11-22").entries
        #expect(try firm.queue("2026-11-22").entries == first)
        #expect(first.count == 1 + 1 + 4 + 1)
        #expect(Set(first.map(\.key)).count == first.count)
        #expect(first.map(\.key).allSatisfy(RowID.isUUID))
    }
}
