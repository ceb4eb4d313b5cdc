import Testing

/// One way to write to a replica's file, and what must come of it.
struct GuardForm: Sendable, CustomTestStringConvertible {
    enum Tool: Sendable {
        /// The statements are given to the `sqlite3` shell, and to Python's `executescript`.
        case both
        /// Only the shell knows the command.
        case shell
        /// The text is Python.
        case python
    }

    /// What must come of it.
    enum Expectation: Sendable {
        /// Refused with an error that contains this, and nothing has changed.
        case refused(String)
        /// Exactly these entries are pending, as `table.register row`, in order.
        case captured([String])
        /// Refused with an error that contains this; what came before is captured so.
        case partly(String, [String])
    }

    let name: String
    let tool: Tool
    let text: String
    let expectation: Expectation

    var testDescription: String { name }

    static func sql(_ name: String, _ text: String, _ expectation: Expectation) -> GuardForm {
        GuardForm(name: name, tool: .both, text: text, expectation: expectation)
    }
    static func shell(_ name: String, _ text: String, _ expectation: Expectation) -> GuardForm {
        GuardForm(name: name, tool: .shell, text: text, expectation: expectation)
    }
    static func python(_ name: String, _ text: String, _ expectation: Expectation) -> GuardForm {
        GuardForm(name: name, tool: .python, text: text, expectation: expectation)
    }

    /// The forms of all subjects.
    static let all =
        insertForms + replaceForms + upsertForms + updateForms + conflictClauseForms + deleteForms
        + fixedForms + stampForms + transactionForms + schemaForms + settingForms
        + ownTriggerForms + otherProgramForms
}
