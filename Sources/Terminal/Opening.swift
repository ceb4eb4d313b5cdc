import Glibc

/// How a program begins: with something to do, or already at its end.
package enum Opening: Sendable {
    /// There is something to do.
    case run(Parsed, Output)
    /// Help was given, or a sentence about what is wrong with the command line.
    case end(ExitCode)

    /// Reads the command line of this process, and answers what needs no work: help goes to
    /// standard output, a usage error as one sentence to standard error, and with `--json` as an
    /// object to standard output too.
    ///
    /// The flags `json` and `quiet`, where declared, decide how the output speaks.
    package static func of(
        _ program: Command, words: [String], in surroundings: Surroundings,
        facts: Sink = .standardOutput, remarks: Sink = .standardError
    ) -> Opening {
        let language = Language.from(surroundings.environment)
        let plain = Output(
            program: program.name, language: language, facts: facts, remarks: remarks)
        do throws(UsageError) {
            switch try program.parse(words, in: surroundings) {
            case .help(let path):
                let isWritten = facts.write(HelpPage(path: path).text(columns: facts.columns()))
                return .end(isWritten ? .done : .failed)
            case .run(let parsed):
                let output = Output(
                    program: program.name, style: parsed.flag("json") ? .json : .text,
                    isQuiet: parsed.flag("quiet"), language: language, facts: facts,
                    remarks: remarks, pager: Pager(surroundings.environment))
                return .run(parsed, output)
            }
        } catch {
            if asksForJSON(words, program) {
                Output(program: program.name, style: .json, facts: facts, remarks: remarks)
                    .json(error.json)
            }
            plain.complain(error.sentence)
            return .end(.usage)
        }
    }

    /// Whether a line that cannot be read asks for JSON all the same: whoever reads the answer is
    /// then a program.
    private static func asksForJSON(_ words: [String], _ program: Command) -> Bool {
        program.options.contains { $0.name == "json" }
            && words.prefix { $0 != "--" }.contains("--json")
    }
}

extension UsageError {
    /// The error for programs: the kind of every error of the command line, its sentence, and what
    /// the shell gets.
    package var json: JSONValue {
        [
            "error": "usage", "message": .string(sentence),
            "exit_code": .integer(Int64(ExitCode.usage.rawValue)),
        ]
    }
}

extension Surroundings {
    /// What surrounds this process: its environment and its files.
    package static func ofThisProcess() -> Surroundings {
        var variables: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            if let equals = text.firstIndex(of: "=") {
                variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            next += 1
        }
        return Surroundings(environment: variables) { access($0, F_OK) == 0 }
    }
}
