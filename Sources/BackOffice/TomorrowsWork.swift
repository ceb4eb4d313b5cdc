internal import Portfolio
internal import RientroProtocol
internal import RientroSQLite
internal import RientroServer
internal import Terminal

/// Tomorrow's work: ordinary rows that reach the offices with their next sync.
struct TomorrowsWork {
    private(set) var planned: [PlannedTask] = []
    private(set) var cancelled: [CancelledTask] = []

    private let day: DayTables
    private let words: TaskWords
    private let dueOn: String
    private let beginning: String

    /// Plans from a frozen centre: what it plans depends on nothing else.
    ///
    /// - Parameter beginning: the day before the first that was ever closed.
    init(
        _ day: DayTables, _ fold: DayFold, _ language: ReportLanguage, beginning: String
    ) throws {
        self.day = day
        self.beginning = beginning
        words = TaskWords(language: language)
        dueOn = WorkingDay.after(day.date)
        try Self.findQuiet(day)
        try planPromises(fold)
        try planCallbacks()
        try planReasons()
        try planOverdue(fold)
        try takeBackQuiet()
        // One call a day is enough: the first reason, in the order above, stands for all.
        var accounts: Set<String> = []
        planned = planned.filter { accounts.insert($0.account).inserted }
        planned.sort { ($0.branch, $0.account, $0.id) < ($1.branch, $1.account, $1.id) }
    }

    /// How many were made and taken back on the firm's page or a branch's, by cause; causes of
    /// nothing are left out.
    func lines(for scope: PageScope) -> [TaskLine] {
        func isOn(_ branch: String) -> Bool {
            scope.kind == .firm || (scope.kind == .branch && scope.key == branch)
        }
        return TaskLine.Cause.allCases.compactMap { cause in
            let made = planned.count { $0.cause == cause && isOn($0.branch) }
            let back = cancelled.count { $0.cause == cause && isOn($0.branch) }
            guard made + back > 0 else { return nil }
            return TaskLine(cause: cause, made: Int64(made), cancelled: Int64(back))
        }
    }

    // Which outcomes and states stop work is the trade's to say, the same for offices and centre.
    private static let lastingOutcomes = DebtorPortfolio.quoted(DebtorPortfolio.lastingStops)
    private static let contestedOutcomes = DebtorPortfolio.quoted(DebtorPortfolio.contestedStops)
    private static let quietStatuses = DebtorPortfolio.quoted(DebtorPortfolio.quietStatuses)

    /// The accounts that nobody is to be sent after: closed ones, those on which nothing is owed,
    /// and those whose debtor must not be called. Who has died, has a lawyer, is insolvent or asked
    /// for no more contact has so on all accounts, whichever office heard of it.
    private static func findQuiet(_ day: DayTables) throws {
        try day.db.execute(
            """
            CREATE TEMP TABLE day_silent AS
            SELECT DISTINCT b.debtor_id FROM main.account AS b
            WHERE b.id IN (
                SELECT account_id FROM day_contact WHERE outcome IN (\(lastingOutcomes)))
              OR (b.id IN (SELECT id FROM day_aside) AND EXISTS (
                SELECT 1 FROM main.contact_attempt AS t
                WHERE t.account_id = b.id AND t.outcome IN (\(lastingOutcomes))));
            CREATE TEMP TABLE day_quiet AS
            SELECT a.id FROM day_account AS a
            WHERE a.is_closed OR a.status IN (\(quietStatuses))
              OR NOT EXISTS (SELECT 1 FROM day_item AS i WHERE i.account_id = a.id)
              OR a.debtor_id IN (SELECT debtor_id FROM day_silent)
              OR (SELECT t.outcome FROM day_contact AS t WHERE t.account_id = a.id
                  AND t.is_right_party ORDER BY t.started_at DESC, t.id DESC LIMIT 1)
                IN (\(contestedOutcomes));
            CREATE UNIQUE INDEX temp.day_quiet_id ON day_quiet(id);
            """)
    }

