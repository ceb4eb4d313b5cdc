import BackOffice
import Foundation
import RientroServer
import Terminal

/// `nightly`: closes a day.
enum NightlyCommand {
    static let declaration = Command(
        "nightly", "Close a day: check it, plan tomorrow, keep its figures, back up, and report",
        discussion: """
            It works on a frozen copy, beside a running server. Steps: \
            \(Close.steps.map(\.name.rawValue).joined(separator: ", ")). What comes late for a day \
            that was closed is in the next close, with a mark. Closing a day again changes \
            nothing, and writes the same report again; a close that was killed is done again from \
            the same state.

            Without --date it closes today, or before noon yesterday. Exit code 3 where people \
            must look: at the review queue, or after a late office; 1 where something failed: it \
            says whether the day is closed or open. The report is readable by its owner alone, \
            and no person is named in it unless --names is given: then it has a table of \
            operators. A day that was closed in one language is reported in another with --lang; \
            its tasks stay as they are. Run by root, it works as the owner of DIR.
            """,
        arguments: [CentreProgram.folder],
        options: [
            .value("date", "DAY", "the day to close, as 2026-11-22"),
            .value("report", "DIR", "where the report goes, into a folder named by the day"),
            .value(
                "lang", "LANG", "the language of the report and of the tasks",
                choices: ReportLanguage.allCases.map(\.rawValue)),
            .flag("names", "the report names operators, each with figures"),
            .value(
                "pages-from", "FILE",
                "take the damaged pages of a closed day from this backup of the book"
            ),
        ])

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let now = SystemClock.now()
        let today = Self.day(now)
        var options = CloseOptions(
            date: parsed.value("date") ?? Self.endedDay(now), today: today,
            language: parsed.value("lang").flatMap(ReportLanguage.init(rawValue:)) ?? language(),
            reportFolder: parsed.value("report"), now: now)
        options.languageAsked = parsed.value("lang").flatMap(ReportLanguage.init(rawValue:))
        options.namesOperators = parsed.flag("names")
        options.pagesFrom = parsed.value("pages-from")
        for name in ["date", "report", "pages-from"] where parsed.value(name)?.isEmpty == true {
            throw CentreError.badValue("--\(name) is empty; leave it out, or say which")
        }
        let page = NightlyPage(output)
        let close = try Close(try parsed.centre(), options)
        do {
            let summary = try close.run(
                clock: SystemClock.monotonic, begins: page.begins, ended: page.ended)
            page.finish()
            page.write(summary)
            return summary.needsPeople ? .partly : .done
        } catch CloseError.totalsDiffer(let lines, let accounts) {
            page.finish()
            page.write(lines, accounts)
            throw CloseError.totalsDiffer(lines: lines, accounts: accounts)
        } catch {
            page.finish()
            if close.isRecorded {
                output.remark(
                    "\(options.date) is closed all the same; run this again for what is missing.")
            }
            throw error
        }
    }

    private static func language() -> ReportLanguage {
        Language.from(ProcessInfo.processInfo.environment) == .italian ? .italian : .english
    }

    /// The day that has ended when people close it: before noon the day before.
    private static func endedDay(_ now: Int64) -> String { day(now - halfDayMilliseconds) }

    private static let halfDayMilliseconds: Int64 = 12 * 3_600_000

    private static func day(_ milliseconds: Int64) -> String {
        String(ShownTime.text(milliseconds).prefix(10))
    }
}
