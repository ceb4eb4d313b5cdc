import Portfolio
import RientroClient

/// Whom to turn to today and why, read on one unchanging state.
///
/// Each account stands once: with what is due on it, or a promise that was broken, or else what is
/// owed and for how long. Nobody is listed whom nobody may call; who is left out is counted.
struct TodayWork: Sendable {
    /// Why an account is on the list, the first reason first.
    enum Cause: String, CaseIterable, Comparable, Sendable {
        /// A task or the next action is due.
        case task
        /// A promise was broken, and nobody has spoken with the debtor since.
        case promise
        /// Something is overdue.
        case overdue

        static func < (one: Cause, other: Cause) -> Bool { one.order < other.order }

        private var order: Int { Cause.allCases.firstIndex(of: self) ?? 0 }
    }

    /// Why an account is not on the list.
    enum Absence: Hashable, Sendable {
        /// Something stops work: an outcome, or the account's status.
        case held(String)
        /// A promise still runs.
        case promised
        /// Somebody was called today.
        case called
        /// It is another operator's.
        case others
        /// It is worked no more.
        case closed
    }

    /// One account of the list.
    struct Line: Sendable {
        let account: String
        let caseRef: String
        let debtorID: String
        let debtor: String
        let currency: String
        let balance: Int64
        let daysOverdue: Int64
        let cause: Cause
        let why: String
        /// What comes first among those of one cause: the earlier text, then the greater weight.
        let order: String
        let weight: Double
    }

    /// The list, in its order.
    private(set) var lines: [Line] = []
    /// How many accounts are left out, and why.
    private(set) var absent: [Absence: Int] = [:]

    /// A promise that was broken longer ago, in days, is a debt as any other.
    private static let brokenDays: Int64 = 30

    /// Reads the list.
    ///
    /// - Parameter person: whose it is; nil for everybody's.
    static func read(
        for person: String?, _ speech: Speech, in db: Database
    ) throws(OfficeError) -> TodayWork {
        let facts = try Facts.read(in: db)
        let rows = try db.all(
            """
            SELECT id, case_ref, debtor_id, debtor, status, currency, balance, days_overdue,
              next_action_on, assignee FROM accounts
            """)
        var work = TodayWork()
        for row in rows { work.place(row, facts, person: person, speech) }
        work.lines.sort { one, other in
            if one.cause != other.cause { return one.cause < other.cause }
            if one.order != other.order { return one.order < other.order }
            if one.weight != other.weight { return one.weight > other.weight }
            return one.account < other.account
        }
        return work
    }

    private mutating func place(
        _ row: Row, _ facts: Facts, person: String?, _ speech: Speech
    ) {
        let id = row["id"].shown
        let status = row["status"].shown
        let tasks = facts.tasks[id] ?? []
        let mine = tasks.filter { person == nil || $0.assignee == nil || $0.assignee == person }
        if status.hasPrefix("closed_") { return leaveOut(.closed) }
        let stops = facts.stops[id] ?? []
        if let held = stops.first ?? (DebtorPortfolio.quietStatuses.contains(status) ? status : nil)
        {
            // What is done at the desk goes on: an answer to a dispute most of all.
            guard let desk = mine.first(where: { !$0.isReaching }) else {
                return leaveOut(.held(held))
            }
            return add(row, .task, "[\(held)] " + desk.text, order: desk.order)
        }
        if let task = mine.first {
            return add(row, .task, task.text, order: task.order)
        }
        let isOthers = person != nil && !row["assignee"].isNull && row["assignee"].text != person
        if isOthers || !tasks.isEmpty { return leaveOut(.others) }
        if let next = row["next_action_on"].text, next <= facts.today, facts.called[id] == nil {
            let why = speech("next action of \(next)", "prossima azione del \(next)")
            return add(row, .task, why, order: next)
        }
        guard (row["balance"].integer ?? 0) > 0 else { return }
        if facts.called[id] != nil { return leaveOut(.called) }
        if let promise = facts.promises[id] {
            guard promise.isBroken else { return leaveOut(.promised) }
            let amount = speech.amount(promise.amount, promise.currency)
            return add(
                row, .promise,
                speech(
                    "promise of \(amount) by \(promise.deadline) broken",
                    "promessa di \(amount) entro il \(promise.deadline) non mantenuta"),
                weight: Double(promise.amount))
        }
        let days = row["days_overdue"].integer ?? 0
        guard days > 0 else { return }
        add(
            row, .overdue,
            speech.count(
                Int(clamping: days), "day overdue", "days overdue", "giorno di ritardo",
                "giorni di ritardo"),
            weight: Double(row["balance"].integer ?? 0) * Double(days))
    }

