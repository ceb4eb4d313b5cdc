internal import RientroClient
internal import RientroProtocol
internal import RientroSQLite

/// What an office's people write: through the library, or with any program that knows SQLite.
extension World {
    /// Runs statements on an office's file in one transaction, and notes what was written: in the
    /// oracle if it was committed, as uncertain if the machine stopped meanwhile.
    ///
    /// - Parameter isCaptured: whether the triggers are there when it is written.
    func write(
        at office: OfficeMachine, _ kind: Event.Kind, isCaptured: Bool = true, byLibrary: Bool,
        _ body: (_ sql: Statements) throws -> [Write]
    ) throws {
        var writes: [Write] = []
        let isDone: Void? = try run(on: office, allowing: { isRefusedByOwn($0, at: office) }) {
            if byLibrary {
                _ = try office.people().write { db in writes = try body(Statements(library: db)) }
            } else {
                let db = try office.sql()
                try db.transaction { writes = try body(Statements(shell: db)) }
            }
        }
        guard isDone != nil else {
            // What the machine had asked for when it stopped may be in its file.
            return try noteStopped(writes, isCaptured: isCaptured, at: office)
        }
        guard !writes.isEmpty else { return }
        for write in writes {
            try noteAuthor(of: write, isCaptured: isCaptured, at: office)
            if isCaptured { try oracle.checkStamp(of: write, at: office) }
            oracle.note(write)
        }
        office.own += writes
        if byLibrary, writes.count > 1 { office.together.append(writes.compactMap(\.fact)) }
        note(kind, "\(office.name) \(writes.count): \(writes[0].words)")
    }

    /// Notes what decides about a write: the author's clock and portfolios, and what it hid.
    private func noteAuthor(
        of write: Write, isCaptured: Bool, at office: OfficeMachine
    ) throws {
        switch write {
        case .fact(let fact):
            fact.isUncaptured = !isCaptured
            fact.portfolios = office.portfolios
            fact.isEarly = !oracle.isWelcome(fact)
        case .writing(let writing):
            writing.life = office.life
            let clock = office.time(at: time)
            // What is later begins again at 1970, and is behind.
            let ahead = clock > Limits.clockMillisecondsMax ? 0 : clock - centre.time(at: time)
            writing.isAhead = ahead > Limits.stampAheadMillisecondsMax
            try look(at: office) { try oracle.noteStamp(of: writing, in: office.sql()) }
            try oracle.noteHidden(by: writing, at: office)
        }
    }

    /// The machine has started again by now, so its file tells what was committed. Who wrote it
    /// was told nothing; and where only the program was killed, the disk need not have it yet.
    private func noteStopped(
        _ writes: [Write], isCaptured: Bool, at office: OfficeMachine
    ) throws {
        for write in writes
        where try look(at: office, { try oracle.isCommitted(write, in: office.sql()) }) {
            try noteAuthor(of: write, isCaptured: isCaptured, at: office)
            write.isCertain = write.isCertain && office.losesPower
            oracle.note(write)
            office.own.append(write)
        }
    }

    /// One row of a table, by its place among the ids.
    func row(
        _ table: String, _ columns: String, _ sql: Statements, _ chance: inout Chance
    ) throws -> [String?]? {
        let count = Int(try sql.row("SELECT count(*) FROM \(table)")?[0] ?? "0") ?? 0
        guard count > 0 else { return nil }
        return try sql.row(
            "SELECT \(columns) FROM \(table) ORDER BY id LIMIT 1 OFFSET \(chance.below(count))")
    }

    /// Inserts more than fits into a change-set: once in some of the worlds, since everything that
    /// reads all rows reads it again.
    func insertBacklog(_ chance: inout Chance) throws {
        guard happened[Event.Kind.backlog.rawValue] == nil, chance.isOnce(in: 2) else { return }
        guard chance.isOnce(in: 2) else { return try insert(.backlog, &chance) }
        let office = office(&chance)
        // A proxy that lets one change-set through at a time shows where they end.
        if chance.isOnce(in: 2) {
            office.requestBytesMax = Limits.changeSetBytesMax + Limits.changeSetBytesMax / 16
        }
        var chance = chance
        for _ in 0..<(2 + chance.below(3)) {
            try write(at: office, .backlog, byLibrary: true) { sql in
                guard let account = try row("account", "id", sql, &chance)?[0] else { return [] }
                return try notes(50 + chance.below(70), Self.longNote, of: account, sql)
            }
        }
    }

