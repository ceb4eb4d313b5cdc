internal import RientroSQLite

/// The replica's tables and views inside one `read { }` or `write { }`: good only inside it.
///
/// Values are bound to the `?` of a statement and never become part of its text. One call runs one
/// statement; what follows a semicolon is not run.
///
/// Every method throws `ReplicaError`: `.refused` with a sentence where a guard or a limit says no
/// (a ledger row is never changed, a code is in no list …), `.database` where the SQL is wrong or
/// the number of values is not that of its `?`, `.busy`, `.diskFull`, `.damaged`.
public final class Database {
    private let db: Connection
    private let canWrite: Bool
    /// The texts that this connection keeps prepared.
    private(set) var texts: Set<String> = []

    init(_ db: Connection, canWrite: Bool) {
        self.db = db
        self.canWrite = canWrite
    }

    /// All rows of a query, in its order.
    public func rows(_ sql: String, _ values: [SQLValue] = []) throws(ReplicaError) -> [Row] {
        var found: [Row] = []
        try run(sql, values) { row in
            found.append(row)
            return true
        }
        return found
    }

    /// The first row of a query; nil where it has none.
    public func first(_ sql: String, _ values: [SQLValue] = []) throws(ReplicaError) -> Row? {
        var found: Row?
        try run(sql, values) { row in
            found = row
            return false
        }
        return found
    }

    /// Runs a statement and returns how many rows it changed directly.
    ///
    /// Throws `ReplicaError.refused` in a `read { }`, and for BEGIN, COMMIT, ATTACH and their like:
    /// the transaction is the library's.
    @discardableResult
    public func execute(_ sql: String, _ values: [SQLValue] = []) throws(ReplicaError) -> Int {
        guard canWrite else { throw .refused("reading cannot write: use write { }") }
        try run(sql, values) { _ in true }
        return db.changes
    }

    private func run(
        _ sql: String, _ values: [SQLValue], _ take: (Row) -> Bool
    ) throws(ReplicaError) {
        let word = FirstWord.of(sql)
        guard !Self.libraryWords.contains(word) else {
            throw .refused("\(word) is the library's: write { } is one transaction")
        }
        texts.insert(sql)
        do {
            let statement = try db.statement(sql)
            defer { statement.reset() }
            try bind(values, to: statement)
            let columns = (0..<statement.columnCount).map { statement.columnName($0) }
            while try statement.step() {
                let row = Row(
                    columns: columns,
                    values: columns.indices.map { SQLValue(statement.value($0)) })
                if !take(row) { break }
            }
        } catch {
            throw ReplicaError(error, path: db.path)
        }
    }

    private func bind(_ values: [SQLValue], to statement: Statement) throws(SQLiteError) {
        for (index, value) in values.enumerated() { try statement.bind(index + 1, value.stored) }
        // SQLite takes a missing value for NULL; here it is the mistake that it is.
        let isComplete: Bool
        do {
            try statement.bindNull(values.count + 1)
            isComplete = false
        } catch {
            isComplete = true
        }
        guard isComplete else {
            throw SQLiteError(
                code: Self.rangeCode, message: "there are fewer values than ? in the statement",
                sql: statement.sql)
        }
    }

    /// SQLITE_RANGE: the number of a parameter is out of range.
    private static let rangeCode: Int32 = 25

    /// Statements that would end the library's transaction, or reach round its guards.
    private static let libraryWords: Set<String> = [
        "BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "ATTACH", "DETACH", "PRAGMA",
        "VACUUM",
    ]
}

/// The word that an SQL statement begins with.
enum FirstWord {
    /// The word in upper case, after blanks and comments; empty where there is none.
    static func of(_ sql: String) -> String {
        var rest = Substring(sql).utf8
        while let byte = rest.first {
            if byte <= 0x20 || byte == UInt8(ascii: ";") {
                rest = rest.dropFirst()
            } else if rest.starts(with: "--".utf8) {
                rest = rest.drop { $0 != 0x0A }
            } else if rest.starts(with: "/*".utf8) {
                rest = afterComment(rest.dropFirst(2))
            } else {
                break
            }
        }
        let word = rest.prefix { (65...90).contains($0) || (97...122).contains($0) }
        return Substring(word).uppercased()
    }

    private static func afterComment(_ text: Substring.UTF8View) -> Substring.UTF8View {
        var rest = text
        while !rest.isEmpty, !rest.starts(with: "*/".utf8) { rest = rest.dropFirst() }
        return rest.dropFirst(2)
    }
}
