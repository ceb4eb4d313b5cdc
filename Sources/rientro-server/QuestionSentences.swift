import Interchange
import Terminal

/// What must be said before a file is loaded, in words for whoever loads it.
enum QuestionSentences {
    /// The question, why it is asked, and the ways out.
    static func about(_ question: ImportQuestion, language: Language) -> String {
        switch question {
        case .meaning(let changed):
            func money(_ amount: Int64) -> String {
                Money.text(minorUnits: amount, currency: changed.currency, language: language)
            }
            let others =
                changed.accounts > 1 ? " So it is with \(changed.accounts) accounts in all." : ""
            return "Line \(changed.line): the item \(changed.itemRef) of \(changed.caseRef) was "
                + "handed over with \(money(changed.known)) and has \(money(changed.stated)) now, "
                + "and \(money(changed.paid)) were paid on the account meanwhile.\(others) Does the "
                + "file know of the payments? Say --meaning status if it shows how the accounts "
                + "stand now, or --meaning placement if it corrects what was handed over and the "
                + "payments are still to be taken off."
        }
    }

    /// The same for programs.
    static func json(_ question: ImportQuestion) -> JSONValue {
        switch question {
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
