internal import RientroSQLite

/// What must be true, as plainly as it can be said: sets of rows and values that people wrote, and
/// who had seen what. It reads files with SQL and shares no code with what it checks.
final class Oracle {
    /// Everything that anybody wrote, by the id of the row.
    private(set) var facts: [String: Fact] = [:]
    /// Rows that were written under the id of another one, by it.
    private(set) var rivals: [String: [Fact]] = [:]
    /// All values of a register, in the order in which they were written.
    private(set) var writings: [RegisterName: [Writing]] = [:]
    /// The portfolio of each account.
    private(set) var portfolios: [String: String] = [:]
    /// Ledger rows that were seen at the centre, by table.
    private var seenAtCentre: [String: Set<String>] = [:]
    private var lastNumber = 0

    /// The tables whose rows are facts that people write.
    static let ledgerTables = ["contact_attempt", "payment", "promise"]
    /// How many rows an account, or a debtor, may have.
    private static let mostUnderOne = ["promise": 60, "contact_point": 200]
    /// The texts of rows that surely fit into one change-set, in bytes.
    private static let togetherBytesMax = 1_000_000
    /// The columns that are registers of which both values are kept, by table.
    static let keptColumns = [
        "debtor": ["codice_fiscale", "iban"], "contact_point": ["value"],
    ]

    /// A number that was never given before.
    func number() -> Int {
        lastNumber += 1
        return lastNumber
    }

    /// A value that was never written before. Of two with one stamp the greater stands, whichever
    /// is the later: they are not greater in the order of their writing.
    func value() -> String {
        let number = number()
        var chance = Chance(seed: UInt64(number))
        return chance.pick(["P", "Q", "R", "S", "T", "U", "V", "W"]) + "\(number)"
    }

    /// Notes what somebody wrote.
    func note(_ write: Write) {
        switch write {
        case .fact(let fact):
            guard let first = facts[fact.id] else { return facts[fact.id] = fact }
            first.hasRival = true
            fact.hasRival = true
            rivals[fact.id, default: []].append(fact)
        case .writing(let writing): writings[writing.register, default: []].append(writing)
        }
    }

    /// Notes where an account goes.
    func note(account: String, in portfolio: String) { portfolios[account] = portfolio }

    /// Notes that the central team has decided against a refused row.
    func noteDiscarded(_ row: String) {
        facts[row]?.isDiscarded = true
        for (name, all) in writings where name.row == row {
            for writing in all { writing.isDiscarded = true }
        }
    }

    /// All rows that were written under an id.
    func all(_ id: String) -> [Fact] { (facts[id].map { [$0] } ?? []) + rivals[id, default: []] }

    /// Notes that a value which was not sealed yet was written over.
    func noteHidden(by writing: Writing, at office: OfficeMachine) throws {
        let name = writing.register
        let before = writings[name]?.last { $0.value == writing.overwritten }
        guard let before, before.isInTwoUnsealed else { return }
        let waiting = try office.sql().integer(
            "SELECT count(*) FROM pending WHERE row = ?", .text(name.row))
        // One entry is the new write's own.
        if waiting ?? 0 > 1 { before.isOverwrittenUnsealed = true }
    }

    /// Whether the centre takes a row: it has its account, in a portfolio of its author's.
    func isWelcome(_ fact: Fact) -> Bool {
        guard !fact.isBad, !fact.isCrowdedOut else { return false }
        guard fact.table == "task" || Self.ledgerTables.contains(fact.table) else { return true }
        return portfolios[fact.account].map(fact.portfolios.contains) ?? false
    }

    /// Whether the centre must have a row: nobody who could know better did anything against it.
    func mustBeThere(_ fact: Fact) -> Bool {
        fact.isCertain && isWelcome(fact) && !fact.isDiscarded && !reversesRival(fact)
    }

    /// Whether it takes a payment back under whose id somebody else has written another: of that
    /// one it is no reversal, and is refused.
    private func reversesRival(_ fact: Fact) -> Bool {
        fact.columns["reverses_id"].flatMap { facts[$0] }?.hasRival == true
    }

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
        let tooLarge = Set(
            try db.rows("SELECT row FROM refused WHERE reason = 'too_large'") { $0.text(0) })
        for case .fact(let fact) in office.own where fact.isCertain {
            guard try !isPresent(fact, among: present, db) else { continue }
            if tooLarge.contains(fact.id), isInCrowd(fact) { fact.isCrowdedOut = true }
            guard !fact.isCrowdedOut else { continue }
            guard fact.isBad || fact.isEarly || fact.hasRival || reversesRival(fact) else {
                throw Failure("\(fact.table) \(fact.id) was written at \(office.name), and is gone")
            }
            guard refused.contains(fact.id) else {
                throw Failure("\(fact.table) \(fact.id) left \(office.name) and is not listed")
            }
        }
        try checkNoPaymentTwice(db, office.name)
    }

    /// Whether so many rows of its sort were written under its parent that some are refused.
    private func isInCrowd(_ fact: Fact) -> Bool {
        guard let most = Self.mostUnderOne[fact.table] else { return false }
        let others = facts.values.lazy.filter {
            $0.table == fact.table && $0.account == fact.account && !$0.isBad && $0 !== fact
        }
        return others.prefix(most).count == most
    }

    /// Whether the row is there; of two under one id, whether it is this one.
    private func isPresent(
        _ fact: Fact, among ids: [String: Set<String>], _ db: Connection
    ) throws -> Bool {
        guard ids[fact.table]?.contains(fact.id) == true else { return false }
        guard fact.hasRival, Self.ledgerTables.contains(fact.table) else { return true }
        return try values(of: fact, in: db) == fact.values
    }

    /// What stands in a file under the row's id, in the columns that were given; nil: nothing.
    func values(of fact: Fact, in db: Connection) throws -> [String]? {
        try db.first(
            "SELECT \(fact.names.joined(separator: ", ")) FROM \(fact.table) WHERE id = ?",
            .text(fact.id)
        ) { row in fact.names.indices.map { row.text($0) } }
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

    /// What one `write { }` inserted is at the centre whole, or not at all; unless it is too much
    /// for one change-set, which no change-set can hold together.
    func checkTogether(_ office: OfficeMachine, _ centre: Connection) throws {
        var waiting: [[Fact]] = []
        // Somebody else may have given the id of one of them to a row of his.
        for facts in office.together where facts.allSatisfy({ mustBeThere($0) && !$0.hasRival }) {
            let size = facts.reduce(0) { $0 + $1.values.reduce(0) { $0 + $1.utf8.count } }
            guard size <= Self.togetherBytesMax else { continue }
            let there = try facts.count { fact in
                try centre.integer("SELECT 1 FROM \(fact.table) WHERE id = ?", .text(fact.id)) == 1
            }
            if there == 0 { waiting.append(facts) }
            guard there == 0 || there == facts.count else {
                throw Failure(
                    "of \(facts.count) rows that were written together at \(office.name) the centre"
                        + " has \(there)")
            }
        }
        office.together = waiting
    }

    /// What an office believes that the centre has must be there.
    func checkAcknowledged(_ office: OfficeMachine, _ centre: Connection) throws {
        guard try believesAllSent(office.sql()) else { return }
        for case .fact(let fact) in office.own where mustBeThere(fact) && !fact.isUncaptured {
            let found = try centre.integer(
                "SELECT 1 FROM \(fact.table) WHERE id = ?", .text(fact.id))
            if found != 1 {
                throw Failure(
                    "\(office.name) believes that \(fact.table) \(fact.id) is at the centre")
            }
        }
    }
}
