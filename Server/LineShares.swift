internal import RientroHTTP
internal import Synchronization

/// Who asks: an office, and the line of succession that its number belongs to. A file that goes on
/// under a new number has the same line, so its bounds do not begin again with it.
struct Caller: Equatable, Sendable {
    /// Its number.
    let replica: Int64
    /// The first number of its line.
    let line: Int64
}

/// What each line has under way at the centre, by kind and each bounded: whatever one office sends,
/// there is room left for the others. A place is given back when its lease goes.
final class LineShares: Sendable {
    /// What there are places for.
    enum Kind: String, CaseIterable, Sendable {
        /// A request that is being answered.
        case request = "requests"
        /// A request that waits for news.
        case longPoll = "long_polls"
        /// A large body that is coming.
        case body = "bodies"
        /// A question about digests or rows.
        case digest = "digests"
        /// A piece of a snapshot.
        case snapshot = "snapshots"

        /// How many one line may have at the same time.
        var most: Int {
            switch self {
            case .request: ServerLimits.requestsPerLineMax
            case .longPoll: ServerLimits.longPollsPerLineMax
            case .body: ServerLimits.bodiesPerLineMax
            case .digest: ServerLimits.digestsPerLineMax
            case .snapshot: ServerLimits.snapshotsPerLineMax
            }
        }
    }

    /// One place, for as long as somebody holds it.
    final class Lease: HTTPLease {
        private let shares: LineShares
        private let place: Place

        fileprivate init(_ shares: LineShares, _ place: Place) {
            self.shares = shares
            self.place = place
        }

        deinit { shares.giveBack(place) }
    }

    fileprivate struct Place: Hashable, Sendable {
        let line: Int64
        let kind: Kind
    }

    private let taken = Mutex<[Place: Int]>([:])
    private let metrics: Metrics

    init(metrics: Metrics) { self.metrics = metrics }

    /// A place of this kind for the line. Throws `Problem` with 429 where it has as many as it may.
    func take(_ kind: Kind, for line: Int64) throws(Problem) -> Lease {
        let place = Place(line: line, kind: kind)
        let isThere = taken.withLock { taken in
            guard taken[place, default: 0] < kind.most else { return false }
            taken[place, default: 0] += 1
            return true
        }
        guard isThere else {
            metrics.addTooMuch(kind.rawValue)
            throw .tooMuch(kind)
        }
        return Lease(self, place)
    }

    /// Runs `body` with a place of this kind.
    func holding<R>(
        _ kind: Kind, for line: Int64, _ body: () async throws -> R
    ) async throws -> R {
        let lease = try take(kind, for: line)
        defer { withExtendedLifetime(lease) {} }
        return try await body()
    }

    /// How many places of this kind the line has.
    func count(_ kind: Kind, of line: Int64) -> Int {
        taken.withLock { $0[Place(line: line, kind: kind)] ?? 0 }
    }

    private func giveBack(_ place: Place) {
        taken.withLock { taken in
            let left = taken[place, default: 0] - 1
            taken[place] = left > 0 ? left : nil
        }
    }
}
