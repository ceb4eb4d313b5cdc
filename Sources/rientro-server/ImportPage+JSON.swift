import Interchange
import Terminal

/// The same for programs.
extension ImportPage {
    var json: JSONValue {
        let amounts = summary.openAmounts.sorted { $0.key < $1.key }
        var members: [JSONValue.Member] = [
            .init("outcome", .string(outcome)), .init("file", .string(file.path)),
            .init("hash", .string(report.fileHash.hex)),
            .init("portfolio", .string(load.options.portfolio)),
            .init("rows", .count(summary.rows)), .init("rows_refused", .count(report.rowsRefused)),
            .init("accounts", .count(summary.accounts)),
            .init(
                "open_amounts",
                .object(amounts.map { .init($0.key, .integer($0.value)) })),
            .init("stated_total", .optional(summary.statedTotal)),
            .init("difference_from_stated", .optional(summary.differenceFromStated)),
        ]
        members += counts.map { name, count in
            .init(name.split(separator: " ").joined(separator: "_"), .count(count))
        }
        members += [
            .init("meaning", .string(report.meaning.rawValue)),
            .init("stated", Self.amounts(report.stated)),
            .init("balances_before", Self.amounts(report.before)),
            .init("balances_after", Self.amounts(report.after)),
            .init("paid_to_creditor", Self.amounts(report.paid)),
            .init("unconfirmed", .array(report.unconfirmed.map(JSONValue.string))),
            .init("questions", .array(questions.map(QuestionSentences.json))),
        ]
        members.append(.init("rejected_file", .optional(hasRejects ? file.rejectedPath : nil)))
        if case .known(let importedAt, let portfolio) = report.outcome {
            members.append(.init("imported_at", ShownTime.json(importedAt)))
            members.append(.init("imported_into", .string(portfolio)))
        }
        return .object(members)
    }

    private static func amounts(_ sums: BalanceSums) -> JSONValue {
        .object(
            sums.amounts.sorted { $0.key < $1.key }.map { .init($0.key, .integer($0.value)) })
    }

    private var outcome: String {
        switch report.outcome {
        case .loaded: "loaded"
        case .tried: "tried"
        case .refused: "refused"
        case .asked: "asked"
        case .known: "already_imported"
        }
    }
}
