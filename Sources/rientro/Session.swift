import Foundation
import RientroClient
import Terminal

/// One run of a command: what was asked, where the answer goes, and what surrounds it.
struct Session: Sendable {
    /// What the command line said.
    let parsed: Parsed
    /// Where facts, remarks and complaints go.
    let output: Output
    /// The environment variables.
    let environment: [String: String]

    /// The argument REPLICA of every command.
    static let replica = Argument.file(
        "REPLICA", "The office's file", environment: "RIENTRO_REPLICA")
    /// The option that says who writes.
    static let operatorOption = Option.value(
        "operator", "CODE", "Who writes", environment: "RIENTRO_OPERATOR")
    /// The argument ACCOUNT.
    static let account = Argument.required(
        "ACCOUNT",
        "A row's number of the last list, a case reference, an id, or a beginning that no other"
            + " account has")

    /// The language of labels and of numbers.
    var language: Language { output.language }

    /// Whether labels are wanted in Italian, by the first of the three variables that is set.
    var isItalian: Bool {
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
        let value = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        return value?.lowercased().hasPrefix("it") ?? false
    }

    /// The value of a required argument.
    func required(_ name: String) throws(OfficeError) -> String {
        do { return try parsed.required(name) } catch { throw .usage(error) }
    }

    /// The value of an option as a whole number.
    func integer(_ name: String, in range: ClosedRange<Int>) throws(OfficeError) -> Int? {
        do { return try parsed.integer(name, in: range) } catch { throw .usage(error) }
    }

    /// The value of an option that the command cannot do without.
    func needed(_ name: String, _ valueName: String) throws(OfficeError) -> String {
        if let value = parsed.value(name) { return value }
        throw .usage(
            parsed.usageError(.missingOption(name, valueName: valueName, environment: nil)))
    }

    /// A mistake in the command line that only the command can judge.
    func wrong(_ name: String, _ value: String, expected: String) -> OfficeError {
        .usage(parsed.usageError(.invalidValue(of: name, value: value, expected: expected)))
    }

    /// Opens the replica of the command line. The network is not touched.
    func open() async throws(OfficeError) -> Office {
        let path = try required("REPLICA")
        do {
            return Office(replica: try await Replica.open(at: path))
        } catch {
            throw .replica(error)
        }
    }

    /// Opens the replica for a command of the trade, whose tables it must have.
    func openTrade() async throws(OfficeError) -> Office {
        let office = try await open()
        try await office.requireTrade()
        return office
    }

    /// Tells what went wrong: to people as a sentence, to programs as an object too.
    func report(_ error: OfficeError) {
        var members: [JSONValue.Member] = [
            .init("error", .string(error.word)), .init("message", .string(error.sentence)),
            .init("exit_code", .integer(Int64(error.exitCode.rawValue))),
        ]
        if case .unconfirmed(let concerns) = error {
            members.append(
                .init(
                    "questions",
                    .array(
                        concerns.map {
                            [
                                "word": .string($0.word), "text": .string($0.text),
                                "needs_reason": .bool($0.needsReason),
                            ]
                        })))
        }
        if case .noContact(_, .rows(let count)) = error {
            members.append(.init("waiting", .count(count)))
        }
        output.json(.object(members))
        output.complain(error.sentence)
    }
}
