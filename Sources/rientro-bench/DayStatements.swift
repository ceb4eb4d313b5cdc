import RientroProtocol
import RientroSQLite

/// The changes of a day in the SQL that any program would use, the same for our file and the plain
/// one: an insert names what a person typed, the rest are the table's defaults.
struct DayStatements {
    private let note: Statement
    private let correction: Statement
    private let payment: Statement
    private let promise: Statement

    init(_ db: Connection) throws {
        note = try db.statement(
            """
            INSERT INTO contact_attempt(account_id, channel, outcome, note) VALUES (?, ?, ?, ?)
            """)
        correction = try db.statement("UPDATE debtor SET street = ?, note = ? WHERE id = ?")
        payment = try db.statement(
            "INSERT INTO payment(account_id, amount, method, reference) VALUES (?, ?, ?, ?)")
        promise = try db.statement(
            "INSERT INTO promise(account_id, amount, due_on) VALUES (?, ?, ?)")
    }

    func run(_ change: BranchDay.Change) throws {
        switch change {
        case .note(let account, let channel, let outcome, let text):
            try note.bind(1, account)
            try note.bind(2, channel)
            try note.bind(3, outcome)
            try note.bind(4, text)
            try note.run()
        case .correction(let debtor, let street, let text):
            try correction.bind(1, street)
            try correction.bind(2, text)
            try correction.bind(3, debtor)
            try correction.run()
        case .payment(let account, let amount, let method, let reference):
            try payment.bind(1, account)
            try payment.bind(2, amount)
            try payment.bind(3, method)
            try payment.bind(4, reference)
            try payment.run()
        case .promise(let account, let amount, let dueOn):
            try promise.bind(1, account)
            try promise.bind(2, amount)
            try promise.bind(3, dueOn)
            try promise.run()
        }
    }

    /// Runs `changes` in transactions of `size`.
    static func run(
        _ changes: [BranchDay.Change], on db: Connection, transactionsOf size: Int
    ) throws {
        let statements = try DayStatements(db)
        var start = 0
        while start < changes.count {
            let end = min(start + size, changes.count)
            try db.transaction {
                for change in changes[start..<end] { try statements.run(change) }
            }
            start = end
        }
    }
}
