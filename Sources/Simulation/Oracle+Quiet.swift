internal import RientroSQLite

/// What must be true once nothing is on its way any more.
extension Oracle {
    /// Checks everything against the centre's file.
    func checkQuiet(_ centre: Connection, _ offices: [OfficeMachine]) throws {
        try checkCentre(centre)
        for office in offices {
            try checkOffice(office)
            guard try believesAllSent(office.sql()) else {
                throw Failure("\(office.name) still has something to send")
            }
            try checkAcknowledged(office, centre)
            try checkOutside(office)
            try checkEqual(office, centre)
            try checkRefused(office)
        }
        try checkFacts(centre)
        try checkRegisters(centre)
        try checkStamps(centre)
        try checkMoney(centre)
        for (name, db) in try [("the centre", centre)] + offices.map({ ($0.name, try $0.sql()) }) {
            let fault = try db.text("PRAGMA integrity_check(1)")
            guard fault == "ok" else { throw Failure("\(name): \(fault ?? "no integrity")") }
        }
    }

    /// What could not be accepted is in no table, and is listed where it was written.
    private func checkRefused(_ office: OfficeMachine) throws {
        let db = try office.sql()
        let listed = Set(try db.rows("SELECT row FROM refused") { $0.text(0) })
        for write in office.own where write.isCertain {
            let (row, isRefused) =
                switch write {
                case .fact(let fact): (fact.id, !isWelcome(fact))
                case .writing(let writing): (writing.register.row, writing.isBad)
                }
            if isRefused, !listed.contains(row) {
                throw Failure("\(row) was refused, and \(office.name) does not list it")
            }
            // What a tool wrote to it was refused with it, and stands nowhere else. Of a clock that
            // is ahead the office cannot tell what was written over.
            if case .fact(let fact) = write, fact.isEarly, mustBeThere(fact), listed.contains(row),
                !isWorkedOn(row)
            {
                throw Failure("\(row) was accepted, and \(office.name) still lists it")
            }
        }
        for fact in facts.values where !all(fact.id).contains(where: isWelcome) {
            guard try db.integer("SELECT 1 FROM \(fact.table) WHERE id = ?", .text(fact.id)) == nil
            else { throw Failure("\(fact.id) was refused, and stands at \(office.name)") }
        }
        let unreasoned = try db.text("SELECT row FROM refused WHERE reason = ''")
        if let unreasoned { throw Failure("\(unreasoned) is refused at \(office.name): no reason") }
    }

    /// Whether a tool wrote to a row past the triggers, or a clock that was ahead.
    private func isWorkedOn(_ row: String) -> Bool {
        writings.contains { name, all in
            name.row == row && all.contains { $0.isUncaptured || $0.isAhead }
        }
    }

    /// Nobody sees more: what is in an office's file belongs to its portfolios.
    private func checkOutside(_ office: OfficeMachine) throws {
        let db = try office.sql()
        for account in try db.rows("SELECT id FROM account", body: { $0.text(0) }) {
            guard let portfolio = portfolios[account], office.portfolios.contains(portfolio) else {
                throw Failure("\(office.name) holds the account \(account) of another")
            }
        }
        for (table, key, parent) in [
            ("debtor", "id", "SELECT debtor_id FROM account"),
            ("contact_point", "debtor_id", "SELECT debtor_id FROM account"),
            ("task", "account_id", "SELECT id FROM account"),
            ("debt_item", "account_id", "SELECT id FROM account"),
            ("contact_attempt", "account_id", "SELECT id FROM account"),
            ("payment", "account_id", "SELECT id FROM account"),
            ("promise", "account_id", "SELECT id FROM account"),
        ] {
            let outside = try db.text("SELECT id FROM \(table) WHERE \(key) NOT IN (\(parent))")
            if let outside { throw Failure("\(office.name) holds \(table) \(outside) of another") }
        }
    }

