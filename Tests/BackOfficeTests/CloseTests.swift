import Foundation
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Testing

@testable import BackOffice

/// A whole close, in one process.
@Suite("a close")
struct CloseTests {
    /// A firm with work of every sort on and before 2026-11-20, a Friday.
    private func firm() throws -> TestFirm {
        let firm = try TestFirm()
        for id in ["ACME", "BETA"] { try firm.creditor(id, id) }
        for id in ["MT", "PZ"] { try firm.branch(id, id) }
        try firm.lot("L1", of: "ACME", on: "2026-09-01")
        func account(_ name: String, _ branch: String, due: String) throws -> String {
            try firm.account(
                name, branch: branch, creditor: "ACME", lot: "L1", placed: "2026-09-01",
                items: [(due, 10_000)])
        }
        let broken = try account("BROKEN", "MT", due: "2026-08-01")
        try firm.promise(broken, 5_000, made: "2026-11-02", due: "2026-11-19")
        let kept = try account("KEPT", "MT", due: "2026-08-01")
        try firm.promise(kept, 5_000, made: "2026-11-02", due: "2026-11-18")
        try firm.pay(kept, 5_000, on: "2026-11-18")
        let silent = try account("SILENT", "PZ", due: "2026-08-01")
        try firm.contact(silent, "RPC", at: "2026-11-20T09:00:00.000Z")
        let callback = try account("CALLBACK", "PZ", due: "2026-08-01")
        try firm.contact(callback, "CB", at: "2026-11-20T09:00:00.000Z")
        _ = try account("OVERDUE", "PZ", due: "2026-11-19")
        let action = try account("ACTION", "MT", due: "2026-08-01")
        try firm.set(
            "account", action,
            ["next_action_on": .text("2026-11-21"), "assignee": .text("MROSSI")])
        let paid = try account("PAID", "MT", due: "2026-08-01")
        try firm.pay(paid, 10_000, on: "2026-11-20")
        let over = try account("OVER", "MT", due: "2026-08-01")
        try firm.pay(over, 12_000, on: "2026-11-19")
        return firm
    }

    @discardableResult
    private func close(
        _ firm: TestFirm, _ date: String = "2026-11-20",
        begins: (CloseStep) throws -> Void = { _ in }
    ) throws -> Close.Summary {
        firm.now += 1000
        let options = CloseOptions(
            date: date, today: "2026-12-31", language: .english, reportFolder: nil, now: firm.now)
        return try Close(firm.centre, options).run(
            clock: { 0 },
            begins: { step in
                try? begins(step)
                return { _, _ in }
            }, ended: { _ in })
    }

    /// All that the book says, row by row.
    private func book(_ firm: TestFirm) throws -> [String] {
        let book = try #require(try CloseBook.read(folder: firm.folder))
        // Not the chain: random bytes are in it, that a person erased cannot be guessed from it.
        let tables = [
            "close", "page", "measure", "promise_state", "paid_in_full", "seen",
        ]
        return try tables.flatMap { table in
            let columns = table == "close" ? "date, previous, commit_number, language" : "*"
            return try book.db.rows("SELECT \(columns) FROM \(table)") { row in
                (0..<row.columnCount).map { "\(row.value($0))" }.joined(separator: "|")
            }.sorted()
        }
    }

    private func report(_ firm: TestFirm, _ date: String = "2026-11-20") throws -> [String: Data] {
        let folder = "\(firm.folder)/reports/\(date)"
        var files: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            files[name] = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        return files
    }

    private func tasks(_ firm: TestFirm) throws -> [String] {
        try firm.engine.db.rows(
            """
            SELECT a.case_ref, t.kind, t.due_on, t.status FROM task AS t
            JOIN account AS a ON a.id = t.account_id ORDER BY a.case_ref, t.id
            """
        ) { "\($0.text(0)) \($0.text(1)) \($0.text(2)) \($0.text(3))" }
    }

