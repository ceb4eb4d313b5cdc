package import RientroProtocol
internal import RientroSQLite
internal import RientroStore

extension ReplicaEngine {
    /// Merges an answer: seals first, then outcomes, then commits and cursor, in one transaction.
    ///
    /// Outcomes are taken always, commits only if the answer starts from the present cursor. Throws
    /// `ReplicaError.answerForAnother` where it is for another number, `ReplicaError.badAnswer`
    /// where a hash does not fit; then nothing is changed.
    ///
    /// - Parameter clockOffset: the centre's time minus this machine's in milliseconds, as the
    ///   exchange measured it; nil leaves the offset as it is.
    package func merge(_ answer: SyncAnswer, clockOffset: Int64?) throws -> MergeReport {
        try transaction {
            #if Mutations
                if !Mutation.mergedUnsealed.isChosen { try seal() }
            #else
                try seal()
            #endif
            let replica = try replica()
            guard answer.replica == replica else {
                throw ReplicaError.answerForAnother(replica: answer.replica)
            }
            try checkNumbers(of: answer)
            hasRefusals = try db.integer("SELECT EXISTS (SELECT 1 FROM refused)") == 1
            return try store.quietly {
                var report = MergeReport()
                try judge(answer, replica: replica, report: &report)
                // A copy has not heard yet what became of its change-sets; merged before that, an
                // own commit whose stamps were corrected would leave the stamps that were sent.
                if !report.needsNewNumber { try take(answer, report: &report) }
                try noteTime(
                    answer, clockOffset: clockOffset, isCorrected: report.corrections > 0)
                try db.run(
                    "UPDATE office SET portfolios = ?, covered = ?",
                    .text(Portfolios.joined(answer.portfolios)), .integer(answer.covered))
                try db.run(
                    "DELETE FROM outbox WHERE n <= min(?, ?)", .integer(answer.covered),
                    .integer(try acknowledged()))
                let isWaiting = try head().number > acknowledged()
                // What the office wrote of a unit that it lost is removed only when the centre has
                // it.
                if !isWaiting, !report.needsNewNumber { try store.removeRevoked() }
                if !answer.hasMore, !report.needsNewNumber { try retryParked(report: &report) }
                report.isBehind = try answer.hasMore || isBehind(answer)
                // Sealed at the beginning; what is pending now asks for values that were left out.
                let isAsking = try pendingRowCount() > 0
                report.isUnfinished =
                    report.isBehind || isAsking || (isWaiting && !report.needsNewNumber)
                if !report.isUnfinished, !report.needsNewNumber {
                    try db.run("UPDATE office SET last_sync = ?", .integer(answer.centreTime))
                }
                return report
            }
        }
    }

    /// Numbers that no history reaches are none; and nothing is added to one.
    private func checkNumbers(of answer: SyncAnswer) throws {
        let sets = [answer.centreHead.number, answer.covered] + answer.outcomes.map(\.number)
        let commits =
            [answer.from.commit, answer.cursor.commit] + answer.commits.map(\.number)
        guard sets.allSatisfy({ $0 <= Limits.changeSetNumberMax }),
            commits.allSatisfy({ $0 <= Limits.commitNumberMax })
        else { throw ReplicaError.badAnswer("it tells a number that no history reaches") }
    }

