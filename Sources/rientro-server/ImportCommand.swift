import Glibc
import Interchange
import RientroProtocol
import RientroServer
import Terminal

/// `import`: loads a creditor's hand-over file.
enum ImportCommand {
    static let declaration = Command(
        "import", "Load a creditor's hand-over file, one row for each open item",
        discussion: """
            FILE is CSV with the delimiter ; , or tab, in UTF-8 or Windows-1252. How it writes \
            amounts and dates is decided once for the whole file.

            What is known is not loaded twice: accounts by creditor and case_ref, items by \
            creditor and item_ref, debtors by a valid codice fiscale or by creditor and \
            customer_ref, the file itself by its SHA-256. What else is said of a known item is \
            taken as --meaning says:

              placement  the hand-over, corrected: an adjustment for each amount that changed,
                         and what was paid since counts against the new amounts
              status     how the accounts stand now: compared with the balances, payments
                         counted in. What is less is a payment received by the creditor, what
                         is more an adjustment, what is equal nothing

            Without it a file is a placement, unless an amount changed of an account that money \
            came in for: then nothing is loaded, and the exit code is 3.

            If a row is bad, or the total row does not agree, nothing is loaded (exit code 1) and \
            FILE.rejected.csv names line, column and reason. With --accept-partial the good rows \
            are loaded, and the exit code is 3. Other processes' writes wait meanwhile.
            """,
        arguments: [CentreProgram.folder, .required("FILE", "the hand-over file")],
        options: [
            .value("portfolio", "ID", "where new accounts come into", isRequired: true),
            .value("creditor", "ID", "whose rows they are, whatever principal_code says"),
            .value("received", "DAY", "when it was handed over, as 2026-11-22; today unless told"),
            .flag("accept-partial", "load the good rows where others are bad"),
            .value(
                "meaning", "WORD", "what the file says of items that are known",
                choices: FileMeaning.allCases.map(\.rawValue)),
            .flag("dry-run", "show what would happen, and change nothing"),
            .value(
                "dates", "ORDER", "the order of day and month in the file",
                choices: [DateOrder.dayFirst.rawValue, DateOrder.monthFirst.rawValue]),
        ])

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let path = try parsed.required("FILE")
        if let day = parsed.value("received"), !LocalDate.isValid(day) {
            throw CentreError.badValue("--received \(day) is no date such as 2026-11-22")
        }
        let options = ImportOptions(
            portfolio: parsed.value("portfolio") ?? "", creditor: parsed.value("creditor"),
            acceptsPartial: parsed.flag("accept-partial"), isDryRun: parsed.flag("dry-run"),
            dates: parsed.value("dates").flatMap(DateOrder.init(rawValue:)),
            receivedOn: parsed.value("received"),
            meaning: parsed.value("meaning").flatMap(FileMeaning.init(rawValue:)))
        // Opened first: a mistaken DIR is said at once, not after a long file was read.
        let engine = try parsed.writingEngine()
        let (file, hash) = try inspect(path, options, output)
        let load = try HandOverImport(file, hash: hash, engine: engine, options: options)
        let progress = output.progress("Loading rows", total: file.summary.goodRows)
        defer { progress.finish() }
        let (report, problems) = try load.run(
            clock: SystemClock.now, progress: { progress.advance(to: $0) })
        progress.finish()
        let isKnown = if case .known = report.outcome { true } else { false }
        let hasRejects = !isKnown && report.rowsRefused > 0
        if hasRejects {
            do {
                try file.writeRejected(also: problems, describe: ProblemSentences.about)
            } catch {
                // What was loaded is loaded: that must be said all the same.
                output.complain(FileSentences.about(error))
            }
        } else if !isKnown, !options.isDryRun {
            // One of an earlier try would name rows that are loaded now.
            unlink(file.rejectedPath)
        }
        let page = ImportPage(
            report: report, load: load, problems: problems, hasRejects: hasRejects)
        page.write(to: output)
        return exitCode(report, isTotalWrong: load.isTotalWrong)
    }

    private static func exitCode(_ report: ImportReport, isTotalWrong: Bool) -> ExitCode {
        switch report.outcome {
        case .known: .done
        case .refused: .failed
        case .asked: .partly
        case .loaded, .tried: report.needsPerson || isTotalWrong ? .partly : .done
        }
    }

    private static func inspect(
        _ path: String, _ options: ImportOptions, _ output: Output
    ) throws -> (HandOver, Hash) {
        var hash = SHA256()
        let progress = output.progress("Reading", total: 100)
        defer { progress.finish() }
        let file = try HandOver.inspect(
            path: path, options: .init(dates: options.dates), bytes: { hash.update($0) },
            progress: { done, all in
                progress.advance(to: all == 0 ? 100 : Int(done * 100 / all))
            })
        return (file, hash.finish())
    }
}
