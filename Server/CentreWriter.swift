package import RientroProtocol
internal import RientroSQLite
internal import Synchronization

/// The way to the one writing connection: requests queue, whatever waits shares one commit, and
/// each is answered after the `fsync` of that commit.
///
/// All calls throw `CentreError.busy` where too much waits, `CentreError.diskFull` where the group
/// had no room, and `CentreError.notCommitted` where it could not be committed for another reason
/// or the writer has stopped: nothing was changed then.
package final class CentreWriter: Sendable {
    private let line = WriterLine()
    private let burden = LineBurden()
    private let core: WriterCore
    private let clock: @Sendable () -> Int64
    private let seenTask = Mutex<Task<Void, Never>?>(nil)

    /// A writer on a connection of its own.
    ///
    /// - Parameters:
    ///   - disk: what ends a group; another one is put in place only to see what happens when it is
    ///     slow or fails.
    ///   - onCommit: called after a commit that added to the log, before anybody is answered. It
    ///     must not block.
    init(
        centre: Centre, metrics: Metrics, clock: @escaping @Sendable () -> Int64,
        disk: WriterDisk = WriterDisk(),
        onCommit: @escaping @Sendable () -> Void = {}
    ) throws {
        self.clock = clock
        core = try WriterCore(
            centre: centre, line: line, metrics: metrics, clock: clock, disk: disk,
            onCommit: onCommit)
    }

    /// Applies change-sets of a replica, in order, if its cursor is one of this centre's; the
    /// outcome of each.
    ///
    /// Throws `CentreError.unknownEpoch`, `CentreError.wasPutBack`, `CentreError.tooManyRefused`,
    /// `CentreError.tooManyConflicts`, and `MalformedMessage` for a content that is not by the
    /// protocol; then none of them was applied.
    func push(
        _ sets: [SentChangeSet], cursors: [Cursor], from caller: Caller
    ) async throws -> [Outcome] {
        let bytes = sets.reduce(0) { $0 + $1.byteCount }
        return try await submit(line: caller.line, bytes: bytes) { [burden] in
            .push(
                sets, cursors: cursors, from: caller.replica,
                bounded: (burden, caller.line), then: $0)
        }
    }

    /// Gives a new file its number. Throws `CentreError.badCode`, `CentreError.noNumberLeft`.
    package func enrol(_ request: EnrolRequest) async throws -> EnrolAnswer {
        try await submit(line: 0, bytes: 0) { then in
            .calling(then) { engine, now, _ in try engine.enrol(request, now: now) }
        }
    }

    /// Gives a file that was found to be a copy a new number.
    func renumber(
        _ request: RenumberRequest, from caller: Caller
    ) async throws -> EnrolAnswer {
        try await submit(line: caller.line, bytes: 0) {
            .renumber(request, authenticated: caller.replica, then: $0)
        }
    }

    /// Notes that a replica was here, what it had seen, and what it told of itself. It is written
    /// with the next group, or a few seconds later, since nobody waits for it.
    ///
    /// - Parameters:
    ///   - told: what its request told; nil: nothing new.
    package func noteSeen(_ replica: Int64, commit: Int64, told: ToldBySync? = nil) {
        let seen = WriterLine.Seen(commit: commit, time: clock(), told: told)
        guard line.note(replica, seen) else { return }
        let (core, delay) = (core, ServerLimits.seenDelaySeconds)
        seenTask.withLock {
            $0 = Task {
                try? await Task.sleep(for: .seconds(delay))
                if !Task.isCancelled { await core.writeSeen() }
            }
        }
    }

    /// How many requests wait, those in the present group left out.
    var waiting: Int { line.count }

    /// Takes nothing more, finishes what waits, and writes who was seen.
    package func stop() async {
        line.close()
        seenTask.withLock { $0?.cancel() }
        await core.work()
        await core.writeSeen()
    }

    private func submit<Answer: Sendable>(
        line place: Int64, bytes: Int,
        _ entry: (@escaping @Sendable (Result<Answer, any Error>) -> Void) -> WriterEntry
    ) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            do {
                let entry = entry { continuation.resume(with: $0) }
                if try line.add(entry, line: place, bytes: bytes) {
                    Task { [core] in await core.work() }
                }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }
}
