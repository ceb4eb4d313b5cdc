import RientroSQLite
import RientroServer
import Terminal

/// `replica code`: a new code for an office that has not come yet, or that lost its token.
enum ReplicaCodeCommand {
    static let declaration = Command(
        "code", "Print a new code for an office",
        discussion: """
            For an office that has not enrolled yet: the code that it had before is good for \
            nothing from then on.

            With --again, for one that has enrolled and lost its token, or whose token was \
            revoked. It gets a new number with the same portfolios; with `rientro enrol FILE` its \
            file goes on under that with all that it has. The token of the old number ends when \
            the code is used. `replica list` shows which number came after which.
            """,
        arguments: [CentreProgram.folder, ReplicaCommand.number],
        options: [
            .flag("again", "for an office that has enrolled before"), ReplicaCommand.server,
        ])

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let number = try ReplicaCommand.number(parsed)
        let engine = try parsed.writingEngine()
        let isAgain = parsed.flag("again")
        let (made, record) = try engine.db.transaction {
            let now = SystemClock.now()
            let made =
                isAgain
                ? try engine.newCodeAgain(for: number, now: now)
                : (replica: number, code: try engine.newCode(for: number, now: now))
            return (made, try engine.replicas().first { $0.number == made.replica })
        }
        ReplicaCommand.tell(
            code: made.code, of: made.replica, name: record?.name ?? "",
            portfolios: record?.portfolios ?? [], again: isAgain ? number : nil, parsed: parsed,
            output: output)
        return .done
    }
}
