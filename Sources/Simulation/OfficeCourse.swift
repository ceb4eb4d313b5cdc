internal import RientroClient
internal import RientroProtocol

/// What a program does that was started at an office, as a value: a sync with the repair of tables
/// that a tool has rebuilt, as `Replica.sync` makes it, and after that a proof where
/// `Replica.verify` was asked for.
struct OfficeCourse {
    /// What is to be done next.
    enum Step {
        case exchange(SyncRequest)
        case renumber(incarnation: [UInt8])
        case ask(DigestQuestion)
        /// Rows that differed were just mended.
        case mended
        /// Nothing is left to do; the report of a proof, if there was to be one.
        case done(VerifyReport?)
    }

    private var sync: SyncCourse? = SyncCourse()
    private var load = SyncCourse.Load.all
    private var comparison = VerifyCourse(.suspects)
    private var isProofDue: Bool
    private var isProof = false
    /// Whether it is to end with a proof.
    var isVerifying: Bool { isProofDue || isProof }

    /// A program that has not begun.
    init(verifying: Bool = false) { isProofDue = verifying }

    /// What is to be done next.
    mutating func next(_ engine: ReplicaEngine) throws -> Step {
        while true {
            if var course = sync {
                let step = try course.next(engine)
                sync = course
                switch step {
                case .exchange(let request): return .exchange(request)
                case .renumber(let incarnation): return .renumber(incarnation: incarnation)
                case .done: sync = nil
                }
            }
            switch try comparison.next(engine) {
            case .sync: sync = SyncCourse(load: load)
            case .ask(let question): return .ask(question)
            case .mended: return .mended
            case .done(let report):
                guard isProofDue else { return .done(isProof ? report : nil) }
                (isProofDue, isProof) = (false, true)
                comparison = VerifyCourse(.proof(repair: true))
            }
        }
    }

    /// Goes on with less after a request was refused on its way; false where that is no help.
    mutating func tooLarge(_ request: SyncRequest) -> Bool {
        let isLess = sync?.tooLarge(request) == true
        load = sync?.load ?? load
        return isLess
    }

    /// Merges an answer to a sync's request.
    mutating func merge(
        _ body: [UInt8], received: Int64, roundTrip: Duration, into engine: ReplicaEngine
    ) throws -> MergeReport? {
        try sync?.merge(body, received: received, roundTrip: roundTrip, into: engine)
    }

    /// Goes on under a new number.
    mutating func adopt(
        _ body: [UInt8], incarnation: [UInt8], into engine: ReplicaEngine
    ) throws {
        try sync?.adopt(body, incarnation: incarnation, into: engine)
    }

    /// Takes the answer to a question.
    mutating func answered(_ body: [UInt8], _ engine: ReplicaEngine) throws {
        try comparison.answered(body, engine)
    }
}
