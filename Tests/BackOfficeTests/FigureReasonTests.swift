import RientroProtocol
import Testing

@testable import BackOffice

/// Reasons for non-payment beside counts made by hand, and the list of pages.
@Suite("figures of reasons, and the list of pages")
struct FigureReasonTests {
    let firm: TestFirm

    init() throws {
        firm = try TestFirm()
        for (key, name) in [("ACME", "Acme S.p.A."), ("BETA", "Beta S.r.l.")] {
            try firm.creditor(key, name)
        }
        for (key, name) in [("MT", "Matera"), ("BA", "Bari"), ("XX", "Nobody's")] {
            try firm.branch(key, name)
        }
    }

    private func account(
        _ name: String, _ cents: Int64, branch: String = "MT", creditor: String = "ACME",
        currency: String = "EUR"
    ) throws -> String {
        try firm.account(
            name, branch: branch, creditor: creditor, placed: "2026-11-01",
            items: [("2026-10-01", cents)], ["currency": .text(currency)])
    }

    private func contact(
        _ account: String, _ outcome: String, _ day: String, reason: String? = nil,
        _ more: [String: Value] = [:]
    ) throws {
        var values = more
        if let reason { values["reason"] = .text(reason) }
        try firm.contact(account, outcome, at: day + "T09:00:00.000Z", values)
    }

