import Interchange
import Terminal

/// What the accounts of a file owed before it and owe after it.
extension ImportPage {
    /// What a person must say first.
    var questions: [ImportQuestion] {
        if case .asked(let questions) = report.outcome { questions } else { [] }
    }

    /// The control totals, by currency: what the file says, the balances before and after.
    func writeBalances(to output: Output) {
        var table = TextTable([.text("balances of these accounts"), .number("")])
        let sums = [
            ("before", report.before), ("paid to the creditor", report.paid),
            ("after", report.after), ("in the file", report.stated),
        ]
        let currencies = Set(sums.flatMap { $0.1.amounts.keys }).sorted()
        for currency in currencies {
            for (name, sum) in sums where name != "paid to the creditor" || sum[currency] != 0 {
                table.add([name, money(sum[currency], currency, output)])
            }
            let difference = Self.difference(report.after[currency], report.stated[currency])
            table.add([
                difference == 0 ? "after and file: agree" : "after and file: differ by",
                difference.map { money($0, currency, output) } ?? "",
            ])
        }
        output.say("")
        output.say(table)
    }

    private static func difference(_ a: Int64, _ b: Int64) -> Int64? {
        let (difference, overflow) = a.subtractingReportingOverflow(b)
        return overflow ? nil : difference
    }

    /// The questions, each in a paragraph.
    func writeQuestions(to output: Output) {
        for question in questions {
            output.say("")
            output.say(QuestionSentences.about(question, language: output.language))
        }
    }

    /// What somebody should look at though the file was loaded.
    func writeRemarks(to output: Output) {
        if let first = report.unconfirmed.first {
            let others = report.accountsUnconfirmed - 1
            output.say(
                "The list has more than the balance of \(first)"
                    + (others > 0 ? " and \(others) more" : "")
                    + ", where money is recorded as paid: it was put on again. Ask the creditor "
                    + "whether the payment reached him.")
        }
        if report.meaning == .status, report.itemsGone > 0 {
            output.say(
                "Items that the list does not name any more were left as they are: "
                    + "\(report.itemsGone).")
        }
    }
}
