internal import RientroSQLite

/// What must be true, as plainly as it can be said: sets of rows and values that people wrote, and
/// who had seen what. It reads files with SQL and shares no code with what it checks.
final class Oracle {
    /// Everything that anybody wrote, by the id of the row.
    private(set) var facts: [String: Fact] = [:]
    /// All values of a register, in the order in which they were written.
    private(set) var writings: [RegisterName: [Writing]] = [:]
    /// The portfolio of each account.
    private(set) var portfolios: [String: String] = [:]
    /// Ledger rows that were seen at the centre, by table.
    private var seenAtCentre: [String: Set<String>] = [:]
    private var lastNumber = 0

    /// The tables whose rows are facts that people write.
    static let ledgerTables = ["contact_attempt", "payment", "promise"]
    /// The columns that are registers of which both values are kept, by table.
    static let keptColumns = [
        "debtor": ["codice_fiscale", "iban"], "contact_point": ["value"],
    ]

    /// A number that was never given before.
    func number() -> Int {
        lastNumber += 1
        return lastNumber
    }

    /// Notes what somebody wrote.
    func note(_ write: Write) {
        switch write {
        case .fact(let fact): facts[fact.id] = fact
        case .writing(let writing): writings[writing.register, default: []].append(writing)
        }
    }

    /// Notes where an account goes.
    func note(account: String, in portfolio: String) { portfolios[account] = portfolio }

    /// What stands in a file of a write that was under way when its machine stopped: it was
    /// committed, or it was not, and nothing in between.
    func isCommitted(_ write: Write, in db: Connection) throws -> Bool {
        switch write {
        case .fact(let fact):
            return try db.integer("SELECT 1 FROM \(fact.table) WHERE id = ?", .text(fact.id)) == 1
        case .writing(let writing):
            let name = writing.register
            return try db.text(
                "SELECT \(name.column) FROM \(name.table) WHERE id = ?", .text(name.row))
                == writing.value
        }
    }

    /// Checks what may be checked at any time: what was seen at the centre is still there, no
    /// payment is there twice.
    func checkCentre(_ db: Connection) throws {
        for table in Self.ledgerTables {
            let present = Set(try db.rows("SELECT id FROM \(table)") { $0.text(0) })
            let gone = seenAtCentre[table, default: []].subtracting(present)
            if let id = gone.min() {
                throw Failure("\(table) \(id) was at the centre and is there no more")
            }
            seenAtCentre[table] = present
            if let unknown = present.filter({ facts[$0] == nil }).min() {
                throw Failure("\(table) \(unknown) is at the centre and nobody wrote it")
            }
        }
        try checkNoPaymentTwice(db, "the centre")
    }

    /// Every payment has a reference of its own, which stands in one row.
    func checkNoPaymentTwice(_ db: Connection, _ place: String) throws {
        let doubled = try db.first(
            "SELECT reference, count(*) FROM payment GROUP BY reference HAVING count(*) > 1"
        ) { "\($0.text(0)), \($0.integer(1)) times" }
        if let doubled { throw Failure("at \(place) a payment is there twice: \(doubled)") }
    }

    /// Checks one office's file: what was written there is there, or is listed with a reason.
    func checkOffice(_ office: OfficeMachine) throws {
        let db = try office.sql()
        var present: [String: Set<String>] = [:]
        for table in Self.ledgerTables + ["task", "contact_point"] {
            present[table] = Set(try db.rows("SELECT id FROM \(table)") { $0.text(0) })
        }
        let refused = Set(try db.rows("SELECT row FROM refused") { $0.text(0) })
        for case .fact(let fact) in office.own where fact.isCertain {
            guard present[fact.table]?.contains(fact.id) == false else { continue }
            guard fact.isBad else {
                throw Failure("\(fact.table) \(fact.id) was written at \(office.name), and is gone")
            }
            guard refused.contains(fact.id) else {
                throw Failure("\(fact.table) \(fact.id) left \(office.name) and is not listed")
            }
        }
        try checkNoPaymentTwice(db, office.name)
    }

    /// Whether the office believes that the centre has all that was written there.
    func believesAllSent(_ db: Connection) throws -> Bool {
        try db.integer(
            """
            SELECT (SELECT count(*) FROM pending WHERE tab > 0) = 0
              AND NOT EXISTS (
                SELECT 1 FROM outbox WHERE n > (SELECT acknowledged FROM office))
            """) == 1
    }

    /// What an office believes that the centre has must be there.
    func checkAcknowledged(_ office: OfficeMachine, _ centre: Connection) throws {
        guard try believesAllSent(office.sql()) else { return }
        for case .fact(let fact) in office.own where fact.isCertain && !fact.isBad {
            let found = try centre.integer(
                "SELECT 1 FROM \(fact.table) WHERE id = ?", .text(fact.id))
            if found != 1 {
                throw Failure(
                    "\(office.name) believes that \(fact.table) \(fact.id) is at the centre")
            }
        }
    }
}
