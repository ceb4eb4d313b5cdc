import RientroSQLite
import RientroServer
import Terminal

/// `replica code`: a new code for an office that has not come yet.
enum ReplicaCodeCommand {
    static let declaration = Command(
        "code", "Print a new code for an office that has not enrolled yet",
        discussion: "The code that it had before is good for nothing from then on.",
        arguments: [CentreProgram.folder, ReplicaCommand.number],
        options: [ReplicaCommand.server])

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let number = try ReplicaCommand.number(parsed)
        let engine = try parsed.writingEngine()
        let (code, record) = try engine.db.transaction {
            let code = try engine.newCode(for: number, now: SystemClock.now())
            return (code, try engine.replicas().first { $0.number == number })
        }
        ReplicaCommand.tell(
            code: code, of: number, name: record?.name ?? "", portfolios: record?.portfolios ?? [],
            parsed: parsed, output: output)
        return .done
    }
}
