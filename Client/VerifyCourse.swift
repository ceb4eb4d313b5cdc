package import RientroProtocol
internal import RientroStore

/// The course of a comparison with the centre, and of the repair of what differs, as a value: what
/// to ask the centre next, and what its answer means. No network and no clock is in it; `Replica`
/// sends what it says. It begins where a sync has ended.
///
///     var course = VerifyCourse(.proof(repair: true))
///     while true {
///         switch try course.next(engine) {
///         case .sync: …
///         case .ask(let question): …; try course.answered(body, engine)
///         case .mended: continue
///         case .done(let report): return report
///         }
///     }
package struct VerifyCourse {
    /// What a comparison is made for.
    package enum Aim: Equatable, Sendable {
        /// The proof that all tables are equal, or the list of what differs, which is mended where
        /// `repair` is set until they are equal.
        case proof(repair: Bool)
        /// To mend the tables whose triggers were gone for a while, until they are equal: whatever
        /// a tool wrote into them uncaptured is sent, or put back. They are no suspects then.
        case suspects
    }

    /// What is to be done next.
    package enum Step: Equatable, Sendable {
        /// Make a whole sync, and then go on.
        case sync
        /// Ask the centre this, and give the body of its answer to `answered`.
        case ask(DigestQuestion)
        /// Nothing: rows of the tables with these numbers were just mended.
        case mended(tables: Set<Int>)
        /// Nothing is left to do.
        case done(VerifyReport)
    }

    /// How many attempts in a row may bring nothing: one side has moved on, or no fewer rows differ
    /// than before. Five outlast what a few others write in passing. The rows that differ cannot
    /// become fewer for ever, so it always ends.
    static let attemptsMax = 5

    /// How far it has come, where the last step of `next` is one that people are told of.
    package private(set) var progress: SyncProgress?

    private let aim: Aim
    private var state = State.synced
    /// Attempts since the last that has brought something.
    private var attempts = 0
    /// How few rows have differed so far; nil before anything was compared.
    private var fewest: Int?
    /// The numbers of the tables that are compared in this attempt; nil: all.
    private var tables: Set<Int>?
    /// The version of the file's tables and triggers when those were suspects.
    private var schemaVersion: Int64 = 0
    private var report = VerifyReport()

    private enum State {
        /// A sync was just made.
        case synced
        /// A sync has to be made.
        case unsynced
        /// The centre is asked for the digests of all tables.
        case comparing
        /// Of tables that differ, smaller and smaller ranges are compared.
        case narrowing(Narrowing)
        /// Rows that differ are mended.
        case repairing(Repair)
        case over
    }

    /// The course of a comparison that has not begun.
    package init(_ aim: Aim) { self.aim = aim }

    /// What is to be done next; mends and records what can be without asking the centre. Where an
    /// answer was lost, it says the same again. Throws `SQLiteError`.
    package mutating func next(_ engine: ReplicaEngine) throws -> Step {
        progress = nil
        switch state {
        case .synced: return try begin(engine)
        case .unsynced:
            state = .synced
            return .sync
        case .comparing: return .ask(.tables)
        case .narrowing(let narrowing):
            guard let question = narrowing.question else {
                return try conclude(narrowing.found, engine)
            }
            progress = narrowing.progress
            return .ask(question)
        case .repairing(let repair): return try goOn(repair, engine)
        case .over: return .done(report)
        }
    }

    /// Takes the body of the answer to the question of `next`. Throws `MalformedMessage`,
    /// `ReplicaError.badAnswer`, `SQLiteError`.
    package mutating func answered(_ body: [UInt8], _ engine: ReplicaEngine) throws {
        do {
            switch state {
            case .comparing:
                let answer = try DigestAnswer(decoding: body)
                state = .narrowing(try Narrowing(from: answer, in: tables, engine))
            case .narrowing(var narrowing):
                try narrowing.answered(RangeAnswer(decoding: body), engine)
                state = .narrowing(narrowing)
            case .repairing(var repair):
                repair.answered(try UnitChanges.decode(body))
                state = .repairing(repair)
            case .synced, .unsynced, .over:
                preconditionFailure("an answer to a question that was not asked")
            }
        } catch let reason as NotComparable {
            breakOff(reason)
        }
    }

    private mutating func breakOff(_ reason: NotComparable) {
        report.take(reason)
        state = .unsynced
    }

    private mutating func begin(_ engine: ReplicaEngine) throws -> Step {
        guard attempts < Self.attemptsMax else { return end() }
        attempts += 1
        if aim == .suspects {
            schemaVersion = try engine.schemaVersion()
            let suspects = try engine.suspects()
            guard !suspects.isEmpty else { return end() }
            tables = suspects
        }
        state = .comparing
        return .ask(.tables)
    }

    private mutating func conclude(
        _ comparison: Comparison, _ engine: ReplicaEngine
    ) throws -> Step {
        report.take(comparison, layouts: engine.store.layouts)
        let count = comparison.differences.count + comparison.more
        if let fewest, count < fewest { attempts = 1 }
        fewest = min(fewest ?? count, count)
        if report.isProven {
            if let tables {
                try engine.forget(suspects: tables, ifSchema: schemaVersion)
            } else {
                try engine.noteProof(at: comparison.cursor)
            }
            return end()
        }
        guard aim != .proof(repair: false) else { return end() }
        return try goOn(Repair(of: comparison), engine)
    }

    private mutating func goOn(_ repair: Repair, _ engine: ReplicaEngine) throws -> Step {
        var repair = repair
        state = .repairing(repair)
        if let question = repair.question { return .ask(question) }
        let tables = repair.tables
        guard !tables.isEmpty else {
            state = .unsynced
            return try next(engine)
        }
        do {
            report.rowsRepaired += try repair.mend(engine)
        } catch let reason as NotComparable {
            breakOff(reason)
            return try next(engine)
        }
        state = .repairing(repair)
        progress = repair.progress
        return .mended(tables: tables)
    }

    private mutating func end() -> Step {
        state = .over
        return .done(report)
    }
}

extension VerifyReport {
    fileprivate init() {
        self.init(
            commit: 0, isProven: false, onTheWay: 0, hasMoved: false, rowsCompared: 0,
            differences: [], differencesMore: 0, rowsRepaired: 0)
    }

    fileprivate mutating func take(_ comparison: Comparison, layouts: [Int: TableLayout]) {
        commit = comparison.cursor.commit
        onTheWay = 0
        hasMoved = false
        rowsCompared = comparison.rows
        differences = comparison.differences.prefix(Self.differencesMax).map { row in
            Difference(
                table: layouts[row.table]?.table.name ?? "\(row.table)",
                portfolio: row.portfolio, id: row.id,
                kind: row.here == nil
                    ? .missingHere : row.centre == nil ? .unknownAtCentre : .different)
        }
        differencesMore = comparison.more + comparison.differences.count - differences.count
        isProven = differences.isEmpty && differencesMore == 0
    }

    fileprivate mutating func take(_ reason: NotComparable) {
        switch reason {
        case .onTheWay(let count):
            onTheWay = count
            hasMoved = false
        case .moved:
            onTheWay = 0
            hasMoved = true
        }
    }
}
