import Foundation
import RientroProtocol
import RientroSQLite
import RientroServer
import Testing

@testable import BackOffice

/// Whom a close sends nobody after, and what ends no close.
@Suite("what a close must not do")
struct CloseSafetyTests {
    let firm: TestFirm

    init() throws {
        firm = try TestFirm()
        try firm.creditor("ACME", "Acme S.p.A.")
        try firm.branch("MT", "Matera")
        try firm.branch("PZ", "Potenza")
        try firm.operator("MROSSI", "Maria Rossi")
    }

    private func account(_ name: String, due: String = "2026-11-19") throws -> String {
        try firm.account(
            name, branch: "MT", creditor: "ACME", placed: "2026-09-01", items: [(due, 10_000)])
    }

    /// A second account of the same debtor, in another branch, of which something became overdue.
    private func sibling(_ account: String, _ name: String) throws -> String {
        let other = try firm.sibling(of: account, name, branch: "PZ", creditor: "ACME")
        try firm.insert(
            "debt_item",
            [
                "account_id": .text(other), "due_on": .text("2026-11-19"),
                "open_amount": .integer(700),
            ])
        return other
    }

    @Test(
        "after death, insolvency, a lawyer or a wish not to be called, no account of the debtor is",
        arguments: ["DEC", "INS", "LAW", "STOP"])
    func silent(outcome: String) throws {
        let account = try account("A1")
        _ = try sibling(account, "A2")
        _ = try self.account("B1")
        try firm.contact(account, outcome, at: "2026-11-18T09:00:00.000Z")
        // Whoever was reached since: what somebody said once holds.
        try firm.contact(account, "RPC", at: "2026-11-19T09:00:00.000Z")
        try firm.closeDay("2026-11-20")
        #expect(try firm.taskLines() == ["B1 reminder_call open "])
    }

