/// What a command line asks for.
package enum Invocation: Equatable, Sendable {
    /// To do something.
    case run(Parsed)
    /// To be told about the last command of the path.
    case help(path: [Command])
}

/// What a command line may lean on besides its words.
package struct Surroundings: Sendable {
    /// The environment variables.
    package let environment: [String: String]
    /// Whether there is a file or folder of that name.
    package let fileExists: @Sendable (String) -> Bool

    /// Surroundings given by hand; by default empty, for tests.
    package init(
        environment: [String: String] = [:],
        fileExists: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        self.environment = environment
        self.fileExists = fileExists
    }

    /// A variable that is set and not empty: an empty one counts as not set.
    func variable(_ name: String?) -> String? {
        guard let name, let value = environment[name], !value.isEmpty else { return nil }
        return value
    }
}

extension Command {
    /// Reads a command line, without the program's own name in front.
    ///
    /// `--` ends the options; `-h` and `--help` ask for help at every level, and so does
    /// `help` as the first word. A value may follow its option as the next word, unless that
    /// looks like an option itself (a dash and a letter, or two dashes), or behind `=`.
    ///
    /// - Throws: ``UsageError``.
    package func parse(
        _ words: [String], in surroundings: Surroundings = Surroundings()
    ) throws(UsageError) -> Invocation {
        precondition(problems.isEmpty, "the declaration of a command contradicts itself")
        var parser = ArgumentParser(root: self)
        return try parser.parse(words, in: surroundings)
    }
}
