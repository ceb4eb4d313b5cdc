internal import Foundation
internal import RientroProtocol
internal import RientroSQLite
package import RientroServer

/// The nightly backups of a centre, `backups/centre-2026-11-22.sqlite` and beside each the book's:
/// made online, verified, and thinned as they age.
package struct BackupShelf {
    /// How many of the last days, weeks and months keep a backup: a week to notice a mistake of
    /// yesterday, a month for one of last week, a year for one that only a balance sheet shows.
    package static let days = 7
    /// See `days`.
    package static let weeks = 5
    /// See `days`.
    package static let months = 12

    private let centre: Centre
    private let folder: String

    /// The shelf in a centre's folder.
    package init(_ centre: Centre) {
        self.centre = centre
        folder = centre.folder + "/backups"
    }

    /// The backup of a day's close.
    package func path(_ date: String) -> String { "\(folder)/centre-\(date).sqlite" }

    private func bookPath(_ date: String) -> String { "\(folder)/backoffice-\(date).sqlite" }

    /// Whether the day has a backup: the book's is made last.
    package func has(_ date: String) -> Bool {
        [path(date), bookPath(date)].allSatisfy { FileManager.default.fileExists(atPath: $0) }
    }

    /// The newest backup of the book that is as it should be; nil where there is none.
    func lastBook(where isRight: (String) -> Bool = { _ in true }) -> String? {
        let names = (try? names()) ?? []
        return names.filter { $0.hasPrefix("backoffice-") && $0.hasSuffix(".sqlite") }
            .map { "\(folder)/\($0)" }.last(where: isRight)
    }

    /// Backs up the centre and the book, and verifies the copy. Throws `CentreError.damagedCopy`,
    /// `CentreError.system`, `CloseError.unwritable`, `SQLiteError`.
    package func make(
        _ date: String, _ book: CloseBook,
        progress: (CentreCopy.Stage, _ done: Int, _ total: Int) -> Void
    ) throws -> CentreCopy.Report {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw CloseError.unwritable(path: folder, reason: error.localizedDescription)
        }
        let report = try CentreCopy.make(
            of: centre, at: path(date), isVerified: true, progress: progress)
        let part = bookPath(date) + ".part"
        // People's notes are in it: nobody else may read it, not even while it is made.
        guard
            FileManager.default.createFile(
                atPath: part, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw CloseError.unwritable(path: part, reason: String(cString: strerror(errno))) }
        try book.db.copy(to: part)
        guard
            try Connection(path: part, mode: .readOnly).text("PRAGMA integrity_check") == "ok"
        else { throw CentreError.damagedCopy(fact: "the book's copy is damaged") }
        try CentreCopy.settle(part, at: bookPath(date))
        return report
    }

    /// Removes the backups that are no longer kept, and returns their days.
    package func thin() throws -> [String] {
        let dates = try names().compactMap(Self.date)
        let removed = Self.outdated(Set(dates).sorted())
        for date in removed {
            for path in [bookPath(date), path(date)] {
                try? FileManager.default.removeItem(atPath: path)
            }
        }
        return removed
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    }

    private static func date(_ name: String) -> String? {
        guard name.hasPrefix("centre-"), name.hasSuffix(".sqlite") else { return nil }
        let date = String(name.dropFirst(7).dropLast(7))
        return LocalDate.isValid(date) ? date : nil
    }

    /// Of days with a backup, ascending, those that are no longer kept: all but the last 7, the
    /// last of each of the last 5 weeks, and the last of each of the last 12 months that have one.
    static func outdated(_ dates: [String]) -> [String] {
        var kept = Set(dates.suffix(days))
        kept.formUnion(last(weeks, of: dates) { LocalDate.daysSince1970($0).map { ($0 + 3) / 7 } })
        kept.formUnion(last(months, of: dates) { String($0.prefix(7)) })
        return dates.filter { !kept.contains($0) }
    }

    /// The last date of each of the last `count` periods. (1970-01-01 was a Thursday, and weeks
    /// begin on Monday.)
    private static func last<Period: Hashable>(
        _ count: Int, of dates: [String], _ period: (String) -> Period
    ) -> [String] {
        var kept: [String] = []
        var seen: Set<Period> = []
        for date in dates.reversed() where seen.count < count {
            if seen.insert(period(date)).inserted { kept.append(date) }
        }
        return kept
    }
}
