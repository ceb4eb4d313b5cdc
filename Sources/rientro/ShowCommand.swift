import RientroClient
import Terminal

/// `rientro show`: one account with all that is known of it.
enum ShowCommand {
    /// So much of the timeline is shown unless told: a screen.
    private static let timelineShown = 20

    static let declaration = Command(
        "show", "Shows one account: debtor, contacts, items, balance, promises, tasks, timeline",
        arguments: [Session.replica, Session.account],
        options: [.flag("all", "Show all of the timeline, not only the latest 20")])

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let office = try await session.openTrade()
        let isAll = session.parsed.flag("all") || session.output.style == .json
        let file = try await office.read { db throws(OfficeError) in
            let account = try AccountFinder.find(try session.required("ACCOUNT"), in: db)
            return try AccountFile.read(
                account, timeline: isAll ? -1 : timelineShown, in: db)
        }
        AccountPage(file: file, session: session).say()
        session.output.json([
            "account": JSONValue(file.account), "debtor": file.debtor.map(JSONValue.init) ?? .null,
            "contact_points": .rows(file.contacts), "items": .rows(file.items),
            "payments": .rows(file.payments), "promises": .rows(file.promises),
            "tasks": .rows(file.tasks), "timeline": .rows(file.timeline),
        ])
        return .done
    }
}
