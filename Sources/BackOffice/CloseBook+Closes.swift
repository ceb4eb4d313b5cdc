internal import Foundation
internal import RientroSQLite

/// The closes in the book.
extension CloseBook {
    /// A close of the past.
    struct PastClose {
        let date: String
        let commit: Int64
    }

    /// The last day that was closed; nil before the first close.
    func lastClose() throws -> PastClose? {
        try db.first("SELECT date, commit_number FROM close ORDER BY date DESC LIMIT 1") {
            PastClose(date: $0.text(0), commit: $0.integer(1))
        }
    }

    /// The last commit that a close and this log have in common: where the centre was put back to
    /// before a close, its numbers mean other commits since. Nil where they have none.
    func lastCommon(with db: Connection) throws -> Int64? {
        let closes = try self.db.rows(
            "SELECT commit_number, chain FROM close ORDER BY date DESC"
        ) { (commit: $0.integer(0), chain: $0.blob(1)) }
        return try closes.first { close in
            try db.first(
                "SELECT chain FROM commit_log WHERE number = ?", .integer(close.commit),
                body: { $0.blob(0) }) == close.chain
        }?.commit
    }

    /// The day before the first that was ever closed; nil before that.
    func beginning() throws -> String? {
        try db.text("SELECT date(min(date), '-1 day') FROM close")
    }

    /// The language in which a day was closed.
    func language(of date: String) throws -> ReportLanguage? {
        try db.text("SELECT language FROM close WHERE date = ?", .text(date))
            .flatMap(ReportLanguage.init)
    }

    /// What a close leaves in the book.
    struct Entry {
        let date: String
        let previous: String?
        let commit: Int64
        /// The chain of the log at that commit.
        let chain: [UInt8]
        let language: ReportLanguage
        let pages: [DayPage]
        let operators: [KeyedMeasure]
        /// Every promise with its state.
        let promises: [(id: String, state: String)]
        /// Every account that is paid in full.
        let paid: [String]
        /// What waits for a person.
        let review: [ReviewEntry]
    }

    /// Writes a close, all of it in one transaction.
    func write(_ entry: Entry) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try db.transaction {
            try db.run(
                """
                INSERT INTO close(date, previous, commit_number, chain, language)
                VALUES (?, ?, ?, ?, ?)
                """,
                .text(entry.date), SQLiteValue(entry.previous), .integer(entry.commit),
                .blob(entry.chain), .text(entry.language.rawValue))
            for page in entry.pages {
                let content = String(decoding: try encoder.encode(page), as: UTF8.self)
                try db.run(
                    "INSERT INTO page(date, kind, key, content) VALUES (?, ?, ?, ?)",
                    .text(entry.date), .text(page.scope.kind.rawValue), .text(page.scope.key),
                    .text(content))
                for measure in page.measures {
                    try write(measure, entry.date, page.scope.kind.rawValue, page.scope.key)
                }
            }
            for one in entry.operators { try write(one.measure, entry.date, one.kind, one.key) }
            try remember(entry)
        }
    }

    private func write(
        _ measure: Measure, _ date: String, _ kind: String, _ key: String
    ) throws {
        try db.run(
            """
            INSERT INTO measure(date, kind, key, name, period, currency, numerator, denominator)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .text(date), .text(kind), .text(key), .text(measure.name.rawValue),
            .text(measure.period.rawValue), .text(measure.currency),
            .integer(measure.numerator), .integer(measure.denominator))
    }

    /// What the next close compares with.
    private func remember(_ entry: Entry) throws {
        try db.execute("DELETE FROM promise_state; DELETE FROM paid_in_full")
        for (id, state) in entry.promises {
            try db.run(
                "INSERT INTO promise_state(promise, state) VALUES (?, ?)", .text(id), .text(state))
        }
        for id in entry.paid {
            try db.run("INSERT INTO paid_in_full(account) VALUES (?)", .text(id))
        }
        try see(entry.review, date: entry.date)
    }
}
