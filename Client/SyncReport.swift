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
    /// Which rows are new here or changed: the first `receivedMax` of them, in the order in which
    /// they came, a row once for each change.
    public internal(set) var received: [ReceivedRow] = []
    /// Rows and registers that the centre refused; see `Replica.refusals()`.
    public internal(set) var refusals = 0
    /// Rows and registers that were set aside here: they cannot travel, or the centre has other
    /// content in their place; see `Replica.refusals()`.
    public internal(set) var setAside = 0
    /// Rows of which this file does not take what the centre has, since an index that somebody has
    /// made refuses it. They are tried again at every sync.
    public internal(set) var parked = 0
    /// What SQLite says of one of those.
    public internal(set) var parkedFact: String?
    /// What could not be sent, though there was contact; nil where everything went.
    public internal(set) var unsent: Unsent?
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

    /// The longest list of rows: more than a person reads, little enough to hold.
    public static let receivedMax = 10_000

    /// A row that is new here or changed.
    public struct ReceivedRow: Equatable, Sendable {
        /// The name of its table.
        public let table: String
        /// Its id.
        public let id: String
    }

    /// How much went with a request at last.
    var load = SyncCourse.Load.all

    /// Whether somebody should look at what this sync found, though it came to its end.
    public var needsAttention: Bool {
        refusals > 0 || setAside > 0 || conflictsOpen > 0 || parked > 0 || unsent != nil
    }

    /// What stays here, since the way to the centre lets no request through that carries it.
    public struct Unsent: Equatable, Sendable {
        /// Change-sets that were not sent.
        public let changeSets: Int
        /// Rows in them.
        public let rows: Int
        /// The bytes of the smallest request that was refused, which carried one change-set.
        public let requestBytes: Int
    }

    /// Rows that are new here or changed, of all tables.
    public var rowsReceived: Int { rowsReceivedByTable.values.reduce(0, +) }

    /// Of a sync that has done nothing yet.
    public init() {}
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
