import RientroProtocol
import RientroServer
import Terminal

/// `replica add|list|code|revoke`: the offices that may come.
enum ReplicaCommand {
    static let declaration = Command(
        "replica", "Offices: who may sync, and with what",
        subcommands: [
            ReplicaAddCommand.declaration, ReplicaListCommand.declaration,
            ReplicaCodeCommand.declaration, ReplicaRevokeCommand.declaration,
        ])

    /// The number of a replica, as an argument.
    static let number = Argument.required("NUMBER", "the replica's number, as in replica list")

    /// The address by which offices reach the centre.
    static let server = Option.value(
        "server", "URL", "how offices reach the centre, for the line that is printed")

    /// Reads the argument NUMBER.
    static func number(_ parsed: Parsed) throws -> Int64 {
        let text = try parsed.required("NUMBER")
        guard let number = Int64(text), (1...Limits.replicaNumberMax).contains(number) else {
            throw parsed.usageError(
                .invalidValue(
                    of: "NUMBER", value: text, expected: "a number as in `replica list`"))
        }
        return number
    }

    /// Tells a new code, and what the office does with it.
    ///
    /// - Parameter again: the number that the office had, where it has a file already.
    static func tell(
        code: String, of replica: Int64, name: String, portfolios: [String], again: Int64? = nil,
        parsed: Parsed, output: Output
    ) {
        let server = parsed.value("server") ?? "http://127.0.0.1:8080"
        let new = "rientro init \(fileName(name)) --server \(server) --code -"
        let line = again == nil ? new : "rientro enrol \(fileName(name)) --code -"
        let expires = SystemClock.now() + EnrolmentCode.lifetimeMilliseconds
        output.json([
            "replica": .integer(replica), "code": .string(code), "name": .string(name),
            "portfolios": .array(portfolios.map(JSONValue.string)),
            "expires": ShownTime.json(expires), "init": .string(new),
            "enrol": .optional(again == nil ? nil : line), "succeeds": .optional(again),
        ])
        output.say(
            """
            Replica \(replica), \(name): \(portfolios.joined(separator: ", "))

            Code: \(code)
            It works once, until \(ShownTime.text(expires)). Send it to the office, where one types

                \(line)

            and then the code, when asked for it.
            """)
        if let again {
            output.say(
                """

                There the name is that of its own file, which goes on with all that it has, as \
                replica \(replica). The token of replica \(again) ends when the code is used. \
                Where the file is lost: \(new)
                """)
        }
        if parsed.value("server") == nil {
            output.remark("With --server URL the line names the address that offices reach.")
        }
    }

    /// A name for the office's file that needs no quotes in a shell.
    private static func fileName(_ name: String) -> String {
        let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        let base = words.joined(separator: "-").prefix(40)
        return (base.isEmpty ? "office" : base) + ".sqlite"
    }
}