    /// The rule of heads: the centre's last change-set of this number against this file's history.
    private func judge(_ answer: SyncAnswer, replica: Int64, report: inout MergeReport) throws {
        let last = answer.centreHead
        #if Mutations
            let isOwn =
                try Mutation.headNotJudged.isChosen
                || ownHash(replica: replica, number: last.number) == last.hash
        #else
            let isOwn = try ownHash(replica: replica, number: last.number) == last.hash
        #endif
        guard isOwn else {
            // Somebody else has written under this number, or this file was put back.
            try askForNewNumber(&report)
            return
        }
        let before = try acknowledged()
        // What the centre had and has no more will be judged anew. Within one epoch it loses
        // nothing: there an answer that knows less is mostly late, and a refusal merged again would
        // take away what the log has brought since.
        if try answer.cursor.epoch != cursor().epoch {
            try db.run(
                "UPDATE outbox SET is_merged = 0 WHERE n > ? AND n <= ?", .integer(last.number),
                .integer(before))
        }
        var merged = min(try outcomesMerged(), last.number)
        for outcome in answer.outcomes.sorted(by: { $0.number < $1.number })
        where outcome.number == merged + 1 && outcome.number <= last.number {
            guard outcome.status == .applied || outcome.status == .alreadyApplied else { continue }
            // After a renumbering the centre tells again what this file has merged before: a row
            // that was refused then may have come since.
            if try !isMerged(outcome.number) { try merge(outcome, report: &report) }
            try db.run("UPDATE outbox SET is_merged = 1 WHERE n = ?", .integer(outcome.number))
            merged = outcome.number
        }
        #if Mutations
            if Mutation.acknowledgedUntold.isChosen { merged = last.number }
        #endif
        // Everything above the centre's last is unacknowledged, whatever was believed before.
        try db.run(
            "UPDATE office SET outcomes_merged = ?1, acknowledged = ?1", .integer(merged))
        report.acknowledged = max(0, merged - before)
        // What the centre has not, and this file no longer keeps, cannot go under this number.
        if try head().number > merged, try !keeps(merged + 1) { try askForNewNumber(&report) }
    }

    private func isMerged(_ number: Int64) throws -> Bool {
        try db.integer("SELECT is_merged FROM outbox WHERE n = ?", .integer(number)) == 1
    }

    private func keeps(_ number: Int64) throws -> Bool {
        try db.integer("SELECT 1 FROM outbox WHERE n = ?", .integer(number)) == 1
    }

    private func askForNewNumber(_ report: inout MergeReport) throws {
        report.needsNewNumber = true
        #if Mutations
            if Mutation.incarnationDrawnAnew.isChosen {
                try db.run("UPDATE office SET mending = NULL")
            }
        #endif
        try db.run(
            """
            UPDATE office SET mending = CASE length(mending) WHEN 16 THEN mending
              ELSE randomblob(16) END
            """)
    }

    /// Whether the answer knew of commits that are not here after it: another program has synced
    /// meanwhile, so that its commits could not be taken.
    private func isBehind(_ answer: SyncAnswer) throws -> Bool {
        let cursor = try cursor()
        return answer.cursor.epoch == cursor.epoch && answer.cursor.commit > cursor.commit
    }

    private func ownHash(replica: Int64, number: Int64) throws -> Hash? {
        guard number > 0 else { return .zero }
        return try db.first(
            "SELECT hash FROM history WHERE replica = ? AND n = ?", .integer(replica),
            .integer(number)
        ) { Hash(bytes: $0.blob(0)) ?? .zero }
    }

    private func take(_ answer: SyncAnswer, report: inout MergeReport) throws {
        let cursor = try cursor()
        #if Mutations
            let isNext = answer.from == cursor || Mutation.commitsFromElsewhere.isChosen
            if Mutation.cursorBeforeRows.isChosen, isNext {
                try store.setCursor(answer.cursor)
                try db.execute("COMMIT; BEGIN IMMEDIATE")
            }
        #else
            let isNext = answer.from == cursor
        #endif
        guard isNext, try hasOutcomes(of: answer) else { return }
        guard answer.cursor.epoch == cursor.epoch, answer.cursor.commit >= cursor.commit else {
            throw ReplicaError.badAnswer("its cursor goes back")
        }
        var previous = cursor
        for commit in answer.commits {
            try check(commit, after: previous)
            try take(commit.parts, report: &report)
            report.commits += 1
            previous.commit = commit.number
            previous.chain = commit.chain
        }
        guard answer.cursor.commit >= previous.commit else {
            throw ReplicaError.badAnswer("its cursor is before its last commit")
        }
        guard answer.cursor.commit > previous.commit || answer.cursor.chain == previous.chain else {
            throw ReplicaError.badAnswer("its cursor has another hash than its last commit")
        }
        try store.setCursor(answer.cursor)
    }

