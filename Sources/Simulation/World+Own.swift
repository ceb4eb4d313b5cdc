internal import RientroClient
internal import RientroSQLite

/// What people add to a file: indexes and triggers of their own, which refuse rows that others
/// wrote, or write on. They know nothing of merges.
extension World {
    /// Makes an index that takes no more than one of the rows to come, or none. Where it does not
    /// fit what is there, SQLite refuses it, and nothing has happened.
    func addIndex(_ chance: inout Chance) throws { try addIndex(at: office(&chance), &chance) }

    /// - Parameter table: on which, where another one was dropped just now: then it refuses from
    ///   some value on that is later than all that is there, and may be waiting.
    private func addIndex(
        at office: OfficeMachine, on table: String? = nil, _ chance: inout Chance
    ) throws {
        let now = oracle.number()
        var number = now
        if let table, let column = Self.numbered[table] {
            let latest = try look(at: office) {
                try office.sql().integer(
                    "SELECT max(CAST(substr(\(column), 2) AS INTEGER)) FROM \(table)")
            }
            number = Int(latest ?? 0) + chance.below(max(now - Int(latest ?? 0), 1))
        }
        // Ids begin with the time of their making, and values end with a number that grows.
        let moment = String(time, radix: 16)
        let first = "0" + moment.prefix(7) + "-" + moment.dropFirst(7)
        func later(_ column: String) -> String {
            "CAST(substr(\(column), 2) AS INTEGER) > \(number)"
        }
        let all = [
            "UNIQUE INDEX % ON contact_attempt(account_id) WHERE id > '\(first)'",
            "UNIQUE INDEX % ON payment(account_id) WHERE id > '\(first)'",
            "UNIQUE INDEX % ON debtor(note IS NULL) WHERE \(later("note"))",
            "UNIQUE INDEX % ON contact_point(value IS NULL) WHERE \(later("value"))",
            // It cannot be computed: abs() of the least integer is none.
            "INDEX % ON task(abs(-9223372036854775807 - length(note) / length(note)))"
                + " WHERE \(later("note"))",
        ]
        let fitting = all.filter { index in table.map { index.contains(" ON \($0)(") } ?? true }
        let what = chance.pick(fitting.isEmpty ? all : fitting)
        try add(.ownIndex, "CREATE " + what.replacing("%", with: "mine_\(now)"), at: office)
    }

    /// The column of a table whose texts end with a number that grows.
    private static let numbered = ["debtor": "note", "contact_point": "value", "task": "note"]

    /// Makes a trigger that writes on, or raises.
    func addTrigger(_ chance: inout Chance) throws {
        let name = "mine_\(oracle.number())"
        let kind = chance.pick(["ABORT", "FAIL", "ROLLBACK"])
        let what = chance.pick([
            """
            AFTER INSERT ON contact_attempt BEGIN
              UPDATE account SET priority = length(NEW.note) % 10 WHERE id = NEW.account_id;
            END
            """,
            """
            BEFORE INSERT ON payment WHEN NEW.amount % 3 = 0 BEGIN
              SELECT raise(\(kind), 'not here');
            END
            """,
            """
            BEFORE UPDATE OF note ON debtor WHEN NEW.note GLOB '*7' BEGIN
              SELECT raise(\(kind), 'not here');
            END
            """,
        ])
        try add(.ownTrigger, "CREATE TRIGGER \(name) \(what)", at: office(&chance))
    }

    private func add(_ kind: Event.Kind, _ sql: String, at office: OfficeMachine) throws {
        let isMade: Void? = try run(on: office, allowing: Self.isOfRow) {
            try office.sql().execute(sql)
        }
        if isMade != nil { note(kind, office.name) }
    }

    /// Somebody finds out what is in the way, and drops it; or makes another in its place, so that
    /// the file takes some of what waits and not all of it.
    func dropOwn(_ chance: inout Chance) throws {
        let office = office(&chance)
        guard try hasOwn(office) else { return }
        let table = try look(at: office) {
            try office.sql().text(
                """
                SELECT tbl_name FROM sqlite_schema
                WHERE type = 'index' AND name GLOB 'mine_*' ORDER BY name
                """)
        }
        let isDone: Void? = try run(on: office) { try dropOwn(at: office) }
        guard isDone != nil else { return }
        note(.ownDropped, office.name)
        if chance.isOnce(in: 2) { try addIndex(at: office, on: table, &chance) }
    }

    /// Drops all of them at an office.
    func dropOwn(at office: OfficeMachine) throws {
        let db = try office.sql()
        let found = try db.rows(
            """
            SELECT type || ' "' || name || '"' FROM sqlite_schema
            WHERE name GLOB 'mine_*' ORDER BY name
            """
        ) { $0.text(0) }
        for object in found { try db.execute("DROP \(object)") }
    }

    /// Whether an error is that of an index or a trigger that somebody has made at the office.
    func isRefusedByOwn(_ error: any Error, at office: OfficeMachine) -> Bool {
        Self.isOfRow(error) && (try? hasOwn(office)) == true
    }

    private static func isOfRow(_ error: any Error) -> Bool {
        // The library says in its own words what it refuses its users.
        switch error as? ReplicaError {
        case .refused: return true
        case .database(let code, _): return code == SQLiteError.generic
        default: return (error as? SQLiteError)?.isOfRow == true
        }
    }

    /// Whether somebody has made indexes or triggers at the office.
    func hasOwn(_ office: OfficeMachine) throws -> Bool {
        try look(at: office) {
            try office.sql().integer(
                "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name GLOB 'mine_*')") == 1
        }
    }
}
