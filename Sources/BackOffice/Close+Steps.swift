internal import Portfolio
internal import RientroProtocol
internal import RientroSQLite
internal import RientroServer
internal import RientroStore

extension Close {
    /// Every step of a close, in order.
    ///
    /// The control totals come before anything is written: a difference stops the close, and then
    /// nobody must have got a task from it.
    package static let steps: [CloseStep] = [
        CloseStep(
            name: .watermark, reads: "the centre's database, the offices, the log since last time",
            writes: "a frozen copy, for the time of the close",
            stops: "a schema that is not the debtor portfolio's",
            run: { try $0.readWatermark($1) }),
        CloseStep(
            name: .proof, reads: "the frozen log, change-sets, routes and rows", writes: "nothing",
            stops: "a hash, a route or a row that is not as the log says",
            run: { try $0.prove($1) }),
        CloseStep(
            name: .totals, reads: "items, payments and balances", writes: "nothing",
            stops: "placed ≠ open + paid + adjusted for any lot, by a cent",
            run: { close, _ in try close.addUp() }),
        CloseStep(
            name: .review,
            reads: "conflicts, quarantine, payments, promises, and what was settled",
            writes: "nothing", stops: "nothing", run: { close, _ in try close.queue() }),
        CloseStep(
            name: .fold, reads: "promises and payments by value date, items, the close before",
            writes: "nothing", stops: "nothing", run: { close, _ in try close.fold() }),
        CloseStep(
            name: .figures, reads: "the day's accounts, items, payments, promises, contacts",
            writes: "nothing", stops: "nothing", run: { try $0.measure($1) }),
        CloseStep(
            name: .work, reads: "what the fold found, contacts, open tasks",
            writes: "tasks at the centre, which reach the offices with their next sync",
            stops: "a centre that cannot be written", run: { close, _ in try close.plan() }),
        CloseStep(
            name: .record, reads: "what the steps before found",
            writes: "pages, key figures and states in backoffice.sqlite, in one transaction",
            stops: "a book that cannot be written", run: { close, _ in try close.record() }),
        CloseStep(
            name: .report, reads: "the day's pages in the book", writes: "the report's folder",
            stops: "a folder that cannot be written", run: { close, _ in try close.writeReport() }),
        CloseStep(
            name: .backup, reads: "the live centre, in one read transaction, and the book",
            writes: "backups/centre-DATE.sqlite and backups/backoffice-DATE.sqlite",
            stops: "a copy whose integrity or digests are not the centre's",
            run: { try $0.backUp($1) }),
    ]

    /// What the tables of the day need of the schema.
    private static let tables = [
        "account", "contact_attempt", "creditor", "debt_item", "lot", "operator", "payment",
        "portfolio", "promise", "task",
    ]

    private func readWatermark(_ progress: CloseProgress) throws -> [CloseCount] {
        try frozen.freeze(progress: progress)
        let engine = try CentreEngine(db: try frozen.connect())
        for table in Self.tables where engine.store.layout(named: table) == nil {
            throw CloseError.otherSchema(table: table)
        }
        let previous = try book.lastClose()
        let common = try book.lastCommon(with: engine.db) ?? 0
        let day = try DayTables(
            try frozen.connect(), date: options.date,
            previous: previous.map { ($0.date, common) })
        state = CloseState(engine: engine, day: day)
        let commit = try engine.cursor().commit
        pages = try Pages.empty(day: day, commit: commit, previous: previous?.date)
        let offices = try DayOffices(engine, day, at: frozen.madeAt()).lines
        for index in pages.indices {
            pages[index].offices = Self.offices(offices, on: pages[index].scope)
            pages[index].late = try LateFacts.lines(day, engine, pages[index])
        }
        let facts = try day.db.integer("SELECT count(*) FROM day_fact") ?? 0
        let late = try day.db.integer("SELECT count(*) FROM day_fact WHERE is_late") ?? 0
        return [
            CloseCount("commit", commit), CloseCount("offices", offices.count),
            CloseCount("late_offices", offices.count(where: \.isLate)),
            CloseCount("facts", facts), CloseCount("late_facts", late),
            CloseCount("accounts_set_aside", try day.countAside()),
        ]
    }

    private static func offices(_ all: [OfficeLine], on scope: PageScope) -> [OfficeLine] {
        switch scope.kind {
        case .firm: all
        case .branch: all.filter { $0.portfolios.contains(scope.key) }
        case .creditor: []
        }
    }

    private func open() throws -> CloseState {
        guard let state else { throw CentreError.notCommitted }
        return state
    }

    private func prove(_ progress: @escaping CloseProgress) throws -> [CloseCount] {
        let stages = CentreVerify.Stage.allCases
        let report = try CentreVerify.run(
            try CentreEngine(db: try frozen.connect()), scratch: try frozen.makeScratch()
        ) { stage, done, total in
            let place = stages.firstIndex(of: stage) ?? 0
            let share = total > 0 ? Int(done * 100 / total) : 100
            progress(place * 100 + share, stages.count * 100)
        }
        guard report.findings.isEmpty else {
            throw CloseError.notProven(findings: report.findings)
        }
        let proven = pages.first?.offices.count { $0.provenCommit != nil } ?? 0
        return [
            CloseCount("commits", report.commits), CloseCount("rows", report.rows),
            CloseCount("offices_proven", proven),
        ]
    }

