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
            amounts and dates is decided once for the whole file, and said.

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

            A column that is left out stops the load (exit code 3) if by its name or its values it \
            holds money, signs, a status, days of payment or the currency, until it is named with \
            --ignore; so do amounts that may be cents or whose decimal sign nothing shows.

            If a row is bad, or a total row does not agree, nothing is loaded (exit code 1) and \
            FILE.rejected.csv names line, columns and reasons; corrected there, the rows can be \
            loaded from it. With --accept-partial the good rows are loaded, and the exit code is \
            3. Other processes' writes wait meanwhile.

            Columns: \(columns).
            """,
        arguments: [CentreProgram.folder, .required("FILE", "the hand-over file")],
        options: [
            .value("portfolio", "ID", "where new accounts come into", isRequired: true),
            .value(
                "creditor", "ID",
                "whose rows they are, whatever principal_code says, which is not needed then"),
            .value("received", "DAY", "when it was handed over, as 2026-11-22; today unless told"),
            .flag("accept-partial", "load the good rows where others are bad"),
            .value(
                "meaning", "WORD", "what the file says of items that are known",
                choices: FileMeaning.allCases.map(\.rawValue)),
            .flag("dry-run", "show what would happen, and change nothing"),
            .repeated("ignore", "COLUMN", "leave out this column: its name, or '#3' for the third"),
            .value(
                "dates", "ORDER", "the order of day and month in the file",
                choices: [DateOrder.dayFirst.rawValue, DateOrder.monthFirst.rawValue]),
            .value(
                "decimal", "SIGN", "the decimal sign in the file",
                choices: [DecimalSign.comma.rawValue, DecimalSign.point.rawValue]),
            .value(
                "amounts", "SCALE", "what whole numbers mean in the file",
                choices: AmountScale.allCases.map(\.rawValue)),
            .value(
                "encoding", "NAME", "how the file writes text",
                choices: encodings.map(\.name)),
            .value(
                "expect", "rows=N,total=T",
                "what the covering letter says, one or both; a difference stops"),
        ])

    private static let columns = HandOverColumn.allCases.map(\.rawValue).joined(separator: ", ")

    private static let encodings: [(name: String, encoding: TextEncoding)] = [
        ("utf-8", .utf8), ("windows-1252", .windows1252),
    ]

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let path = try parsed.required("FILE")
        if let day = parsed.value("received"), !LocalDate.isValid(day) {
            throw CentreError.badValue("--received \(day) is no date such as 2026-11-22")
        }
        let expected = parsed.value("expect").flatMap(ExpectedTotals.init)
        if let text = parsed.value("expect"), expected == nil {
            throw parsed.usageError(
                .invalidValue(
                    of: "--expect", value: text,
                    expected: "rows=1200,total=1.234,50, or one of them"))
        }
        let options = ImportOptions(
            portfolio: parsed.value("portfolio") ?? "",
            acceptsPartial: parsed.flag("accept-partial"), isDryRun: parsed.flag("dry-run"),
            receivedOn: parsed.value("received"),
            meaning: parsed.value("meaning").flatMap(FileMeaning.init(rawValue:)),
            expected: expected)
        // Opened first: a mistaken DIR is said at once, not after a long file was read.
        let engine = try parsed.writingEngine()
        let (file, hash) = try inspect(path, reading(parsed), output)
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
        return exitCode(report, load)
    }

    /// How the file is to be read, as far as the command line says so.
    private static func reading(_ parsed: Parsed) -> HandOver.Options {
        .init(
            dates: parsed.value("dates").flatMap(DateOrder.init(rawValue:)),
            decimal: parsed.value("decimal").flatMap(DecimalSign.init(rawValue:)),
            scale: parsed.value("amounts").flatMap(AmountScale.init(rawValue:)),
            encoding: encodings.first { $0.name == parsed.value("encoding") }?.encoding,
            creditor: parsed.value("creditor"), ignored: parsed.values("ignore"))
    }

    private static func exitCode(_ report: ImportReport, _ load: HandOverImport) -> ExitCode {
        switch report.outcome {
        case .known: .done
        case .refused: .failed
        case .asked: .partly
        case .loaded, .tried: load.needsPerson(report) ? .partly : .done
        }
    }

    private static func inspect(
        _ path: String, _ options: HandOver.Options, _ output: Output
    ) throws -> (HandOver, Hash) {
        var hash = SHA256()
        let progress = output.progress("Reading", total: 100)
        defer { progress.finish() }
        let file = try HandOver.inspect(
            path: path, options: options, bytes: { hash.update($0) },
            progress: { done, all in
                progress.advance(to: all == 0 ? 100 : Int(done * 100 / all))
            })
        return (file, hash.finish())
    }
}
