/// `POST /v1/sync`: what a replica says.
package struct SyncRequest: Equatable, Sendable {
    /// The version of the protocol: `ProtocolVersion.current`.
    package var protocolVersion: Int
    /// The version of the schema that the replica's tables have.
    package var schemaVersion: Int
    /// The replica's number.
    package var replica: Int64
    /// Its last sealed change-set.
    package var head: Head
    /// The last change-set whose outcome it has merged.
    package var outcomesMerged: Int64
    /// What it has seen: the last cursor of each epoch, newest first.
    package var cursors: [Cursor]
    /// The portfolios that it holds.
    package var portfolios: [String]
    /// Sealed change-sets, each as `ChangeSet.encoded()`, in the order of their numbers.
    package var changeSets: [[UInt8]]
    /// How much may come back in commits, in bytes.
    package var answerBytesMax: Int
    /// How long to wait if there is nothing to say, in seconds (0 to `Limits.waitSecondsMax`).
    package var waitSeconds: Int
    /// The commit of the newest epoch at which the replica last found its digests equal to the
    /// centre's; nil where it never did.
    package var provenCommit: Int64?
    /// What a person calls this file, to tell it from another of the same office; nil where nobody
    /// has named it.
    package var label: String?

    /// A sync request.
    package init(
        protocolVersion: Int = ProtocolVersion.current, schemaVersion: Int, replica: Int64,
        head: Head, outcomesMerged: Int64, cursors: [Cursor], portfolios: [String],
        changeSets: [[UInt8]], answerBytesMax: Int = Limits.answerCommitBytesMax,
        waitSeconds: Int = 0, provenCommit: Int64? = nil, label: String? = nil
    ) {
        self.protocolVersion = protocolVersion
        self.schemaVersion = schemaVersion
        self.replica = replica
        self.head = head
        self.outcomesMerged = outcomesMerged
        self.cursors = cursors
        self.portfolios = portfolios
        self.changeSets = changeSets
        self.answerBytesMax = answerBytesMax
        self.waitSeconds = waitSeconds
        self.provenCommit = provenCommit
        self.label = label
    }
}

/// The answer to `SyncRequest`.
package struct SyncAnswer: Equatable, Sendable {
    /// The number of the replica that it is for; one for another number is dropped.
    package var replica: Int64
    /// The centre's last change-set of this replica.
    package var centreHead: Head
    /// The outcome of every change-set after `outcomesMerged` up to that head, and of all sent.
    package var outcomes: [Outcome]
    /// The cursor that `commits` start from.
    package var from: Cursor
    /// Whole commits, in order.
    package var commits: [Commit]
    /// The cursor after them.
    package var cursor: Cursor
    /// Whether there is more to pull at once.
    package var hasMore: Bool
    /// The portfolios now granted.
    package var portfolios: [String]
    /// The centre's time when this answer was written, in milliseconds since 1970.
    package var centreTime: Int64
    /// Up to which change-set of this replica everything is covered; 0: nothing is.
    package var covered: Int64

    /// A sync answer.
    package init(
        replica: Int64, centreHead: Head, outcomes: [Outcome], from: Cursor, commits: [Commit],
        cursor: Cursor, hasMore: Bool, portfolios: [String], centreTime: Int64, covered: Int64
    ) {
        self.replica = replica
        self.centreHead = centreHead
        self.outcomes = outcomes
        self.from = from
        self.commits = commits
        self.cursor = cursor
        self.hasMore = hasMore
        self.portfolios = portfolios
        self.centreTime = centreTime
        self.covered = covered
    }
}

/// `POST /v1/enrol`: a new file asks for its number.
package struct EnrolRequest: Equatable, Sendable {
    /// The version of the protocol.
    package var protocolVersion: Int
    /// The one-time code, as a person got it.
    package var code: String
    /// `SHA-256("login" ‖ token)` of the token that the client made.
    package var tokenHash: Hash
    /// 16 random bytes made by the file for this.
    package var incarnation: [UInt8]
    /// The number that the file has already, where it goes on under a new one because its token was
    /// lost or revoked; nil for a new file.
    package var replica: Int64?
    /// What tells this file from another of the same office, such as the machine's name; nil where
    /// nothing does.
    package var label: String?

    /// A request to enrol.
    package init(
        protocolVersion: Int = ProtocolVersion.current, code: String, tokenHash: Hash,
        incarnation: [UInt8], replica: Int64? = nil, label: String? = nil
    ) {
        self.protocolVersion = protocolVersion
        self.code = code
        self.tokenHash = tokenHash
        self.incarnation = incarnation
        self.replica = replica
        self.label = label
    }
}

/// `POST /v1/renumber`: a file that was found to be a copy asks, with its old token, for a new
/// number.
package struct RenumberRequest: Equatable, Sendable {
    /// The version of the protocol.
    package var protocolVersion: Int
    /// The number that it had.
    package var replica: Int64
    /// Its head under that number.
    package var head: Head
    /// `SHA-256("login" ‖ token)` of the new token that the client made.
    package var tokenHash: Hash
    /// 16 random bytes made by the file for this; asked again, the answer is the same.
    package var incarnation: [UInt8]
    /// What tells this file from another of the same office; nil where nothing does.
    package var label: String?

    /// A request for a new number.
    package init(
        protocolVersion: Int = ProtocolVersion.current, replica: Int64, head: Head,
        tokenHash: Hash, incarnation: [UInt8], label: String? = nil
    ) {
        self.protocolVersion = protocolVersion
        self.replica = replica
        self.head = head
        self.tokenHash = tokenHash
        self.incarnation = incarnation
        self.label = label
    }
}

/// The answer to `EnrolRequest` and `RenumberRequest`.
package struct EnrolAnswer: Equatable, Sendable {
    /// The number given.
    package var replica: Int64
    /// The name that the centre's people gave to this office.
    package var name: String
    /// The portfolios granted.
    package var portfolios: [String]
    /// The schema, as JSON (`Schema.json`).
    package var schema: [UInt8]
    /// The centre's time when this answer was written, in milliseconds since 1970.
    package var centreTime: Int64

    /// An answer to a request for a number.
    package init(
        replica: Int64, name: String, portfolios: [String], schema: [UInt8], centreTime: Int64
    ) {
        self.replica = replica
        self.name = name
        self.portfolios = portfolios
        self.schema = schema
        self.centreTime = centreTime
    }
}

/// The version of the protocol that this code speaks.
package enum ProtocolVersion {
    /// The one version so far.
    package static let current = 1
    /// Keys of messages from here on are left for later additions: version 1 reads over them.
    package static let firstSkippedKey: Int64 = 64
}