    private func addUp() throws -> [CloseCount] {
        let state = try open()
        let totals = try ControlTotals(state.day)
        for index in pages.indices {
            pages[index].totals = try totals.lines(for: pages[index].scope)
        }
        let lines = pages.first?.totals ?? []
        let accounts = try totals.differences()
        guard accounts.isEmpty else {
            throw CloseError.totalsDiffer(
                lines: lines.filter { $0.difference != 0 }, accounts: accounts)
        }
        return [CloseCount("totals", lines.count), CloseCount("differences", 0)]
    }

    private func queue() throws -> [CloseCount] {
        let state = try open()
        let queue = try ReviewQueue(state.day, book: book)
        state.review = queue
        let seen = try book.seen()
        for index in pages.indices where pages[index].scope.kind != .creditor {
            pages[index].review = queue.lines(
                for: pages[index].scope, seen: seen, date: options.date)
        }
        let lines = pages.first?.review ?? []
        return [
            CloseCount("waiting", queue.count),
            CloseCount("new", lines.clampedSum(\.new)),
            CloseCount("settled", queue.settledEntries.count),
        ]
    }

    private func fold() throws -> [CloseCount] {
        let state = try open()
        let fold = try DayFold(state.day, book)
        state.fold = fold
        for index in pages.indices {
            let scope = pages[index].scope
            func isOn(_ account: AccountLine) -> Bool {
                DayFold.isOn(scope, branch: account.branch, creditor: account.creditor)
            }
            pages[index].promiseChanges = fold.promises.filter {
                DayFold.isOn(scope, branch: $0.branch, creditor: $0.creditor)
            }.map(\.line)
            // A creditor is not told which office works his accounts.
            func shown(_ account: AccountLine) -> AccountLine {
                var account = account
                if scope.kind == .creditor { account.branch = "" }
                return account
            }
            pages[index].paidInFull = fold.paidInFull.filter(isOn).map(shown)
            pages[index].newlyOverdue = fold.newlyOverdue.filter(isOn).map(shown)
        }
        func count(_ state: PromiseState) -> Int { fold.promises.count { $0.line.is == state } }
        return [
            CloseCount("promises_kept", count(.kept)),
            CloseCount("promises_partly_kept", count(.partlyKept)),
            CloseCount("promises_broken", count(.broken)),
            CloseCount("paid_in_full", fold.paidInFull.count),
            CloseCount("newly_overdue", fold.newlyOverdue.count),
        ]
    }

    private func measure(_ progress: CloseProgress) throws -> [CloseCount] {
        let figures = try Figures(try open().day)
        progress(1, 2)
        try figures.fill(&pages)
        operators = figures.operatorMeasures()
        progress(2, 2)
        return [
            CloseCount("measures", pages.reduce(operators.count) { $0 + $1.measures.count })
        ]
    }

    private func plan() throws -> [CloseCount] {
        let state = try open()
        let fold = try state.fold ?? DayFold(state.day, book)
        let work = try TomorrowsWork(
            state.day, fold, language, beginning: book.beginning() ?? state.day.since)
        for index in pages.indices where pages[index].scope.kind != .creditor {
            pages[index].tasks = work.lines(for: pages[index].scope)
        }
        let engine = try centre.engine(.readWrite)
        engine.db.setBusyTimeout(milliseconds: Self.patienceMilliseconds)
        _ = try work.write(to: engine, now: options.now)
        return [
            CloseCount("tasks", work.planned.count), CloseCount("cancelled", work.cancelled.count),
        ]
    }

    /// How long a close waits for another that writes to the centre, such as a large import.
    private static let patienceMilliseconds: Int32 = 180_000

    private func record() throws -> [CloseCount] {
        let state = try open()
        try book.write(
            CloseBook.Entry(
                date: options.date, previous: pages.first?.previousDate,
                commit: pages.first?.commit ?? 0, chain: try state.engine.cursor().chain.bytes,
                language: language, pages: pages,
                operators: operators,
                promises: try state.day.db.rows("SELECT id, state FROM day_promise ORDER BY id") {
                    ($0.text(0), $0.text(1))
                },
                paid: try state.day.db.rows(
                    """
                    SELECT a.id FROM day_account AS a
                    WHERE a.balance <= 0 AND EXISTS (
                        SELECT 1 FROM day_payment AS p WHERE p.account_id = a.id AND p.net > 0)
                      AND NOT EXISTS (SELECT 1 FROM day_item AS i WHERE i.account_id = a.id)
                    ORDER BY a.id
                    """
                ) { $0.text(0) },
                review: state.review?.entries ?? []))
        let measures = pages.reduce(operators.count) { $0 + $1.measures.count }
        return [CloseCount("pages", pages.count), CloseCount("measures", measures)]
    }

    private func backUp(_ progress: CloseProgress) throws -> [CloseCount] {
        let shelf = BackupShelf(centre)
        let stages = CentreCopy.Stage.allCases
        let report = try shelf.make(options.date, book) { stage, done, total in
            let place = stages.firstIndex(of: stage) ?? 0
            progress(place * 100 + (total > 0 ? done * 100 / total : 100), stages.count * 100)
        }
        let removed = try shelf.thin()
        return [
            CloseCount("commit", report.cursor.commit), CloseCount("bytes", report.bytes),
            CloseCount("rows", report.rows), CloseCount("thinned", removed.count),
        ]
    }
}
