import BackOffice
import Portfolio
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Terminal

/// `review`: what waits for a person, as of a day.
enum ReviewCommand {
    static let declaration = Command(
        "review", "List what waits for a person, and settle it",
        discussion: """
            Values in conflict, refused rows, payments that may have been recorded twice, money \
            over what was owed, payments and promises on closed accounts. Below each list stands \
            what can be done about it. Exit code 3 if anything waits.

              rientro-server review centre --kind duplicate
              rientro-server review settle centre 3f2a91c0 same --operator MROSSI
            """,
        arguments: [CentreProgram.folder],
        options: [
            .value(
                "kind", "KIND", "only what is of this kind",
                choices: ReviewKind.allCases.map(\.rawValue)),
            .value("branch", "ID", "only what concerns accounts of this portfolio"),
            .value("creditor", "ID", "only what concerns accounts of this creditor"),
            date,
            .flag("all", "also what was settled, by whom and how"),
        ],
        subcommands: [ReviewSettleCommand.declaration])

    /// The day that is looked at.
    private static let date = Option.value("date", "D", "as of this day, today unless told")

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let centre = try parsed.centre()
        let engine = try centre.engine(.readOnly)
        try requireTrade(engine)
        let date = try day(parsed, engine)
        let wanted = try filter(parsed, engine)
        let book = try CloseBook.read(folder: centre.folder)
        let queue = try ReviewDesk.queue(centre, book: book, date: date)
        let entries = queue.entries.filter(wanted)
        let settled = parsed.flag("all") ? Self.settled(queue, parsed, wanted) : nil
        let page = ReviewPage(
            folder: centre.folder, entries: entries, settled: settled,
            keys: Array(queue.settled.keys) + queue.entries.map(\.key), language: output.language)
        output.json(page.json(date: date))
        page.say(output)
        return entries.isEmpty ? .done : .partly
    }

    /// The review knows the tables of the trade and no others.
    static func requireTrade(_ engine: CentreEngine) throws {
        guard engine.store.schema.name == DebtorPortfolio.name else {
            throw CommandError.noTable("account")
        }
    }

    /// The day of `--date`, or today.
    static func day(_ parsed: Parsed, _ engine: CentreEngine) throws -> String {
        let today = try engine.db.text("SELECT date('now', 'localtime')") ?? ""
        guard let typed = parsed.value("date") else { return today }
        // SQLite takes the 31st of every month, and gives the day that it is.
        guard try engine.db.text("SELECT date(?, '+0 days')", .text(typed)) == typed else {
            throw parsed.usageError(
                .invalidValue(of: "--date", value: typed, expected: "a date such as \(today)"))
        }
        return typed
    }

    private static func filter(
        _ parsed: Parsed, _ engine: CentreEngine
    ) throws -> (ReviewEntry) -> Bool {
        let kind = parsed.value("kind").flatMap(ReviewKind.init(rawValue:))
        let branch = parsed.value("branch")
        let creditor = parsed.value("creditor")
        if let branch, try !isKnown(branch, in: "portfolio", engine) {
            throw CentreError.unknown(what: "portfolio", id: branch)
        }
        if let creditor, try !isKnown(creditor, in: "creditor", engine) {
            throw CommandError.unknownCreditor(creditor)
        }
        return { entry in
            (kind == nil || entry.kind == kind)
                && (branch.map { entry.concerns(PageScope(.branch, key: $0)) } ?? true)
                && (creditor.map { entry.concerns(PageScope(.creditor, key: $0)) } ?? true)
        }
    }

    private static func isKnown(
        _ id: String, in table: String, _ engine: CentreEngine
    ) throws -> Bool {
        try engine.db.integer("SELECT 1 FROM \(SQL.name(table)) WHERE id = ?", .text(id)) == 1
    }

    /// What was settled, the latest first. Of most of it the accounts are not known any more, so
    /// that it is listed only where no branch and no creditor is asked for.
    private static func settled(
        _ queue: ReviewQueue, _ parsed: Parsed, _ wanted: (ReviewEntry) -> Bool
    ) -> [ReviewPage.Settled] {
        let entries = Dictionary(
            queue.settledEntries.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let isWhole = parsed.value("branch") == nil && parsed.value("creditor") == nil
        let kind = parsed.value("kind")
        return queue.settled.values.sorted { ($1.settledAt, $0.key) < ($0.settledAt, $1.key) }
            .map { ReviewPage.Settled(record: $0, entry: entries[$0.key]) }
            .filter {
                $0.entry.map(wanted)
                    ?? (isWhole && (kind == nil || kind == $0.record.kind.rawValue))
            }
    }
}
