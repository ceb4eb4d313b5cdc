import RientroSQLite
import RientroServer

@testable import BackOffice

/// Closes of a test's firm.
extension TestFirm {
    /// Closes a day, in English, with what `options` changes.
    @discardableResult
    func closeDay(
        _ date: String, pagesFrom: String? = nil, names: Bool = false,
        asking language: ReportLanguage? = nil,
        begins: (CloseStep) -> CloseProgress = { _ in { _, _ in } }
    ) throws -> Close.Summary {
        now += 1000
        var options = CloseOptions(
            date: date, today: "2026-12-31", language: .english, reportFolder: nil, now: now)
        options.pagesFrom = pagesFrom
        options.namesOperators = names
        options.languageAsked = language
        return try BackOffice.Close(centre, options).run(
            clock: { 0 }, begins: begins, ended: { _ in })
    }

    /// Our tasks, each with its account and status.
    func taskLines() throws -> [String] {
        try engine.db.rows(
            """
            SELECT a.case_ref, t.kind, t.status, coalesce(t.status_reason, '') FROM task AS t
            JOIN account AS a ON a.id = t.account_id ORDER BY a.case_ref, t.id
            """
        ) { "\($0.text(0)) \($0.text(1)) \($0.text(2)) \($0.text(3))" }
    }
}