    private mutating func leaveOut(_ absence: Absence) { absent[absence, default: 0] += 1 }

    private mutating func add(
        _ row: Row, _ cause: Cause, _ why: String, order: String = "", weight: Double = 0
    ) {
        lines.append(
            Line(
                account: row["id"].shown, caseRef: row["case_ref"].shown,
                debtorID: row["debtor_id"].shown, debtor: row["debtor"].shown,
                currency: row["currency"].shown, balance: row["balance"].integer ?? 0,
                daysOverdue: row["days_overdue"].integer ?? 0, cause: cause, why: why,
                order: order, weight: weight))
    }

    /// What decides about accounts besides their own columns, by account.
    private struct Facts {
        struct Task {
            let text: String
            let order: String
            let assignee: String?
            let isReaching: Bool
        }
        struct Promise {
            let amount: Int64
            let currency: String
            let deadline: String
            let isBroken: Bool
        }
        let today: String
        var tasks: [String: [Task]] = [:]
        var promises: [String: Promise] = [:]
        var stops: [String: [String]] = [:]
        var called: [String: Bool] = [:]

        static func read(in db: Database) throws(OfficeError) -> Facts {
            let clock = try OfficeClock.read(in: db)
            var facts = Facts(today: clock.today)
            try facts.readTasks(in: db)
            try facts.readPromises(clock, in: db)
            for row in try db.all(
                "SELECT DISTINCT account_id, outcome FROM (\(DebtorPortfolio.stops))")
            {
                facts.stops[row["account_id"].shown, default: []].append(row["outcome"].shown)
            }
            for row in try db.all(
                """
                SELECT DISTINCT t.account_id FROM contact_attempt AS t
                WHERE t.direction = 'out' AND date(t.started_at, 'localtime') >= ?
                AND \(DebtorPortfolio.stands("t"))
                """, [.text(facts.today)])
            {
                facts.called[row["account_id"].shown] = true
            }
            return facts
        }

        private mutating func readTasks(in db: Database) throws(OfficeError) {
            for row in try db.all(
                """
                SELECT account_id, kind, due_on, due_time, note, assignee FROM task
                WHERE status = 'open' AND due_on <= ?
                ORDER BY due_on, due_time IS NULL, due_time, id
                """, [.text(today)])
            {
                let time = row["due_time"].text
                let words = [time, row["kind"].text, row["note"].text].compactMap { $0 }
                tasks[row["account_id"].shown, default: []].append(
                    Task(
                        text: words.joined(separator: " "),
                        // A text after every time of day, for those that have none.
                        order: row["due_on"].shown + (time ?? "~"),
                        assignee: row["assignee"].text,
                        isReaching: DebtorPortfolio.reachingTasks.contains(row["kind"].shown)))
            }
        }

        /// Of each account the promise with the last deadline counts. One that was broken is news
        /// until somebody has spoken with the debtor.
        private mutating func readPromises(
            _ clock: OfficeClock, in db: Database
        ) throws(OfficeError) {
            for row in try db.all(
                """
                SELECT q.account_id, q.amount, q.currency, q.deadline, q.state, EXISTS (
                    SELECT 1 FROM contact_attempt AS t WHERE t.account_id = q.account_id
                    AND date(t.started_at, 'localtime') > q.deadline
                    AND \(DebtorPortfolio.isRightParty("t")) AND \(DebtorPortfolio.stands("t"))
                  ) AS spoken
                FROM promises AS q
                WHERE q.state IN ('open', 'broken', 'partly_kept') AND q.deadline >= ?
                ORDER BY q.deadline, q.id
                """, [.text(clock.date(daysFromToday: -brokenDays))])
            {
                let isBroken = row["state"].text != "open"
                let id = row["account_id"].shown
                promises[id] =
                    isBroken && row["spoken"] == 1
                    ? nil
                    : Promise(
                        amount: row["amount"].integer ?? 0, currency: row["currency"].shown,
                        deadline: row["deadline"].shown, isBroken: isBroken)
            }
        }
    }
}
