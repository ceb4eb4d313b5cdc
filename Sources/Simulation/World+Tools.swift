internal import RientroSQLite

/// What tools do to a file that know nothing of its triggers: they drop them, write past them, and
/// make a table anew (<https://www.sqlite.org/lang_altertable.html#otheralter>).
extension World {
    private static let toolTables = [
        "account", "contact_attempt", "contact_point", "debtor", "payment", "promise", "task",
    ]

    /// A tool works on one table, and the office's program is opened again after it.
    func rebuild(_ chance: inout Chance) throws {
        let at = chance.below(offices.count)
        let office = offices[at]
        // It asks for room first.
        office.disk.capacity = nil
        let table = chance.pick(Self.toolTables)
        var chance = chance
        try write(at: office, .tableRebuilt, isCaptured: false, byLibrary: false) { sql in
            let triggers = "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?"
            for name in try sql.rows(triggers, [table]).compactMap(\.[0]) {
                _ = try sql.row("DROP TRIGGER \"\(name)\"")
            }
            let writes = try writeUncaptured(table, at: office, sql, &chance)
            if chance.isOnce(in: 2) { try makeAnew(table, sql) }
            return writes
        }
        let isStarted: Void? = try run(on: office) {
            office.forget()
            try office.start()
        }
        if isStarted == nil { note("stopped after a tool", office.name) }
        // Its table is compared at the next sync: half the time while others are at work.
        guard chance.isOnce(in: 2) else { return }
        try runAtOnce(OfficeCourse(), at: at, exchangesMax: Self.verifyExchangesMax, &chance)
    }

    private func makeAnew(_ table: String, _ sql: Statements) throws {
        _ = try sql.row("PRAGMA legacy_alter_table = ON")
        _ = try sql.row("ALTER TABLE \(table) RENAME TO was")
        _ = try sql.row("CREATE TABLE \(table) AS SELECT * FROM was")
        _ = try sql.row("DROP TABLE was")
        _ = try sql.row("PRAGMA legacy_alter_table = OFF")
        note("table made anew", table)
    }

    /// A new row, another value, or, of a fact that somebody else wrote, one less or a changed one.
    private func writeUncaptured(
        _ table: String, at office: OfficeMachine, _ sql: Statements, _ chance: inout Chance
    ) throws -> [Write] {
        switch table {
        case "account", "debtor": return try register(of: table, sql, &chance)
        case "task" where chance.isOnce(in: 2): return try register(of: table, sql, &chance)
        case "contact_point", "task": break
        default:
            let change = chance.below(3)
            guard change > 0 else { break }
            guard let id = try row(table, "id", sql, &chance)?[0], !office.hasWritten(id) else {
                return []
            }
            let harm =
                change == 1 ? "DELETE FROM \(table)" : "UPDATE \(table) SET note = 'changed'"
            _ = try sql.row("\(harm) WHERE id = ?", [id])
            note(change == 1 ? "fact removed by a tool" : "fact changed by a tool", id)
            return []
        }
        let owner = table == "contact_point" ? "debtor_id" : "id"
        guard let account = try row("account", owner, sql, &chance)?[0] else { return [] }
        let kind: Event.Kind =
            switch table {
            case "contact_point": .contactPoint
            case "task": .task
            case "payment": .payment
            case "promise": .promise
            default: .note
            }
        return [try fact(kind, of: account, sql, &chance)]
    }

    /// A tool's value may give way to one that comes before the table is compared: nobody captured
    /// when it was written.
    private func register(
        of table: String, _ sql: Statements, _ chance: inout Chance
    ) throws -> [Write] {
        guard let found = try row(table, "id, note", sql, &chance), let id = found[0] else {
            return []
        }
        let value = oracle.value()
        _ = try sql.row("UPDATE \(table) SET note = ? WHERE id = ?", [value, id])
        let name = RegisterName(table: table, row: id, column: "note")
        let writing = Writing(name, value, over: found[1])
        (writing.isCertain, writing.isUncaptured) = (false, true)
        return [.writing(writing)]
    }
}
