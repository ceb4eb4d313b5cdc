/// Walks through a command line once, from left to right.
struct ArgumentParser {
    private var path: [Command]
    private var options: [Option]
    private var words: [String] = []
    private var flags: Set<String> = []
    private var values: [String: [String]] = [:]

    init(root: Command) {
        path = [root]
        options = root.options
    }

    private var command: Command { path[path.count - 1] }

    mutating func parse(
        _ line: [String], in surroundings: Surroundings
    ) throws(UsageError) -> Invocation {
        var rest = line[...]
        var optionsEnded = false
        while let word = rest.popFirst() {
            if !optionsEnded && word == "--" {
                optionsEnded = true
            } else if !optionsEnded && (word == "--help" || word == "-h") {
                return .help(path: path)
            } else if !optionsEnded && Self.looksLikeOption(word) {
                try takeOption(word, rest: &rest)
            } else if words.isEmpty && !optionsEnded && path.count == 1 && word == "help"
                && !command.subcommands.isEmpty
            {
                return try help(about: rest)
            } else if words.isEmpty && !optionsEnded && !command.subcommands.isEmpty {
                try takeFirstWord(word)
            } else {
                words.append(word)
            }
        }
        return .run(try finish(in: surroundings))
    }

    /// A dash and a letter, or two dashes and something: neither a negative number, nor the dash
    /// alone that stands for standard input, nor a note that begins with a dash and a space.
    static func looksLikeOption(_ word: String) -> Bool {
        let bytes = Array(word.utf8.prefix(3))
        guard bytes.count >= 2, bytes[0] == UInt8(ascii: "-") else { return false }
        if bytes[1] == UInt8(ascii: "-") {
            return bytes.count > 2 && bytes[2] != UInt8(ascii: " ")
        }
        return (65...90).contains(bytes[1]) || (97...122).contains(bytes[1])
    }

    private mutating func takeFirstWord(_ word: String) throws(UsageError) {
        if let subcommand = command.subcommand(word) {
            path.append(subcommand)
            options += subcommand.options
        } else if command.doesSomething {
            words.append(word)
        } else {
            throw unknownCommand(word)
        }
    }

    private func help(about names: ArraySlice<String>) throws(UsageError) -> Invocation {
        var walker = self
        for name in names where !Self.looksLikeOption(name) {
            guard let subcommand = walker.command.subcommand(name) else {
                throw walker.unknownCommand(name)
            }
            walker.path.append(subcommand)
        }
        return .help(path: walker.path)
    }

    private mutating func takeOption(
        _ word: String, rest: inout ArraySlice<String>
    ) throws(UsageError) {
        let (shown, option, attached) = try find(word)
        guard let option else { throw unknownOption(shown) }
        guard let valueName = option.valueName else {
            if attached != nil { throw error(.unexpectedValue(option: option.name)) }
            flags.insert(option.name)
            return
        }
        let next = rest.first.flatMap { Self.mayBeValue($0) ? $0 : nil }
        if attached == nil, next != nil { rest.removeFirst() }
        guard let value = attached ?? next else {
            throw error(.missingValue(option: option.name, valueName: valueName))
        }
        if !option.isRepeatable && values[option.name] != nil {
            throw error(.repeatedOption(option.name))
        }
        try check(value, of: option)
        values[option.name, default: []].append(value)
    }

    private static func mayBeValue(_ word: String) -> Bool {
        word != "--" && !looksLikeOption(word)
    }

    /// The option that a word names, how to name the word in an error, and a value behind `=`.
    private func find(
        _ word: String
    ) throws(UsageError) -> (shown: String, option: Option?, attached: String?) {
        guard word.hasPrefix("--") else {
            let letters = word.dropFirst()
            let option = letters.count == 1 ? options.first { $0.short == letters.first } : nil
            return (word, option, nil)
        }
        let parts = word.dropFirst(2).split(
            separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        let attached = parts.count > 1 ? String(parts[1]) : nil
        if name == "help" { throw error(.unexpectedValue(option: "help")) }
        return ("--" + name, options.first { $0.name == name }, attached)
    }

    private func check(_ value: String, of option: Option) throws(UsageError) {
        guard !option.choices.isEmpty, !option.choices.contains(value) else { return }
        throw error(
            .invalidValue(
                of: "--" + option.name, value: value,
                expected: "one of " + option.choices.joined(separator: ", ")))
    }

    private mutating func finish(in surroundings: Surroundings) throws(UsageError) -> Parsed {
        guard command.doesSomething else {
            throw error(.missingCommand(choices: command.subcommands.map(\.name)))
        }
        for option in options where option.valueName != nil && values[option.name] == nil {
            if let value = surroundings.variable(option.environment) {
                try check(value, of: option)
                values[option.name] = [value]
            } else if option.isRequired {
                throw error(
                    .missingOption(
                        option.name, valueName: option.valueName ?? "VALUE",
                        environment: option.environment))
            }
        }
        let assignment = WordAssignment(arguments: command.arguments, surroundings: surroundings)
        switch assignment.assign(words) {
        case .success(let arguments):
            return Parsed(
                path: path, flags: flags, optionValues: values, argumentValues: arguments)
        case .failure(.missing(let argument)):
            // The word that is missing may be the one that the variable was to stand in for.
            let unset = command.arguments.compactMap(\.environment).first {
                surroundings.variable($0) == nil
            }
            throw error(.missingArgument(argument.name, environment: unset))
        case .failure(.tooMany(let word)):
            throw error(.extraArgument(word))
        }
    }

    private func unknownCommand(_ word: String) -> UsageError {
        let names = command.subcommands.map(\.name)
        return error(.unknownCommand(word, nearest: Nearest.name(to: word, among: names)))
    }

    private func unknownOption(_ shown: String) -> UsageError {
        let names = options.map(\.name) + ["help"]
        let word = String(shown.drop { $0 == "-" })
        let nearest = Nearest.name(to: word, among: names).map { "--" + $0 }
        return error(.unknownOption(shown, nearest: nearest))
    }

    private func error(_ reason: UsageError.Reason) -> UsageError {
        UsageError(reason: reason, path: path.map(\.name))
    }
}
