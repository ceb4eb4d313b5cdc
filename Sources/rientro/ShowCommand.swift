import RientroClient
import Terminal

/// `rientro show`: one account with all that is known of it.
enum ShowCommand {
    /// So much of the timeline is shown unless told: a screen.
    private static let timelineShown = 20

    static let declaration = Command(
        "show", "Shows one account: debtor, contacts, items, balance, promises, tasks, timeline",
        discussion: """
            What stops work stands on top: nobody is called then. Here ACCOUNT may also be words \
            that `rientro accounts` finds one account by, such as a name. Ids, by which contact \
            points, payments, promises and tasks are named, are shown with --ids.

              rientro show MT-00123
              rientro show 3                the third row of the list that was shown last
            """,
        arguments: [Session.replica, Session.account],
        options: [
            .flag("all", "Show all of the timeline, not only the latest 20"),
            .flag("ids", "Show the ids"),
        ])

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let office = try await session.openTrade()
        let isAll = session.parsed.flag("all") || session.output.style == .json
        let file = try await office.read { db throws(OfficeError) in
            let account = try find(session, in: db)
            return try AccountFile.read(
                account, timeline: isAll ? -1 : timelineShown, isItalian: session.isItalian,
                in: db)
        }
        session.output.beginPage()
        AccountPage(file: file, session: session, hasIDs: session.parsed.flag("ids")).say()
        try await session.remarkStaleness(office)
        session.output.json([
            "account": JSONValue(file.account), "debtor": file.debtor.map(JSONValue.init) ?? .null,
            "stops": .array(file.stops.map(json)),
            "contact_points": .rows(file.contacts), "items": .rows(file.items),
            "payments": .rows(file.payments), "promises": .rows(file.promises),
            "tasks": .rows(file.tasks), "timeline": .rows(file.timeline),
        ])
        return .done
    }

    /// The account that is meant, also by what is known of its debtor: looking changes nothing.
    private static func find(
        _ session: Session, in db: Database
    ) throws(OfficeError) -> Account {
        do throws(OfficeError) {
            return try session.findAccount(in: db)
        } catch .noAccount(let text) {
            let search = AccountSearch([text])
            let found = search.isEmpty ? [] : try search.accounts(in: db)
            let accounts = try AccountFinder.all(found, in: db).values
                .sorted { ($0.caseRef, $0.id) < ($1.caseRef, $1.id) }
            guard let first = accounts.first else { throw .noAccount(text) }
            guard accounts.count == 1 else {
                throw .manyAccounts(
                    text, found: Array(accounts.prefix(AccountFinder.candidatesMax)),
                    count: accounts.count)
            }
            return first
        }
    }

    private static func json(_ stop: Stop) -> JSONValue {
        [
            "outcome": .string(stop.outcome), "label": .string(stop.label),
            "at": .string(stop.at), "operator": .optional(stop.person),
            "noted_on": .optional(stop.otherCase), "lasts": .bool(stop.lasts),
        ]
    }
}
