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
            over what was owed, payments and promises on closed accounts, rows that name nothing, \
            rows whose day or clock cannot be right, accounts with more than can be. Below each \
            list stands what can be done about it. Exit code 3 if anything waits.

            A long list comes in groups, by office, kind and reason, and then \
            \(ReviewLimits.pageEntries) entries a page; of refused rows and conflicts of one \
            group the oldest \(ReviewLimits.entriesPerGroupMax) are listed, the others counted. \
            A group is settled as one with `review settle --kind`.

              rientro-server review centre --kind duplicate
              rientro-server review centre --kind quarantine --office Matera --page 2
              rientro-server review settle centre 3f2a91c0 same --operator MROSSI
            """,
        arguments: [CentreProgram.folder],
        options: [
            .value(
                "kind", "KIND", "only what is of this kind",
                choices: ReviewKind.allCases.map(\.rawValue)),
            .value("office", "NAME", "only groups of this office or portfolio"),
            .value("reason", "WORD", "only groups for this reason"),
            .value("branch", "ID", "only what concerns accounts of this portfolio"),
            .value("creditor", "ID", "only what concerns accounts of this creditor"),
            .value("page", "N", "which page of the entries, from 1"),
            date,
            .flag("all", "also what was settled, by whom and how"),
        ],
        subcommands: [ReviewSettleCommand.declaration])

    /// The day that is looked at.
    private static let date = Option.value("date", "D", "as of this day, today unless told")

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let page = try ListPage(parsed)
        let centre = try parsed.centre()
        let engine = try centre.engine(.readOnly)
        try requireTrade(engine)
        let date = try day(parsed, engine)
        let wanted = try Filter(parsed, engine)
        let book = try CloseBook.read(folder: centre.folder)
        let queue = try ReviewDesk.queue(centre, book: book, date: date)
        let entries = queue.entries.filter(wanted.holds)
        let rest = queue.rest.filter(wanted.holds)
        let settled = parsed.flag("all") ? Self.settled(queue, parsed, wanted.holds) : nil
        let list = ReviewPage(
            folder: centre.folder, entries: entries,
            tallies: ReviewQueue.tallies(entries, rest), settled: settled,
            keys: Array(queue.settled.keys) + queue.entries.map(\.key), page: page,
            language: output.language)
        output.json(list.json(date: date))
        list.say(output)
        return entries.isEmpty && rest.isEmpty ? .done : .partly
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

    /// What the options ask for.
    private struct Filter {
        let kind: ReviewKind?
        let office: String?
        let reason: String?
        let scopes: [PageScope]

        init(_ parsed: Parsed, _ engine: CentreEngine) throws {
            kind = parsed.value("kind").flatMap(ReviewKind.init(rawValue:))
            office = parsed.value("office")
            reason = parsed.value("reason")
            var scopes: [PageScope] = []
            if let branch = parsed.value("branch") {
                guard try ReviewCommand.isKnown(branch, in: "portfolio", engine) else {
                    throw CentreError.unknown(what: "portfolio", id: branch)
                }
                scopes.append(PageScope(.branch, key: branch))
            }
            if let creditor = parsed.value("creditor") {
                guard try ReviewCommand.isKnown(creditor, in: "creditor", engine) else {
                    throw CommandError.unknownCreditor(creditor)
                }
                scopes.append(PageScope(.creditor, key: creditor))
            }
            self.scopes = scopes
        }

        func holds(_ entry: ReviewEntry) -> Bool {
            holds(entry.group) && scopes.allSatisfy { entry.concerns($0) }
        }

        func holds(_ rest: ReviewRest) -> Bool {
            holds(rest.group) && scopes.allSatisfy { rest.concerns($0) }
        }

        private func holds(_ group: ReviewGroup) -> Bool {
            ReviewFilter(kind: kind ?? group.kind, office: office, reason: reason).matches(group)
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
        let isWhole = ["branch", "creditor", "office", "reason"].allSatisfy {
            parsed.value($0) == nil
        }
        let kind = parsed.value("kind")
        return queue.settled.values.sorted { ($1.settledAt, $0.key) < ($0.settledAt, $1.key) }
            .map { ReviewPage.Settled(record: $0, entry: entries[$0.key]) }
            .filter {
                $0.entry.map(wanted)
                    ?? (isWhole && (kind == nil || kind == $0.record.kind.rawValue))
            }
    }
}
