import RientroClient
import Terminal

/// `rientro name`: what this file is called beside others of the same office.
enum NameCommand {
    static let declaration = Command(
        "name", "Names this file, to tell it from another of the same office",
        discussion: """
            A copied file becomes an office of its own with the same name. The centre's people see \
            NAME beside its number from the next sync on, and so know which one to revoke when a \
            machine is lost. An empty NAME takes it away.
            """,
        arguments: [Session.replica, .required("NAME", "Such as \"laptop of Anna\"")])

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let name = try session.required("NAME")
        let office = try await session.open()
        do { try await office.replica.rename(name) } catch { throw .replica(error) }
        let status = try await office.status()
        let words = status.label.map { "is called \($0)" } ?? "has no name of its own"
        session.output.say(
            "Replica \(status.replica) of \(status.name) \(words); the centre learns it with the"
                + " next sync.")
        session.output.json([
            "replica": .integer(status.replica), "label": .optional(status.label),
        ])
        return .done
    }
}
