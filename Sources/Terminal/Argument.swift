/// A value that stands in the command line without a name, such as `REPLICA`.
package struct Argument: Equatable, Sendable {
    /// How many words of the command line it takes.
    package enum Count: Equatable, Sendable {
        /// Exactly one.
        case one
        /// One or none.
        case atMostOne
        /// All that are left, none included.
        case any
        /// All that are left, at least one.
        case atLeastOne
    }

    /// Its name in help and in ``Parsed/argument(_:)``, in capitals.
    package let name: String
    /// What it is, in a few words, for help.
    package let summary: String
    /// How many words it takes.
    package let count: Count
    /// The environment variable that stands in for it where it is left out.
    package let environment: String?
    /// Whether it names a file that is there already, which helps to tell it from other words.
    package let namesFile: Bool

    /// An argument that must be given.
    package static func required(_ name: String, _ summary: String) -> Argument {
        Argument(name: name, summary: summary, count: .one, environment: nil, namesFile: false)
    }

    /// An argument that may be left out.
    package static func optional(_ name: String, _ summary: String) -> Argument {
        Argument(
            name: name, summary: summary, count: .atMostOne, environment: nil, namesFile: false)
    }

    /// The last argument, which takes all the words that are left.
    package static func variadic(
        _ name: String, _ summary: String, atLeastOne: Bool = false
    ) -> Argument {
        Argument(
            name: name, summary: summary, count: atLeastOne ? .atLeastOne : .any,
            environment: nil, namesFile: false)
    }

    /// A file that must be given, or be named by an environment variable.
    ///
    /// Where the variable is set, the other arguments come first. With as many words as all other
    /// required arguments need, all words are theirs and the variable counts. With more words than
    /// all other arguments can take, the first word is this one. In between, where an optional or
    /// variadic argument could have it too, the first word is this one if a file of that name is
    /// there. So with `RIENTRO_REPLICA` set, `debtors rossi` looks for Rossi, and
    /// `debtors milano.db` reads another replica. Where the variable is not set, or empty, it is
    /// an ordinary required argument.
    ///
    /// A new file that the command will make is better declared with `isNew`: then it is never
    /// looked for, and in between the variable counts.
    package static func file(
        _ name: String, _ summary: String, environment: String, isNew: Bool = false
    ) -> Argument {
        Argument(
            name: name, summary: summary, count: .one, environment: environment,
            namesFile: !isNew)
    }

    /// How it stands in a usage line.
    var usage: String {
        switch count {
        case .one: environment == nil ? name : "[\(name)]"
        case .atMostOne: "[\(name)]"
        case .any: "[\(name) ...]"
        case .atLeastOne: "\(name) ..."
        }
    }

    var isVariadic: Bool { count == .any || count == .atLeastOne }

    var isRequired: Bool { count == .one || count == .atLeastOne }
}
