import RientroClient
import Terminal

/// `rientro centre`: where the centre is from now on.
enum CentreCommand {
    static let declaration = Command(
        "centre", "Says where the centre is, or shows where it is said to be",
        discussion: """
            Several addresses are tried in this order: a name and another, or a centre and the \
            one that stands in for it. The file's secret is sent to these and no others, whatever \
            else is written into the file. Without an address it shows those that are known.
            """,
        arguments: [
            Session.replica,
            .variadic("URL", "An address of the centre, such as https://centre.example"),
        ],
        options: [CentreOptions.plain])

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let servers = try CentreOptions.servers(session.parsed.arguments("URL"))
        let office = try await session.open()
        if !servers.isEmpty {
            do {
                try await office.replica.moveCentre(
                    to: servers, allowsPlainHTTP: session.parsed.flag("plain-http"))
            } catch {
                throw .replica(error)
            }
        }
        let status = try await office.status()
        let addresses = status.server.split(separator: " ").map(String.init)
        for (place, address) in addresses.enumerated() {
            session.output.say(place == 0 ? "Centre: \(address)" : "   then: \(address)")
        }
        if let words = StatusCommand.token(status) { session.output.say("ATTENTION: \(words)") }
        session.output.json([
            "servers": .array(addresses.map { .string($0) }),
            "token": .string(StatusCommand.tokenWord(status)),
        ])
        return status.token == .present ? .done : .partly
    }
}