    /// Whether what the centre says of the file's own change-sets, up to where its commits go on
    /// from, is known here. A register that still has a stamp which was corrected would take what
    /// others wrote after it for older; and a row that was refused, and has come since, would leave
    /// when its refusal is told after it.
    ///
    /// It is not where an answer that came late has lowered what counts as told, and this one is to
    /// a request from before that: the next request asks for all of it again.
    private func hasOutcomes(of answer: SyncAnswer) throws -> Bool {
        #if Mutations
            if Mutation.outcomesNotAwaited.isChosen { return true }
        #endif
        let last = answer.centreHead.number
        let told = answer.outcomes.map(\.number).filter { $0 <= last }.max()
        return try outcomesMerged() >= told ?? last
    }

    private func check(_ commit: Commit, after previous: Cursor) throws {
        guard commit.number > previous.commit else {
            throw ReplicaError.badAnswer("commit \(commit.number) is not in order")
        }
        for part in commit.parts where !commit.hashes.contains(part.part.hash) {
            throw ReplicaError.badAnswer("a part of commit \(commit.number) has another hash")
        }
        // Where no commit was left out between, the chain can be followed.
        guard commit.number == previous.commit + 1 else { return }
        let chain = Commit.chainHash(
            previous: previous.chain, number: commit.number, time: commit.time,
            replica: commit.replica, changeSet: commit.changeSet, hashes: commit.hashes)
        guard chain == commit.chain else {
            throw ReplicaError.badAnswer("commit \(commit.number) does not continue the chain")
        }
    }

    /// All that is revoked comes first: a unit that moves from one portfolio held to another is
    /// granted in the same commit, and stays.
    private func take(_ parts: [CommitPart], report: inout MergeReport) throws {
        let contents = try parts.map { try units(of: $0) }
        for units in contents {
            for unit in units where unit.kind == .revocation { try store.revoke(unit.unit) }
        }
        for units in contents { try take(units, report: &report) }
    }

    private func units(of part: CommitPart) throws -> [UnitChanges] {
        do {
            return try UnitChanges.decode(part.part.content)
        } catch {
            throw ReplicaError.badAnswer("a part is not readable: \(error.fact.rawValue)")
        }
    }

    private func take(_ units: [UnitChanges], report: inout MergeReport) throws {
        for unit in units where unit.kind == .grant { try store.grant(unit.unit) }
        for unit in units {
            for change in unit.rows { try takeOrPark(change, report: &report) }
        }
    }

    /// Takes a change into its table. Throws `SQLiteError` where the table does not take it.
    func take(_ change: RowChange, report: inout MergeReport) throws {
        switch try store.merge(change) {
        case .unchanged, .parked: break
        case .inserted, .changed: report.note(change)
        case .differs:
            // The log is right; what stood here is kept for a person.
            try db.savepoint {
                try keepDiffering(change)
                try store.replaceLedger(change)
            }
            report.note(change)
        }
        if hasRefusals { try closeRefusals(broughtBy: change) }
    }

    func keepDiffering(_ change: RowChange) throws {
        guard let layout = store.layouts[change.table],
            let row = try store.read(layout, id: change.id)
        else { return }
        let own = store.wholeChange(layout, id: change.id, row: row)
        try refuse(
            Refusal(
                changeSet: try head().number, table: change.table, id: change.id, register: 0,
                reason: .ledgerChanged, detail: "the centre has other content under this id",
                content: own, raw: own == nil ? Self.raw(row.columns) : nil))
    }

    /// Stamps that were corrected were ahead of the centre's time, and so may the floor be, where
    /// the centre's own clock was ahead when it answered once. It comes down then: left where it
    /// was, it would give the next write of such a register the stamp that was corrected, and the
    /// centre would take that for the same write again.
    private func noteTime(
        _ answer: SyncAnswer, clockOffset: Int64?, isCorrected: Bool
    ) throws {
        #if Mutations
            let isCorrected = isCorrected && !Mutation.floorStays.isChosen
        #endif
        try db.run(
            "UPDATE me SET floor = CASE WHEN ?2 THEN ?1 ELSE max(floor, ?1) END",
            .integer(answer.centreTime), .integer(isCorrected ? 1 : 0))
        guard let clockOffset else { return }
        let isNoise = clockOffset.magnitude < UInt64(Limits.clockOffsetIgnoredMilliseconds)
        try db.run("UPDATE me SET \"offset\" = ?", .integer(isNoise ? 0 : clockOffset))
    }
}
