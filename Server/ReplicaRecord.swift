/// An office as the centre knows it. Times are milliseconds since 1970.
package struct ReplicaRecord: Equatable, Sendable {
    /// Its number.
    package let number: Int64
    /// The name that the centre's people gave it.
    package let name: String
    /// The portfolios granted.
    package let portfolios: [String]
    /// When it got its token; nil while the code waits.
    package let enrolledAt: Int64?
    /// When its token was revoked.
    package let revokedAt: Int64?
    /// When it was last heard of.
    package let lastSeen: Int64?
    /// The last commit that it had seen then.
    package let seenCommit: Int64
    /// The number before this one in its line of succession: that of the file which was found to
    /// be a copy, or of the office that got a code again.
    package let succeeds: Int64?
    /// Whether it was given to a file that was found to be a copy of the one with that number.
    package let isCopy: Bool
    /// The number of its last change-set.
    package let headNumber: Int64
    /// The number of the head that its last request told: what it had sealed by then. 0: none.
    package let toldHead: Int64
    /// How many of those change-sets the centre has not got, neither under this number nor under
    /// the one that its file has got since.
    package let unsent: Int64
    /// The last commit at which it found its digests equal to the centre's; nil: none was told.
    package let provenCommit: Int64?
    /// The version of the schema that its last request told; nil: none was told.
    package let schemaVersion: Int64?
    /// The portfolios that its last request said it holds; nil: none were told.
    package let held: [String]?
}
