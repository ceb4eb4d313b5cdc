import Terminal

/// A program with every kind of declaration, in the shape of the real ones.
enum SampleProgram {
    static let replica = Argument.file(
        "REPLICA", "The office's file", environment: "RIENTRO_REPLICA")

    static let json = Option.flag("json", "Write JSON for programs")

    static let program = Command(
        "rientro", "Works a debtor portfolio with or without a line",
        options: [json, .flag("quiet", short: "q", "Leave out remarks and progress")],
        subcommands: [status, debtors, pay, note, tag, portfolio, quarantine, create])

    static let status = Command("status", "Tell the truth", arguments: [replica])

    static let debtors = Command(
        "debtors", "List debtors",
        arguments: [replica, .optional("SEARCH", "Part of a name")],
        options: [.value("limit", "N", "At most so many")])

    static let pay = Command(
        "pay", "Record a payment",
        discussion: """
            The amount is written as people write it: 150, 150,50 or 1.533,50. It is recorded here \
            at once, with or without a line.

              rientro pay milano.db 2024-001 150,50
            """,
        arguments: [
            replica, .required("ACCOUNT", "An id, a case reference or the beginning of one"),
            .required("AMOUNT", "What was paid"),
        ],
        options: [
            .value("currency", short: "c", "CODE", "ISO 4217 code"),
            .value("operator", "CODE", "Who writes", environment: "RIENTRO_OPERATOR"),
            .value("method", "METHOD", "How it was paid", choices: ["cash", "bank"]),
        ])

    static let note = Command(
        "note", "Write a call note",
        arguments: [
            replica, .required("ACCOUNT", "The account"), .optional("TEXT", "What was said"),
        ])

    static let tag = Command(
        "tag", "Tag accounts", arguments: [replica, .variadic("ACCOUNT", "The accounts")])

    static let portfolio = Command(
        "portfolio", "Work on portfolios",
        subcommands: [
            Command(
                "add", "Add a portfolio",
                arguments: [.required("DIR", "The centre"), .required("ID", "Its key")],
                options: [
                    .value("name", "N", "Its name", isRequired: true),
                    .repeated("office", "O", "An office"),
                ]),
            Command("list", "List them", arguments: [.required("DIR", "The centre")]),
        ])

    static let quarantine = Command(
        "quarantine", "List what was refused", arguments: [.required("DIR", "The centre")],
        subcommands: [
            Command(
                "send", "Try again",
                arguments: [
                    .required("DIR", "The centre"),
                    .variadic("ROW", "The rows", atLeastOne: true),
                ])
        ])

    static let create = Command(
        "init", "Create a replica",
        arguments: [
            .file("REPLICA", "The new file", environment: "RIENTRO_REPLICA", isNew: true),
            .optional("LABEL", "What to call it"),
        ])
}

/// Reads a line that must be right and ask for something to do.
func run(
    _ words: String..., with environment: [String: String] = [:], files: Set<String> = []
) throws -> Parsed {
    let surroundings = Surroundings(environment: environment) { files.contains($0) }
    guard case .run(let parsed) = try SampleProgram.program.parse(words, in: surroundings) else {
        throw HelpInstead()
    }
    return parsed
}

/// A line asked for help where it should ask for something to do.
struct HelpInstead: Error {}

/// Reads a line that must be wrong, and says why.
func reason(_ words: String..., with environment: [String: String] = [:]) -> UsageError.Reason? {
    do throws(UsageError) {
        _ = try SampleProgram.program.parse(words, in: Surroundings(environment: environment))
        return nil
    } catch {
        return error.reason
    }
}
