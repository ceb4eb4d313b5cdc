package import RientroProtocol
internal import RientroSQLite

/// Applies what waits in groups, on one connection: each group is one transaction with one
/// `fsync`, and whoever is in it is answered after that.
///
/// Plain calls, with time given from outside; `WriterCore` gives it a thread, the simulator runs it
/// on its own.
package final class GroupWriter {
    private let engine: CentreEngine
    private let line: WriterLine
    private let metrics: Metrics
    private let clock: @Sendable () -> Int64
    private let disk: WriterDisk
    private let onCommit: @Sendable () -> Void

    init(
        engine: CentreEngine, line: WriterLine, metrics: Metrics,
        clock: @escaping @Sendable () -> Int64, disk: WriterDisk,
        onCommit: @escaping @Sendable () -> Void
    ) {
        self.engine = engine
        self.line = line
        self.metrics = metrics
        self.clock = clock
        self.disk = disk
        self.onCommit = onCommit
    }

    /// A writer with a line of its own, for one thread.
    ///
    /// - Parameter clock: milliseconds since 1970, which also tell how long a group has lasted.
    package convenience init(engine: CentreEngine, clock: @escaping @Sendable () -> Int64) {
        self.init(
            engine: engine, line: WriterLine(), metrics: Metrics(), clock: clock,
            disk: WriterDisk(moment: clock), onCommit: {})
    }

    /// Lets change-sets of a replica wait for the next group; `then` is called after its commit,
    /// or when nothing was done: with the outcome of each, or with the error that
    /// `CentreWriter.push` would throw.
    package func push(
        _ sets: [SentChangeSet], cursors: [Cursor], from replica: Int64,
        then: @escaping @Sendable (Result<[Outcome], any Error>) -> Void
    ) {
        let bytes = sets.reduce(0) { $0 + $1.byteCount }
        let entry = WriterEntry.push(sets, cursors: cursors, from: replica, then: then)
        do {
            _ = try line.add(entry, line: replica, bytes: bytes)
        } catch {
            then(.failure(error))
        }
    }

    /// Lets the request for a new number wait for the next group; `then` is called as for `push`.
    package func renumber(
        _ request: RenumberRequest, authenticated replica: Int64,
        then: @escaping @Sendable (Result<EnrolAnswer, any Error>) -> Void
    ) {
        do {
            let entry = WriterEntry.renumber(request, authenticated: replica, then: then)
            _ = try line.add(entry, line: replica, bytes: 0)
        } catch {
            then(.failure(error))
        }
    }

    /// Notes what a request tells of its replica, as `CentreWriter.noteSeen` does; it is written
    /// with the next group.
    package func noteSeen(_ request: SyncRequest, commit: Int64) {
        _ = line.note(
            request.replica,
            WriterLine.Seen(commit: commit, time: clock(), told: ToldBySync(request)))
    }

    /// Works until nothing waits.
    package func work() {
        while line.hasMore() { workGroup() }
    }

    /// Writes what is known of who was seen, in a transaction of its own.
    package func writeSeen() {
        let seen = line.takeSeen()
        guard !seen.isEmpty else { return }
        do {
            try engine.db.transaction { try write(seen) }
        } catch {
            line.putBack(seen)
        }
    }

    private func write(_ seen: [Int64: WriterLine.Seen]) throws {
        for (replica, seen) in seen.sorted(by: { $0.key < $1.key }) {
            try engine.noteSeen(
                replica: replica, commit: seen.commit, told: seen.told, proven: seen.proven,
                now: seen.time)
        }
    }

    /// How one entry of a group ended.
    private enum Ended {
        case done(@Sendable () -> Void, fail: @Sendable (any Error) -> Void)
        case refused(any Error, fail: @Sendable (any Error) -> Void)
    }

    private func workGroup() {
        var group = WriterGroup(startedAt: disk.moment())
        var ended: [Ended] = []
        var tally = GroupTally()
        let seen = line.takeSeen()
        do {
            try engine.db.execute("BEGIN IMMEDIATE")
            let before = (commit: try engine.cursor().commit, rows: engine.db.totalChanges)
            try takeAll(into: &group, &ended, &tally)
            try write(seen)
            tally.commits = try engine.cursor().commit - before.commit
            tally.rows = engine.db.totalChanges - before.rows
            #if Mutations
                if Mutation.answeredUncommitted.isChosen { answer(ended) }
            #endif
            try disk.commit(engine.db)
        } catch {
            abandon(&group, ended, seen, because: CentreError(ofCommit: error))
            return
        }
        // From here on the group is on the disk: only now does anything else learn of it.
        metrics.addGroup(tally)
        if tally.commits > 0 { onCommit() }
        #if Mutations
            if Mutation.answeredUncommitted.isChosen { return }
        #endif
        answer(ended)
    }

    private func answer(_ ended: [Ended]) {
        for end in ended {
            switch end {
            case .done(let answer, _): answer()
            case .refused(let error, let fail): fail(error)
            }
        }
    }

    private func takeAll(
        into group: inout WriterGroup, _ ended: inout [Ended], _ tally: inout GroupTally
    ) throws {
        let now = clock()
        while let entry = line.next(for: &group, at: disk.moment()) {
            var counted = tally
            do {
                let answer = try engine.db.savepoint {
                    try entry.perform(engine, now, &counted)
                }
                tally = counted
                ended.append(.done(answer, fail: entry.fail))
            } catch {
                ended.append(.refused(error, fail: entry.fail))
                // After a full disk or an I/O error SQLite has undone the whole transaction.
                guard engine.db.isInTransaction else { throw error }
            }
        }
    }

    /// Undoes the group; everybody in it is told to come again. Where it could not even begin,
    /// those who wait are told instead, rather than waiting for the same again.
    private func abandon(
        _ group: inout WriterGroup, _ ended: [Ended], _ seen: [Int64: WriterLine.Seen],
        because error: CentreError
    ) {
        if engine.db.isInTransaction { try? engine.db.execute("ROLLBACK") }
        line.putBack(seen)
        metrics.addFailedGroup()
        for end in ended {
            switch end {
            case .done(_, let fail), .refused(_, let fail): fail(error)
            }
        }
        guard ended.isEmpty else { return }
        while let entry = line.next(for: &group, at: disk.moment()) {
            entry.fail(error)
        }
    }
}
