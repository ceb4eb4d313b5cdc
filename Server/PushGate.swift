internal import Synchronization

/// Lets only as many large pushes be read at a time as the writer can soon take; the others wait as
/// the bytes that came, so that a hundred offices that come back at once are held once in memory
/// and not three times. First come, first served: an office has one request under way.
final class PushGate: Sendable {
    private struct Waiter {
        let bytes: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var insideBytes = 0
        var waiting: [Waiter] = []

        /// Whether so many bytes may go in; what is alone always may.
        func hasRoom(_ bytes: Int) -> Bool {
            insideBytes == 0 || insideBytes + bytes <= ServerLimits.pushedBytesMax
        }
    }

    private let state = Mutex(State())

    /// Runs `body` when there is room for so many bytes. Small pushes, and those who only ask, need
    /// not wait behind large ones.
    func pass<R>(bytes: Int, _ body: () async throws -> R) async rethrows -> R {
        guard bytes > ServerLimits.smallPushBytesMax else { return try await body() }
        await enter(bytes)
        defer { leave(bytes) }
        return try await body()
    }

    /// How many wait.
    var waiting: Int { state.withLock { $0.waiting.count } }

    private func enter(_ bytes: Int) async {
        await withCheckedContinuation { continuation in
            let isIn = state.withLock { state in
                guard state.waiting.isEmpty, state.hasRoom(bytes) else {
                    state.waiting.append(Waiter(bytes: bytes, continuation: continuation))
                    return false
                }
                state.insideBytes += bytes
                return true
            }
            if isIn { continuation.resume() }
        }
    }

    private func leave(_ bytes: Int) {
        let next = state.withLock { state -> [Waiter] in
            state.insideBytes -= bytes
            var count = 0
            while count < state.waiting.count, state.hasRoom(state.waiting[count].bytes) {
                state.insideBytes += state.waiting[count].bytes
                count += 1
            }
            defer { state.waiting.removeFirst(count) }
            return Array(state.waiting.prefix(count))
        }
        for waiter in next { waiter.continuation.resume() }
    }
}
