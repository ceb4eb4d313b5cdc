/// A wrong command line: nothing was tried, and the exit code is ``ExitCode/usage``.
package struct UsageError: Error, Equatable, Sendable {
    /// What is wrong.
    package enum Reason: Equatable, Sendable {
        /// No such command; the nearest there is.
        case unknownCommand(String, nearest: String?)
        /// A command was left out; those there are.
        case missingCommand(choices: [String])
        /// No such option, given with its dashes; the nearest there is.
        case unknownOption(String, nearest: String?)
        /// An option came without its value.
        case missingValue(option: String, valueName: String)
        /// A flag came with a value.
        case unexpectedValue(option: String)
        /// An option that counts once was given twice.
        case repeatedOption(String)
        /// A required option was left out; the variable that could stand in.
        case missingOption(String, valueName: String, environment: String?)
        /// A required argument was left out; the variable, not set, that could have stood in for
        /// it or for the one whose place it slipped into.
        case missingArgument(String, environment: String?)
        /// One word more than the command takes.
        case extraArgument(String)
        /// A value that is not what the option (with dashes) or argument takes.
        case invalidValue(of: String, value: String, expected: String)
        /// Two options that exclude each other.
        case contradiction(String, String)
    }

    /// What is wrong.
    package let reason: Reason
    /// The names of the commands that were reached, the program first.
    package let path: [String]

    /// A wrong command line of the command at this path.
    package init(reason: Reason, path: [String]) {
        self.reason = reason
        self.path = path
    }

    /// One sentence that says what is wrong and where to read on.
    package var sentence: String {
        "\(fact); see `\((path + ["--help"]).joined(separator: " "))`"
    }

    private var fact: String {
        switch reason {
        case .unknownCommand(let name, let nearest):
            return "there is no command \(Self.quoted(name))" + Self.hint(nearest)
        case .missingCommand(let choices):
            return "a command is missing: \(choices.joined(separator: ", "))"
        case .unknownOption(let name, let nearest):
            return "there is no option \(Visible.word(name))" + Self.hint(nearest)
        case .missingValue(let option, let valueName):
            return "--\(option) needs a value: --\(option) \(valueName), or "
                + "--\(option)=\(valueName) if it begins with a dash"
        case .unexpectedValue(let option):
            return "--\(option) takes no value"
        case .repeatedOption(let option):
            return "--\(option) was given more than once"
        case .missingOption(let option, let valueName, let environment):
            return "--\(option) \(valueName) is missing" + Self.alternative(environment)
        case .missingArgument(let name, let environment):
            return "\(name) is missing" + Self.alternative(environment)
        case .extraArgument(let word):
            return "\(Self.quoted(word)) is one argument too many"
        case .invalidValue(let name, let value, let expected):
            return "\(name) is \(Self.quoted(value)), but should be \(expected)"
        case .contradiction(let one, let other):
            return "--\(one) and --\(other) exclude each other"
        }
    }

    private static func quoted(_ word: String) -> String { "\"\(Visible.word(word))\"" }

    private static func hint(_ nearest: String?) -> String {
        nearest.map { ", did you mean \($0)?" } ?? ""
    }

    private static func alternative(_ environment: String?) -> String {
        environment.map { ", and \($0) is not set" } ?? ""
    }
}
