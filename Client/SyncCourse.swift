package import RientroProtocol

/// The course of one sync as a value: what to ask the centre next, and what its answer means for
/// that. No network and no clock is in it; `Replica` sends what it says, and so does the simulator.
///
///     var course = SyncCourse()
///     while true {
///         switch try course.next(engine) {
///         case .exchange(let request): …; try course.merge(body, …, into: engine)
///         case .renumber(let incarnation): …; try course.adopt(body, incarnation, into: engine)
///         case .done: return
///         }
///     }
package struct SyncCourse {
    /// What is to be done next.
    package enum Step {
        /// Send this request to `/v1/sync`.
        case exchange(SyncRequest)
        /// Ask `/v1/renumber` for a new number with this incarnation id.
        case renumber(incarnation: [UInt8])
        /// Nothing is left to do.
        case done
    }

    /// A file that is found to be a copy so often in one sync is in use elsewhere right now.
    static let mendingsMax = 3
    /// Exchanges without any progress after which a sync gives up, where the centre says that there
    /// is more to do.
    static let idleExchangesMax = 3

    /// How many new numbers the file has got.
    package private(set) var renumbered: Int
    /// The centre's time minus this machine's in milliseconds, as the exchange with the least round
    /// trip measured it.
    package var clockOffsetMilliseconds: Int64? { clock?.measured }

    /// How much of what waits goes with a request: a proxy may refuse large ones. What comes in
    /// never waits for that.
    package enum Load: Sendable {
        /// As many change-sets as a request may carry.
        case all
        /// One at a time.
        case one
        /// Nothing, since not even one goes through for now.
        case none
    }

    /// How much goes with the next request.
    package private(set) var load: Load

    private var wait: Int
    private var idle = 0
    private var clock: ClockReading?
    private var before: Position?
    private var isOver = false

    /// The course of a sync that has not begun.
    ///
    /// - Parameters:
    ///   - wait: how many seconds the centre may wait if there is nothing to say.
    ///   - renumbered: how often the file has got a new number in the same call before.
    ///   - load: how much went with a request of the same call before.
    package init(wait: Int = 0, renumbered: Int = 0, load: Load = .all) {
        self.wait = wait
        self.renumbered = renumbered
        self.load = load
    }

    /// What is to be done next; seals what is pending. Throws `ReplicaError.cannotMend`,
    /// `SQLiteError`.
    package mutating func next(_ engine: ReplicaEngine) throws -> Step {
        guard !isOver else { return .done }
        if let incarnation = try engine.mending() {
            guard renumbered < Self.mendingsMax else {
                throw ReplicaError.cannotMend(times: renumbered)
            }
            return .renumber(incarnation: incarnation)
        }
        before = try Position(engine)
        let setsMax =
            switch load {
            case .all: Int.max
            case .one: 1
            case .none: 0
            }
        return .exchange(try engine.request(waitSeconds: wait, setsMax: setsMax))
    }

    /// Goes on with less after this request was refused on its way as too large, or at the centre
    /// for lack of room or of people who look at it; false where there was nothing in it that
    /// could be left out.
    package mutating func tooLarge(_ request: SyncRequest) -> Bool {
        guard !request.changeSets.isEmpty else { return false }
        #if Mutations
            if Mutation.pushedAlways.isChosen { return false }
        #endif
        load = request.changeSets.count > 1 ? .one : .none
        wait = 0
        return true
    }

    /// Merges the body of an answer to the request of `next`. Throws what `ReplicaEngine.merge`
    /// throws, `MalformedMessage`, and `ReplicaError.badAnswer` where the centre says again and
    /// again that there is more, and gives nothing.
    ///
    /// - Parameters:
    ///   - received: this machine's time when the answer was complete, in milliseconds since 1970.
    ///   - roundTrip: how long it took from the beginning of sending.
    package mutating func merge(
        _ body: [UInt8], received: Int64, roundTrip: Duration, into engine: ReplicaEngine
    ) throws -> MergeReport {
        let answer = try SyncAnswer(decoding: body)
        let reading = ClockReading(
            centreTime: answer.centreTime, received: received, roundTrip: roundTrip)
        var offset: Int64?
        if reading.uncertainty < clock?.uncertainty ?? .max {
            clock = reading
            offset = reading.offset(known: try engine.clockOffset())
        }
        let merged = try engine.merge(answer, clockOffset: offset)
        // Only the first request may wait: after it there is something to do.
        wait = 0
        let isMore = load == .none ? merged.isBehind : merged.isUnfinished
        guard isMore || merged.needsNewNumber else {
            isOver = true
            return merged
        }
        let isIdle = try Position(engine) == before && !merged.needsNewNumber
        idle = isIdle ? idle + 1 : 0
        guard idle < Self.idleExchangesMax else {
            throw ReplicaError.badAnswer("the centre says that there is more, and gives nothing")
        }
        return merged
    }

    /// Goes on under the number of an answer to `renumber`. Throws `MalformedMessage`,
    /// `SQLiteError`.
    package mutating func adopt(
        _ body: [UInt8], incarnation: [UInt8], into engine: ReplicaEngine
    ) throws {
        try engine.adopt(try EnrolAnswer(decoding: body), incarnation: incarnation)
        renumbered += 1
    }

    /// How far a file has come.
    private struct Position: Equatable {
        let head: Head
        let acknowledged: Int64
        let cursor: Cursor

        init(_ engine: ReplicaEngine) throws {
            head = try engine.head()
            acknowledged = try engine.acknowledged()
            cursor = try engine.cursor()
        }
    }
}
