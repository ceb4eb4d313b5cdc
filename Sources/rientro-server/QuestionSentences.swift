import Interchange
import Terminal

/// What must be said before a file is loaded, in words for whoever loads it.
enum QuestionSentences {
    /// The question, why it is asked, and the ways out.
    static func about(_ question: ImportQuestion, language: Language) -> String {
        switch question {
        case .leftOut(let column): return leftOut(column)
        case .cents(let amount, let line):
            return "All amounts are whole numbers, and most of five digits and more, such as "
                + "\(amount) on line \(line). Say --amounts cents if they are cents, or --amounts "
                + "units if they are not."
        case .decimalSign(let amount, let line):
            return "Nothing in the file shows whether \(amount) on line \(line) has a decimal sign "
                + "or a sign between thousands. Say --decimal comma for 1.234,50, or --decimal "
                + "point for 1,234.50."
        case .encoding(let place):
            return
                "Line \(place.line), column \(place.column): the letters before it are UTF-8, and "
                + "what stands there is not. Mend it, or say --encoding utf-8 if only this is "
                + "spoilt, or --encoding windows-1252 if the letters before it are."
        case .meaning(let changed):
            func money(_ amount: Int64) -> String {
                Money.text(minorUnits: amount, currency: changed.currency, language: language)
            }
            let others =
                changed.accounts > 1 ? " So it is with \(changed.accounts) accounts in all." : ""
            return "Line \(changed.line): the item \(changed.itemRef) of \(changed.caseRef) was "
                + "handed over with \(money(changed.known)) and has \(money(changed.stated)) now, "
                + "and \(money(changed.paid)) were paid on the account meanwhile.\(others) "
                + "Does the file know of the payments? Say --meaning status if it shows how the "
                + "accounts stand now, or --meaning placement if it corrects what was handed over "
                + "and the payments are still to be taken off."
        }
    }

    private static func leftOut(_ column: LeftOutColumn) -> String {
        guard let doubt = column.doubt else { return "" }
        let reason = doubt.isByName ? "its name says that it holds" : "by its values it holds"
        let way =
            switch doubt.meaning {
            case .money: "If it is what is open, call it open_amount."
            case .sign: "Write the amounts with their signs; credits are negative."
            case .status, .paidOn: "Take out the rows of what is not owed any more."
            case .currency: "Call it currency."
            }
        return
            "The column \(column.label) would be left out, and \(reason) \(words(doubt.meaning)) "
            + "(line \(doubt.line): \(doubt.value)). \(way) If it decides nothing, leave it out "
            + "with --ignore '\(column.label)'."
    }

    /// What a column may hold that decides what rows mean.
    static func words(_ meaning: LeftOutColumn.Meaning) -> String {
        switch meaning {
        case .money: "money"
        case .sign: "the sign of amounts"
        case .status: "how the item stands"
        case .paidOn: "days of payment"
        case .currency: "the currency"
        }
    }

    /// The same for programs.
    static func json(_ question: ImportQuestion) -> JSONValue {
        switch question {
        case .leftOut(let column):
            .object([
                .init("about", "column"), .init("column", .string(column.label)),
                .init("meaning", .optional(column.doubt?.meaning.rawValue)),
                .init("by_name", column.doubt.map { .bool($0.isByName) } ?? .null),
                .init("value", .optional(column.doubt?.value)),
                .init("line", column.doubt.map { .count($0.line) } ?? .null),
                .init("options", .array([.string("--ignore '\(column.label)'")])),
            ])
        case .cents(let amount, let line):
            .object([
                .init("about", "amounts"), .init("value", .string(amount)),
                .init("line", .count(line)),
                .init("options", ["--amounts cents", "--amounts units"]),
            ])
        case .decimalSign(let amount, let line):
            .object([
                .init("about", "decimal"), .init("value", .string(amount)),
                .init("line", .count(line)),
                .init("options", ["--decimal comma", "--decimal point"]),
            ])
        case .encoding(let place):
            .object([
                .init("about", "encoding"), .init("line", .count(place.line)),
                .init("column", .count(place.column)),
                .init("options", ["--encoding utf-8", "--encoding windows-1252"]),
            ])
        case .meaning(let changed):
            .object([
                .init("about", "meaning"), .init("line", .count(changed.line)),
                .init("accounts", .count(changed.accounts)),
                .init("case_ref", .string(changed.caseRef)),
                .init("item_ref", .string(changed.itemRef)),
                .init("currency", .string(changed.currency)),
                .init("known", .integer(changed.known)), .init("stated", .integer(changed.stated)),
                .init("paid", .integer(changed.paid)),
                .init("options", ["--meaning status", "--meaning placement"]),
            ])
        }
    }
}