    @Test(
        "what an earlier night planned is taken back: nobody calls the heirs of the dead",
        arguments: ["DEC", "INS", "LAW", "STOP", "DISP"])
    func takenBack(outcome: String) throws {
        let account = try account("A1")
        _ = try sibling(account, "A2")
        try firm.closeDay("2026-11-20")
        #expect(
            try firm.taskLines() == ["A1 reminder_call open ", "A2 reminder_call open "])
        try firm.contact(account, outcome, at: "2026-11-21T09:00:00.000Z")
        let page = try firm.closeDay("2026-11-21").page
        let reason = "the debtor must not be called any more"
        // What is contested is contested on that account alone.
        let isDebtors = outcome != "DISP"
        #expect(
            try firm.taskLines() == [
                "A1 reminder_call cancelled \(reason)",
                isDebtors ? "A2 reminder_call cancelled \(reason)" : "A2 reminder_call open ",
            ])
        #expect(
            page.tasks == [
                TaskLine(cause: .notToBeCalled, made: 0, cancelled: isDebtors ? 2 : 1)
            ])
    }

    @Test("numbers that an office tells of itself, at any end of their range, end no close")
    func told() throws {
        _ = try account("A1")
        let offices = try ["one", "other"].map { try firm.office($0, "MT") }
        for (column, values) in [
            ("told_head", [Int64.max, .min]), ("proven_commit", [.max, .min]),
            ("seen_commit", [.max, .min]), ("last_seen", [.max, .min]),
        ] {
            for value in values {
                try firm.engine.db.run(
                    """
                    UPDATE replica SET enrolled_at = 1, told_head = 0, proven_commit = NULL,
                      seen_commit = 0, last_seen = 1
                    """)
                try firm.engine.db.run("UPDATE replica SET \(column) = ?", .integer(value))
                let day = try firm.tables("2026-11-20")
                let lines = try DayOffices(firm.engine, day, at: firm.now).lines
                #expect(lines.map(\.replica) == offices)
                for line in lines {
                    #expect((0...CloseLimits.unsentMax).contains(line.unsentKnown))
                    #expect(line.provenCommit.map { $0 <= (try? firm.commit()) ?? 0 } ?? true)
                }
                var page = DayPage(
                    scope: PageScope(.firm), date: "2026-11-20", previousDate: nil, commit: 1,
                    currency: "EUR")
                page.offices = lines
                #expect(Report.files([page], language: .english).count == 3)
            }
        }
        try firm.engine.db.run("UPDATE replica SET told_head = ?", .integer(.max))
        let page = try firm.closeDay("2026-11-20").page
        #expect(page.offices.map(\.unsentKnown) == [1_000_000, 1_000_000])
    }

    @Test("pages with numbers at the ends of their range are drawn")
    func extremes() throws {
        for value in [Int64.max, .min] {
            var page = ReportSample.pages[0]
            for index in page.offices.indices {
                page.offices[index].unsentKnown = value
                page.offices[index].quarantined = value
                page.offices[index].hoursSilent = value
            }
            for index in page.late.indices { page.late[index].facts = value }
            for index in page.totals.indices {
                page.totals[index].placed = value
                page.totals[index].paid = value == .max ? .min : .max
            }
            for index in page.contacts.indices {
                page.contacts[index].attempts = value
                page.contacts[index].rightParty = value
            }
            for index in page.ageing.indices { page.ageing[index].amount = value }
            for index in page.reasons.indices { page.reasons[index].accounts = value }
            for index in page.promiseChanges.indices { page.promiseChanges[index].amount = value }
            for index in page.tasks.indices { page.tasks[index].made = value }
            for index in page.review.indices { page.review[index].count = value }
            for index in page.promises.indices {
                page.promises[index].kept = value
                page.promises[index].broken = value
                page.promises[index].open = value
            }
            for index in page.recovery.indices {
                page.recovery[index].collected = page.recovery[index].collected.map { _ in value }
                page.recovery[index].placed = value
            }
            for language in ReportLanguage.allCases {
                #expect(Report.files([page], language: language).count == 3)
            }
        }
    }

    @Test("a sum that does not fit is the end of its range")
    func clamped() {
        #expect([Int64.max, 1].clampedSum { $0 } == .max)
        #expect([Int64.min, -1].clampedSum { $0 } == .min)
        #expect([Int64.max, -1, 1].clampedSum { $0 } == .max)
        #expect([1, 2].clampedSum { $0 } == 3)
        #expect(Int64.min.clampedSubtracting(1) == .min)
        #expect(Int64.max.clampedSubtracting(-1) == .max)
        #expect(Int64(0).clampedSubtracting(.min) == .max)
        #expect(Int64(5).clampedSubtracting(7) == -2)
        let line = ControlLine(
            creditor: "", lot: "", currency: "EUR", placed: .min, open: .max, paid: 0, adjusted: 0)
        #expect(line.difference == .min)
    }

    @Test("a report names operators only where somebody asked, in every file of it")
    func names() throws {
        let account = try account("A1")
        try firm.contact(
            account, "NA", at: "2026-11-20T09:00:00.000Z", ["operator": .text("MROSSI")])
        func texts() throws -> [String] {
            let folder = "\(firm.folder)/reports/2026-11-20"
            return try FileManager.default.contentsOfDirectory(atPath: folder).map {
                try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)
            }
        }
        let page = try firm.closeDay("2026-11-20").page
        #expect(page.operators.map(\.name) == ["Maria Rossi"])
        #expect(try texts().allSatisfy { !$0.contains("Rossi") && !$0.contains("MROSSI") })
        #expect(try firm.closeDay("2026-11-20", names: true).namesOperators)
        // The firm's and the branch's three files; the creditor's name nobody.
        #expect(try texts().count { $0.contains("Maria Rossi") } == 6)
        try firm.closeDay("2026-11-20")
        #expect(try texts().allSatisfy { !$0.contains("Rossi") })
    }

    @Test("a day closed in English is reported in Italian where that is asked for, and it is said")
    func language() throws {
        _ = try account("A1")
        let path = "\(firm.folder)/reports/2026-11-20/firm.html"
        let first = try firm.closeDay("2026-11-20")
        #expect(first.language == .english && first.languageAsked == nil)
        let english = try String(contentsOfFile: path, encoding: .utf8)
        let again = try firm.closeDay("2026-11-20", asking: .italian)
        #expect(again.language == .english && again.languageAsked == .italian)
        #expect(try String(contentsOfFile: path, encoding: .utf8).contains("lang=\"it\""))
        try firm.closeDay("2026-11-20")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == english)
    }

    @Test("the folder of reports and all in it are its owner's alone, whatever the umask")
    func modes() throws {
        _ = try account("A1")
        try firm.closeDay("2026-11-20")
        func mode(_ path: String) throws -> Int {
            let facts = try FileManager.default.attributesOfItem(atPath: path)
            return (facts[.posixPermissions] as? NSNumber)?.intValue ?? -1
        }
        let reports = "\(firm.folder)/reports"
        #expect(try mode(reports) == 0o700)
        #expect(try mode(reports + "/2026-11-20") == 0o700)
        let files = try FileManager.default.contentsOfDirectory(atPath: reports + "/2026-11-20")
        #expect(files.count == 9)
        for file in files { #expect(try mode("\(reports)/2026-11-20/\(file)") == 0o600) }
    }

    @Test("a creditor's page has no orders of the firm's, nothing it decides, no tasks")
    func creditor() throws {
        let account = try account("A1")
        try firm.pay(account, 20_000, on: "2026-11-20")
        _ = try self.account("A2")
        try firm.closeDay("2026-11-20")
        let book = try CloseBook.open(folder: firm.folder)
        let pages = try #require(try book.pages(of: "2026-11-20"))
        for page in pages {
            let isCreditors = page.scope.kind == .creditor
            #expect(page.review.isEmpty == isCreditors)
            #expect(page.tasks.isEmpty == isCreditors)
        }
        var page = ReportSample.pages[3]
        page.review = ReportSample.pages[0].review
        for language in ReportLanguage.allCases {
            let html = try ReportTests.text(page, "html", language)
            #expect(!html.contains("class=\"do\""))
            #expect(!html.contains("id=\"tasks\""))
            let ours = try ReportTests.text(ReportSample.pages[1], "html", language)
            #expect(ours.contains("class=\"do\"") && ours.contains("id=\"tasks\""))
        }
        #expect(!Attention.items(page).contains { if case .review = $0 { true } else { false } })
        let text = try ReportTests.text(page, "html", .english)
        #expect(!text.contains("call back today") && !text.contains("need attention today"))
    }
}
