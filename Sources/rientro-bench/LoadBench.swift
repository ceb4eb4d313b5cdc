import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore

/// A: the portfolio, loaded through the bulk path. At the centre that is one act of whole accounts
/// in commits of at most 1 MiB, in one transaction; in an office it is the merge of these commits.
struct LoadBench {
    /// The rows of each debtor, made before anything is measured.
    private let rows: [[BranchDay.Row]]

    init(_ day: BranchDay) { rows = (0..<day.debtorCount).map(day.rows) }

    /// Loads the portfolio into a centre as an import does.
    func loadCentre(_ centre: CentreEngine) throws {
        let now = SystemClock.now()
        try centre.db.transaction {
            var next = 0
            while next < rows.count {
                try centre.act(now: now) { act in
                    while next < rows.count, act.byteCount < ServerLimits.commitBytesMax / 2 {
                        for row in rows[next] {
                            try act.insert(
                                row.table, id: row.id,
                                Dictionary(uniqueKeysWithValues: row.values.map { ($0, $1) }))
                        }
                        next += 1
                    }
                }
            }
        }
    }

    /// Loads it into a plain file: one prepared statement for each table.
    func loadPlain(_ db: Connection, transactions: Int) throws {
        let size = max(1, (rows.count + transactions - 1) / transactions)
        var statements: [String: Statement] = [:]
        var start = 0
        while start < rows.count {
            let end = min(start + size, rows.count)
            try db.transaction {
                for index in start..<end {
                    for row in rows[index] {
                        let statement = try statements[row.table] ?? insert(row, on: db)
                        statements[row.table] = statement
                        try statement.bind(1, row.id)
                        for (index, value) in row.values.enumerated() {
                            try statement.bind(index + 2, value.value.stored)
                        }
                        try statement.run()
                    }
                }
            }
            start = end
        }
    }

    private func insert(_ row: BranchDay.Row, on db: Connection) throws -> Statement {
        let columns = (["id"] + row.values.map(\.column)).joined(separator: ", ")
        let marks = Array(repeating: "?", count: row.values.count + 1).joined(separator: ", ")
        return try db.statement("INSERT INTO \(row.table)(\(columns)) VALUES (\(marks))")
    }

    /// The answers that bring an office all that the centre has, as they travel.
    static func answers(
        for office: OfficeFile, from centre: CentreEngine
    ) throws -> [[UInt8]] {
        var answers: [[UInt8]] = []
        var request = try office.engine.request()
        while true {
            let answer = try centre.answer(to: request, ingested: [], now: SystemClock.now())
            answers.append(answer.encoded())
            guard answer.hasMore else { return answers }
            request.cursors = [answer.cursor]
        }
    }

    /// Merges answers as they came.
    static func merge(_ answers: [[UInt8]], into office: OfficeFile) throws {
        for answer in answers {
            _ = try office.engine.merge(SyncAnswer(decoding: answer), clockOffset: nil)
        }
    }
}