    /// The status of the task with an id; nil where there is none.
    private func status(_ id: String) throws -> String? {
        try day.db.text("SELECT status FROM main.task WHERE id = ?", .text(id))
    }

    /// The ids of a promise's tasks: the first for when it broke first, and so on.
    private func promiseSubjects(_ promise: String) -> [String] {
        [promise] + (2...Self.breaksMax).map { "\(promise)\n\($0)" }
    }

    /// How often a promise may break, be mended and break again: more is no task but a talk.
    private static let breaksMax = 9

    /// Our tasks on accounts that were paid or closed since, or whose debtor must not be called any
    /// more: what an earlier night planned must not send anybody to the heirs of the dead.
    private mutating func takeBackQuiet() throws {
        let known = Set(cancelled.map(\.id))
        // Ids that are made from what they are about have version 8; no office makes such.
        let found = try day.db.rows(
            """
            SELECT k.id, a.portfolio_id, a.is_closed
                OR NOT EXISTS (SELECT 1 FROM day_item AS i WHERE i.account_id = a.id)
            FROM main.task AS k JOIN day_account AS a ON a.id = k.account_id
            WHERE k.status = 'open' AND substr(k.id, 15, 1) = '8'
              AND a.id IN (SELECT id FROM day_quiet)
            ORDER BY k.id
            """
        ) {
            let isSettled = $0.integer(2) == 1
            return CancelledTask(
                id: $0.text(0), cause: isSettled ? .settled : .notToBeCalled, branch: $0.text(1),
                reason: isSettled ? words.nothingOwed : words.notToBeCalled)
        }
        cancelled += found.filter { !known.contains($0.id) }
    }

    /// A task about an account whose debtor may be called; nothing for one that is there already.
    private mutating func plan(
        _ cause: TaskLine.Cause, about subject: String, account: String, kind: String,
        _ note: String
    ) throws {
        let id = PlannedTask.id(cause, about: subject)
        guard try status(id) == nil else { return }
        let task = try day.db.first(
            """
            SELECT portfolio_id, assignee FROM day_account
            WHERE id = ? AND id NOT IN (SELECT id FROM day_quiet)
            """, .text(account)
        ) {
            PlannedTask(
                id: id, cause: cause, account: account, branch: $0.text(0), kind: kind,
                dueOn: dueOn, assignee: $0.optionalText(1), note: note)
        }
        if let task { planned.append(task) }
    }

    private mutating func planPromises(_ fold: DayFold) throws {
        for change in fold.promises {
            let promise = change.line
            switch promise.is {
            case .broken, .partlyKept:
                let subjects = promiseSubjects(promise.promise)
                let isWaiting = try subjects.contains {
                    try status(PlannedTask.id(.promiseBroken, about: $0)) == "open"
                }
                let free = try subjects.first {
                    try status(PlannedTask.id(.promiseBroken, about: $0)) == nil
                }
                guard !isWaiting, let free else { continue }
                try plan(
                    .promiseBroken, about: free, account: promise.account, kind: "callback",
                    words.promise(promise))
            case .kept, .cancelled, .superseded:
                for subject in promiseSubjects(promise.promise) {
                    let id = PlannedTask.id(.promiseBroken, about: subject)
                    guard try status(id) == "open" else { continue }
                    cancelled.append(
                        CancelledTask(
                            id: id, cause: .promiseBroken, branch: change.branch,
                            reason: words.settled(promise)))
                }
            case .open: continue
            }
        }
    }

