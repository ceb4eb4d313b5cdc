/// The help of one command, made from its declaration.
package struct HelpPage: Equatable, Sendable {
    private let path: [Command]

    /// The page of the last command of a path, as ``Invocation/help(path:)`` gives it.
    ///
    /// - Parameter path: the commands from the program down; not empty.
    package init(path: [Command]) {
        precondition(!path.isEmpty, "a help page needs a command")
        self.path = path
    }

    private var command: Command { path[path.count - 1] }

    /// The page as text, folded to a terminal's width.
    ///
    /// - Parameter columns: the width; 80 where it is not known. Kept between 40 and 100.
    package func text(columns: Int?) -> String {
        let width = min(
            max(columns ?? TerminalLimits.textColumns, TerminalLimits.textColumnsMin),
            TerminalLimits.textColumnsMax)
        var lines = Wrapping.lines(command.summary + ".", columns: width)
        lines += [""] + usage(columns: width)
        if !command.discussion.isEmpty {
            lines += [""] + Wrapping.lines(command.discussion, columns: width)
        }
        let sections = self.sections
        let widest =
            sections.flatMap(\.rows).map { TextWidth.columns($0.term) }
            .filter { $0 + 4 <= TerminalLimits.helpIndentMax }.max() ?? 0
        for section in sections where !section.rows.isEmpty {
            lines += ["", section.title + ":"]
            for row in section.rows {
                lines += Self.fold(row, indent: widest + 4, columns: width)
            }
        }
        if !command.subcommands.isEmpty {
            let name = path.map(\.name).joined(separator: " ")
            lines += ["", "`\(name) COMMAND --help` tells more about one of them."]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private typealias Row = (term: String, text: String)

    private func usage(columns: Int) -> [String] {
        var words = path.map(\.name)
        let all = path.flatMap(\.options)
        for option in all where option.isRequired {
            words.append("--\(option.name) \(option.valueName ?? "")")
        }
        if all.contains(where: { !$0.isRequired }) { words.append("[options]") }
        let own = words + command.arguments.map(\.usage)
        var forms: [[String]] = command.doesSomething ? [own] : []
        if !command.subcommands.isEmpty { forms.append(path.map(\.name) + ["COMMAND ..."]) }
        var lines: [String] = []
        for form in forms {
            let label = lines.isEmpty ? "Usage: " : "       "
            let folded = Wrapping.lines(form.joined(separator: " "), columns: columns - 11)
            for (index, line) in folded.enumerated() {
                lines.append((index == 0 ? label : "           ") + line)
            }
        }
        return lines
    }

    private var sections: [(title: String, rows: [Row])] {
        let inherited = path.dropLast().flatMap(\.options)
        let help: Row = ("-h, --help", "Tell this")
        return [
            ("Commands", command.subcommands.map { ($0.name, $0.summary) }),
            ("Arguments", command.arguments.map { ($0.name, Self.summary(of: $0)) }),
            (
                "Options",
                (command.options + inherited).map { ($0.usage, Self.summary(of: $0)) } + [help]
            ),
        ]
    }

    private static func summary(of argument: Argument) -> String {
        argument.summary + (argument.environment.map { " (or set \($0))" } ?? "")
    }

    private static func summary(of option: Option) -> String {
        var notes: [String] = []
        if !option.choices.isEmpty { notes.append(option.choices.joined(separator: ", ")) }
        if option.isRequired { notes.append("required") }
        if option.isRepeatable && option.valueName != nil { notes.append("may be repeated") }
        if let variable = option.environment { notes.append("or set \(variable)") }
        return option.summary + (notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))")
    }

    private static func fold(_ row: Row, indent: Int, columns: Int) -> [String] {
        let texts = Wrapping.lines(row.text, columns: columns - indent)
        let margin = String(repeating: " ", count: indent)
        let term = "  " + row.term
        let gap = indent - TextWidth.columns(term)
        // A term that reaches into the summaries stands on a line of its own.
        guard gap >= 2, let first = texts.first else {
            return [term] + texts.map { margin + $0 }
        }
        let rest = texts.dropFirst().map { margin + $0 }
        return [term + String(repeating: " ", count: gap) + first] + rest
    }
}
