import Foundation
import RientroSQLite
import RientroServer
import Testing

@testable import BackOffice

/// A closed day opens for ever, and what is damaged says what helps.
@Suite("the pages of closed days")
struct StoredPageTests {
    private static let date = "2026-11-22"

    /// A book in which one day was closed, with pages that have something of everything.
    private func withBook(_ body: (CloseBook, [DayPage]) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("rientro-pages-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let book = try CloseBook.open(folder: folder)
        var firm = ReportSample.pages[0]
        firm.currency = "CHF"
        firm.ageing.reverse()
        let pages = [firm, ReportSample.pages[1]]
        try book.write(
            CloseBook.Entry(
                date: Self.date, previous: "2026-11-21", commit: 184_302, chain: [1, 2, 3],
                language: .english, pages: pages, operators: [], promises: [], paid: [],
                review: []))
        try body(book, pages)
    }

    /// The page as it is read where a part is absent.
    private func without(_ part: DayPage.CodingKeys, _ page: DayPage) -> DayPage {
        var page = page
        switch part {
        // The book's own columns say these.
        case .date, .previousDate, .commit: break
        case .scope:
            page.scope = PageScope(page.scope.kind, key: page.scope.key, name: page.scope.key)
        // What is open says it.
        case .currency: page.currency = page.ageing[0].currency
        case .otherCurrencies: page.otherCurrencies = []
        case .measures: page.measures = []
        case .ageing: page.ageing = []
        case .recovery: page.recovery = []
        case .promises: page.promises = []
        case .reasons: page.reasons = []
        case .contacts: page.contacts = []
        case .offices: page.offices = []
        case .operators: page.operators = []
        case .totals: page.totals = []
        case .promiseChanges: page.promiseChanges = []
        case .paidInFull: page.paidInFull = []
        case .newlyOverdue: page.newlyOverdue = []
        case .tasks: page.tasks = []
        case .review: page.review = []
        case .late: page.late = []
        }
        return page
    }

    @Test(
        "a page that lacks any one part is read, and the part is empty",
        arguments: DayPage.CodingKeys.allCases)
    func absent(part: DayPage.CodingKeys) throws {
        try withBook { book, pages in
            #expect(try book.pages(of: Self.date) == pages)
            try book.db.run(
                "UPDATE page SET content = json_remove(content, '$.' || ?)", .text(part.rawValue))
            let read = try #require(try book.pages(of: Self.date))
            #expect(read == pages.map { without(part, $0) })
        }
    }

    @Test("a page with a part that this program does not know is read, and so is one of nothing")
    func unknown() throws {
        try withBook { book, pages in
            try book.db.run("UPDATE page SET content = json_set(content, '$.novel', json('[1]'))")
            #expect(try book.pages(of: Self.date) == pages)
            try book.db.run("UPDATE page SET content = '{}' WHERE kind = 'branch'")
            let read = try #require(try book.pages(of: Self.date))
            let empty = DayPage(
                scope: PageScope(.branch, key: "MT", name: "MT"), date: Self.date,
                previousDate: "2026-11-21", commit: 184_302, currency: "EUR")
            #expect(read == [pages[0], empty])
            try book.db.run("UPDATE page SET kind = 'novel' WHERE kind = 'branch'")
            #expect(try book.pages(of: Self.date) == [pages[0]])
            #expect(try book.pages(of: "2026-11-21") == nil)
        }
    }

    @Test(
        "every part that is no such list is named, with its page and day", arguments: [true, false])
    func damaged(isFirm: Bool) throws {
        let lists = DayPage.CodingKeys.allCases.filter {
            ![.scope, .date, .previousDate, .commit, .currency].contains($0)
        }
        let page = isFirm ? "firm" : "branch MT"
        for part in lists + [.scope, .currency] {
            try withBook { book, _ in
                try book.db.run(
                    "UPDATE page SET content = json_set(content, '$.' || ?, 7) WHERE kind = ?",
                    .text(part.rawValue), .text(isFirm ? "firm" : "branch"))
                #expect(
                    throws: CloseError.damagedPage(
                        date: Self.date, page: page, part: part.rawValue, backup: nil)
                ) { try book.pages(of: Self.date) }
            }
        }
        try withBook { book, _ in
            try book.db.run("UPDATE page SET content = '{' WHERE kind = 'firm'")
            #expect(
                throws: CloseError.damagedPage(
                    date: Self.date, page: "firm", part: nil, backup: nil)
            ) { try book.pages(of: Self.date) }
            try book.db.run("DELETE FROM page WHERE kind = 'firm'")
            #expect(
                throws: CloseError.damagedPage(
                    date: Self.date, page: "firm", part: nil, backup: nil)
            ) { try book.pages(of: Self.date) }
        }
    }

    /// A firm with two closed days, and the path of each day's backup of the book.
    private func closed() throws -> (TestFirm, (String) -> String) {
        let firm = try TestFirm()
        try firm.creditor("ACME", "Acme S.p.A.")
        try firm.branch("MT", "Matera")
        let account = try firm.account(
            "A1", branch: "MT", creditor: "ACME", placed: "2026-09-01",
            items: [("2026-09-01", 10_000)])
        try firm.pay(account, 12_000, on: "2026-11-20")
        for day in ["2026-11-20", "2026-11-21"] { try firm.closeDay(day) }
        let folder = firm.folder
        return (firm, { "\(folder)/backups/backoffice-\($0).sqlite" })
    }

    private func damage(_ path: String, _ date: String) throws {
        try Connection(path: path, mode: .readWrite).run(
            "UPDATE page SET content = json_set(content, '$.totals', 'x') WHERE date = ?",
            .text(date))
    }

    private func html(_ firm: TestFirm, _ date: String) throws -> String {
        try String(
            contentsOfFile: "\(firm.folder)/reports/\(date)/firm.html", encoding: .utf8)
    }

    @Test("a day whose page lost a part is closed again, and its report is written")
    func closedAgain() throws {
        let (firm, _) = try closed()
        let book = try CloseBook.open(folder: firm.folder)
        try book.db.run("UPDATE page SET content = json_remove(content, '$.late', '$.totals')")
        let again = try firm.closeDay("2026-11-20")
        #expect(again.isRepeated && again.page.totals == [])
        #expect(try html(firm, "2026-11-20").contains("<h1>"))
    }

    @Test("a damaged page names the newest backup that has it whole, and is taken from there")
    func mended() throws {
        let (firm, backup) = try closed()
        let (first, second) = ("2026-11-20", "2026-11-21")
        let before = try html(firm, first)
        try damage(firm.folder + "/backoffice.sqlite", first)
        func error(_ backup: String?) -> CloseError {
            .damagedPage(date: first, page: "firm", part: "totals", backup: backup)
        }
        #expect(throws: error(backup(second))) { try firm.closeDay(first) }
        // Other days are not concerned.
        #expect(try firm.closeDay(second).isRepeated)
        #expect(try !firm.closeDay("2026-11-22").isRepeated)
        try damage(backup("2026-11-22"), first)
        try damage(backup(second), first)
        #expect(throws: error(backup(first))) { try firm.closeDay(first) }
        #expect(throws: error(nil)) { try firm.closeDay(first, pagesFrom: backup(second)) }
        let stranger = try TestFirm()
        try stranger.closeDay(first)
        let other = stranger.folder + "/backoffice.sqlite"
        for path in [other, firm.folder + "/nothing.sqlite", firm.centre.file] {
            #expect(throws: CloseError.otherBook(path: path, date: first)) {
                try firm.closeDay(first, pagesFrom: path)
            }
        }
        let again = try firm.closeDay(first, pagesFrom: backup(first))
        #expect(again.isRepeated)
        #expect(try html(firm, first) == before)
        // It is mended for good.
        #expect(try firm.closeDay(first).isRepeated)
        try damage(firm.folder + "/backoffice.sqlite", first)
        try damage(backup(first), first)
        #expect(throws: error(nil)) { try firm.closeDay(first) }
    }
}
