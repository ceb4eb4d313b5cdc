/// Decides which word of a command line is which argument.
struct WordAssignment {
    enum Failure: Error, Equatable {
        case missing(Argument)
        case tooMany(word: String)
    }

    let arguments: [Argument]
    let surroundings: Surroundings

    func assign(_ words: [String]) -> Result<[String: [String]], Failure> {
        var assigned: [String: [String]] = [:]
        var remaining = arguments
        if let (argument, value) = argumentLeftToEnvironment(words) {
            assigned[argument.name] = [value]
            remaining.removeAll { $0.name == argument.name }
        }
        var rest = words[...]
        for argument in remaining {
            if argument.isVariadic {
                if argument.isRequired && rest.isEmpty { return .failure(.missing(argument)) }
                assigned[argument.name] = Array(rest)
                rest = []
            } else if let word = rest.popFirst() {
                assigned[argument.name] = [word]
            } else if argument.isRequired {
                return .failure(.missing(argument))
            }
        }
        if let word = rest.first { return .failure(.tooMany(word: word)) }
        return .success(assigned)
    }

    /// The argument that the environment stands in for, if the words are needed elsewhere.
    /// See ``Argument/file(_:_:environment:isNew:)`` for the rule.
    private func argumentLeftToEnvironment(_ words: [String]) -> (Argument, String)? {
        guard let argument = arguments.first(where: { $0.environment != nil }),
            let value = surroundings.variable(argument.environment)
        else { return nil }
        let others = arguments.filter { $0.name != argument.name }
        let needed = others.count(where: \.isRequired)
        let takesAny = others.contains(where: \.isVariadic)
        if words.count <= needed { return (argument, value) }
        if words.count > others.count && !takesAny { return nil }
        let position = arguments.prefix { $0.name != argument.name }.count
        let isNamed = argument.namesFile && surroundings.fileExists(words[position])
        return isNamed ? nil : (argument, value)
    }
}
