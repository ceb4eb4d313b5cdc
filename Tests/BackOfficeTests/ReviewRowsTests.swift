import Foundation
import RientroProtocol
import RientroSQLite
import RientroServer
import Testing

@testable import BackOffice

/// What the engine left to people.
@Suite("conflicts and refused rows in the review")
struct ReviewRowsTests {
    let firm: TestFirm
    let account: String

    init() throws {
        firm = try TestFirm()
        try firm.creditor("ACME", "Acme S.p.A.")
        try firm.branch("MT", "Matera")
        try firm.branch("PZ", "Potenza")
        account = try firm.account(
            "A1", branch: "MT", creditor: "ACME", placed: "2026-09-01",
            items: [("2026-09-01", 10_000)])
        firm.now = try firm.noon("2026-11-20")
    }

    @Test("a conflict shows both values, who wrote them, and every account of the debtor")
    func conflict() throws {
        let other = try firm.sibling(of: account, "A2", branch: "PZ", creditor: "ACME")
        let point = try firm.disagree(account, "+390835000001", "+390835000002")
        let entry = try #require(try firm.found(.conflict).first)
        #expect(entry.facts["register"] == "contact_point.value")
        #expect(entry.facts["row"] == point)
        #expect(entry.facts["won"] == "+390835000002")
        #expect(entry.facts["won_by"] == "Potenza")
        #expect(entry.facts["lost"] == "+390835000001")
        #expect(entry.facts["lost_by"] == "Matera")
        #expect(entry.facts["stands"] == nil)
        #expect(entry.since == "2026-11-20")
        #expect(entry.places.map(\.account) == [account, other])
        #expect(entry.caseRef == "A1")
        #expect(entry.choices == [.won, .lost, .value])
        for branch in ["MT", "PZ"] { #expect(entry.concerns(PageScope(.branch, key: branch))) }
        #expect(!entry.concerns(PageScope(.creditor, key: "OTHER")))
        #expect(try firm.queue("2026-11-19").entries.isEmpty)
    }

    @Test("a third value that somebody wrote since, having seen the one that won, is shown too")
    func third() throws {
        let point = try firm.disagree(account, "+390835000001", "+390835000002")
        let third = try firm.office("Bari", "MT")
        try firm.write(point, "+390835000003", base: try firm.stamp(point), from: third)
        let entry = try #require(try firm.found(.conflict).first)
        #expect(entry.facts["won"] == "+390835000002")
        #expect(entry.facts["stands"] == "+390835000003")
    }

    private func refused(_ amount: Value, of account: String, id: String) throws -> RowChange {
        let columns: [Value] = [
            .text(account), amount, .text("EUR"), .null, .text("R-1"), .text("2026-11-20"), .null,
            .text("received"), .null, .null, .null, .null, .null, .null, .text("from the door"),
            .text("NOBODY"), .text("2026-11-20T12:00:00.000Z"),
        ]
        return RowChange(table: 32, id: id, content: .ledger(columns))
    }

    @Test("a refused row shows office, reason and what was sent, and knows its account")
    func quarantine() throws {
        let office = try firm.office("Matera", "MT")
        let reasons = try firm.send(
            try refused(.integer(.max), of: account, id: "01890000-0000-7000-8000-0000000000aa"),
            under: Unit(table: 22, id: account), from: office)
        #expect(reasons == [.badValue])
        let entry = try #require(try firm.found(.quarantine).first)
        #expect(entry.facts["office"] == "Matera")
        #expect(entry.facts["table"] == "payment")
        #expect(entry.facts["row"] == "01890000-0000-7000-8000-0000000000aa")
        #expect(entry.facts["reason"] == "bad_value")
        #expect(entry.facts["sent_reference"] == "R-1")
        #expect(entry.facts["sent_note"] == "from the door")
        #expect(entry.facts["sent_value_on"] == nil)
        #expect(entry.amount == .max && entry.currency == "EUR")
        #expect(entry.places.map(\.caseRef) == ["A1"])
        #expect(entry.choices == [.discard])
    }

    @Test("a refused row of an account that nobody knows is its office's portfolio's")
    func unknownAccount() throws {
        let office = try firm.office("Matera", "MT")
        let nowhere = "01890000-0000-7000-8000-0000000000bb"
        let row = try refused(
            .integer(100), of: nowhere, id: "01890000-0000-7000-8000-0000000000ab")
        let reasons = try firm.send(row, under: Unit(table: 22, id: nowhere), from: office)
        #expect(reasons == [.unknownParent])
        let entry = try #require(try firm.found(.quarantine).first)
        #expect(entry.places.map(\.branch) == ["MT"] && entry.account.isEmpty)
    }

    @Test("the same row, refused in two change-sets, is two findings; discarded ones are none")
    func twice() throws {
        let office = try firm.office("Matera", "MT")
        let row = try refused(
            .integer(.max), of: account, id: "01890000-0000-7000-8000-0000000000aa")
        for _ in 1...2 {
            try firm.send(row, under: Unit(table: 22, id: account), from: office)
        }
        let found = try firm.found(.quarantine)
        #expect(Set(found.map(\.key)).count == 2)
        let number = try #require(found.first?.subjects.first.flatMap { Int64($0) })
        let closed = try firm.engine.db.transaction {
            try firm.engine.discardRefusal(number, now: firm.now)
        }
        #expect(closed == 1)
        #expect(try firm.found(.quarantine).map(\.key) == found.dropFirst().map(\.key))
    }

    @Test("pages get counts by scope, and what an earlier close listed is not new")
    func lines() throws {
        _ = try firm.disagree(account, "+390835000001", "+390835000002")
        try firm.pay(account, 12_000, on: "2026-11-18")
        let queue = try firm.queue("2026-11-22")
        let book = try CloseBook.open(folder: firm.centre.folder)
        func lines(_ scope: PageScope, _ date: String) throws -> [ReviewLine] {
            try firm.queue(date).lines(for: scope, seen: book.seen(), date: date)
        }
        let all = [
            ReviewLine(kind: .conflict, count: 1, new: 1, oldest: "2026-11-20"),
            ReviewLine(kind: .overpaid, count: 1, new: 1, oldest: "2026-11-18"),
        ]
        #expect(try lines(PageScope(.firm), "2026-11-22") == all)
        #expect(try lines(PageScope(.branch, key: "MT"), "2026-11-22") == all)
        #expect(try lines(PageScope(.branch, key: "PZ"), "2026-11-22") == [])
        try book.see(queue.entries, date: "2026-11-22")
        // The same close again says the same.
        #expect(try lines(PageScope(.creditor, key: "ACME"), "2026-11-22") == all)
        let next = try lines(PageScope(.firm), "2026-11-23")
        #expect(next.map(\.new) == [0, 0] && next.map(\.count) == [1, 1])
        let text = String(decoding: try JSONEncoder().encode(next), as: UTF8.self)
        #expect(!text.contains("39083"))
    }
}
