package import RientroProtocol
import RientroSQLite
package import RientroServer
import RientroStore

/// Loads an inspected hand-over file into the centre: all of it in one transaction, cut into
/// commits of whole accounts, beside a server that may be running.
///
///     var hash = SHA256()
///     let file = try HandOver.inspect(path: "lot.csv", bytes: { hash.update($0) })
///     let load = try HandOverImport(file, hash: hash.finish(), engine: engine, options: options)
///     let report = try load.run(clock: SystemClock.now)
package struct HandOverImport {
    /// The inspected file.
    package let file: HandOver
    /// Its SHA-256.
    package let hash: Hash
    /// What the person decided.
    package let options: ImportOptions
    private let engine: CentreEngine

    /// What was found besides the inspection's problems, by line: rows that do not fit what the
    /// centre has.
    package typealias Problems = [Int: FieldProblem]

    /// An import that is allowed to begin. Throws `ImportError.noTable`,
    /// `ImportError.unknownPortfolio`, `SQLiteError`.
    package init(
        _ file: HandOver, hash: Hash, engine: CentreEngine, options: ImportOptions
    ) throws {
        for table in Self.tables where engine.store.layout(named: table) == nil {
            throw ImportError.noTable(table)
        }
        guard try KnownRows(db: engine.db).hasRow("portfolio", options.portfolio) else {
            throw ImportError.unknownPortfolio(options.portfolio)
        }
        self.file = file
        self.hash = hash
        self.engine = engine
        self.options = options
    }

    /// Loads the file, and returns what it did and which rows do not fit the centre.
    ///
    /// Throws `ImportError.unknownCreditor`, what reading the file throws, `CentreError`,
    /// `SQLiteError`; nothing is loaded then.
    ///
    /// - Parameters:
    ///   - clock: milliseconds since 1970.
    ///   - progress: is told after every account how many rows have been worked.
    package func run(
        clock: () -> Int64, progress: (Int) -> Void = { _ in }
    ) throws -> (report: ImportReport, problems: Problems) {
        var load = AccountLoad(
            engine: engine, options: options, fileHash: hash, fileName: fileName)
        load.report.rowsRefused = file.summary.badRows
        if let known = try knownFile() {
            load.report.outcome = known
            return (load.report, [:])
        }
        if !file.summary.questions.isEmpty {
            load.report.outcome = .asked(file.summary.questions)
            return (load.report, [:])
        }
        if isRefused(bad: file.summary.badRows), !options.isDryRun {
            load.report.outcome = .refused
            return (load.report, [:])
        }
        do {
            try engine.db.transaction {
                // Another process may have loaded it while this one waited for the lock.
                if let known = try knownFile() {
                    load.report.outcome = known
                    throw Undone()
                }
                try loadAccounts(&load, clock: clock, progress: progress)
                load.report.rowsRefused += load.problems.count
                if let changed = load.changedAfterPayment {
                    load.report.outcome = .asked([.meaning(changed)])
                } else if isRefused(bad: load.report.rowsRefused) {
                    load.report.outcome = .refused
                } else if options.isDryRun {
                    load.report.outcome = .tried
                }
                guard load.report.outcome == .loaded else { throw Undone() }
                try note(load.report, clock: clock)
            }
        } catch is Undone {}
        return (load.report, load.problems)
    }

    /// Whether a total row contradicts the sum of the rows, or the covering letter the file.
    package var isTotalWrong: Bool {
        file.summary.differenceFromStated ?? 0 != 0 || !expectedDifferences.isEmpty
    }

    /// What of the covering letter the file is not.
    package var expectedDifferences: [ExpectedDifference] {
        options.expected?.differences(from: file.summary) ?? []
    }

    /// Whether a person should look although it was loaded: rows or totals that were set aside.
    package func needsPerson(_ report: ImportReport) -> Bool {
        report.needsPerson || isTotalWrong || !file.summary.unreadTotals.isEmpty
    }

    private var fileName: String {
        file.path.split(separator: "/").last.map(String.init) ?? file.path
    }

    /// Undoes the transaction without being an error.
    private struct Undone: Error {}

    private static let tables = [
        "creditor", "portfolio", "lot", "debtor", "contact_point", "account", "debt_item",
    ]

    private func isRefused(bad: Int) -> Bool {
        !options.acceptsPartial && (bad > 0 || isTotalWrong)
    }

    private func knownFile() throws -> ImportReport.Outcome? {
        try engine.db.first(
            "SELECT imported_at, portfolio FROM import WHERE hash = ?", .blob(hash.bytes)
        ) { .known(importedAt: $0.integer(0), portfolio: $0.text(1)) }
    }

    private func loadAccounts(
        _ load: inout AccountLoad, clock: () -> Int64, progress: (Int) -> Void
    ) throws {
        var reader = try file.accounts()
        var next = try reader.next()
        var rowsSeen = 0
        while next != nil {
            let commit = try engine.act(now: clock()) { act in
                while let account = next {
                    let weight = account.weight
                    let isFull = act.byteCount + weight > ImportLimits.commitBytesMax
                    if isFull, act.byteCount > 0 { break }
                    try load.load(account, weight: weight, into: &act)
                    rowsSeen += account.rows.count
                    progress(rowsSeen)
                    next = try reader.next()
                }
            }
            if commit != nil { load.report.commits += 1 }
        }
        let last = try engine.act(now: clock()) {
            try load.lots.write(into: &$0, receivedOn: options.receivedOn)
        }
        if last != nil { load.report.commits += 1 }
    }

    private func note(_ report: ImportReport, clock: () -> Int64) throws {
        try engine.db.run(
            """
            INSERT INTO import(hash, file, portfolio, rows, accounts, imported_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            .blob(hash.bytes), .text(fileName), .text(options.portfolio), SQLiteValue(report.rows),
            SQLiteValue(report.accounts), .integer(clock()))
    }
}
