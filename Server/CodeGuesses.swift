internal import RientroHTTP
internal import Synchronization

/// The enrolment codes that are tried: a few at a time, and a few wrong ones a minute from one
/// source, so that whoever guesses keeps nobody else from enrolling.
final class CodeGuesses: Sendable {
    /// A code that is being judged.
    final class Guess: Sendable {
        private let guesses: CodeGuesses
        private let source: String

        fileprivate init(_ guesses: CodeGuesses, _ source: String) {
            self.guesses = guesses
            self.source = source
        }

        /// Notes that it was wrong, at this monotonic time.
        func wasWrong(at now: Int64) { guesses.note(source, at: now) }

        deinit { guesses.end(source) }
    }

    private struct Source {
        /// When its codes were wrong, the earliest first.
        var wrong: [Int64] = []
        /// How many of its codes are being judged.
        var judged = 0
    }

    private struct State {
        var sources: [String: Source] = [:]
        var judged = 0
        /// When all sources were looked through last.
        var sweptAt = Int64.min
    }

    private static let windowMilliseconds: Int64 = 60_000
    private static let sweepMilliseconds: Int64 = 1_000
    private let state = Mutex(State())
    private let metrics: Metrics

    init(metrics: Metrics) { self.metrics = metrics }

    /// Begins to judge a code from a source at this monotonic time.
    ///
    /// Codes that are being judged count as wrong ones until it is known: many at once are no way
    /// around the bound. Throws `Problem` with 429.
    func begin(from source: String, at now: Int64) throws(Problem) -> Guess {
        let wait: Int64? = state.withLock { state in
            Self.forget(source, &state, at: now)
            Self.sweep(&state, at: now)
            let known = state.sources[source] ?? Source()
            guard known.wrong.count < ServerLimits.wrongCodesPerMinuteMax else {
                return known.wrong[0] + Self.windowMilliseconds - now
            }
            // What is judged is known in a moment.
            guard known.wrong.count + known.judged < ServerLimits.wrongCodesPerMinuteMax,
                state.judged < ServerLimits.codesJudgedMax,
                state.sources[source] != nil
                    || state.sources.count < ServerLimits.codeSourcesMax
            else { return 1 }
            state.sources[source] = known
            state.sources[source]?.judged += 1
            state.judged += 1
            return nil
        }
        guard let wait else { return Guess(self, source) }
        metrics.addTooMuch("codes")
        throw .tooManyCodes(retryAfterSeconds: (wait + 999) / 1_000)
    }

    /// Where a request comes from: the address of its connection, or, if that is a proxy on this
    /// machine, the one that the proxy tells (the last of X-Forwarded-For). Anybody else may write
    /// what they like into that field.
    static func source(of request: HTTPRequest) -> String {
        guard request.peer == "127.0.0.1" || request.peer == "::1",
            let told = request.fields.values("X-Forwarded-For").last?.split(separator: ",").last
        else { return request.peer }
        let address = told.filter { $0 != " " && $0 != "\t" }
        guard !address.isEmpty, address.utf8.count <= ServerLimits.sourceBytesMax else {
            return request.peer
        }
        return address
    }

    /// How many sources are known.
    var sources: Int { state.withLock { $0.sources.count } }

    private func note(_ source: String, at now: Int64) {
        state.withLock { $0.sources[source]?.wrong.append(now) }
    }

    private func end(_ source: String) {
        state.withLock { state in
            state.judged -= 1
            state.sources[source]?.judged -= 1
            guard let left = state.sources[source], left.judged == 0, left.wrong.isEmpty else {
                return
            }
            state.sources[source] = nil
        }
    }

    /// Where there is no room for another source, forgets those of which nothing is left; not more
    /// often than once a second, so that a flood does not make each request look at all.
    private static func sweep(_ state: inout State, at now: Int64) {
        guard state.sources.count >= ServerLimits.codeSourcesMax,
            state.sweptAt == .min || now - state.sweptAt >= sweepMilliseconds
        else { return }
        state.sweptAt = now
        for source in Array(state.sources.keys) { forget(source, &state, at: now) }
    }

    /// Forgets what is older than the window, and the source if nothing of it is left.
    private static func forget(_ source: String, _ state: inout State, at now: Int64) {
        guard var left = state.sources[source] else { return }
        left.wrong.removeAll { now - $0 >= windowMilliseconds }
        state.sources[source] = left.judged == 0 && left.wrong.isEmpty ? nil : left
    }
}
