/// What a command line said, once it is known to be right.
package struct Parsed: Equatable, Sendable {
    /// The command and those above it, the program first.
    package let path: [Command]
    let flags: Set<String>
    let optionValues: [String: [String]]
    let argumentValues: [String: [String]]

    /// The names of the commands below the program: `["replica", "add"]`.
    package var command: [String] { path.dropFirst().map(\.name) }

    /// Whether a flag was given.
    package func flag(_ name: String) -> Bool { flags.contains(name) }

    /// The value of an option, from the command line or the environment; the last, if repeated.
    package func value(_ name: String) -> String? { optionValues[name]?.last }

    /// All values of an option, in the order given.
    package func values(_ name: String) -> [String] { optionValues[name] ?? [] }

    /// The value of an argument; nil only if it may be left out and was.
    package func argument(_ name: String) -> String? { argumentValues[name]?.first }

    /// All values of a variadic argument, in the order given.
    package func arguments(_ name: String) -> [String] { argumentValues[name] ?? [] }

    /// The value of an option as a whole number.
    ///
    /// - Throws: ``UsageError`` with ``UsageError/Reason/invalidValue(of:value:expected:)`` if it
    ///   is not one, or is not within the range.
    package func integer(
        _ name: String, in range: ClosedRange<Int>
    ) throws(UsageError) -> Int? {
        guard let text = value(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw usageError(
                .invalidValue(
                    of: "--\(name)", value: text,
                    expected: "a whole number from \(range.lowerBound) to \(range.upperBound)"))
        }
        return number
    }

    /// The value of a required argument, for which nil cannot be unless it was not declared.
    ///
    /// - Throws: ``UsageError`` with ``UsageError/Reason/missingArgument(_:environment:)``.
    package func required(_ name: String) throws(UsageError) -> String {
        guard let value = argument(name) else {
            throw usageError(.missingArgument(name, environment: nil))
        }
        return value
    }

    /// A usage error of this command, for what only the program can judge.
    package func usageError(_ reason: UsageError.Reason) -> UsageError {
        UsageError(reason: reason, path: path.map(\.name))
    }
}
