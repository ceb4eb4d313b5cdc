internal import Foundation
internal import RientroProtocol
internal import RientroSQLite
package import RientroServer

/// What a close is to do.
package struct CloseOptions: Sendable {
    /// The day to close, local, as `2026-11-22`.
    package var date: String
    /// The machine's date: no later day can be closed.
    package var today: String
    /// The language of the report and of the tasks.
    package var language: ReportLanguage
    /// Where the report goes, in a folder with the date's name; nil: `reports` in the centre's.
    package var reportFolder: String?
    /// The time of the tasks' commit, in milliseconds since 1970.
    package var now: Int64
    /// A backup of the book from which the pages of a closed day are taken, in place of damaged
    /// ones; nil: none.
    package var pagesFrom: String?
    /// Whether the report names operators, each with figures.
    package var namesOperators = false
    /// The language that somebody asked the report in; nil: that in which the day is closed.
    package var languageAsked: ReportLanguage?

    /// The options of a close.
    package init(
        date: String, today: String, language: ReportLanguage, reportFolder: String?, now: Int64
    ) {
        self.date = date
        self.today = today
        self.language = language
        self.reportFolder = reportFolder
        self.now = now
    }
}

/// The close of one day at one centre.
///
/// It begins with a frozen copy of the centre's database, which it reads and nothing else: so it
/// takes as long as it likes beside the live server, and if it is killed, the next run goes on from
/// the same state and ends the same. What it writes is written so that doing it again changes
/// nothing: tasks have ids made from what they are about, the book takes a close in one
/// transaction, backup and report are put into their places by one rename.
///
/// One thread; `run` is called once.
package final class Close {
    /// What a close came to.
    package struct Summary: Sendable {
        /// The day.
        package let date: String
        /// Whether the day was closed before: nothing was changed then.
        package let isRepeated: Bool
        /// The last commit that is in it.
        package let commit: Int64
        /// The firm's page.
        package let page: DayPage
        /// The folder of the report.
        package let reportFolder: String
        /// The file to open first.
        package let firstFile: String
        /// What was done, step by step.
        package let steps: [CloseStepReport]
        /// The language in which the day was closed: that of its tasks.
        package let language: ReportLanguage
        /// The language that somebody asked the report in; nil: nobody asked.
        package let languageAsked: ReportLanguage?
        /// Whether the report names operators.
        package let namesOperators: Bool

        /// Accounts that stand in no total and no figure, and wait in the review.
        package var setAside: Int64 {
            page.review.first { $0.kind == .setAside }?.count ?? 0
        }

        /// Whether something waits for a person: entries of the review queue, or a late office.
        package var needsPeople: Bool {
            !page.review.isEmpty || page.offices.contains(where: \.isLate)
        }
    }

    let centre: Centre
    let options: CloseOptions
    let book: CloseBook
    /// Whether the day stands in the book already.
    private(set) var isRepeated = false
    /// Whether the day stands in the book by now, whatever fails after that.
    package private(set) var isRecorded = false
    /// The language of the report and the tasks: that of the first close where it is a second.
    private(set) var language: ReportLanguage
    /// The frozen centre.
    let frozen: FrozenCentre

    // What the steps find, for those that follow.
    var state: CloseState?
    var pages: [DayPage] = []
    var operators: [KeyedMeasure] = []
    var firstFile = ""

    /// Prepares the close of a day.
    ///
    /// Throws `CloseError.badDate`, `.inTheFuture`, `.bookIsGone`, `CloseBookError`, `SQLiteError`.
    package init(_ centre: Centre, _ options: CloseOptions) throws {
        guard LocalDate.isValid(options.date) else { throw CloseError.badDate(options.date) }
        guard options.date <= options.today else {
            throw CloseError.inTheFuture(date: options.date, today: options.today)
        }
        self.centre = centre
        self.options = options
        language = options.language
        book = try CloseBook.open(folder: centre.folder)
        if try book.lastClose() == nil, let backup = BackupShelf(centre).lastBook() {
            throw CloseError.bookIsGone(backup: backup)
        }
        frozen = FrozenCentre(centre, date: options.date)
    }

    /// The folder of the report.
    var reportFolder: String {
        (options.reportFolder ?? centre.folder + "/reports") + "/" + options.date
    }

    /// Closes the day; where that was done before, writes its report again.
    ///
    /// Throws `CloseError`, `CentreError`, `SQLiteError`; the day is open then, and nothing that
    /// was written is wrong.
    ///
    /// - Parameters:
    ///   - clock: milliseconds that never go back, for the times of the steps.
    ///   - begins: is told of each step before it is done, and returns what its progress goes to.
    ///   - ended: is told of each step after it.
    package func run(
        clock: () -> Int64, begins: (CloseStep) -> CloseProgress,
        ended: (CloseStepReport) -> Void
    ) throws -> Summary {
        let lock = try centre.lock(for: .closing)
        defer { withExtendedLifetime(lock) {} }
        if let path = options.pagesFrom { try book.takePages(of: options.date, from: path) }
        if let stored = try storedPages() {
            isRepeated = true
            isRecorded = true
            language = try book.language(of: options.date) ?? language
            pages = stored
        } else if let last = try book.lastClose(), last.date > options.date {
            throw CloseError.closedSince(date: options.date, last: last.date)
        }
        var reports: [CloseStepReport] = []
        var hasWritten = false
        defer { state = nil }
        do {
            for step in Self.steps where try isNeeded(step) {
                if step.name == .work { hasWritten = true }
                let progress = begins(step)
                let start = clock()
                let counts = try step.run(self, progress)
                if step.name == .record { isRecorded = true }
                let report = CloseStepReport(
                    step: step, counts: counts, milliseconds: clock() - start)
                reports.append(report)
                ended(report)
            }
        } catch {
            // What stopped it has to be mended at the centre, and the next run must see that; but
            // once it has begun to write, it has to end with the state that it began with.
            if !hasWritten { frozen.remove() }
            throw error
        }
        frozen.remove()
        guard let page = pages.first else {
            throw CloseError.damagedPage(
                date: options.date, page: "firm", part: nil, backup: nil)
        }
        return Summary(
            date: options.date, isRepeated: isRepeated, commit: page.commit, page: page,
            reportFolder: reportFolder, firstFile: firstFile, steps: reports,
            language: language, languageAsked: options.languageAsked,
            namesOperators: options.namesOperators)
    }

    /// The pages of the day, where it was closed before. What is damaged names the backup that has
    /// it whole, or it would say what is broken and not how it is mended.
    private func storedPages() throws -> [DayPage]? {
        do { return try book.pages(of: options.date) } catch CloseError.damagedPage(
            let date, let page, let part, _)
        {
            throw CloseError.damagedPage(
                date: date, page: page, part: part,
                backup: BackupShelf(centre).lastBook { book.isWhole(date, in: $0) })
        }
    }

    /// Of a day that stands in the book, only what a killed run may have left undone.
    private func isNeeded(_ step: CloseStep) throws -> Bool {
        guard isRepeated else { return true }
        switch step.name {
        case .report: return true
        case .backup:
            // An older day's backup may have been thinned: it is not made of today's state.
            return try book.lastClose()?.date == options.date
                && !BackupShelf(centre).has(options.date)
        default: return false
        }
    }
}

/// What is open while a close reads its frozen centre.
final class CloseState {
    /// The engine on the frozen centre.
    let engine: CentreEngine
    /// The day's tables, on a connection of their own: their names hide the file's.
    let day: DayTables
    var review: ReviewQueue?
    var fold: DayFold?

    init(engine: CentreEngine, day: DayTables) {
        self.engine = engine
        self.day = day
    }
}