    @Test("it plans what the day asks for, and says what people must look at") func ordinary()
        throws
    {
        let firm = try firm()
        let summary = try close(firm)
        #expect(!summary.isRepeated && summary.needsPeople)
        #expect(
            try tasks(firm) == [
                "ACTION callback 2026-11-21 open", "BROKEN callback 2026-11-21 open",
                "CALLBACK callback 2026-11-21 open", "OVERDUE reminder_call 2026-11-21 open",
                "SILENT callback 2026-11-21 open",
            ])
        // Whoever works an account works its task.
        let assigned = try firm.engine.db.rows(
            """
            SELECT a.case_ref, t.assignee FROM task AS t JOIN account AS a ON a.id = t.account_id
            WHERE t.assignee IS NOT NULL
            """
        ) { "\($0.text(0)) \($0.text(1))" }
        #expect(assigned == ["ACTION MROSSI"])
        let page = summary.page
        #expect(page.paidInFull.map(\.caseRef) == ["PAID"])
        #expect(page.newlyOverdue.map(\.caseRef) == ["OVERDUE"])
        // What was paid in full the day before is no news at the first close.
        #expect(page.review.map(\.kind) == [.overpaid])
        #expect(page.promiseChanges.map { "\($0.caseRef) \($0.is)" } == ["BROKEN broken"])
        #expect(page.totals.map(\.difference) == [0])
        #expect(page.totals.map(\.placed) == [80_000])
        let files = try report(firm)
        #expect(
            Set(files.keys.filter { $0.hasSuffix(".html") }) == [
                "firm.html", "branch-MT.html", "branch-PZ.html", "creditor-ACME.html",
            ])
        #expect(files.keys.contains(summary.firstFile))
        #expect(BackupShelf(firm.centre).has("2026-11-20"))
        #expect(!FileManager.default.fileExists(atPath: firm.folder + "/nightly"))
    }

    @Test("closing the day again says so, changes nothing, and writes the same report") func again()
        throws
    {
        let firm = try firm()
        try close(firm)
        let (files, entries, commit) = (try report(firm), try book(firm), try firm.commit())
        try firm.pay(
            try #require(try firm.engine.db.text("SELECT min(id) FROM account")), 1,
            on: "2026-11-20")
        try FileManager.default.removeItem(atPath: firm.folder + "/reports")
        let second = try close(firm)
        #expect(second.isRepeated)
        #expect(second.steps.map(\.step.name) == [.report])
        #expect(try report(firm) == files)
        #expect(try book(firm) == entries)
        #expect(try firm.commit() == commit + 1)
    }

    @Test("two firms alike have the same rows and the same reports, byte for byte")
    func deterministic() throws {
        let (a, b) = (try firm(), try firm())
        for firm in [a, b] { try close(firm) }
        #expect(try report(a) == report(b))
        #expect(try book(a) == book(b))
        #expect(try tasks(a) == tasks(b))
        #expect(
            try a.engine.store.digests(portfolios: ["MT", "PZ"])
                == b.engine.store.digests(portfolios: ["MT", "PZ"]))
    }

    @Test("what comes late for a closed day is in the next close, and turns broken into kept")
    func late() throws {
        let firm = try firm()
        try close(firm)
        let account = try #require(
            try firm.engine.db.text("SELECT id FROM account WHERE case_ref = 'BROKEN'"))
        // Cash of the 19th, which an office without a line sends only now.
        try firm.pay(account, 5_000, on: "2026-11-19")
        let (files, entries) = (try report(firm), try book(firm))
        let next = try close(firm, "2026-11-21")
        #expect(try report(firm) == files)
        #expect(Set(entries).subtracting(try book(firm)).allSatisfy { $0.contains("broken") })
        #expect(next.page.late.map(\.facts) == [1])
        #expect(next.page.late.map(\.amount) == [5_000])
        #expect(
            next.page.promiseChanges.map {
                "\($0.caseRef) \($0.was.map { "\($0)" } ?? "") \($0.is)"
            }
                == ["BROKEN broken kept"])
        #expect(next.page.promiseChanges.map(\.isLate) == [true])
        #expect(try tasks(firm).contains("BROKEN callback 2026-11-21 cancelled"))
        #expect(next.page.tasks.contains { $0.cause == .promiseBroken && $0.cancelled == 1 })
    }

    @Test("what is written while it runs is not in it, and comes late to the next")
    func meanwhile() throws {
        let firm = try firm()
        let account = try #require(
            try firm.engine.db.text("SELECT id FROM account WHERE case_ref = 'SILENT'"))
        let untouched = try self.firm()
        try close(untouched)
        try close(firm) { step in
            guard step.name == .totals else { return }
            try firm.pay(account, 700, on: "2026-11-20")
        }
        #expect(try firm.engine.db.integer("SELECT count(*) FROM payment WHERE amount = 700") == 1)
        #expect(try report(firm) == report(untouched))
        let next = try close(firm, "2026-11-21")
        #expect(next.page.late.map(\.amount) == [700])
    }

    @Test("a difference in the control totals stops it before anything is written")
    func stopped() throws {
        let firm = try firm()
        let item = try #require(try firm.engine.db.text("SELECT min(id) FROM debt_item"))
        let account = try #require(
            try firm.engine.db.text("SELECT account_id FROM debt_item WHERE id = ?", .text(item)))
        try firm.insert(
            "debt_item",
            [
                "account_id": .text(account), "adjusts_id": .text(item),
                "open_amount": .integer(1), "currency": .text("CHF"),
            ])
        #expect {
            try close(firm)
        } throws: { error in
            guard case CloseError.totalsDiffer(let lines, let accounts) = error else {
                return false
            }
            return lines.map(\.difference) == [1] && accounts.map(\.caseRef) == ["BROKEN"]
        }
        #expect(try tasks(firm).isEmpty)
        #expect(try book(firm).isEmpty)
        for name in ["backups", "reports", "nightly"] {
            #expect(!FileManager.default.fileExists(atPath: "\(firm.folder)/\(name)"))
        }
    }

    @Test("a changed row stops it: the log says otherwise") func tampered() throws {
        let firm = try firm()
        let other = try Connection(path: firm.centre.file, mode: .readWrite)
        other.setTriggers(areOn: false)
        try other.execute("UPDATE payment SET amount = amount + 1 WHERE amount = 12000")
        #expect {
            try close(firm)
        } throws: { error in
            guard case CloseError.notProven(let findings) = error else { return false }
            return !findings.isEmpty
        }
        #expect(try tasks(firm).isEmpty)
    }

    @Test("a day that is not over, is no day, or lies before a closed one is refused") func dates()
        throws
    {
        let firm = try firm()
        #expect(throws: CloseError.badDate("2026-02-30")) { try close(firm, "2026-02-30") }
        #expect(throws: CloseError.inTheFuture(date: "2027-01-01", today: "2026-12-31")) {
            try close(firm, "2027-01-01")
        }
        try close(firm)
        #expect(throws: CloseError.closedSince(date: "2026-11-19", last: "2026-11-20")) {
            try close(firm, "2026-11-19")
        }
    }

    private func id(_ firm: TestFirm, _ caseRef: String) throws -> String {
        try #require(
            try firm.engine.db.text("SELECT id FROM account WHERE case_ref = ?", .text(caseRef)))
    }

    @Test("nobody is sent after a debtor who must not be called, or who owes nothing any more")
    func quiet() throws {
        let firm = try firm()
        try firm.contact(
            try id(firm, "SILENT"), "STOP", at: "2026-11-20T10:00:00.000Z")
        try firm.contact(try id(firm, "CALLBACK"), "CB", at: "2026-11-20T10:00:00.000Z")
        try firm.pay(try id(firm, "CALLBACK"), 10_000, on: "2026-11-20")
        try firm.set("account", try id(firm, "ACTION"), ["status": .text("suspended")])
        try close(firm)
        #expect(
            try tasks(firm) == [
                "BROKEN callback 2026-11-21 open", "OVERDUE reminder_call 2026-11-21 open",
            ])
        // Paid since: the task is taken back, whatever it was about.
        try firm.pay(try id(firm, "OVERDUE"), 10_000, on: "2026-11-21")
        let next = try close(firm, "2026-11-21")
        #expect(try tasks(firm).contains("OVERDUE reminder_call 2026-11-21 cancelled"))
        #expect(next.page.tasks.contains { $0.cause == .settled && $0.cancelled == 1 })
    }

    @Test("what was agreed long before the first close is no work of any close") func longAgo()
        throws
    {
        let firm = try firm()
        let account = try id(firm, "KEPT")
        try firm.contact(account, "CB", at: "2026-10-05T10:00:00.000Z")
        try close(firm)
        try close(firm, "2026-11-21")
        #expect(try tasks(firm).contains { $0.hasPrefix("KEPT") } == false)
    }

    @Test("a promise that breaks a second time is worked a second time") func brokenAgain() throws {
        let firm = try firm()
        try close(firm)
        let account = try id(firm, "BROKEN")
        let payment = try firm.pay(account, 5_000, on: "2026-11-19")
        try close(firm, "2026-11-21")
        try firm.pay(account, -5_000, on: "2026-11-22", ["reverses_id": .text(payment)])
        try close(firm, "2026-11-22")
        #expect(
            try tasks(firm).filter { $0.hasPrefix("BROKEN") }.sorted() == [
                "BROKEN callback 2026-11-21 cancelled", "BROKEN callback 2026-11-23 open",
            ])
    }

    @Test("without its book nothing is closed anew over what was closed") func bookIsGone() throws {
        let firm = try firm()
        try close(firm)
        let files = try report(firm)
        for end in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: firm.folder + "/backoffice.sqlite" + end)
        }
        let backup = firm.folder + "/backups/backoffice-2026-11-20.sqlite"
        #expect(throws: CloseError.bookIsGone(backup: backup)) { try close(firm, "2026-11-20") }
        #expect(try report(firm) == files)
        for end in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: firm.folder + "/backoffice.sqlite" + end)
        }
        try FileManager.default.copyItem(
            atPath: backup, toPath: firm.folder + "/backoffice.sqlite")
        #expect(try close(firm, "2026-11-20").isRepeated)
        #expect(try report(firm) == files)
    }

    @Test("a damaged book is said to be the book, and not the centre") func damagedBook() throws {
        let firm = try firm()
        let path = firm.folder + "/backoffice.sqlite"
        try Data("no book, but long enough to be looked at as one".utf8).write(
            to: URL(fileURLWithPath: path))
        #expect(throws: CloseBookError.damaged(path: path)) { try close(firm) }
    }

    @Test("what fails after the tasks were written ends the same when it is run again")
    func failedRecord() throws {
        let (firm, other) = (try firm(), try firm())
        try close(other)
        let book = try CloseBook.open(folder: firm.folder)
        try book.db.execute(
            """
            CREATE TRIGGER stop BEFORE INSERT ON close BEGIN SELECT RAISE(ABORT, 'no'); END
            """)
        #expect(throws: SQLiteError.self) { try close(firm) }
        #expect(try tasks(firm) == tasks(other))
        try book.db.execute("DROP TRIGGER stop")
        try close(firm)
        #expect(try report(firm) == report(other))
    }

    @Test("a centre that was put back is seen, and what comes again is not overlooked")
    func putBack() throws {
        let firm = try firm()
        try close(firm)
        // Another history from here on: the numbers of its commits mean something else.
        let book = try CloseBook.open(folder: firm.folder)
        try book.db.execute("UPDATE close SET chain = zeroblob(32)")
        let next = try close(firm, "2026-11-21")
        #expect(next.page.late.contains { $0.table == "payment" && $0.facts > 0 })
    }

    @Test("facts of the day that came before the last close are counted") func early() throws {
        let firm = try firm()
        try firm.contact(try id(firm, "KEPT"), "NA", at: "2026-11-21T08:00:00.000Z")
        try close(firm)
        let next = try close(firm, "2026-11-21")
        let share = next.page.measures.first { $0.name == .lateFacts }
        #expect(share?.numerator == 0 && share?.denominator == 1)
    }

    @Test(
        "a second close speaks the language of the first, and its backups are their owner's alone")
    func language() throws {
        let firm = try firm()
        try close(firm)
        let files = try report(firm)
        let options = CloseOptions(
            date: "2026-11-20", today: "2026-12-31", language: .italian, reportFolder: nil,
            now: firm.now)
        _ = try Close(firm.centre, options).run(
            clock: { 0 }, begins: { _ in { _, _ in } }, ended: { _ in })
        #expect(try report(firm) == files)
        for name in try FileManager.default.contentsOfDirectory(atPath: firm.folder + "/backups") {
            let facts = try FileManager.default.attributesOfItem(
                atPath: "\(firm.folder)/backups/\(name)")
            #expect((facts[.posixPermissions] as? NSNumber)?.intValue == 0o600, "\(name)")
        }
    }
}
