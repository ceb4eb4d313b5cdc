import RientroProtocol
import Testing

@testable import BackOffice

@Suite("the shelf of backups")
struct BackupShelfTests {
    private func days(_ from: String, count: Int64, every: Int64 = 1) throws -> [String] {
        let first = try #require(LocalDate.daysSince1970(from))
        return stride(from: 0, to: count, by: Int(every)).map {
            LocalDate.text(daysSince1970: first + $0)
        }
    }

    /// Thins every night, as the close does.
    private func thinned(_ dates: [String]) -> [String] {
        var shelf: [String] = []
        for date in dates {
            shelf.append(date)
            let gone = Set(BackupShelf.outdated(shelf))
            shelf.removeAll { gone.contains($0) }
        }
        return shelf
    }

    @Test("after two years of nights there are 7 days, 5 weeks and 12 months")
    func twoYears() throws {
        // Sunday 2026-11-22 is the last; weeks end on Sundays.
        let shelf = thinned(try days("2024-11-23", count: 730))
        #expect(
            shelf == [
                "2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30",
                "2026-05-31", "2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30",
                "2026-10-25", "2026-10-31", "2026-11-01", "2026-11-08", "2026-11-15",
                "2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20",
                "2026-11-21", "2026-11-22",
            ])
    }

    @Test("the last seven stay however far they are apart, and a year of months is kept")
    func sparse() throws {
        let dates = try days("2024-01-15", count: 1_000, every: 31)
        let shelf = thinned(dates)
        #expect(shelf == Array(dates.suffix(12)))
        #expect(BackupShelf.outdated([]).isEmpty)
        #expect(BackupShelf.outdated(["2026-11-22"]).isEmpty)
    }
}
