internal import RientroProtocol
internal import RientroSQLite

/// What people write that the centre refuses, or takes only later.
extension World {
    /// Inserts a row of an account that the central team has named, and opens later or never.
    func insertEarly(_ chance: inout Chance) throws {
        let office = office(&chance)
        if announced.count < Self.announcedMax { announced.append(accountID(&chance)) }
        let account = chance.pick(announced)
        let kind = chance.pick([.note, .payment, .promise, .task] as [Event.Kind])
        var chance = chance
        try write(at: office, .earlyRow, byLibrary: false) { sql in
            [try fact(kind, of: account, sql, &chance)]
        }
    }

    /// Accounts that are named and not opened, at most: so that several write to one.
    private static let announcedMax = 4

    /// A UUIDv7 of now (RFC 9562).
    private func accountID(_ chance: inout Chance) -> String {
        func hex(_ value: UInt64, _ digits: Int) -> String {
            let text = String(value, radix: 16)
            return String(repeating: "0", count: digits - text.count) + text
        }
        let moment = hex(UInt64(time), 12)
        let (a, b, c) = (chance.below(1 << 12), chance.below(1 << 12), chance.below(1 << 48))
        return "\(moment.prefix(8))-\(moment.suffix(4))-7\(hex(UInt64(a), 3))"
            + "-8\(hex(UInt64(b), 3))-\(hex(UInt64(c), 12))"
    }

    /// Inserts a row under the id that another office has given to a row of its own: only one of
    /// the two can be the row of that id.
    func insertAgain(_ chance: inout Chance) throws {
        let office = office(&chance)
        let others = self.office(&chance).own.suffix(40)
        guard let other = others.indices.randomElement(using: &chance).map({ others[$0] }),
            case .fact(let first) = other, !first.isBad, !first.isEarly,
            first.table == "task" || Oracle.ledgerTables.contains(first.table)
        else { return }
        let kind: Event.Kind =
            switch first.table {
            case "task": .task
            case "payment": .payment
            case "promise": .promise
            default: .note
            }
        var chance = chance
        try write(at: office, .sameID, byLibrary: false) { sql in
            guard try sql.row("SELECT 1 FROM \(first.table) WHERE id = ?", [first.id]) == nil,
                let found = try row("account", "id", sql, &chance), let account = found[0]
            else { return [] }
            return [try fact(kind, of: account, id: first.id, sql, &chance)]
        }
    }

    /// Inserts a row that the file's own CHECKs refuse, as a program does that ignores them; nil
    /// where it was refused all the same.
    private func insertUnchecked(
        _ kind: Event.Kind, of account: String, _ value: String, _ sql: Statements,
        _ chance: inout Chance
    ) throws -> Write? {
        if kind == .badReference, chance.isOnce(in: 2) {
            return try refuseReference(of: account, value, sql, &chance)
        }
        _ = try sql.row("PRAGMA ignore_check_constraints = ON")
        defer { _ = try? sql.row("PRAGMA ignore_check_constraints = OFF") }
        switch kind {
        case .badReference:
            // Past the triggers too, which would refuse it, and as if they had taken it.
            _ = try sql.row("UPDATE me SET quiet = 1")
            let columns = badReference(of: account, value, &chance)
            let write = try inserted("payment", account, columns, isBad: true, sql)
            let payment = schema.allTables.first { $0.name == "payment" }
            _ = try sql.row(
                """
                INSERT INTO pending(tab, row, registers)
                SELECT \(payment?.number ?? 0), id, 0 FROM payment WHERE reference = ?
                """, [value])
            _ = try sql.row("UPDATE me SET quiet = 0")
            return write
        case .badMoment:
            let moment = chance.pick([
                "30/11/2026 10:00", "1767225600000", "2026-11-30T10:00:00",
                "2026-02-30T10:00:00.000Z", "",
            ])
            let columns = [
                "account_id": account, "channel": "phone", "outcome": "PTP", "note": value,
                "started_at": moment,
            ]
            return try inserted("contact_attempt", account, columns, isBad: true, sql)
        default:
            // No UUID in lower case: it can stand in the file, and not travel.
            let id = chance.isOnce(in: 2) ? value : accountID(&chance).uppercased()
            let columns = [
                "account_id": account, "channel": "phone", "outcome": "PTP", "note": value,
            ]
            return try inserted("contact_attempt", account, columns, id: id, isBad: true, sql)
        }
    }

    /// A reversal of what can never be there.
    private func badReference(
        of account: String, _ value: String, _ chance: inout Chance
    ) -> [String: String] {
        [
            "account_id": account, "amount": "-100", "reference": value,
            "reverses_id": chance.isOnce(in: 2) ? "" : value,
        ]
    }

    /// Tries to insert a row whose reference names nothing, which the file refuses at once.
    private func refuseReference(
        of account: String, _ value: String, _ sql: Statements, _ chance: inout Chance
    ) throws -> Write? {
        let columns = badReference(of: account, value, &chance)
        do {
            _ = try inserted("payment", account, columns, isBad: true, sql)
        } catch let error as SQLiteError where error.isConstraint {
            note(.badReference, "refused at once")
            return nil
        }
        throw Failure("a payment that reverses nothing was taken")
    }

    /// Writes what the centre must refuse, past the library, which would not let it.
    func writeBadly(_ kind: Event.Kind, _ chance: inout Chance) throws {
        let office = office(&chance)
        var chance = chance
        let isRow = chance.isOnce(in: 2)
        try write(at: office, kind, byLibrary: false) { sql in
            guard let found = try row("account", "id, debtor_id, status", sql, &chance),
                let account = found[0], let debtor = found[1]
            else { return [] }
            let value = "X\(oracle.number())"
            guard isRow || (kind != .badText && kind != .badCode) else {
                let isText = kind == .badText
                let table = isText ? "debtor" : "account"
                let column = isText ? "form_of_address" : "status"
                let text = isText ? "CAST(x'c3' || '\(value)' AS TEXT)" : "'\(value)'"
                let id = isText ? debtor : account
                let before = isText ? nil : found[2]
                // A debtor whom the file did not take yet is not there, though the account is.
                let written = try sql.row(
                    "UPDATE \(table) SET \(column) = \(text) WHERE id = ? RETURNING id", [id])
                guard written != nil else { return [] }
                let name = RegisterName(table: table, row: id, column: column)
                return [.writing(Writing(name, value, over: before, isBad: true))]
            }
            guard kind == .badText || kind == .badCode else {
                let write = try insertUnchecked(kind, of: account, value, sql, &chance)
                return write.map { [$0] } ?? []
            }
            let outcome = kind == .badCode ? value : "PTP"
            let note = kind == .badText ? "CAST(x'ff' || '\(value)' AS TEXT)" : "'\(value)'"
            let row = try sql.row(
                """
                INSERT INTO contact_attempt(account_id, channel, outcome, note)
                VALUES ('\(account)', 'phone', '\(outcome)', \(note)) RETURNING id
                """)
            guard let id = row?[0] else { return [] }
            return [.fact(Fact("contact_attempt", id, account: account, [:], isBad: true))]
        }
    }
}
