import Foundation
import RientroProtocol
import RientroSQLite
import RientroServer
import Testing

@testable import BackOffice

/// A backup is what it is a copy of, or it is none.
@Suite("a backup is compared with what it is a copy of")
struct BackupCheckTests {
    let firm: TestFirm
    let book: CloseBook
    let shelf: BackupShelf

    init() throws {
        firm = try TestFirm()
        try firm.creditor("ACME", "Acme S.p.A.")
        try firm.branch("MT", "Matera")
        let account = try firm.account(
            "A1", branch: "MT", creditor: "ACME", placed: "2026-09-01",
            items: [("2026-09-01", 10_000)])
        try firm.pay(account, 100, on: "2026-11-20")
        book = try CloseBook.open(folder: firm.folder)
        shelf = BackupShelf(firm.centre)
    }

    /// Makes the backup, and does something to the copy when a stage begins.
    private func make(
        at stage: CentreCopy.Stage? = nil, _ sql: String = ""
    ) throws -> CentreCopy.Report {
        let part = shelf.path("2026-11-20") + ".part"
        return try shelf.make("2026-11-20", book) { now, done, _ in
            guard now == stage, done == 0 else { return }
            let copy = try? Connection(path: part, mode: .readWrite)
            copy?.setTriggers(areOn: false)
            try? copy?.execute("PRAGMA ignore_check_constraints = ON; \(sql)")
        }
    }

    @Test("one that is whole is kept, with every row compared")
    func whole() throws {
        let report = try make()
        #expect(report.rows > 100)
        #expect(report.cursor.commit == (try firm.commit()))
        #expect(shelf.has("2026-11-20"))
    }

    @Test(
        "one in which a row of a portfolio or of everybody differs, or is missing, is none",
        arguments: [
            "UPDATE payment SET amount = 101", "DELETE FROM payment",
            "UPDATE creditor SET name = 'Other'", "UPDATE debtor SET surname = 'Other'",
        ])
    func differs(sql: String) throws {
        #expect {
            _ = try make(at: .digests, sql)
        } throws: { error in
            guard case CentreError.damagedCopy = error else { return false }
            return true
        }
        let left = try FileManager.default.contentsOfDirectory(
            atPath: firm.folder + "/backups")
        #expect(left == [])
    }
}