    /// So much text that some hundred notes come to more than one change-set.
    private static let longNote = String(repeating: "x", count: 7_900)

    /// Inserts rows of a ledger or a record table.
    func insert(_ kind: Event.Kind, _ chance: inout Chance) throws {
        let office = office(&chance)
        let byLibrary = !chance.isOnce(in: 3)
        var chance = chance
        try write(at: office, kind, byLibrary: byLibrary) { sql in
            let wanted = kind == .contactPoint ? "debtor_id, id" : "id, debtor_id"
            guard let found = try row("account", wanted, sql, &chance), let owner = found[0] else {
                return []
            }
            switch kind {
            case .manyRows: return try manyRows(of: owner, sql, &chance)
            case .backlog: return try manyRows(of: owner, isLong: true, sql, &chance)
            case .reversal: return try reversal(sql, &chance)
            default: return [try fact(kind, of: owner, sql, &chance)]
            }
        }
    }

    func fact(
        _ kind: Event.Kind, of owner: String, id: String? = nil, _ sql: Statements,
        _ chance: inout Chance
    ) throws -> Write {
        let mark = "M\(oracle.number())"
        switch kind {
        case .payment:
            let cents = Int64(1 + chance.below(50_000))
            return try inserted(
                "payment", owner, ["account_id": owner, "amount": "\(cents)", "reference": mark],
                id: id, sql, cents: cents)
        case .promise:
            return try inserted(
                "promise", owner,
                ["account_id": owner, "amount": "\(1 + chance.below(9_000))", "note": mark],
                id: id, sql)
        case .task:
            return try inserted(
                "task", owner, ["account_id": owner, "note": mark], id: id, sql)
        case .contactPoint:
            return try inserted(
                "contact_point", owner, ["debtor_id": owner, "kind": "phone", "value": mark], sql)
        default:
            return try inserted(
                "contact_attempt", owner,
                ["account_id": owner, "channel": "phone", "outcome": "PTP", "note": mark],
                id: id, sql)
        }
    }

    /// Inserts a row, mostly without an id, as people do, and learns which it got.
    func inserted(
        _ table: String, _ account: String, _ columns: [String: String], id: String? = nil,
        isBad: Bool = false, _ sql: Statements, cents: Int64 = 0
    ) throws -> Write {
        var given = columns
        given["id"] = id
        let names = given.keys.sorted()
        let marks = names.map { _ in "?" }.joined(separator: ", ")
        let values = names.compactMap { given[$0] }
        let found = try sql.row(
            """
            INSERT INTO \(table)(\(names.joined(separator: ", "))) VALUES (\(marks)) RETURNING id
            """, values)
        guard let id = found?[0] else { throw Failure("an insert into \(table) returns no id") }
        return .fact(Fact(table, id, account: account, columns, cents: cents, isBad: isBad))
    }

    /// Takes a payment back that somebody wrote.
    private func reversal(_ sql: Statements, _ chance: inout Chance) throws -> [Write] {
        guard let found = try row("payment", "id, account_id, amount", sql, &chance),
            let id = found[0], let account = found[1], let cents = found[2].flatMap({ Int64($0) }),
            cents > 0
        else { return [] }
        let columns = [
            "account_id": account, "amount": "\(-cents)", "reverses_id": id,
            "reference": "M\(oracle.number())",
        ]
        return [try inserted("payment", account, columns, sql, cents: -cents)]
    }

    /// Many rows by one statement; long ones come to more than one change-set.
    private func manyRows(
        of account: String, isLong: Bool = false, _ sql: Statements, _ chance: inout Chance
    ) throws -> [Write] {
        let most = isLong ? 140 : chance.isOnce(in: 4) ? 400 : 40
        let count = (isLong ? 140 : 2) + chance.below(most)
        return try notes(count, isLong ? Self.longNote : "", of: account, sql)
    }

