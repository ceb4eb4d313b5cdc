import BackOffice
import Glibc

/// Why a day could not be closed, in sentences that say what to do.
enum CloseSentences {
    static func about(_ error: CloseError) -> String {
        switch error {
        case .badDate(let text): "\(text) is no date such as 2026-11-22"
        case .inTheFuture(let date, let today):
            "\(date) is not over: today is \(today)"
        case .closedSince(let date, let last):
            "\(last) was closed already and \(date) was not: what is of \(date) is in the close "
                + "after it, marked as late"
        case .otherSchema(let table):
            "the schema of this centre has no table \"\(table)\"; a close is for centres made "
                + "without --schema"
        case .notProven(let findings):
            "the centre is not as it must be, and the day stays open: "
                + (findings.first.map(FindingSentences.about) ?? "")
                + "; `rientro-server verify` shows all \(findings.count)"
        case .totalsDiffer(_, let accounts):
            "the control totals of \(accounts.count) accounts do not come out, and the day stays "
                + "open: correct them, and close again"
        case .bookIsGone(let backup):
            "backoffice.sqlite has no close, but closes were made: it was lost. Put \(backup) into "
                + "its place first, or a day that was closed would be closed otherwise"
        case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
        case .damagedPage(let date, let page, let part, let backup):
            damaged(date, page, part, backup)
        case .otherBook(let path, let date):
            "\(path) is no backup of this centre's book in which \(date) was closed as it stands, "
                + "or its pages are damaged too"
        }
    }

    /// What is damaged, and what helps: a backup that has it, or to know what is lost.
    private static func damaged(
        _ date: String, _ page: String, _ part: String?, _ backup: String?
    ) -> String {
        let what = part.map { "the part \($0) of the page \(page)" } ?? "the page \(page)"
        let lost = "\(what) of \(date) in backoffice.sqlite is damaged"
        guard let backup else {
            return "\(lost), and no backup has it whole: the report of \(date) cannot be written "
                + "again, and what was written of it before stays; every other day can be closed"
        }
        return "\(lost); \(backup) has it whole: close \(date) again with --pages-from \(backup). "
            + "Other days are not concerned"
    }

    static func about(_ error: ReportError) -> String {
        let kept = "The day is closed; mend that and close it again, which only writes the report"
        return switch error {
        case .full(let path): "the disk of \(path) is full. \(kept)"
        case .notWritable(let path, let code):
            "\(path) cannot be written: \(String(cString: strerror(code))). \(kept)"
        case .foreign(let path):
            "\(path) is no report, and is not written over; choose another folder with --report. "
                + kept
        }
    }

    /// The kind of the error as one word, for programs.
    static func word(_ error: CloseError) -> String {
        switch error {
        case .badDate, .inTheFuture: "bad_value"
        case .closedSince: "closed_since"
        case .otherSchema: "other_schema"
        case .notProven: "not_proven"
        case .totalsDiffer: "totals_differ"
        case .bookIsGone: "book_is_gone"
        case .unwritable: "file"
        case .damagedPage: "damaged"
        case .otherBook: "bad_value"
        }
    }
}
