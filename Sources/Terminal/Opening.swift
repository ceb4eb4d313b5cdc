import Glibc

/// How a program begins: with something to do, or already at its end.
package enum Opening: Sendable {
    /// There is something to do.
    case run(Parsed, Output)
    /// Help was given, or a sentence about what is wrong with the command line.
    case end(ExitCode)

    /// Reads the command line of this process, and answers what needs no work: help goes to
    /// standard output, a usage error as one sentence to standard error.
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
                    remarks: remarks)
                return .run(parsed, output)
            }
        } catch {
            plain.complain(error.sentence)
            return .end(.usage)
        }
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
