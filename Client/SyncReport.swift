/// What a sync did.
public struct SyncReport: Equatable, Sendable {
    /// Change-sets that were sent, counted again where one was sent again.
    public internal(set) var changeSetsSent = 0
    /// Rows in them.
    public internal(set) var rowsSent = 0
    /// Change-sets that the centre acknowledged.
    public internal(set) var acknowledged = 0
    /// Commits that were merged.
    public internal(set) var commits = 0
    /// Rows that are new here or changed, by the name of their table.
    public internal(set) var rowsReceivedByTable: [String: Int] = [:]
    /// Rows and registers that the centre refused; see `Replica.refusals()`.
    public internal(set) var refusals = 0
    /// Stamps too far ahead that the centre corrected.
    public internal(set) var corrections = 0
    /// Conflicts that wait for a person after this sync; see `Replica.conflicts()`.
    public internal(set) var conflictsOpen = 0
    /// HTTP requests that were made.
    public internal(set) var requests = 0
    /// Times that the file got a new number, because it was found to be a copy or was put back.
    public internal(set) var renumbered = 0
    /// Rows that were compared with the centre and mended, since a tool had rebuilt their table.
    public internal(set) var rowsRepaired = 0
    /// Bytes of the bodies sent.
    public internal(set) var bytesUp = 0
    /// Bytes of the bodies received.
    public internal(set) var bytesDown = 0
    /// The centre's time minus this machine's in milliseconds, as the exchange with the least round
    /// trip measured it; nil where no exchange was short enough to tell.
    public internal(set) var clockOffsetMilliseconds: Int64?

    /// Rows that are new here or changed, of all tables.
    public var rowsReceived: Int { rowsReceivedByTable.values.reduce(0, +) }

    init() {}
}

/// How far a long call has come.
public struct SyncProgress: Equatable, Sendable {
    /// What is being done.
    public enum Stage: String, Sendable {
        /// A new file asks for its number.
        case enrolling
        /// The snapshot comes, piece by piece; `done` and `total` are bytes.
        case downloading
        /// What was written here goes up and what others wrote comes down; `done` are the commits
        /// merged so far.
        case syncing
        /// The file asks for a new number, since it was found to be a copy.
        case renumbering
        /// Digests are compared; `done` and `total` are tables.
        case comparing
        /// What differs is being mended; `done` and `total` are rows.
        case repairing
        /// A request is on its way; `asked` says to whom. It comes between the other stages, and
        /// whatever comes next says that there was an answer.
        case asking
    }

    /// Whom a request was sent to, and until when an answer is waited for.
    public struct Asked: Equatable, Sendable {
        /// The address of the centre.
        public let address: String
        /// How long the centre may wait for news before it answers, in seconds.
        public let waitSeconds: Int
        /// After how many seconds of silence there is no contact.
        public let patienceSeconds: Int
    }

    /// What is being done.
    public let stage: Stage
    /// How much of it is done; the stage says of what.
    public let done: Int64
    /// How much there is to do; nil where nobody knows.
    public let total: Int64?
    /// Whom a request was sent to, in the stage `asking`.
    public let asked: Asked?

    init(stage: Stage, done: Int64, total: Int64?) {
        self.stage = stage
        self.done = done
        self.total = total
        asked = nil
    }

    init(asked: Asked) {
        stage = .asking
        done = 0
        total = nil
        self.asked = asked
    }
}

/// What a sync would send now.
public struct SyncPreview: Equatable, Sendable {
    /// Rows that are not acknowledged, by the name of their table.
    public let rowsByTable: [String: Int]
    /// Change-sets that would be sent: those that are sealed, and those that the seal would make.
    public let changeSets: Int
    /// Their size in bytes, as they would travel.
    public let bytes: Int
    /// Rows and registers that could not travel and would be set aside as refusals.
    public let setAside: Int
}
