import Portfolio
import RientroClient
import Terminal

/// `rientro set`: what an office may change of accounts, debtors and contact points.
enum SetCommand {
    static let declaration = Command(
        "set", "Changes fields of an account, its debtor, or a contact point; adds contact points",
        discussion: """
            ACCOUNT names the account and its debtor; a debtor's id names the debtor alone. An \
            empty value clears a field.

              rientro set MT-00123 status=in_work priority=7
              rientro set MT-00123 street="Via Roma 1" city=Matera debtor.note="call after 18"
              rientro set MT-00123 --add mobile=3331234567
              rientro set MT-00123 --contact 3331234567 quality=good
              rientro set --contact 9f3c41 value=+393337654321

            A tax code or an IBAN that looks wrong is kept all the same, and flagged so; a number \
            or mail address that cannot be one is refused. An account with money open is not \
            closed_paid.

            A name that both have, such as note, is the account's; write debtor.note for the \
            other. A contact point is known by its number or address, its id, or the end of its \
            id. A further number is a further contact point, so that none is lost; its kinds are \
            \(SettableFields.contactKinds.joined(separator: ", ")).

            \(SettableFields.help())
            """,
        arguments: [
            Session.replica,
            .variadic("WORDS", "ACCOUNT or a debtor's id, then FIELD=VALUE ..."),
        ],
        options: [
            .value("contact", "CONTACT", "Change this contact point"),
            .repeated("add", "KIND=VALUE", "Add a contact point"),
            .flag("yes", short: "y", "Say yes to what the command would ask"),
        ])

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let wanted = try Wanted(session)
        let office = try await session.openTrade()
        let done = try await office.write(asking: session) { db, consent throws(OfficeError) in
            try FieldChanges.make(wanted, consent, session: session, in: db)
        }
        say(done, session)
        session.output.json(json(done))
        return .done
    }

    /// What the command line asks for.
    struct Wanted: Sendable {
        /// The account or debtor.
        let target: String?
        /// The fields with their new values.
        let fields: [Assignment]
        /// The contact points to add, by kind.
        let additions: [Assignment]
        /// The contact point that the fields belong to.
        let contact: String?

        init(_ session: Session) throws(OfficeError) {
            let words = session.parsed.arguments("WORDS")
            let names = words.filter { Assignment($0) == nil }
            if names.count > 1 {
                throw .usage(session.parsed.usageError(.extraArgument(names[1])))
            }
            target = names.first
            fields = words.compactMap(Assignment.init)
            contact = session.parsed.value("contact")
            var additions: [Assignment] = []
            for word in session.parsed.values("add") {
                guard let addition = Assignment(word), !addition.value.isEmpty else {
                    throw session.wrong("--add", word, expected: "KIND=VALUE")
                }
                additions.append(addition)
            }
            self.additions = additions
            if target == nil, contact == nil || !additions.isEmpty {
                throw .usage(
                    session.parsed.usageError(.missingArgument("ACCOUNT", environment: nil)))
            }
            if fields.isEmpty, additions.isEmpty {
                throw .usage(
                    session.parsed.usageError(.missingArgument("FIELD=VALUE", environment: nil)))
            }
        }
    }

    private static func say(_ done: FieldChanges, _ session: Session) {
        for change in done.changes {
            session.output.say(
                "\(change.name): \(shown(change.old)) is now \(shown(change.new))")
        }
        for doubt in done.doubts {
            session.output.say(
                "\(doubt.field) was kept, but looks wrong: \(sentence(doubt.fault))")
        }
        for point in done.added {
            session.output.say("added \(point.kind) \(point.value)")
        }
        for point in done.known {
            session.output.say("\(point.kind) \(point.value) was there already")
        }
        if done.changes.isEmpty, done.added.isEmpty, done.known.isEmpty {
            session.output.say("Nothing to change: it is so already.")
        }
    }

    private static func sentence(_ fault: IdentifierFault) -> String {
        switch fault {
        case .shape: "it has not the length or the signs of one"
        case .check: "its check characters do not fit the rest, so a sign is mistyped"
        case .date: "the date in it does not exist"
        case .office: "the tax office in it does not exist"
        case .otherCode: "it is a partita IVA, and this is a person"
        }
    }

    private static func shown(_ value: SQLValue) -> String {
        value.isNull ? "(empty)" : value.shown
    }

    private static func json(_ done: FieldChanges) -> JSONValue {
        [
            "changes": .array(
                done.changes.map {
                    [
                        "table": .string($0.table), "id": .string($0.id),
                        "field": .string($0.field), "old": JSONValue($0.old),
                        "new": JSONValue($0.new),
                    ]
                }),
            "doubtful": .array(
                done.doubts.map {
                    ["field": .string($0.field), "flag": .string($0.fault.rawValue)]
                }),
            "added": .array(done.added.map(json)), "known": .array(done.known.map(json)),
        ]
    }

    private static func json(_ point: ContactPoint) -> JSONValue {
        [
            "id": .string(point.id), "debtor_id": .string(point.debtorID),
            "kind": .string(point.kind), "value": .string(point.value),
        ]
    }
}