    /// The office's tables hold what the centre's hold of its portfolios, value by value.
    func checkEqual(_ office: OfficeMachine, _ centre: Connection) throws {
        let held = office.portfolios.map { "'\($0)'" }.joined(separator: ",")
        let accounts = "SELECT id FROM account WHERE portfolio_id IN (\(held))"
        let debtors = "SELECT debtor_id FROM account WHERE portfolio_id IN (\(held))"
        let unit =
            "unit_table = 22 AND unit_id IN (\(accounts))"
            + " OR unit_table = 20 AND unit_id IN (\(debtors))"
        let wanted = [
            ("account", "portfolio_id IN (\(held))"), ("debtor", "id IN (\(debtors))"),
            ("contact_point", "debtor_id IN (\(debtors))"),
            ("task", "account_id IN (\(accounts))"), ("debt_item", "account_id IN (\(accounts))"),
            ("contact_attempt", "account_id IN (\(accounts))"),
            ("payment", "account_id IN (\(accounts))"), ("promise", "account_id IN (\(accounts))"),
            ("conflict", unit),
            ("resolution", "conflict_id IN (SELECT id FROM conflict WHERE \(unit))"),
            ("code", "1"), ("portfolio", "1"), ("creditor", "1"),
        ]
        for (table, condition) in wanted {
            let columns = try Self.columns(of: table, in: centre)
            let order = "SELECT \(columns) FROM \(table)"
            let here = try office.sql().rows("\(order) ORDER BY id", body: Self.line)
            let there = try centre.rows("\(order) WHERE \(condition) ORDER BY id", body: Self.line)
            guard here != there else { continue }
            let own = Set(here)
            let others = Set(there)
            throw Failure(
                """
                \(table) at \(office.name) is not as at the centre:
                here: \(own.subtracting(others).min() ?? "nothing")
                centre: \(others.subtracting(own).min() ?? "nothing")
                """)
        }
    }

    /// All columns of a table; a register that is as old as its row has the row's stamp.
    private static func columns(of table: String, in db: Connection) throws -> String {
        let names = try db.rows(
            "SELECT name FROM pragma_table_info('\(table)') ORDER BY name", body: { $0.text(0) })
        return names.map { name in
            let isStamp = name.hasSuffix("_stamp") && name != "born_stamp"
            return isStamp && names.contains("born_stamp")
                ? "coalesce(\(name), born_stamp)" : "\"\(name)\""
        }.map { "quote(\($0))" }.joined(separator: " || ' ' || ")
    }

    private static func line(_ row: Statement) throws -> String { row.text(0) }

    /// What people wrote stands at the centre as they wrote it, and nothing that is refused.
    private func checkFacts(_ centre: Connection) throws {
        // Somebody else may have given its id to a row that is taken.
        for fact in facts.values where !all(fact.id).contains(where: isWelcome) {
            let table = fact.table
            guard try centre.integer("SELECT 1 FROM \(table) WHERE id = ?", .text(fact.id)) == nil
            else { throw Failure("\(table) \(fact.id) is at the centre, and must be refused") }
        }
        for fact in facts.values.sorted(by: { $0.id < $1.id }) where isWelcome(fact) {
            guard let found = try values(of: fact, in: centre) else {
                guard !mustBeThere(fact) else {
                    throw Failure("\(fact.table) \(fact.id) is not at the centre")
                }
                continue
            }
            // A record's columns may have been written since.
            guard Self.ledgerTables.contains(fact.table) else { continue }
            guard try standing(fact.id, in: centre) != nil else {
                throw Failure("\(fact.table) \(fact.id) is at the centre as \(found)")
            }
        }
    }

    /// The row that stands at the centre under an id, as somebody wrote it.
    private func standing(_ id: String, in centre: Connection) throws -> Fact? {
        try all(id).first { try values(of: $0, in: centre) == $0.values }
    }

    /// Money to the cent: the sum of each account's payments is that of those who wrote them.
    private func checkMoney(_ centre: Connection) throws {
        var wanted: [String: Int64] = [:]
        for fact in facts.values where fact.table == "payment" && !fact.isBad {
            // Of two under one id it is the one that stands there.
            let present = try standing(fact.id, in: centre)
            guard present != nil || mustBeThere(fact) else { continue }
            wanted[(present ?? fact).account, default: 0] += (present ?? fact).cents
        }
        for (account, cents) in wanted.sorted(by: { $0.key < $1.key }) {
            let found = try centre.integer(
                "SELECT sum(amount) FROM payment WHERE account_id = ?", .text(account))
            guard found == cents else {
                throw Failure(
                    "the payments of \(account) are \(found ?? 0) cents and not \(cents)")
            }
        }
    }
}