    /// An account whose next action is due, or whose last contact agreed to be called back, and
    /// for which nobody has anything on the list.
    private mutating func planCallbacks() throws {
        let idle = """
            NOT EXISTS (SELECT 1 FROM main.task AS k WHERE k.account_id = a.id
              AND k.status = 'open')
            """
        // What was due before the first close is no news, then or later.
        let first = beginning
        let actions = try day.db.rows(
            """
            SELECT a.id, a.next_action_on FROM day_account AS a
            WHERE a.next_action_on <= ?1 AND a.next_action_on > ?2 AND \(idle) ORDER BY a.id
            """, .text(dueOn), .text(first)
        ) { ($0.text(0), $0.text(1)) }
        for (account, date) in actions {
            try plan(
                .callbackDue, about: "\(account)\n\(date)", account: account, kind: "callback",
                words.callback(dueOn: date))
        }
        let agreed = try day.db.rows(
            """
            SELECT t.id, t.account_id, t.day FROM day_contact AS t
            JOIN day_account AS a ON a.id = t.account_id
            WHERE t.outcome = 'CB' AND t.day > ?2
              AND coalesce(a.next_action_on, '') <= ?1 AND \(idle)
              AND NOT EXISTS (SELECT 1 FROM day_contact AS u WHERE u.account_id = t.account_id
                AND (u.started_at, u.id) > (t.started_at, t.id))
            ORDER BY t.id
            """, .text(dueOn), .text(first)
        ) { ($0.text(0), $0.text(1), $0.text(2)) }
        let accounts = Set(actions.map(\.0))
        for (contact, account, date) in agreed where !accounts.contains(account) {
            try plan(
                .callbackDue, about: contact, account: account, kind: "callback",
                words.callback(agreedOn: date))
        }
    }

    /// An account whose debtor was spoken to since the close before, and of which still nobody
    /// knows why it was not paid.
    private mutating func planReasons() throws {
        let found = try day.db.rows(
            """
            SELECT t.account_id, max(t.day) FROM day_contact AS t
            WHERE t.is_right_party AND (t.day > ?1 OR EXISTS (
              SELECT 1 FROM day_fact AS f WHERE f.tab = 'contact_attempt' AND f.id = t.id))
              AND NOT EXISTS (SELECT 1 FROM day_contact AS r
                WHERE r.account_id = t.account_id AND r.reason IS NOT NULL)
            GROUP BY t.account_id ORDER BY t.account_id
            """, .text(day.since)
        ) { ($0.text(0), $0.text(1)) }
        for (account, date) in found {
            try plan(
                .noReason, about: account, account: account, kind: "callback",
                words.noReason(spokenOn: date))
        }
    }

    private mutating func planOverdue(_ fold: DayFold) throws {
        for account in fold.newlyOverdue {
            try plan(
                .newlyOverdue, about: "\(account.account)\n\(account.day)",
                account: account.account, kind: "reminder_call", words.overdue(account))
        }
    }
}

/// Writing tomorrow's work at the centre.
extension TomorrowsWork {
    /// Tasks in one commit: about 300 KiB, so that it fits into any answer.
    private static let tasksPerCommit = 1_000

    /// Writes what is not there yet, in one transaction beside the running server, and returns how
    /// many rows it wrote: none where a close before wrote them.
    func write(to engine: CentreEngine, now: Int64) throws -> Int {
        try engine.db.transaction {
            let new = try planned.filter { task in
                try engine.db.integer("SELECT 1 FROM task WHERE id = ?", .text(task.id)) == nil
            }
            for start in stride(from: 0, to: new.count, by: Self.tasksPerCommit) {
                try engine.act(now: now) { act in
                    for task in new[start..<min(start + Self.tasksPerCommit, new.count)] {
                        try act.insert("task", id: task.id, task.values)
                    }
                }
            }
            let back = try cancelled.filter { task in
                try engine.db.text("SELECT status FROM task WHERE id = ?", .text(task.id))
                    == "open"
            }
            try engine.act(now: now) { act in
                for task in back {
                    try act.set(
                        "task", id: task.id,
                        ["status": .text("cancelled"), "status_reason": .text(task.reason)])
                }
            }
            return new.count + back.count
        }
    }
}