    /// Notes by one statement, each with so much more in its text.
    private func notes(
        _ count: Int, _ filling: String, of account: String, _ sql: Statements
    ) throws -> [Write] {
        let first = oracle.number()
        for _ in 1..<count { _ = oracle.number() }
        let rows = try sql.rows(
            """
            INSERT INTO contact_attempt(account_id, channel, outcome, note)
            WITH RECURSIVE n(i) AS (SELECT \(first) UNION ALL SELECT i + 1 FROM n LIMIT \(count))
            SELECT '\(account)', 'phone', 'PTP', 'M' || i || '\(filling)' FROM n RETURNING id, note
            """)
        return rows.compactMap { row in
            guard let id = row[0], let note = row[1] else { return nil }
            return .fact(
                Fact(
                    "contact_attempt", id, account: account,
                    ["account_id": account, "note": note]))
        }
    }

    static let latestColumns = [
        ("debtor", "note"), ("debtor", "street"), ("account", "note"), ("account", "customer_ref"),
        ("task", "note"), ("contact_point", "remark"),
    ]

    /// Writes a register, over what stands there; at any office unless told which.
    func setRegister(
        _ kind: Event.Kind, at office: OfficeMachine? = nil, _ chance: inout Chance
    ) throws {
        let kept = Oracle.keptColumns.keys.sorted().flatMap { table in
            (Oracle.keptColumns[table] ?? []).map { (table, $0) }
        }
        // The centre alone writes this one.
        let latest = Self.latestColumns.filter { $0.1 != "customer_ref" }
        let (table, column) = chance.pick(kind == .keptRegister ? kept : latest)
        let office = office ?? self.office(&chance)
        let byLibrary = !chance.isOnce(in: 3)
        var chance = chance
        try write(at: office, kind, byLibrary: byLibrary) { sql in
            guard let name = try register(table, column, at: office, sql, &chance),
                let writing = try write(to: name, sql)
            else { return [] }
            (office.lastRegister, lastRegister) = (name, name)
            return [.writing(writing)]
        }
    }

    /// Writes a value over what stands in a register; nil where its row is not in the file.
    func write(to register: RegisterName, _ sql: Statements) throws -> Writing? {
        let (table, column) = (register.table, register.column)
        let found = try sql.row("SELECT \(column) FROM \(table) WHERE id = ?", [register.row])
        guard let found else { return nil }
        let value = oracle.value()
        _ = try sql.row("UPDATE \(table) SET \(column) = ? WHERE id = ?", [value, register.row])
        return Writing(register, value, over: found[0])
    }

    /// A register of some row; a third of the time the one that was written last, here or at any
    /// office: somebody has another thought, and two have to do with one debtor the same day.
    private func register(
        _ table: String, _ column: String, at office: OfficeMachine, _ sql: Statements,
        _ chance: inout Chance
    ) throws -> RegisterName? {
        if chance.isOnce(in: 3),
            let last = chance.isOnce(in: 2) ? lastRegister : office.lastRegister
        {
            return last
        }
        guard let id = try row(table, "id", sql, &chance)?[0] else { return nil }
        return RegisterName(table: table, row: id, column: column)
    }

    /// Decides a conflict with a value of its own, by a row that names it.
    func resolve(_ chance: inout Chance) throws {
        let office = office(&chance)
        var chance = chance
        try write(at: office, .resolution, byLibrary: chance.isOnce(in: 2)) { sql in
            guard let found = try row("conflicts", "id, row_table, row_id, register", sql, &chance),
                let id = found[0], let table = found[1], let row = found[2],
                let column = found[3], Oracle.keptColumns[table]?.contains(column) == true
            else { return [] }
            guard let present = try sql.row("SELECT \(column) FROM \(table) WHERE id = ?", [row])
            else { return [] }
            let value = oracle.value()
            _ = try sql.row("UPDATE \(table) SET \(column) = ? WHERE id = ?", [value, row])
            _ = try sql.row(
                "INSERT INTO resolution(conflict_id, choice) VALUES (?, 'other')", [id])
            let name = RegisterName(table: table, row: row, column: column)
            return [.writing(Writing(name, value, over: present[0]))]
        }
    }
}
