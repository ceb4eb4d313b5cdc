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
        members += reading
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
            .init("needs_person", .bool(load.needsPerson(report))),
            .init("questions", .array(questions.map(QuestionSentences.json))),
        ]
        members.append(.init("rejected_file", .optional(hasRejects ? file.rejectedPath : nil)))
        if case .known(let importedAt, let portfolio) = report.outcome {
            members.append(.init("imported_at", ShownTime.json(importedAt)))
            members.append(.init("imported_into", .string(portfolio)))
        }
        return .object(members)
    }

    /// How the file was read: what was decided by it, what was guessed, what was set aside.
    private var reading: [JSONValue.Member] {
        let format = summary.format
        return [
            .init("encoding", .string(format.encoding.rawValue)),
            .init("delimiter", .string(FileSentences.delimiter(format.delimiter))),
            .init("decimal", .string(format.decimal.rawValue)),
            .init("dates", .string(format.dates.rawValue)),
            .init("dates_assumed", .bool(format.isDateOrderAssumed)),
            .init("amounts", .string(format.scale.rawValue)),
            .init("header_line", .count(format.header.line)),
            .init("left_out_columns", .array(summary.leftOut.map(Self.column))),
            .init("remarks", .count(summary.remarkCount)),
            .init("remark_lines", .array(summary.remarks.map(JSONValue.count))),
            .init("total_rows", .count(summary.totalCount)),
            .init("wrong_totals", .array(summary.wrongTotals.map(Self.total))),
            .init("expected", .array(load.expectedDifferences.map(Self.expected))),
            .init(
                "doubts",
                .object(
                    summary.flagCounts.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                        .init($0.key.rawValue, .count($0.value))
                    })),
            .init("problems", .array(allProblems.map(Self.problem))),
        ]
    }

    private static func column(_ column: LeftOutColumn) -> JSONValue {
        .object([
            .init("column", .string(column.label)), .init("ignored", .bool(column.isTold)),
            .init("meaning", .optional(column.doubt?.meaning.rawValue)),
        ])
    }

    private static func total(_ total: StatedTotal) -> JSONValue {
        .object([
            .init("line", .count(total.line)), .init("text", .string(total.text)),
            .init("difference", .optional(total.difference)),
        ])
    }

    private static func expected(_ difference: ExpectedDifference) -> JSONValue {
        switch difference {
        case .rows(let expected, let found):
            .object([.init("rows", .count(expected)), .init("found", .count(found))])
        case .total(let expected, let found, let currency):
            .object([
                .init("total", .integer(expected)), .init("found", .integer(found)),
                .init("currency", .string(currency)),
            ])
        case .totalUnknown(let text):
            .object([.init("total", .string(text)), .init("found", .null)])
        }
    }

    private static func problem(_ problem: FieldProblem) -> JSONValue {
        .object([
            .init("line", .count(problem.line)), .init("column", .string(problem.column)),
            .init("reason", .string(ProblemSentences.about(problem.reason))),
        ])
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
