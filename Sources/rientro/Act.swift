import RientroClient

/// Something that one command wrote, kept for a while so that `undo` can take it back.
///
/// Acts stand in a table of this program's own in the office's file, written in the transaction of
/// the act itself: what was written and how to take it back are there together, or neither is. No
/// other file ever gets them.
struct Act: Equatable, Sendable {
    /// One thing that was written.
    struct Step: Equatable, Sendable {
        /// The table.
        let table: String
        /// The row.
        let row: String
        /// The column that got another value; nil where the row itself is new.
        let column: String?
        /// What stood there.
        let old: SQLValue
        /// What stands there since.
        let new: SQLValue

        /// A row that is new.
        static func inserted(_ table: String, _ row: String) -> Step {
            Step(table: table, row: row, column: nil, old: .null, new: .null)
        }
    }

    /// Its number: later acts have greater ones.
    let number: Int64
    /// The command that wrote it.
    let command: String
    /// When, local.
    let at: String
    /// What was written, in its order.
    let steps: [Step]

    /// So many acts are kept, of all who write in this file: some days of a busy branch.
    private static let actsMax: Int64 = 2_000
    /// An act is kept so long: who has not missed an error in a week of counting does not take it
    /// back unseen. Old values of people's data are not kept longer than that serves.
    private static let daysMax = 7

    /// Keeps what a command wrote, inside the transaction that wrote it.
    static func record(
        _ command: String, by person: String, _ steps: [Step], in db: Database
    ) throws(OfficeError) {
        guard !steps.isEmpty else { return }
        try db.change(
            """
            CREATE TABLE IF NOT EXISTS rientro_act (
              n INTEGER NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL, command TEXT NOT NULL,
              operator TEXT NOT NULL, tab TEXT NOT NULL, "row" TEXT NOT NULL, col TEXT,
              old ANY, new ANY, PRIMARY KEY (n, seq)) STRICT, WITHOUT ROWID
            """)
        let last = try db.one("SELECT coalesce(max(n), 0) AS n FROM rientro_act")
        let number = (last?["n"].integer ?? 0) + 1
        for (index, step) in steps.enumerated() {
            try db.change(
                """
                INSERT INTO rientro_act(n, seq, at, command, operator, tab, "row", col, old, new)
                VALUES (?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    .integer(number), SQLValue(index), .text(command), .text(person),
                    .text(step.table), .text(step.row), step.column.map { .text($0) } ?? .null,
                    step.old, step.new,
                ])
        }
        try db.change(
            "DELETE FROM rientro_act WHERE n <= ? OR julianday('now') - julianday(at) > ?",
            [.integer(number - actsMax), SQLValue(daysMax)])
    }

    /// The last act of a person in this file that is still kept; nil where there is none.
    static func last(of person: String, in db: Database) throws(OfficeError) -> Act? {
        guard try isThere(db) else { return nil }
        let rows = try db.all(
            """
            SELECT n, datetime(at, 'localtime') AS at, command, tab, "row", col, old, new
            FROM rientro_act WHERE n = (SELECT max(n) FROM rientro_act WHERE operator = ?)
            ORDER BY seq
            """, [.text(person)])
        guard let first = rows.first else { return nil }
        return Act(
            number: first["n"].integer ?? 0, command: first["command"].shown,
            at: String(first["at"].shown.prefix(16)),
            steps: rows.map {
                Step(
                    table: $0["tab"].shown, row: $0["row"].shown, column: $0["col"].text,
                    old: $0["old"], new: $0["new"])
            })
    }

    /// Forgets an act, once it is taken back.
    func forget(in db: Database) throws(OfficeError) {
        try db.change("DELETE FROM rientro_act WHERE n = ?", [.integer(number)])
    }

    private static func isThere(_ db: Database) throws(OfficeError) -> Bool {
        try db.one("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'rientro_act'")
            != nil
    }
}
