import RientroProtocol
import RientroSQLite
import RientroStore

/// A day in an office by a seed, with everything in it that a seal must not assume: what a seal is
/// tried with.
struct RandomDay {
    /// Numbers by SplitMix64, the same for the same seed everywhere.
    struct Lot: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    var lot: Lot
    let accounts: [String]
    let debtors: [String]
    private let conflicts: [String]
    private var made: [(table: String, id: String)] = []
    /// In every text that cannot travel, so that no refusal is another's like.
    private var serial = 0

    init(seed: UInt64) {
        var lot = Lot(state: seed)
        func ids(_ count: Int) -> [String] { (0..<count).map { _ in Self.uuid(&lot) } }
        accounts = ids(20)
        debtors = ids(20)
        conflicts = ids(3)
        self.lot = lot
    }

    private static func uuid(_ lot: inout Lot) -> String {
        let random = (0..<10).map { _ in UInt8.random(in: 0...255, using: &lot) }
        guard lot.next() % 4 > 0 else { return RowID.derived(from: random) }
        let time = 1_700_000_000_000 + Int64(lot.next() % 90_000_000)
        return UUIDv7.make(milliseconds: time, random: random)
    }

    /// The portfolio that the day is about, as the centre's commits bring it.
    func rows(_ schema: Schema) throws -> [RowChange] {
        let pairs = zip(accounts, debtors)
        return try debtors.map { try Snapshot.row(schema, "debtor", $0, [:]) }
            + pairs.map { account, debtor in
                try Snapshot.row(
                    schema, "account", account,
                    [
                        "debtor_id": .text(debtor), "portfolio_id": .text("P1"),
                        "creditor_id": .text("ACME"), "case_ref": .text(account),
                        "placed_on": .text("2024-01-01"),
                    ])
            }
            + conflicts.map { id in
                try Snapshot.row(
                    schema, "conflict", id,
                    [
                        "unit_table": .integer(22), "unit_id": .text(accounts[0]),
                        "row_table": .text("account"), "row_id": .text(accounts[0]),
                        "register": .text("note"), "won": .text("[]"), "lost": .text("[]"),
                        "won_stamp": .integer(2), "lost_stamp": .integer(1),
                        "noticed_at": .text("2026-11-21T10:20:30.123Z"),
                    ])
            }
    }

    /// Writes something.
    mutating func write(to db: Connection, textBytes: Int) throws {
        let note = text(textBytes)
        switch lot.next() % 16 {
        case 0...5:
            try insert("contact_attempt", "account_id", account(), ["note": note], db)
        case 6, 7:
            let amount = "\(Int64(truncatingIfNeeded: lot.next()) >> Int64(lot.next() % 63))"
            try insert(
                "payment", "account_id", account(), ["note": note, "amount": amount], db)
        case 8:
            try insert("task", "account_id", account(), ["note": note], db)
        case 9:
            try insert(
                "contact_point", "debtor_id", pick(debtors),
                ["kind": "'mobile'", "value": "'\(serial)'", "remark": note], db)
        case 10:
            try insert("resolution", "conflict_id", pick(conflicts + accounts), [:], db)
        case 11...13:
            let column = pick(["street", "note", "surname", "birth_date", "language"])
            try set("debtor", pick(debtors), "\(column) = coalesce(\(note), '')", db)
        case 14:
            try set("account", account(), "priority = \(lot.next() % 9), note = \(note)", db)
        default: try odd(db)
        }
    }

    private mutating func odd(_ db: Connection) throws {
        if let row = made.randomElement(using: &lot) {
            let column = row.table == "task" ? "note" : "remark"
            try set(row.table, row.id, "\(column) = \(text(20))", db)
            if row.table == "contact_point" { try set(row.table, row.id, "value = value || 1", db) }
        }
        switch lot.next() % 5 {
        case 0: try db.execute("INSERT INTO pending(tab, row, registers) VALUES (0, '', 0)")
        case 1:
            let gone = Self.uuid(&lot)
            let table = pick(["31", "20", "999"])
            try db.execute("INSERT INTO pending VALUES (NULL, \(table), '\(gone)', 4, NULL)")
        case 2:
            try db.execute(
                "INSERT INTO pending(tab, row, registers) SELECT tab, row, registers FROM pending"
                    + " WHERE tab > 0 ORDER BY seq DESC LIMIT 1")
        default: break
        }
    }

    private mutating func insert(
        _ table: String, _ parent: String, _ parentID: String, _ values: [String: String],
        _ db: Connection
    ) throws {
        serial += 1
        var all = values
        all[parent] = "'\(parentID)'"
        switch lot.next() % 20 {
        case 0: all[parent] = "'no id \(serial)'"
        case 1: all["id"] = "'KEY-\(serial)'"
        case 2: all["id"] = "CAST(x'ff' || '\(serial)' AS TEXT)"
        case 3: all["id"] = "upper('\(Self.uuid(&lot))')"
        case 4...8:
            let id = Self.uuid(&lot)
            all["id"] = "'\(id)'"
            if table == "task" || table == "contact_point" { made.append((table, id)) }
        default: break
        }
        if table == "contact_attempt" { all["channel"] = "'phone'" }
        if table == "contact_attempt" { all["outcome"] = "'NA'" }
        if table == "resolution" { all["choice"] = "'won'" }
        if lot.next() % 6 == 0, table != "resolution" { all["operator"] = "'\(account())'" }
        let columns = all.keys.sorted()
        try db.execute(
            "INSERT INTO \(table)(\(columns.joined(separator: ", "))) VALUES ("
                + columns.map { all[$0] ?? "" }.joined(separator: ", ") + ")")
    }

    private func set(
        _ table: String, _ id: String, _ assignment: String, _ db: Connection
    ) throws {
        try db.execute("UPDATE \(table) SET \(assignment) WHERE id = '\(id)'")
    }

    private mutating func account() -> String { pick(accounts) }

    private mutating func pick(_ from: [String]) -> String {
        from[Int(lot.next() % UInt64(from.count))]
    }

    /// A text in SQL, of every form that a content has, and some that it has not.
    private mutating func text(_ byteCount: Int) -> String {
        serial += 1
        switch lot.next() % 16 {
        case 0: return "NULL"
        case 1: return "'\(account())'"
        case 2: return "'\(Self.uuid(&lot))'"
        case 3: return "'2026-02-2\(lot.next() % 10)'"
        case 4: return "'2026-11-21T10:2\(lot.next() % 10):30.123Z'"
        case 5: return "'perché no, \(serial)'"
        case 6: return "CAST(x'41ff' || '\(serial)' AS TEXT)"
        case 7: return "'a' || char(0) || '\(serial)'"
        case 8: return "''"
        case 9 where byteCount > 100:
            return "printf('%.*c', \(lot.next() % UInt64(200_000)), 'x') || '\(serial)'"
        default:
            return "printf('%.*c', \(lot.next() % UInt64(byteCount)), 'y') || '\(serial)'"
        }
    }
}
