import Interchange
import RientroProtocol
import Terminal

/// What `import` tells about a file.
struct ImportPage {
    let report: ImportReport
    let load: HandOverImport
    /// Rows that do not fit the centre, by line.
    let problems: HandOverImport.Problems
    /// Whether `FILE.rejected.csv` was written.
    let hasRejects: Bool

    var file: HandOver { load.file }
    var summary: HandOverSummary { file.summary }

    /// Problems that are shown on the screen; all of them are in the file of rejected rows.
    private static let problemsShown = 10

    func write(to output: Output) {
        output.json(json)
        if case .known(let importedAt, let portfolio) = report.outcome {
            output.say(
                "This very file was already imported on \(ShownTime.text(importedAt)) into "
                    + "\(portfolio). Nothing was loaded.")
            return
        }
        writeTotals(to: output)
        let isWorked = report.outcome == .loaded || report.outcome == .tried
        if isWorked { writeCounts(to: output) }
        if isWorked, report.accountsKnown > 0 { writeBalances(to: output) }
        writeProblems(to: output)
        writeQuestions(to: output)
        output.say(lastSentence)
        if isWorked { writeRemarks(to: output) }
    }

    private func writeTotals(to output: Output) {
        var table = TextTable([.text(""), .number("")])
        func number(_ count: Int) -> String {
            Money.grouped(Int64(count), language: output.language)
        }
        table.add(["rows", number(summary.rows)])
        table.add(["rows that are good", number(summary.rows - report.rowsRefused)])
        table.add(["accounts", number(summary.accounts)])
        for (currency, amount) in summary.openAmounts.sorted(by: { $0.key < $1.key }) {
            table.add(["open amount", money(amount, currency, output)])
        }
        if let stated = summary.statedTotal {
            let agrees =
                summary.differenceFromStated.map { $0 == 0 ? "agrees" : "does not agree" }
                ?? "cannot be compared"
            table.add(["total row: \(agrees)", stated])
        }
        if summary.remarkCount > 0 {
            table.add(["lines set aside as remarks", number(summary.remarkCount)])
        }
        for (kind, count) in summary.flagCounts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            table.add(["doubtful: \(ProblemSentences.about(kind))", number(count)])
        }
        output.say(table)
        writeReading(to: output)
    }

    /// What of the file had to be guessed, and what is left out.
    private func writeReading(to output: Output) {
        let format = summary.format
        if format.isDateOrderAssumed {
            output.remark("Nothing shows whether day or month comes first; the day was taken.")
        }
        if format.encoding == .windows1252 {
            output.remark("The file is no UTF-8; it was read as Windows-1252.")
        }
        if !format.header.ignored.isEmpty {
            output.remark("Columns left out: \(format.header.ignored.joined(separator: ", "))")
        }
        for total in summary.wrongTotals.prefix(Self.problemsShown) {
            output.say(
                "line \(total.line): the total "
                    + (total.difference == nil
                        ? "cannot be compared with the rows" : "is no sum of the good rows")
                    + (total.text.isEmpty ? "" : ": \(total.text)"))
        }
        for difference in load.expectedDifferences {
            output.say(about(difference, output))
        }
    }

    private func about(_ difference: ExpectedDifference, _ output: Output) -> String {
        switch difference {
        case .rows(let expected, let found):
            "\(expected) rows were expected, and \(found) are there"
        case .total(let expected, let found, let currency):
            "\(money(expected, currency, output)) were expected, and the good rows come to "
                + money(found, currency, output)
        case .totalUnknown(let text): "\(text) cannot be compared with what the rows come to"
        }
    }

    private func writeCounts(to output: Output) {
        var table = TextTable([.text(""), .number("")])
        for (name, count) in counts where count > 0 {
            table.add([name, Money.grouped(Int64(count), language: output.language)])
        }
        output.say("")
        output.say(table)
    }

    /// What is wrong with rows, as far as it is listed: by the file itself, then by the centre.
    var allProblems: [FieldProblem] {
        summary.problems + problems.values.sorted { $0.line < $1.line }
    }

    private func writeProblems(to output: Output) {
        let all = allProblems
        guard !all.isEmpty else { return }
        output.say("")
        for problem in all.prefix(Self.problemsShown) {
            output.say(
                "line \(problem.line), \(problem.column): \(ProblemSentences.about(problem.reason))"
            )
        }
        if all.count > Self.problemsShown { output.say("…") }
    }

    private var lastSentence: String {
        let refused =
            hasRejects
            ? " \(report.rowsRefused) refused, see \(file.rejectedPath); it is read like this file "
                + "with --dates \(summary.format.dates.rawValue) --decimal "
                + "\(summary.format.decimal.rawValue)." : ""
        switch report.outcome {
        case .loaded: return "\nLoaded into \(load.options.portfolio)." + refused
        case .tried: return "\nDry run: nothing was changed." + refused
        case .refused:
            let isTotalRow = summary.differenceFromStated ?? 0 != 0
            let total =
                isTotalRow
                ? " The total row does not agree with the sum of the rows."
                : load.isTotalWrong ? " The file is not what was expected." : ""
            return "\nNothing was loaded." + refused + total
                + " Correct the file, or load the good rows with --accept-partial."
        case .asked: return "\nNothing was loaded." + refused
        case .known: return ""
        }
    }

    var counts: [(String, Int)] {
        [
            ("accounts added", report.accountsAdded), ("debtors added", report.debtorsAdded),
            ("debtors recognised", report.debtorsRecognized),
            ("contact points added", report.contactsAdded), ("items added", report.itemsAdded),
            ("items adjusted", report.itemsAdjusted), ("items unchanged", report.itemsUnchanged),
            ("items not in the file any more", report.itemsGone),
            ("payments to the creditor", report.paymentsAdded),
            ("balances put up again though paid", report.accountsUnconfirmed),
            ("values corrected", report.valuesChanged),
            ("values left as an office wrote them", report.valuesKept),
            ("commits", report.commits),
        ]
    }

    func money(_ amount: Int64, _ currency: String, _ output: Output) -> String {
        Money.text(minorUnits: amount, currency: currency, language: output.language)
    }
}
