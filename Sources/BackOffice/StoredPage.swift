internal import Foundation
internal import RientroSQLite

/// A page of a closed day as the book keeps it.
///
/// A page is a list of named parts. One that is absent is empty, and one that this program does not
/// know is left alone: so a day that was closed by an older or a newer program opens for ever.
/// Whose page it is and of which day, the book's own columns say. A line's later members are
/// optional.
struct StoredPage {
    let scope: PageScope
    let date: String
    let previousDate: String?
    let commit: Int64
    /// The page as JSON.
    let content: String

    /// Why it cannot be read: this part of it, or all of it.
    struct Damage: Error, Equatable {
        let page: String
        let part: String?
    }

    /// What an error calls it: `firm`, `branch MT`.
    private var name: String {
        scope.key.isEmpty ? scope.kind.rawValue : "\(scope.kind.rawValue) \(scope.key)"
    }

    /// The page. Throws `Damage`.
    func page() throws(Damage) -> DayPage {
        let parts: Parts
        do {
            parts = try JSONDecoder().decode(Parts.self, from: Data(content.utf8))
        } catch { throw Damage(page: name, part: nil) }
        let known = try read(.scope, PageName.self, of: parts)
        let currency = try read(.currency, String.self, of: parts)
        var page = DayPage(
            scope: PageScope(scope.kind, key: scope.key, name: known?.name ?? scope.key),
            date: date, previousDate: previousDate, commit: commit,
            currency: currency ?? Pages.defaultCurrency)
        page.otherCurrencies = try list(.otherCurrencies, of: parts)
        page.measures = try list(.measures, of: parts)
        page.ageing = try list(.ageing, of: parts)
        page.recovery = try list(.recovery, of: parts)
        page.promises = try list(.promises, of: parts)
        page.reasons = try list(.reasons, of: parts)
        page.contacts = try list(.contacts, of: parts)
        page.offices = try list(.offices, of: parts)
        page.operators = try list(.operators, of: parts)
        page.totals = try list(.totals, of: parts)
        page.promiseChanges = try list(.promiseChanges, of: parts)
        page.paidInFull = try list(.paidInFull, of: parts)
        page.newlyOverdue = try list(.newlyOverdue, of: parts)
        page.tasks = try list(.tasks, of: parts)
        page.review = try list(.review, of: parts)
        page.late = try list(.late, of: parts)
        if currency == nil, let used = page.ageing.first?.currency { page.currency = used }
        return page
    }

    private func list<Line: Decodable>(
        _ part: DayPage.CodingKeys, of parts: Parts
    ) throws(Damage) -> [Line] {
        try read(part, [Line].self, of: parts) ?? []
    }

    private func read<Value: Decodable>(
        _ part: DayPage.CodingKeys, _ type: Value.Type, of parts: Parts
    ) throws(Damage) -> Value? {
        do {
            return try parts.members.decodeIfPresent(type, forKey: part)
        } catch { throw Damage(page: name, part: part.rawValue) }
    }

    /// The members of the page's JSON, each to be read by itself.
    private struct Parts: Decodable {
        let members: KeyedDecodingContainer<DayPage.CodingKeys>

        init(from decoder: any Decoder) throws {
            members = try decoder.container(keyedBy: DayPage.CodingKeys.self)
        }
    }

    /// What people call the branch or the creditor.
    private struct PageName: Decodable {
        let name: String?
    }
}

/// The pages of a day in the book, and in its backups.
extension CloseBook {
    /// The pages of a day, the firm's first; nil where it was not closed.
    ///
    /// Throws `CloseError.damagedPage`, `SQLiteError`.
    package func pages(of date: String) throws -> [DayPage]? {
        guard let stored = try storedPages(of: date) else { return nil }
        do {
            return try Self.read(stored)
        } catch let damage as StoredPage.Damage {
            throw CloseError.damagedPage(
                date: date, page: damage.page, part: damage.part, backup: nil)
        }
    }

    /// Takes the pages of a closed day from a backup of the book, in place of those that are
    /// damaged here. The key figures of the day are not touched.
    ///
    /// Throws `CloseError.otherBook` where that file has not the same close of the day,
    /// `CloseError.damagedPage`, `SQLiteError`.
    func takePages(of date: String, from path: String) throws {
        guard let other = try? Connection(path: path, mode: .readOnly),
            let there = try? Self.mark(of: date, in: other),
            let here = try Self.mark(of: date, in: db), there == here
        else { throw CloseError.otherBook(path: path, date: date) }
        let backup = CloseBook(other)
        guard try backup.pages(of: date) != nil, let pages = try backup.storedPages(of: date) else {
            throw CloseError.otherBook(path: path, date: date)
        }
        try db.transaction {
            try db.run("DELETE FROM page WHERE date = ?", .text(date))
            for page in pages {
                try db.run(
                    "INSERT INTO page(date, kind, key, content) VALUES (?, ?, ?, ?)",
                    .text(date), .text(page.scope.kind.rawValue), .text(page.scope.key),
                    .text(page.content))
            }
        }
    }

    /// Whether a file is a book that has this day as it was closed here, and all its pages whole.
    func isWhole(_ date: String, in path: String) -> Bool {
        guard let other = try? Connection(path: path, mode: .readOnly),
            let there = try? Self.mark(of: date, in: other),
            let here = try? Self.mark(of: date, in: db), there == here
        else { return false }
        return (try? CloseBook(other).pages(of: date)) != nil
    }

    /// What tells one close of a day from another; nil where the day was not closed.
    private static func mark(of date: String, in db: Connection) throws -> [SQLiteValue]? {
        try db.first("SELECT commit_number, chain FROM close WHERE date = ?", .text(date)) {
            [$0.value(0), $0.value(1)]
        }
    }

    private static func read(_ stored: [StoredPage]) throws -> [DayPage] {
        let pages = try stored.map { try $0.page() }
        guard pages.first?.scope.kind == .firm else {
            throw StoredPage.Damage(page: PageScope.Kind.firm.rawValue, part: nil)
        }
        return pages
    }

    private func storedPages(of date: String) throws -> [StoredPage]? {
        guard
            let (previous, commit) = try db.first(
                "SELECT previous, commit_number FROM close WHERE date = ?", .text(date),
                body: { ($0.optionalText(0), $0.integer(1)) })
        else { return nil }
        return try db.rows(
            """
            SELECT kind, key, content FROM page WHERE date = ?
            ORDER BY kind <> 'firm', kind, key
            """, .text(date)
        ) { row in
            guard let kind = PageScope.Kind(rawValue: row.text(0)) else { return nil }
            return StoredPage(
                scope: PageScope(kind, key: row.text(1)), date: date, previousDate: previous,
                commit: commit, content: row.text(2))
        }.compactMap { $0 }
    }
}
