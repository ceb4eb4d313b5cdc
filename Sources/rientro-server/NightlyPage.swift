import BackOffice
import Terminal

/// What `nightly` shows: each step as it ends, then what the day came to.
final class NightlyPage {
    private let output: Output
    private var progress: Progress?

    init(_ output: Output) { self.output = output }

    /// A step begins: its progress is shown from now on.
    func begins(_ step: CloseStep) -> CloseProgress {
        progress?.finish()
        let meter = output.progress(step.name.rawValue, total: 100)
        progress = meter
        return { done, total in meter.advance(to: total > 0 ? done * 100 / total : 100) }
    }

    /// A step has ended.
    func ended(_ report: CloseStepReport) {
        finish()
        let counts = report.counts.map { count in
            let number = Money.grouped(count.value, language: output.language)
            return "\(count.name.replacing("_", with: " ")) \(number)"
        }.joined(separator: ", ")
        let name = report.step.name.rawValue.padding(to: Self.nameWidth)
        output.say("\(name)  \(Self.seconds(report.milliseconds))  \(counts)")
    }

    /// Wipes what is shown of the step's progress.
    func finish() {
        progress?.finish()
        progress = nil
    }

    private static let nameWidth = CloseStep.Name.allCases.map(\.rawValue.count).max() ?? 0

    private static func seconds(_ milliseconds: Int64) -> String {
        let tenths = (milliseconds + 50) / 100
        let text = "\(tenths / 10).\(tenths % 10) s"
        return String(repeating: " ", count: max(0, 7 - text.count)) + text
    }

    /// What the day came to.
    func write(_ summary: Close.Summary) {
        output.json(Self.json(summary))
        if summary.isRepeated {
            output.say(
                "\(summary.date) was closed before, up to commit \(summary.commit): nothing was "
                    + "changed, and the same report was written again.")
        }
        if let asked = summary.languageAsked, asked != summary.language {
            output.say(
                "The day was closed in \(Self.name(summary.language)), and so are its tasks; the "
                    + "report is written in \(Self.name(asked)).")
        }
        if summary.setAside > 0 {
            output.say(
                "\(summary.setAside) accounts have more rows or money than can be: they are in no "
                    + "total and no figure")
        }
        for line in summary.page.review {
            let words = Self.words(line.kind, isOne: line.count == 1)
            output.say("to look at: \(line.count) \(words), \(line.new) new")
        }
        for office in summary.page.offices where office.isLate {
            let seen = office.lastSeen.map { "last seen \($0)" } ?? "never seen"
            output.say(
                "late: \(office.name), \(seen), \(office.unsentKnown) change-sets known to be "
                    + "unsent")
        }
        if !summary.page.review.isEmpty {
            output.say("`rientro-server review` lists them, and says what can be done.")
        }
        output.say("Open \(summary.reportFolder)/\(summary.firstFile)")
    }

    private static func name(_ language: ReportLanguage) -> String {
        language == .italian ? "Italian" : "English"
    }

    private static func words(_ kind: ReviewKind, isOne: Bool) -> String {
        switch kind {
        case .conflict: isOne ? "conflict" : "conflicts"
        case .quarantine: isOne ? "row in quarantine" : "rows in quarantine"
        case .duplicate: isOne ? "possible duplicate payment" : "possible duplicate payments"
        case .overpaid:
            isOne ? "account paid over the balance" : "accounts paid over the balance"
        case .paymentOnClosed:
            isOne ? "payment on a closed account" : "payments on closed accounts"
        case .promiseOnClosed:
            isOne ? "promise on a closed account" : "promises on closed accounts"
        case .namesNothing: isOne ? "row that names nothing" : "rows that name nothing"
        case .noDay:
            isOne ? "account with rows of no day" : "accounts with rows of no day"
        case .wrongClock:
            isOne
                ? "account written to under a wrong clock"
                : "accounts written to under a wrong clock"
        case .setAside: isOne ? "account set aside" : "accounts set aside"
        }
    }

    private static func json(_ summary: Close.Summary) -> JSONValue {
        [
            "date": .string(summary.date), "repeated": .bool(summary.isRepeated),
            "commit": .integer(summary.commit),
            "steps": .array(
                summary.steps.map { report in
                    [
                        "name": .string(report.step.name.rawValue),
                        "reads": .string(report.step.reads),
                        "writes": .string(report.step.writes),
                        "stops": .string(report.step.stops),
                        "counts": .object(
                            report.counts.map { .init($0.name, .integer($0.value)) }),
                        "milliseconds": .integer(report.milliseconds),
                    ]
                }),
            "review": .array(
                summary.page.review.map { line in
                    [
                        "kind": .string(line.kind.rawValue), "count": .integer(line.count),
                        "new": .integer(line.new), "oldest": .string(line.oldest),
                    ]
                }),
            "accounts_set_aside": .integer(summary.setAside),
            "closed_in": .string(summary.language.rawValue),
            "report_in": .string((summary.languageAsked ?? summary.language).rawValue),
            "names_operators": .bool(summary.namesOperators),
            "late_offices": .array(
                summary.page.offices.filter(\.isLate).map { .string($0.name) }),
            "needs_people": .bool(summary.needsPeople),
            "report": .string(summary.reportFolder),
            "open": .string("\(summary.reportFolder)/\(summary.firstFile)"),
        ]
    }

    /// The rows that make a difference.
    func write(_ lines: [ControlLine], _ accounts: [ControlDifference]) {
        var table = TextTable([
            .text("creditor"), .text("lot"), .text("account"), .text("currency"),
            .number("placed"), .number("open"), .number("paid"), .number("adjusted"),
            .number("difference"),
        ])
        for line in lines { table.add(cells(line, account: "all")) }
        for account in accounts { table.add(cells(account.line, account: account.caseRef)) }
        output.say(table)
    }

    private func cells(_ line: ControlLine, account: String) -> [String] {
        let amounts = [line.placed, line.open, line.paid, line.adjusted, line.difference].map {
            Money.number(minorUnits: $0, currency: line.currency, language: output.language)
        }
        return [line.creditor, line.lot, account, line.currency] + amounts
    }
}

extension String {
    /// With spaces behind it up to a width.
    fileprivate func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
