/// A command of a program, declared as a value: help, parsing and errors all follow from it.
///
/// A program is a command whose subcommands are what it can do. Options of a command count for
/// its subcommands too, before and after their names, so `--json` is declared once. A command
/// that has subcommands and arguments does something by itself as well: in `quarantine DIR`
/// against `quarantine send DIR`, a first word that is a subcommand's name is that subcommand.
package struct Command: Equatable, Sendable {
    /// The word by which it is called.
    package let name: String
    /// What it does, in one line without a full stop.
    package let summary: String
    /// What else there is to know, for its help page; paragraphs are set apart by an empty line,
    /// and lines that begin with a space are left as they are.
    package let discussion: String
    /// Its arguments, in their order.
    package let arguments: [Argument]
    /// Its options, which are its subcommands' too.
    package let options: [Option]
    /// The commands under it.
    package let subcommands: [Command]

    /// Declares a command. See ``problems`` for what a declaration must keep to.
    package init(
        _ name: String, _ summary: String, discussion: String = "", arguments: [Argument] = [],
        options: [Option] = [], subcommands: [Command] = []
    ) {
        self.name = name
        self.summary = summary
        self.discussion = discussion
        self.arguments = arguments
        self.options = options
        self.subcommands = subcommands
    }

    /// Whether it does something without a subcommand.
    var doesSomething: Bool { subcommands.isEmpty || !arguments.isEmpty }

    func subcommand(_ name: String) -> Command? {
        subcommands.first { $0.name == name }
    }
}

extension Command {
    /// The mistakes in a declaration, as sentences for the programmer; empty if there are none.
    ///
    /// Names are unique within reach, a variadic argument is the last one, no required argument
    /// follows an optional one, at most one argument of a command is taken from the environment,
    /// and `help` is nobody's name. A program's tests check that this is empty.
    package var problems: [String] { problems(path: [], inherited: []) }

    private func problems(path: [String], inherited: [Option]) -> [String] {
        let here = (path + [name]).joined(separator: " ")
        var found: [String] = []
        let reach = inherited + options
        if let twice = Self.duplicate(in: reach.map(\.name) + ["help"]) {
            found.append("\(here): two options are named --\(twice)")
        }
        if let twice = Self.duplicate(in: reach.compactMap(\.short) + ["h"]) {
            found.append("\(here): two options are named -\(twice)")
        }
        if let twice = Self.duplicate(in: subcommands.map(\.name) + ["help"]) {
            found.append("\(here): two commands are named \(twice)")
        }
        if let twice = Self.duplicate(in: arguments.map(\.name)) {
            found.append("\(here): two arguments are named \(twice)")
        }
        for name in (reach.map(\.name) + subcommands.map(\.name)) where !Self.isName(name) {
            found.append("\(here): \(name) is not a name of letters, digits and dashes")
        }
        found += argumentProblems.map { "\(here): \($0)" }
        for subcommand in subcommands {
            found += subcommand.problems(path: path + [name], inherited: reach)
        }
        return found
    }

    private var argumentProblems: [String] {
        var found: [String] = []
        if arguments.dropLast().contains(where: \.isVariadic) {
            found.append("only the last argument may be variadic")
        }
        if arguments.count(where: { $0.environment != nil }) > 1 {
            found.append("more than one argument is taken from the environment")
        }
        if let optional = arguments.firstIndex(where: { !$0.isRequired }),
            arguments[optional...].contains(where: \.isRequired)
        {
            found.append("a required argument follows an optional one")
        }
        return found
    }

    private static func duplicate<Name: Hashable>(in names: [Name]) -> Name? {
        var seen: Set<Name> = []
        return names.first { !seen.insert($0).inserted }
    }

    private static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, first != UInt8(ascii: "-") else { return false }
        return name.utf8.allSatisfy { byte in
            (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-")
        }
    }
}
