internal import RientroProtocol
internal import Synchronization

/// One request that waits for the writer.
struct WriterEntry: Sendable {
    /// Does the work, in a savepoint of the group's transaction; returns what to do once the group
    /// is committed. An error concerns this entry alone.
    let perform:
        @Sendable (CentreEngine, _ now: Int64, inout GroupTally) throws -> @Sendable () -> Void
    /// Tells that nothing was done.
    let fail: @Sendable (any Error) -> Void

    /// An entry that calls `then` with what `body` gave, once that is committed, or with the error.
    static func calling<Answer: Sendable>(
        _ then: @escaping @Sendable (Result<Answer, any Error>) -> Void,
        with body:
            @escaping @Sendable (CentreEngine, _ now: Int64, inout GroupTally) throws -> Answer
    ) -> WriterEntry {
        WriterEntry(
            perform: { engine, now, tally in
                let answer = try body(engine, now, &tally)
                return { then(.success(answer)) }
            },
            fail: { then(.failure($0)) })
    }

    /// Change-sets of a replica, in order, if its cursor is one of this centre's.
    ///
    /// - Parameter bounded: what the line has made of work for people, which may not grow without
    ///   end; nil: it may.
    static func push(
        _ sets: [SentChangeSet], cursors: [Cursor], from replica: Int64,
        bounded: (burden: LineBurden, line: Int64)? = nil,
        then: @escaping @Sendable (Result<[Outcome], any Error>) -> Void
    ) -> WriterEntry {
        calling(then) { engine, now, tally in
            try engine.checkNotRevoked(replica)
            _ = try engine.start(of: cursors)
            return try sets.map { set in
                let before = engine.conflictsListed
                let outcome = try engine.ingest(set, from: replica, now: now)
                try bounded?.burden.take(
                    outcome, conflicts: engine.conflictsListed - before, of: bounded?.line ?? 0,
                    engine, now: now)
                tally.add(outcome, bytes: set.byteCount)
                return outcome
            }
        }
    }

    /// The request for a new number of a file that was found to be a copy.
    static func renumber(
        _ request: RenumberRequest, authenticated replica: Int64,
        then: @escaping @Sendable (Result<EnrolAnswer, any Error>) -> Void
    ) -> WriterEntry {
        calling(then) { engine, now, _ in
            try engine.renumber(request, authenticated: replica, now: now)
        }
    }
}

/// The queue that the routes put entries into and the writer takes them from, and what is known of
/// who was seen.
final class WriterLine: Sendable {
    private struct State {
        var queue = WriterQueue<WriterEntry>()
        var seen: [Int64: Seen] = [:]
        var isWorking = false
        var isSeenDue = false
        var isClosed = false
    }

    /// When a replica asked last, which commit it had seen, and what it told of itself.
    struct Seen: Sendable {
        let commit: Int64
        let time: Int64
        /// What its request told; nil where nothing new was.
        private(set) var told: ToldBySync?
        /// The commit at which it found its digests equal.
        private(set) var proven: Int64?

        /// A proof above the commit that it had seen is not believed: it cannot have it.
        init(commit: Int64, time: Int64, told: ToldBySync?) {
            self.commit = commit
            self.time = time
            self.told = told
            proven = told?.provenCommit.flatMap { $0 <= commit ? $0 : nil }
        }

        /// This, with what was told before and not since.
        func after(_ earlier: Seen?) -> Seen {
            var both = self
            both.told = told ?? earlier?.told
            both.proven = [proven, earlier?.proven].compactMap(\.self).max()
            return both
        }
    }

    private let state = Mutex(State())

    /// Puts an entry in; true where the writer must be told. Throws `busy`, and `notCommitted`
    /// after `close()`.
    func add(_ entry: WriterEntry, line: Int64, bytes: Int) throws(CentreError) -> Bool {
        let added: Result<Bool, CentreError> = state.withLock { state in
            if state.isClosed { return .failure(.notCommitted) }
            guard state.queue.add(entry, line: line, bytes: bytes) else {
                return .failure(.busy)
            }
            defer { state.isWorking = true }
            return .success(!state.isWorking)
        }
        return try added.get()
    }

    /// The next entry for a group.
    func next(for group: inout WriterGroup, at moment: Int64) -> WriterEntry? {
        // A group that is at work elsewhere cannot be captured by the closure of the lock.
        var taken = group
        let entry = state.withLock { $0.queue.next(for: &taken, at: moment) }
        group = taken
        return entry
    }

    /// Whether there is more to do; where there is not, the next entry must tell the writer again.
    func hasMore() -> Bool {
        state.withLock { state in
            state.isWorking = state.queue.count > 0
            return state.isWorking
        }
    }

    /// Notes that a replica was seen; true where somebody must see to it that it is written.
    func note(_ replica: Int64, _ seen: Seen) -> Bool {
        state.withLock { state in
            defer { state.isSeenDue = true }
            state.seen[replica] = seen.after(state.seen[replica])
            return !state.isSeenDue && !state.isClosed
        }
    }

    /// What was noted since the last call.
    func takeSeen() -> [Int64: Seen] {
        state.withLock { state in
            defer { state.seen = [:] }
            state.isSeenDue = false
            return state.seen
        }
    }

    /// Puts notes back that could not be written, behind newer ones.
    func putBack(_ seen: [Int64: Seen]) {
        state.withLock { $0.seen.merge(seen) { newer, older in newer.after(older) } }
    }

    /// How many entries wait.
    var count: Int { state.withLock { $0.queue.count } }

    /// Takes nothing more.
    func close() { state.withLock { $0.isClosed = true } }
}
