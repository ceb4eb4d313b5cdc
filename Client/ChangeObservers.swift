internal import RientroProtocol
internal import RientroStore
internal import Synchronization

/// Who wants to know what changes in the file.
final class ChangeObservers: Sendable {
    private struct State {
        var next = 0
        var streams: [Int: AsyncStream<ReplicaChange>.Continuation] = [:]
        var poll: Task<Void, Never>?
    }

    private let state = Mutex(State())

    /// Changes that wait for a slow observer, at most; older ones go first, and reading once
    /// again brings what they told.
    private static let bufferedMax = 256

    /// A new stream. `poll` makes the task that looks for other programs' writes; it runs as long
    /// as somebody observes.
    func stream(poll: @Sendable () -> Task<Void, Never>) -> AsyncStream<ReplicaChange> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: ReplicaChange.self, bufferingPolicy: .bufferingNewest(Self.bufferedMax))
        let key = state.withLock { state in
            let key = state.next
            state.next += 1
            state.streams[key] = continuation
            if state.poll == nil { state.poll = poll() }
            return key
        }
        continuation.onTermination = { [weak self] _ in self?.remove(key) }
        return stream
    }

    /// Whether somebody observes.
    var isEmpty: Bool { state.withLock { $0.streams.isEmpty } }

    /// Tells everyone.
    func yield(_ change: ReplicaChange) {
        let streams = state.withLock { Array($0.streams.values) }
        for stream in streams { stream.yield(change) }
    }

    private func remove(_ key: Int) {
        let poll = state.withLock { state -> Task<Void, Never>? in
            state.streams[key] = nil
            guard state.streams.isEmpty else { return nil }
            defer { state.poll = nil }
            return state.poll
        }
        poll?.cancel()
    }

    deinit {
        let (streams, poll) = state.withLock { (Array($0.streams.values), $0.poll) }
        poll?.cancel()
        for stream in streams { stream.finish() }
    }
}

extension Replica {
    /// How often other programs' writes are looked for while somebody observes: soon enough for a
    /// person at a screen, rare enough to cost nothing.
    private static let pollInterval = Duration.milliseconds(500)

    /// What changes in the file from now on, by this `Replica` and by other programs. Each call
    /// makes a stream of its own; ending its loop ends it.
    public nonisolated func changes() -> AsyncStream<ReplicaChange> {
        observers.stream {
            Task { [weak self] in
                await self?.beginLooking()
                while !Task.isCancelled {
                    try? await Task.sleep(for: Self.pollInterval)
                    guard !Task.isCancelled, let self else { return }
                    await self.lookForOthers()
                }
            }
        }
    }

    /// Tells observers of a change by this actor, and takes note of where the file stands.
    func note(_ origin: ReplicaChange.Origin, numbers: Set<Int>) {
        guard !observers.isEmpty else { return }
        beginLooking()
        guard !numbers.isEmpty else { return }
        let names = numbers.compactMap { engine.store.layouts[$0]?.table.name }
        observers.yield(ReplicaChange(tables: Set(names), origin: origin))
    }

    private func beginLooking() {
        seen = (
            (try? people.dataVersion()) ?? seen.version, (try? people.lastPending()) ?? seen.pending
        )
    }

    /// Tells observers if another program has written since the last look.
    func lookForOthers() {
        guard !observers.isEmpty, let version = try? people.dataVersion(), version != seen.version
        else { return }
        let last = seen.pending
        beginLooking()
        let written = (try? people.tables(pendingAfter: last)) ?? []
        // A sync by another program leaves nothing pending and may have touched every table.
        let numbers = written.isEmpty ? Set(engine.store.layouts.keys) : written
        let names = numbers.compactMap { engine.store.layouts[$0]?.table.name }
        observers.yield(ReplicaChange(tables: Set(names), origin: .otherProcess))
    }
}