    @Test("the last recorded reason counts, and the days to the first are those since placement")
    func reasons() throws {
        // Two reasons, five days after placement the first; later contacts without one.
        let a1 = try account("A1", 100)
        try contact(a1, "RPC", "2026-11-06", reason: "forgot_due_date")
        try contact(a1, "RPC", "2026-11-08", reason: "illness")
        try contact(a1, "NA", "2026-11-10")
        // From a relative, who is not the right person, on the day of placement.
        let a2 = try account("A2", 200)
        try contact(
            a2, "TPC", "2026-11-01", reason: "illness", ["spoke_with": .text("relative")])
        // Before it was placed: 0 days.
        let a3 = try account("A3", 400, currency: "CHF")
        try contact(a3, "RPC", "2026-10-15", reason: "billing_error")
        // Spoken to, and no reason.
        let a4 = try account("A4", 800)
        try contact(a4, "PTP", "2026-11-20")
        // A reason that was taken back by a correction.
        let a5 = try account("A5", 1_600)
        let wrong = try firm.contact(
            a5, "RPC", at: "2026-11-05T09:00:00.000Z", ["reason": .text("deceased")])
        try firm.contact(a5, "NA", at: "2026-11-05T09:00:00.000Z", ["corrects_id": .text(wrong)])
        // Paid, and closed: nobody asks why they are not paid.
        let a6 = try account("A6", 3_200)
        try contact(a6, "RPC", "2026-11-11", reason: "illness")
        try firm.pay(a6, 3_200, on: "2026-11-15")
        let a7 = try account("A7", 6_400)
        try contact(a7, "RPC", "2026-11-11", reason: "illness")
        try firm.set("account", a7, ["status": .text("closed_uncollectable")])
        let page = try firm.page("2026-11-20")
        func line(_ line: ReasonLine) -> String {
            "\(line.code) \(line.group) \(line.fault ?? "-") \(line.accounts) \(line.amount)"
        }
        // A1 and A2 in euro; A3 owes francs, which are not added to the page's euro; A4 and A5.
        #expect(page.currency == "EUR")
        #expect(
            page.reasons.map(line) == [
                "illness personal neither 2 300", "billing_error creditor_fault creditor 1 0",
                "  - 2 2400",
            ])
        #expect(
            page.reasons.map(\.labelIT) == [
                "malattia", "errore di fatturazione", "nessun motivo registrato",
            ])
        #expect(page.reasons.first?.labelEN == "illness")
        // A1 5, A2 0, A3 0, A6 10, A7 10 days.
        #expect(page.figure(.daysToFirstReason, .total) == "25/5")
        // Open and spoken to: A1, A3, A4, A6; of A4 no reason is known.
        #expect(page.figure(.reasonRecorded, .total) == "3/4")
    }

    @Test("a reason counts by its instant, and the firm's own codes have their own words")
    func order() throws {
        try firm.insert(
            "code", id: "reason-99",
            [
                "list": .text("reason"), "code": .text("new_code"), "label_it": .text("nuovo"),
                "label_en": .text("new"),
            ])
        let a1 = try account("A1", 100)
        try firm.contact(
            a1, "RPC", at: "2026-11-10T07:30:00.000Z", ["reason": .text("new_code")])
        try firm.contact(a1, "RPC", at: "2026-11-10T08:00:00.000Z", ["reason": .text("illness")])
        // 07:30 is before the other.
        #expect(try firm.page("2026-11-20").reasons.map(\.code) == ["illness"])
        let a2 = try account("A2", 100)
        try firm.contact(a2, "RPC", at: "2026-11-10T08:00:00.000Z", ["reason": .text("new_code")])
        let lines = try firm.page("2026-11-20").reasons
        #expect(lines.map(\.code) == ["illness", "new_code"])
        #expect(lines.last?.labelIT == "nuovo" && lines.last?.group == "")
    }

    @Test("there is a page for the firm and each branch and creditor with an account, by key")
    func pages() throws {
        _ = try account("A1", 100)
        _ = try account("A2", 50, branch: "BA", creditor: "BETA", currency: "USD")
        _ = try account("A3", 50, branch: "BA", creditor: "BETA", currency: "CHF")
        _ = try account("A4", 7, branch: "GONE", creditor: "ACME")
        // A closed account owes nothing that is waited for, though its currency is told of.
        let closed = try account("A5", 900, currency: "JPY")
        try firm.set("account", closed, ["status": .text("closed_uncollectable")])
        let pages = try firm.pages("2026-11-20")
        #expect(
            pages.map { "\($0.scope.kind) \($0.scope.key) \($0.scope.name)" } == [
                "firm  ", "branch BA Bari", "branch GONE GONE", "branch MT Matera",
                "creditor ACME Acme S.p.A.", "creditor BETA Beta S.r.l.",
            ])
        // As much in francs as in dollars: the code decides.
        #expect(pages.map(\.currency) == ["EUR", "CHF", "EUR", "EUR", "EUR", "CHF"])
        #expect(
            pages.map(\.otherCurrencies) == [
                ["CHF", "JPY", "USD"], ["USD"], [], ["JPY"], ["JPY"], ["USD"],
            ])
        #expect(pages.allSatisfy { $0.date == "2026-11-20" && $0.previousDate == nil })
        #expect(try pages.allSatisfy { try $0.commit == firm.commit() })
    }

    @Test("a page tells of its own accounts alone") func scopes() throws {
        let acme = try account("A1", 100)
        let beta = try account("B1", 200, creditor: "BETA")
        let bari = try account("B2", 400, branch: "BA", creditor: "BETA")
        for (account, cents) in [(acme, 1), (beta, 2), (bari, 4)] as [(String, Int64)] {
            try contact(account, "RPC", "2026-11-20", reason: "illness")
            try firm.promise(account, cents, made: "2026-11-02", due: "2026-11-10")
            try firm.pay(account, cents, on: "2026-11-09")
        }
        // Firm, branches BA and MT, creditors ACME and BETA.
        let pages = try firm.pages("2026-11-20")
        func values(_ value: (DayPage) -> Int64?) -> [Int64?] { pages.map(value) }
        #expect(
            pages.map { $0.figure(.open, .total, "EUR") } == [
                "693/1", "396/1", "297/1", "99/1", "594/1",
            ])
        #expect(
            pages.map { $0.figure(.collected, .month, "EUR") } == [
                "7/1", "4/1", "3/1", "1/1", "6/1",
            ])
        #expect(values { $0.ageing.reduce(0) { $0 + $1.amount } } == [693, 396, 297, 99, 594])
        #expect(values { $0.reasons.first?.accounts } == [3, 1, 2, 1, 2])
        #expect(values { $0.reasons.first?.amount } == [693, 396, 297, 99, 594])
        #expect(values { $0.contacts.first?.attempts } == [3, 1, 2, 1, 2])
        #expect(values { $0.promises.first?.keptAmount } == [7, 4, 3, 1, 6])
        #expect(
            pages.map { $0.recovery.map(\.creditor) } == [
                ["ACME", "BETA"], ["BETA"], ["ACME", "BETA"], ["ACME"], ["BETA"],
            ])
    }
}
