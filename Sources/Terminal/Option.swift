/// Something in the command line that is written with its name: `--portfolio MT`, or `--json`.
package struct Option: Equatable, Sendable {
    /// Its name without the dashes.
    package let name: String
    /// The letter of its short form `-n`, if it has one.
    package let short: Character?
    /// What its value is called in help, in capitals; nil for a flag, which has no value.
    package let valueName: String?
    /// What it does, in a few words, for help.
    package let summary: String
    /// The environment variable that stands in for it where it is left out.
    package let environment: String?
    /// The only values it takes, or empty if it takes any.
    package let choices: [String]
    /// Whether it must be given.
    package let isRequired: Bool
    /// Whether it may be given more than once.
    package let isRepeatable: Bool

    /// An option without a value. Given twice it means the same as once.
    package static func flag(
        _ name: String, short: Character? = nil, _ summary: String
    ) -> Option {
        Option(
            name: name, short: short, valueName: nil, summary: summary, environment: nil,
            choices: [], isRequired: false, isRepeatable: true)
    }

    /// An option with one value. An environment variable that is set and not empty stands in.
    package static func value(
        _ name: String, short: Character? = nil, _ valueName: String, _ summary: String,
        environment: String? = nil, choices: [String] = [], isRequired: Bool = false
    ) -> Option {
        Option(
            name: name, short: short, valueName: valueName, summary: summary,
            environment: environment, choices: choices, isRequired: isRequired,
            isRepeatable: false)
    }

    /// An option that may be given several times, each with one value.
    package static func repeated(
        _ name: String, short: Character? = nil, _ valueName: String, _ summary: String,
        choices: [String] = [], isRequired: Bool = false
    ) -> Option {
        Option(
            name: name, short: short, valueName: valueName, summary: summary,
            environment: nil, choices: choices, isRequired: isRequired, isRepeatable: true)
    }

    /// How it stands in a line of help: `-n, --name VALUE`.
    var usage: String {
        let long = valueName.map { "--\(name) \($0)" } ?? "--\(name)"
        return short.map { "-\($0), \(long)" } ?? "    \(long)"
    }
}
