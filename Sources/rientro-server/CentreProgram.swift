import Terminal

/// The centre's program: its commands, and the way from a command line to an exit code.
enum CentreProgram {
    /// All that it can do, as one declaration.
    static let command = Command(
        "rientro-server", "The centre: it merges, answers, imports and shows",
        discussion: """
            DIR is the centre's folder. Every command works beside a running server; only init \
            asks for a folder that has no centre yet. Run by root, a command works as the owner \
            of DIR, so that the service can use what it writes.

            Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done in part (refusals or conflicts to \
            look at).
            """,
        options: [
            .flag("json", "write facts as JSON, for programs"),
            .flag("quiet", short: "q", "no progress and no remarks"),
        ],
        subcommands: [
            InitCommand.declaration,
            ReferenceCommand.portfolio.declaration,
            ReferenceCommand.operator.declaration,
            ReferenceCommand.creditor.declaration,
            RowCommand.declaration,
            ImportCommand.declaration,
            ReplicaCommand.declaration,
            ServeCommand.declaration,
            StatusCommand.declaration,
            ConflictsCommand.declaration,
            QuarantineCommand.declaration,
            ReviewCommand.declaration,
            VerifyCommand.declaration,
            NightlyCommand.declaration,
        ])

    /// The centre's folder, the first argument of every command.
    static let folder = Argument.required("DIR", "the centre's folder")

    /// Does what the command line says, and tells in a sentence why where it cannot.
    static func run(_ parsed: Parsed, _ output: Output) async -> ExitCode {
        do {
            let code = try await perform(parsed, output)
            return output.isBroken ? .failed : code
        } catch let error as UsageError {
            return report(error, error.sentence, .usage, output)
        } catch {
            return report(error, Sentences.about(error), .failed, output)
        }
    }

    /// With `--json` the facts of a failure are one document too, as they are in the office.
    private static func report(
        _ error: any Error, _ sentence: String, _ code: ExitCode, _ output: Output
    ) -> ExitCode {
        output.json([
            "error": .string(ErrorWords.about(error)), "message": .string(sentence),
            "exit_code": .integer(Int64(code.rawValue)),
        ])
        output.complain(sentence)
        return code
    }

    private static func perform(_ parsed: Parsed, _ output: Output) async throws -> ExitCode {
        let words = parsed.command
        switch (words.first, words.dropFirst().first) {
        case ("init", _): return try InitCommand.run(parsed, output)
        case ("portfolio", let verb):
            return try ReferenceCommand.portfolio.run(verb, parsed, output)
        case ("operator", let verb): return try ReferenceCommand.operator.run(verb, parsed, output)
        case ("creditor", let verb): return try ReferenceCommand.creditor.run(verb, parsed, output)
        case ("row", _): return try RowCommand.run(parsed, output)
        case ("import", _): return try ImportCommand.run(parsed, output)
        case ("replica", "add"): return try ReplicaAddCommand.run(parsed, output)
        case ("replica", "list"): return try ReplicaListCommand.run(parsed, output)
        case ("replica", "code"): return try ReplicaCodeCommand.run(parsed, output)
        case ("replica", "revoke"): return try ReplicaRevokeCommand.run(parsed, output)
        case ("serve", _): return try await ServeCommand.run(parsed, output)
        case ("status", _): return try StatusCommand.run(parsed, output)
        case ("conflicts", _): return try ConflictsCommand.run(parsed, output)
        case ("quarantine", _): return try QuarantineCommand.run(parsed, output)
        case ("review", "settle"): return try ReviewSettleCommand.run(parsed, output)
        case ("review", _): return try ReviewCommand.run(parsed, output)
        case ("verify", _): return try VerifyCommand.run(parsed, output)
        case ("nightly", _): return try NightlyCommand.run(parsed, output)
        default: throw parsed.usageError(.missingCommand(choices: command.subcommands.map(\.name)))
        }
    }
}
