public import Foundation

/// The truth about a replica, without asking the centre.
public struct ReplicaStatus: Equatable, Sendable {
    /// A point of the centre's history: all that the replica has seen.
    public struct Position: Equatable, Sendable {
        /// The centre's history, as hexadecimal digits.
        public let epoch: String
        /// The last commit seen.
        public let commit: Int64
        /// The hash of the chain there, as hexadecimal digits.
        public let chain: String
    }

    /// The last change-set that was sealed here.
    public struct Head: Equatable, Sendable {
        /// Its number; 0 before the first.
        public let number: Int64
        /// Its hash, as hexadecimal digits.
        public let hash: String
    }

    /// A comparison with the centre that found no difference.
    public struct Proof: Equatable, Sendable {
        /// When, by the centre's clock.
        public let date: Date
        /// At which commit.
        public let commit: Int64
    }

    /// The secret by which the centre knows the office.
    public enum Token: Equatable, Sendable {
        /// It is there, and the centre has not said no to it.
        case present
        /// It is not there, or cannot be used; why.
        case unusable(ReplicaError)
        /// The centre did not know it when it was shown last, by this machine's clock.
        case refused(Date)
    }

    /// The number of the replica.
    public let replica: Int64
    /// The name that the centre's people gave to the office.
    public let name: String
    /// Where the centre is.
    public let server: String
    /// The portfolios that the file holds.
    public let portfolios: [String]
    /// Rows written and not yet sealed.
    public let pending: Int
    /// Change-sets sealed and not acknowledged by the centre.
    public let sealed: Int
    /// Rows in them.
    public let sealedRows: Int
    /// Whether a backlog was too large for one change-set and had to be cut, and waits.
    public let cutBacklog: Bool
    /// Refused rows and registers that nobody has dealt with.
    public let refused: Int
    /// Conflicts that wait for a person.
    public let conflicts: Int
    /// Rows of which the file does not take what the centre has, since an index that somebody has
    /// made refuses it. They are tried again at every sync.
    public let parked: Int
    /// All that the replica has seen.
    public let cursor: Position
    /// The last change-set that was sealed here.
    public let head: Head
    /// The last sync that left nothing to do, by the centre's clock; nil before the first.
    public let lastSync: Date?
    /// The centre's time minus this machine's, in milliseconds; 0 for less than a second.
    public let clockOffsetMilliseconds: Int64
    /// The last comparison that found no difference; nil where there was none.
    public let proven: Proof?
    /// Whether the file is in WAL mode, into which it is put back when it is opened. Outside it
    /// whoever reads for long stops all who write.
    public let isInWAL: Bool
    /// Whether the file was found to be a copy, and will ask for a new number at the next sync.
    public let needsNewNumber: Bool
    /// What a person calls this file, to tell it from another of the same office.
    public let label: String?
    /// The number that the file had before, where it went on under a new one.
    public let succeeds: Int64?
    /// Whether the file may only be read by who runs this.
    public let isReadOnly: Bool
    /// The secret by which the centre knows the office.
    public let token: Token

    /// Rows that are on their way to the centre.
    public var onTheWay: Int { pending + sealedRows }

    /// In a few words, whether replica and centre are known to hold the same.
    public var provenText: String {
        if onTheWay > 0 { return "not proven, \(onTheWay) on the way" }
        guard let proven else { return "not proven" }
        return "proven at commit \(proven.commit)"
    }
}
