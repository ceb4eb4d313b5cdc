import RientroProtocol
import RientroSQLite
import RientroStore

/// One row change as a plain program would hold it to apply it elsewhere: the values ready to be
/// bound, nothing to decode.
enum PlainChange {
    case insert(table: String, values: [SQLiteValue])
    case correct(id: String, street: SQLiteValue, note: SQLiteValue)
}

/// What a plain program does to move changes from file to file: it knows which rows were changed,
/// reads them back, and writes them elsewhere.
struct PlainRows {
    private let columns: [String: [String]]

    init(_ schema: Schema) {
        columns = Dictionary(
            uniqueKeysWithValues: schema.tables.map { ($0.name, ["id"] + $0.columns.map(\.name)) })
    }

    /// Table and id of each change, in the order of the changes. Ids are made by the table, so they
    /// are looked up: they sort by the time of their making.
    static func keys(
        of changes: [BranchDay.Change], in db: Connection
    ) throws -> [(table: String, id: String)] {
        var made: [String: ArraySlice<String>] = [:]
        for table in ["contact_attempt", "payment", "promise"] {
            made[table] = try db.rows("SELECT id FROM \(table) ORDER BY id") { $0.text(0) }[...]
        }
        return changes.map { change in
            let table: String
            switch change {
            case .correction(let debtor, _, _): return ("debtor", debtor)
            case .note: table = "contact_attempt"
            case .payment: table = "payment"
            case .promise: table = "promise"
            }
            return (table, made[table]?.popFirst() ?? "")
        }
    }

    /// Reads the rows of `changes` back, one by one, in their order: of an insert the whole row, of
    /// a correction what was corrected.
    func read(_ keys: [(table: String, id: String)], from db: Connection) throws -> [PlainChange] {
        var read: [PlainChange] = []
        read.reserveCapacity(keys.count)
        var statements: [String: Statement] = [:]
        for key in keys {
            let statement = try statements[key.table] ?? prepare(key.table, on: db)
            statements[key.table] = statement
            statement.reset()
            try statement.bind(1, key.id)
            guard try statement.step() else { continue }
            if key.table == "debtor" {
                read.append(
                    .correct(id: key.id, street: statement.value(0), note: statement.value(1)))
            } else {
                read.append(
                    .insert(
                        table: key.table,
                        values: (0..<statement.columnCount).map { statement.value($0) }))
            }
        }
        for statement in statements.values { statement.reset() }
        return read
    }

    private func prepare(_ table: String, on db: Connection) throws -> Statement {
        let list = table == "debtor" ? ["street", "note"] : columns[table] ?? []
        return try db.statement(
            "SELECT \(list.joined(separator: ", ")) FROM \(table) WHERE id = ?")
    }

    /// Writes `changes` in as many transactions as are asked for.
    func write(_ changes: [PlainChange], to db: Connection, transactions: Int) throws {
        let size = max(1, (changes.count + transactions - 1) / transactions)
        let correct = try db.statement("UPDATE debtor SET street = ?, note = ? WHERE id = ?")
        var inserts: [String: Statement] = [:]
        var start = 0
        while start < changes.count {
            let end = min(start + size, changes.count)
            try db.transaction {
                for change in changes[start..<end] {
                    switch change {
                    case .insert(let table, let values):
                        let statement = try inserts[table] ?? insert(table, on: db)
                        inserts[table] = statement
                        for (index, value) in values.enumerated() {
                            try statement.bind(index + 1, value)
                        }
                        try statement.run()
                    case .correct(let id, let street, let note):
                        try correct.bind(1, street)
                        try correct.bind(2, note)
                        try correct.bind(3, id)
                        try correct.run()
                    }
                }
            }
            start = end
        }
    }

    private func insert(_ table: String, on db: Connection) throws -> Statement {
        let list = columns[table] ?? []
        let marks = list.map { _ in "?" }.joined(separator: ", ")
        return try db.statement(
            "INSERT INTO \(table)(\(list.joined(separator: ", "))) VALUES (\(marks))")
    }
}
