import RientroProtocol
import RientroSQLite
import RientroServer
import Terminal

/// `replica add`: makes room for an office, and the code with which it comes.
enum ReplicaAddCommand {
    static let declaration = Command(
        "add", "Make room for an office and print its one-time code",
        discussion: """
            The code is good for one file and for 7 days. The office types it when `rientro init` \
            asks; it never stands in a command line, where other users of a machine would see it.
            """,
        arguments: [CentreProgram.folder],
        options: [
            .value("name", "N", "the office's name", isRequired: true),
            .repeated("portfolio", "ID", "what it works; may be given again", isRequired: true),
            ReplicaCommand.server,
        ])

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let name = parsed.value("name") ?? ""
        guard !name.isEmpty, name.utf8.count <= Limits.officeNameBytesMax else {
            throw parsed.usageError(
                .invalidValue(
                    of: "--name", value: name,
                    expected: "a name of 1 to \(Limits.officeNameBytesMax) bytes"))
        }
        let portfolios = Array(Set(parsed.values("portfolio"))).sorted()
        let engine = try parsed.writingEngine()
        let added = try engine.db.transaction {
            try engine.addReplica(name: name, portfolios: portfolios, now: SystemClock.now())
        }
        ReplicaCommand.tell(
            code: added.code, of: added.replica, name: name, portfolios: portfolios,
            parsed: parsed, output: output)
        return .done
    }
}
